"""The language of pages whose address names none (`/m/`, `/office/`)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
