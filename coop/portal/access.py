"""The door of the members' screens: who comes in, what she may open, when the door falls shut."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.people.models import User
from coop.people.pins import pin_is_known
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
_SEEN = "portal_seen"
_ASKED = "own_pin_asked"
_PIN_BACKEND = "coop.people.backends.PinBackend"


def private(response: HttpResponse) -> HttpResponse:
    """Nothing of a member's screen is kept, neither on the phone nor on the way."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def keep_open(request: HttpRequest) -> None:
    """She has just come in with her PIN: the session lives while she taps."""
    request.session[_SEEN] = int(time())
    request.session.set_expiry(AWAY_SECONDS)


def came_with_pin(request: HttpRequest) -> bool:
    """Whether this session was opened by picture and PIN."""
    return request.session.get(BACKEND_SESSION_KEY) == _PIN_BACKEND


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
                logout(request)
                return private(to_login(request))
            standing = Standing.of(request.user)
            if _must_choose_pin(request, standing):
                return private(redirect("portal:own-pin"))
            if opens(standing):
                response = view(request, standing, *args, **kwargs)
            else:
                response = _closed(request, standing)
            if came_with_pin(request):
                response.headers.setdefault("Refresh", str(AWAY_SECONDS))
            return private(response)

        return cast("Plain[P]", guarded)

    return decorate


def _closed(request: HttpRequest, standing: Standing) -> HttpResponse:
    context = {"standing": standing, "sentence": _("This page is not for you. Go back home.")}
    return render(request, "portal/refusal.html", context, status=403)
