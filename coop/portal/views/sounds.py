"""Loudspeakers without script, the help corner, and the lock."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.portal import access
from coop.portal.templatetags.portal import SAY_SALT

#: An amount in such an address is readable for so long, and only behind a log-in.
SAY_SECONDS = 600
_YEAR = 31_536_000


@require_safe
def say(request: HttpRequest, what: str) -> HttpResponse:
    """What a loudspeaker says that needs several files or has none: they, and the words, large."""
    try:
        addresses, words, _language = signing.loads(what, salt=SAY_SALT, max_age=SAY_SECONDS)
    except signing.BadSignature as problem:
        raise Http404 from problem
    context = {"addresses": addresses, "words": words, "back": _back(request)}
    return access.private(render(request, "portal/say.html", context))


def _back(request: HttpRequest) -> str:
    return access.ours(request, request.headers.get("Referer", "")) or "/m/"


@require_POST
def help_corner(request: HttpRequest) -> HttpResponse:
    """From now on the first touch speaks and the second goes; or no longer."""
    helps = request.POST.get("help") == "on"
    if helps:
        messages.info(request, _("Touch once to listen, touch again to do it."))
    else:
        messages.info(request, _("Now one touch is enough."))
    response = redirect(access.ours(request, request.POST.get("next", "")) or "portal:home")
    response.set_cookie(
        access.HELP_COOKIE,
        "on" if helps else "off",
        max_age=_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return access.private(response)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """She puts the phone away: the session ends, and this phone remembers where she was."""
    response = redirect("portal:locked")
    if access.came_with_pin(request):
        access.remember_place(request, response, request.POST.get("next", ""))
        logout(request)
    return access.private(response)


@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """A lock, and nothing else: not who was here, nor what she looked at."""
    context = {"card": access.place_on_phone(request)[0]}
    return access.private(render(request, "portal/locked.html", context))
