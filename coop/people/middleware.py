"""The language of pages whose address names none (`/m/`, `/office/`), and who passes which door."""

import re
from collections.abc import Callable

from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from coop.people.doors import is_shut_to
from coop.people.models import User

PLAIN_PREFIXES = ("/m/", "/office/")


class PersonLanguageMiddleware:
    """On such pages a person who came in is spoken to in her own language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PLAIN_PREFIXES) and isinstance(request.user, User):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class DemoDoorMiddleware:
    """A demo log-in that comes from another machine goes out again, and is told why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and is_shut_to(request, request.user):
            logout(request)
            return render(request, "people/away.html", status=403)
        return self.get_response(request)


OFFICE = "/office/"
#: On the way in, nobody is in yet.
_WAYS_IN = ("/office/login/", "/office/password_reset/", "/office/logout/")
#: Her password, her addresses, her second factor; not the ways out, nor those behind a mail.
_ACCOUNT = re.compile(r"/[a-z]{2,3}/account/(?!logout/|password/reset/|confirm-email/)")
_BY_PIN = "coop.people.backends.PinBackend"


class PasswordDoorMiddleware:
    """What a PIN does not open: the office, and the account whose password opens the office.

    All pictures are to be seen and four digits are few, so a picture and a PIN open `/m/` alone.
    Whoever is in and not meant is told so once, in her language, instead of being sent back and
    forth between the office and the log-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        to_office = request.path.startswith(OFFICE) and not request.path.startswith(_WAYS_IN)
        if not to_office and not _ACCOUNT.match(request.path):
            return self.get_response(request)
        if not isinstance(request.user, User):
            return self.get_response(request)
        by_pin = request.session.get(BACKEND_SESSION_KEY) == _BY_PIN
        has_work = request.user.has_perm("wagtailadmin.access_admin")
        if not by_pin and (has_work or not to_office):
            return self.get_response(request)
        context = {
            "by_pin": by_pin,
            "has_work": has_work,
            "to_office": to_office,
            "next": request.path if request.method == "GET" else "",
        }
        return render(request, "people/door.html", context, status=403)
