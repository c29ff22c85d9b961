"""The door of the members' screens: who comes in, what she may open, when the door falls shut."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coop.people.errors import PinIsKnown
from coop.people.models import PinCard, User
from coop.people.pins import check_own_pin, pin_is_known
from coop.portal.offline import saver
from coop.portal.standing import Standing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Standing, P], HttpResponse]
Plain = Callable[Concatenate[HttpRequest, P], HttpResponse]

#: Phones are shared: after so many seconds without a tap the screens of a PIN lock.
IDLE_SECONDS = 300
#: The page itself goes away a little later, also where no script runs.
AWAY_SECONDS = IDLE_SECONDS + 10
#: The session is not written more often than this.
_WRITE_EVERY = 20
#: Whether the first touch speaks and the second goes; a choice of this phone.
HELP_COOKIE = "minka_help"
_SEEN = "portal_seen"
_ASKED = "own_pin_asked"
_PIN_BACKEND = "coop.people.backends.PinBackend"


def private(response: HttpResponse) -> HttpResponse:
    """Nothing of a member's screen is kept, neither on the phone nor on the way."""
    response.headers["Cache-Control"] = "private, no-store"
    return saver.vary(response)


def keep_open(request: HttpRequest) -> None:
    """She has just come in with her PIN: the session lives while she taps."""
    request.session[_SEEN] = int(time())
    request.session.set_expiry(AWAY_SECONDS)


def came_with_pin(request: HttpRequest) -> bool:
    """Whether this session was opened by picture and PIN."""
    return request.session.get(BACKEND_SESSION_KEY) == _PIN_BACKEND


def check_it_is_she(request: HttpRequest, standing: Standing) -> None:
    """Raises PinIsKnown where she came in with a PIN that another may know: `screen` leads her to
    choose her own. Nothing may be written before it is asked.
    """
    if came_with_pin(request):
        check_own_pin(standing.user)


# Where she was ---------------------------------------------------------------------------------
#: What this phone remembers of a locked screen: whose it was and which, sealed.
PLACE_COOKIE = "minka_place"
_PLACE_SALT = "portal.place"
_HALF_A_DAY = 43_200


def ours(request: HttpRequest, address: str) -> str:
    """`address` as a path, if it is a members' page of this house; else nothing."""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    parts = urlsplit(address) if is_ours else urlsplit("")
    if not parts.path.startswith(reverse("portal:home")):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def remember_place(request: HttpRequest, response: HttpResponse, address: str) -> None:
    """On this phone, until she or somebody else comes in: her card and the screen she was on."""
    user = request.user
    card = PinCard.objects.filter(user=user).first() if isinstance(user, User) else None
    if card is not None:
        sealed = signing.dumps([card.pk, ours(request, address)], salt=_PLACE_SALT, compress=True)
        response.set_cookie(
            PLACE_COOKIE,
            sealed,
            max_age=_HALF_A_DAY,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )


def place_on_phone(request: HttpRequest) -> tuple[int, str]:
    """The card and the screen that this phone remembers; 0 and nothing if it does not."""
    try:
        card, address = signing.loads(
            request.COOKIES.get(PLACE_COOKIE, ""), salt=_PLACE_SALT, max_age=_HALF_A_DAY
        )
    except (signing.BadSignature, ValueError, TypeError):
        return 0, ""
    return int(card), str(address)


def forget_place(response: HttpResponse) -> None:
    """Somebody came in, or she went out for good."""
    response.delete_cookie(PLACE_COOKIE, samesite="Lax")


def _lock(request: HttpRequest) -> HttpResponse:
    """Nobody tapped for too long: the lock, and this screen again after her PIN."""
    response = HttpResponseRedirect(reverse("portal:locked"))
    address = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    remember_place(request, response, address)
    logout(request)
    return response


# The door --------------------------------------------------------------------------------------
def _is_still_open(request: HttpRequest) -> bool:
    """Count the tap; whether the one before was recent enough."""
    now = int(time())
    idle = now - int(request.session.get(_SEEN, 0))
    if idle > IDLE_SECONDS:
        return False
    if idle > _WRITE_EVERY:
        keep_open(request)
    return True


def _must_choose_pin(request: HttpRequest, standing: Standing) -> bool:
    """Once after she came in: her PIN may be another's too, and she signs. Her other screens stay
    open to her; only signing waits (`views.sign`).
    """
    if not came_with_pin(request) or not standing.may_sign or request.method != "GET":
        return False
    if request.session.get(_ASKED) or request.path == reverse("portal:own-pin"):
        return False
    request.session[_ASKED] = True
    return pin_is_known(standing.user)


def who_is_in(request: HttpRequest) -> Standing | None:
    """Who came in and is not locked out; asking is not a tap, and does not keep her in."""
    if not isinstance(request.user, User):
        return None
    idle = int(time()) - int(request.session.get(_SEEN, 0))
    if came_with_pin(request) and idle > IDLE_SECONDS:
        return None
    return Standing.of(request.user)


def to_login(request: HttpRequest) -> HttpResponse:
    """To the pictures, and back to this page after."""
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    address = reverse("portal:login")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def anyone(standing: Standing) -> bool:
    """Everybody who came in."""
    return bool(standing.user.pk)


def screen(
    opens: Callable[[Standing], bool],
) -> Callable[[View[P]], Plain[P]]:
    """A members' screen for those whose standing `opens` it; never kept by any cache."""

    def decorate(view: View[P]) -> Plain[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, User):
                return private(to_login(request))
            if came_with_pin(request) and not _is_still_open(request):
                return private(_lock(request))
            standing = Standing.of(request.user)
            if _must_choose_pin(request, standing):
                return private(redirect("portal:own-pin"))
            try:
                is_hers = opens(standing)
                response = (view if is_hers else _closed)(request, standing, *args, **kwargs)
            except Http404:
                # Not the shop's page: one of hers, from which she finds back.
                response = lost(request, standing)
            except PinIsKnown as refusal:
                messages.error(request, str(refusal))
                response = redirect("portal:own-pin")
            if came_with_pin(request):
                response.headers.setdefault("Refresh", str(AWAY_SECONDS))
            return private(response)

        return cast("Plain[P]", guarded)

    return decorate


def _closed(
    request: HttpRequest, standing: Standing, *args: object, **kwargs: object
) -> HttpResponse:
    context = {"standing": standing, "sentence": _("This page is not for you. Go back home.")}
    return render(request, "portal/refusal.html", context, status=403)


def lost(request: HttpRequest, standing: Standing) -> HttpResponse:
    """There is no such page, or it is another's, which is the same to her."""
    context = {"standing": standing, "sentence": _("There is nothing here. Go back home.")}
    return render(request, "portal/refusal.html", context, status=404)
