"""Pictures that the house draws itself."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coop.kit import motifs

_FOR_EVER = 31_536_000


def _picture(draw: Callable[[str, str], str], key: str, colour: str) -> HttpResponse:
    try:
        svg = draw(key, colour)
    except motifs.UnknownMotif as problem:
        raise Http404 from problem
    return HttpResponse(svg, content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=_FOR_EVER, immutable=True)
def motif(request: HttpRequest, key: str, colour: str) -> HttpResponse:
    """A motif once, in a square."""
    return _picture(motifs.square_svg, key, colour)


@require_safe
@cache_control(public=True, max_age=_FOR_EVER, immutable=True)
def swatch(request: HttpRequest, key: str, colour: str) -> HttpResponse:
    """Fabric of a motif, four wide and five high."""
    return _picture(motifs.swatch_svg, key, colour)
