"""The language of pages whose address names none (`/m/`, `/office/`), and who passes which door."""

import re
from collections.abc import Callable

from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from coop.people.doors import is_shut_to
from coop.people.models import User
from coop.people.second_step import Level, lacks

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


#: Where payments are signed; by e-mail and password too.
_SIGNING = "/m/sign/"


class PasswordDoorMiddleware:
    """What a PIN does not open: the office, and the account whose password opens the office.

    All pictures are to be seen and four digits are few, so a picture and a PIN open `/m/` alone.
    Whoever is in and not meant is told so once, in her language, instead of being sent back and
    forth between the office and the log-in. And where the house asks a role for a second step, a
    password alone opens neither the office nor the page where payments are signed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        to_office = request.path.startswith(OFFICE) and not request.path.startswith(_WAYS_IN)
        to_sign = request.path.startswith(_SIGNING)
        if not (to_office or to_sign or _ACCOUNT.match(request.path)):
            return self.get_response(request)
        if not isinstance(request.user, User):
            return self.get_response(request)
        by_pin = request.session.get(BACKEND_SESSION_KEY) == _BY_PIN
        has_work = request.user.has_perm("wagtailadmin.access_admin")
        if to_sign and by_pin:
            return self.get_response(request)
        if not by_pin and (has_work or not to_office):
            if (to_office or to_sign) and lacks(request.user) == Level.REQUIRED:
                return render(request, "people/second_step.html", status=403)
            return self.get_response(request)
        return self._shut(request, by_pin=by_pin, has_work=has_work, to_office=to_office)

    def _shut(
        self, request: HttpRequest, *, by_pin: bool, has_work: bool, to_office: bool
    ) -> HttpResponse:
        context = {
            "by_pin": by_pin,
            "has_work": has_work,
            "to_office": to_office,
            "next": request.path if request.method == "GET" else "",
        }
        return render(request, "people/door.html", context, status=403)
