"""Whose log-in works from where: the demo's on the machine itself, and on a phone it let in."""

import ipaddress

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET

from coop.people.models import User

_COOKIE = "demo_pass"
_SALT = "people.demo-pass"


def is_shut_to(request: HttpRequest, user: User) -> bool:
    """Whether `user` is a demo log-in that comes from another machine.

    Source: design, "What a person or a program can rely on": demo log-ins listen on 127.0.0.1
    only. With `bin/serve --https` the house listens to its network, so each one is looked at;
    what bin/serve prints lets a phone in until the house is closed.
    """
    return user.is_demo and not (_is_here(request) or _has_pass(request))


def _is_here(request: HttpRequest) -> bool:
    # Behind a proxy everybody comes from this machine. Without --https the house itself listens
    # here only, and whoever puts a proxy before it means to show it.
    if settings.DEMO_PASS and "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    address = request.META.get("REMOTE_ADDR", "")
    try:
        is_loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
    # Whoever calls one of our own addresses from here comes from that address.
    return is_loopback or address in settings.OWN_ADDRESSES


def _has_pass(request: HttpRequest) -> bool:
    if not settings.DEMO_PASS:
        return False
    try:
        shown = request.get_signed_cookie(_COOKIE, salt=_SALT)
    except (KeyError, signing.BadSignature):
        return False
    return constant_time_compare(shown or "", settings.DEMO_PASS)


@require_GET
def let_in(request: HttpRequest, token: str) -> HttpResponse:
    """The QR that bin/serve prints: this phone may use the demo's log-ins while the house is open."""
    if not settings.DEMO_PASS or not constant_time_compare(token, settings.DEMO_PASS):
        raise Http404
    response = redirect("/m/")
    response.set_signed_cookie(
        _COOKIE,
        settings.DEMO_PASS,
        salt=_SALT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    response.headers["Cache-Control"] = "no-store"
    return response
