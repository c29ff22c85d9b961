"""What stands around every view: kind refusals, the office's policy, the language of a page."""

import ipaddress
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from coop.kit.errors import Refusal
from coop.kit.office import is_at_work, refused_page

# Wagtail's admin needs inline script and style; it still loads nothing from elsewhere.
OFFICE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'"
)

# Addresses that have no language.
WITHOUT_LANGUAGE = ("/api/", "/m/", "/media/", "/motif/", "/office/", "/static/")


#: So much of what is too large is held at once, on its way into nothing.
_PIECE = 65_536

#: What shrinks; pictures and sounds are as small as they get.
_SHRINKS = ("text/", "application/json", "application/javascript", "image/svg+xml")


class CompressionMiddleware(GZipMiddleware):
    """Django's own (with its guard against guessing secrets from lengths), for text alone.

    Phones far away pay for every byte; stylesheets and script are compressed ahead, by WhiteNoise.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(_SHRINKS):
            return response
        return super().process_response(request, response)


class ClientAddressMiddleware:
    """Whose request it is, behind as many proxies as the operator says stand in front of the house.

    Each proxy adds whom it heard to the end of X-Forwarded-For; what stands before that came from
    the visitor and may be invented. Limits by address would else count all visitors as one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        proxies = settings.TRUSTED_PROXIES
        heard = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
        if proxies and len(heard) >= proxies and _is_address(heard[-proxies]):
            request.META["REMOTE_ADDR"] = heard[-proxies]
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class RefusalMiddleware:
    """Answer an uncaught `Refusal` with its own sentence; give the office its policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/office/"):
            response.headers.setdefault("Content-Security-Policy", OFFICE_POLICY)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _said(request, exception) if isinstance(exception, Refusal) else None


def _said(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as a page of its own."""
    context = {"sentence": str(refusal)}
    status = HTTPStatus.OK if _reads_pages(request) else refusal.status
    if is_at_work(request):
        title = _("This was not done")
        return refused_page(request, context["sentence"], title=title, status=status)
    return render(request, "refusal.html", context, status=status)


class TooMuchSent(Refusal):
    """More was sent than any page of the house takes."""

    message = gettext_lazy("What you sent has {size} MB; the house takes {most} MB at most.")
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class SizeMiddleware:
    """Refuse what is far too large by its announced size: nothing of it is kept.

    It stands before whatever reads a form (the check of its token does), or the whole of a file
    would come in first. A browser hears the answer only once it has sent all: what it sends runs
    out into nothing, piece by piece, up to a bound. What announces more, or is no person's
    browser, is not listened to.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        told = request.META.get("CONTENT_LENGTH") or "0"
        size = int(told) if told.isascii() and told.isdigit() else 0
        if size <= settings.MOST_SENT:
            return None
        if size <= settings.MOST_HEARD_OUT and _reads_pages(request):
            _run_out(request)
        megabytes = 1_000_000
        most = settings.MOST_SENT // megabytes
        return _said(request, TooMuchSent(size=-(-size // megabytes), most=most))


def _run_out(request: HttpRequest) -> None:
    """Let what is sent go by, so that the sender comes to listen."""
    try:
        while request.read(_PIECE):
            pass
    except UnreadablePostError:
        # She went away meanwhile: nobody waits for the answer.
        return


def _reads_pages(request: HttpRequest) -> bool:
    """Whether a person's browser asks for a whole page. She reads the sentence; a refusal's status
    would only stand in her browser's console as an error. Programs and scripts live by it.
    """
    return "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers


class LanguageMiddleware(LocaleMiddleware):
    """Django's own, but what is missing at an address without a language stays missing there.

    Django looks for every such page in the visitor's language too; since Wagtail answers for
    whatever begins with a language, a missing picture or API row would become a redirect.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_plain = request.resolver_match is not None or request.path.startswith(WITHOUT_LANGUAGE)
        if response.status_code == HTTPStatus.NOT_FOUND and is_plain:
            response.headers.setdefault("Content-Language", get_language())
            return response
        return super().process_response(request, response)
