"""A refusal that no view caught becomes a kind page, never an error page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coop.kit.errors import Refusal

# Wagtail's admin needs inline script and style; it still loads nothing from elsewhere.
OFFICE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'"
)


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
        if isinstance(exception, Refusal):
            context = {"sentence": str(exception)}
            return render(request, "refusal.html", context, status=exception.status)
        return None
