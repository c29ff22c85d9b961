"""Coming in with a picture and a PIN, going out, and the language of the screens."""

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth import login as open_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from coop.people import services as people
from coop.people.errors import PeopleError, TooManyTries
from coop.people.models import PinCard, User
from coop.portal import access, queries

#: The longest PIN; `coop.people.services` decides which are good.
PIN_DIGITS = 6
PIN_BACKEND = "coop.people.backends.PinBackend"


def _next(request: HttpRequest) -> str:
    """Where she wanted to go, if that is a page of ours; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """Every woman's picture: she touches hers. No names."""
    after = _next(request)
    if isinstance(request.user, User):
        return access.private(redirect(after or "portal:home"))
    cards = list(queries.open_cards())
    motif = request.GET.get("motif", "")
    motifs: list[str] = []
    if len(cards) > queries.GRID_MOST:
        motifs = [] if motif else sorted({card.motif for card in cards})
        cards = [card for card in cards if card.motif == motif]
    query = urlencode({"next": after}) if after else ""
    here = f"{request.path}?{query}" if query else request.path
    context = {"cards": cards, "motifs": motifs, "motif": motif, "query": query, "here": here}
    return access.private(render(request, "portal/login.html", context))


@sensitive_post_parameters("pin")
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """The keypad. Its keys are buttons of the form, so that it works without script too."""
    card = get_object_or_404(queries.open_cards(), pk=pk)
    after = _next(request)
    typed = request.POST.get("pin", "")[:PIN_DIGITS]
    sentence, is_locked = "", card.is_locked()
    if "press" in request.POST:
        typed = press(typed, request.POST["press"])
    elif request.method == "POST" and not is_locked and not typed.isdigit():
        # Nothing was tried, so nothing is counted.
        typed, sentence = "", _("Type your number, digit by digit.")
    elif request.method == "POST":
        try:
            return _come_in(request, card, typed, after)
        except PeopleError as refusal:
            typed, sentence = "", str(refusal)
            is_locked = isinstance(refusal, TooManyTries)
            card.refresh_from_db()
    context = {
        "card": card,
        "typed": typed,
        "next": after,
        "sentence": sentence,
        "is_locked": is_locked,
        "keys": "123456789",
        "digits": PIN_DIGITS,
    }
    return access.private(render(request, "portal/pin.html", context))


def press(typed: str, key: str) -> str:
    """What stands there after one more key."""
    if key == "back":
        return typed[:-1]
    return (typed + key)[:PIN_DIGITS] if key.isascii() and key.isdigit() else typed


def _come_in(request: HttpRequest, card: PinCard, typed: str, after: str) -> HttpResponse:
    """Raises WrongPin or TooManyTries."""
    user = authenticate(request, card=card, pin=typed)
    if user is None:
        raise TooManyTries
    open_session(request, user, backend=PIN_BACKEND)
    access.keep_open(request)
    return access.private(redirect(after or "portal:home"))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Go out, and leave nothing behind."""
    logout(request)
    return access.private(redirect("portal:login"))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: with her, or on this phone before she comes in."""
    wanted = request.POST.get("language", "")
    response = redirect(_next(request) or reverse("portal:login"))
    if wanted in User.Language.values:
        if isinstance(request.user, User):
            people.speak(user=request.user, language=wanted)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=31_536_000,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return access.private(response)
