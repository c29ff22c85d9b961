"""Saving data: signal costs money here. A switch on her phone, or the browser's own wish."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

COOKIE = "saver"
_A_YEAR = 31_536_000


def saves_data(request: HttpRequest) -> bool:
    """Her switch if she touched it on this phone, else what the browser asks for (`Save-Data`)."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen in {"on", "off"}:
        return chosen == "on"
    return request.headers.get("Save-Data", "").lower() == "on"


def choose(request: HttpRequest, response: HttpResponse, *, is_on: bool) -> None:
    """Remember on this phone, whoever comes in: it says nothing about her."""
    response.set_cookie(
        COOKIE,
        "on" if is_on else "off",
        max_age=_A_YEAR,
        path="/m/",
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )


def vary(response: HttpResponse) -> HttpResponse:
    """The page is another one for who saves data."""
    patch_vary_headers(response, ["Save-Data", "Cookie"])
    return response
