"""The language of pages whose address names none (`/m/`, `/office/`), and the office's door."""

from collections.abc import Callable

from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

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


OFFICE = "/office/"
#: On the way in, nobody is in yet.
_DOORS = ("/office/login/", "/office/password_reset/", "/office/logout/")
_BY_PIN = "coop.people.backends.PinBackend"


class OfficeDoorMiddleware:
    """The office opens to an e-mail address and its password, for those who have work there.

    A picture and a PIN open `/m/` alone: all pictures are to be seen, and four digits are few.
    Whoever is in and not meant is told so once, in her language, instead of being sent back and
    forth between the office and the log-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OFFICE) or request.path.startswith(_DOORS):
            return self.get_response(request)
        if not isinstance(request.user, User):
            return self.get_response(request)
        by_pin = request.session.get(BACKEND_SESSION_KEY) == _BY_PIN
        if not by_pin and request.user.has_perm("wagtailadmin.access_admin"):
            return self.get_response(request)
        context = {"by_pin": by_pin, "next": OFFICE}
        return render(request, "people/office_door.html", context, status=403)
