"""The members' kit, every part in every state: for whoever builds a screen. Not in real use."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from djmoney.money import Money

from coop.people.models import Installation
from coop.people.services import installation
from coop.portal.queries import Part, Progress
from coop.portal.standing import BOOK, PAY, SIGN, WOOL, WORK
from coop.wool.models import Colour

_HERE = {"127.0.0.1", "localhost", "testserver"}


@dataclass(frozen=True)
class Wool:
    """Yarn as a screen draws it."""

    colour: Colour
    grams: int


@never_cache
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """The page; in development, and in a demo on this machine. Raises Http404 elsewhere."""
    host = request.get_host().partition(":")[0]
    is_demo = host in _HERE and installation().mode == Installation.Mode.DEMO
    if not (settings.DEBUG or is_demo):
        raise Http404
    return render(request, "portal/kit_page.html", _context())


def _context() -> dict[str, Any]:
    dyes = (
        ("rojo", "red", "#9c1a3a"),
        ("crema", "cream", "#efe3cc"),
        ("índigo", "indigo", "#22386a"),
    )
    wool = [
        Wool(Colour(key=f"kit-{en}", name_es=es, name_en=en, hex=look), 400 - 120 * at)
        for at, (es, en, look) in enumerate(dyes)
    ]
    return {
        "screens": [WORK, PAY, WOOL, BOOK, SIGN],
        "amounts": [Money(one, code) for one, code in _AMOUNTS],
        "days": [-1, 0, 1, 6, 7, 24, 400],
        "leaves": [date(2026, 3, 10), date(2026, 11, 29), date(2025, 1, 1)],
        "parts": [Part(3, 5), Part(25, 48)],
        "wool": wool,
        "progress": [Progress(0, 0, 0, 12), Progress(3, 2, 1, 6), Progress(12, 0, 0, 0)],
        "tones": ["info", "success", "error"],
        "numbers": [0, 1, 21, 25, 174, 1001, 999_999],
    }


_AMOUNTS = (
    ("0.00", "PEN"),
    ("0.80", "PEN"),
    ("174.00", "PEN"),
    ("388.90", "BOB"),
    ("2000.00", "PEN"),
    ("25.00", "USD"),
)
