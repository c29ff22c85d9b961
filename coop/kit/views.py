"""Pictures that the house draws itself, pictures that editors uploaded, and recorded voices."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from coop.kit import motifs

_FOR_EVER = 31_536_000
_A_DAY = 86_400
# Wagtail's renditions, and what the members' screens say. Originals may say where a photograph
# was taken; documents have Wagtail's own address, which asks who may read them.
_SHOWN = ("images/", "audio/")


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


@require_safe
@cache_control(public=True, max_age=_FOR_EVER, immutable=True)
def arch(request: HttpRequest, key: str, colour: str) -> HttpResponse:
    """A maker's panel: the motif once, and the edge in which it ends."""
    return _picture(motifs.arch_svg, key, colour)


@require_safe
@cache_control(public=True, max_age=_FOR_EVER, immutable=True)
def band(request: HttpRequest, key: str, colour: str) -> HttpResponse:
    """A motif over and over, with a rim above and below."""
    return _picture(motifs.band_svg, key, colour)


@require_safe
@cache_control(public=True, max_age=_A_DAY)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture in a size that pages show, or a recorded sentence; nothing else."""
    if not path.startswith(_SHOWN):
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
