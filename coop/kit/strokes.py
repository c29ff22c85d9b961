"""What somebody drew on the screen with her finger: strokes, as a short text and as a picture.

"10,20 12,22;40,5 41,9" is two strokes of points between 0 and 999 across and 0 and 399 down. Only
where the finger went is kept: no time, no pressure, nothing by which a hand could be known again
(source: rules, "no biometric template ever").
"""

import re
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 1000, 400
#: A name is drawn with less; more would be something else.
LONGEST = 12_000
#: A dot is no signature.
FEWEST_POINTS = 8

_SHAPE = re.compile(r"\d{1,3},\d{1,3}([ ;]\d{1,3},\d{1,3})*")


def is_drawing(text: str) -> bool:
    """Whether `text` is strokes, enough of them, and not more than anybody draws."""
    if len(text) > LONGEST or not _SHAPE.fullmatch(text):
        return False
    points = text.replace(";", " ").split()
    return len(set(points)) >= FEWEST_POINTS and all(
        int(point.split(",")[1]) < HEIGHT for point in points
    )


def strokes(text: str) -> Sequence[str]:
    """The points of each stroke, as SVG's polyline takes them."""
    return text.split(";") if text else []


def picture(text: str, label: str) -> SafeString:
    """The drawing as an SVG; `label` says whose it is."""
    lines = format_html_join(
        "",
        '<polyline points="{}" fill="none" stroke="currentColor" stroke-width="6"'
        ' stroke-linecap="round" stroke-linejoin="round"/>',
        ((one,) for one in strokes(text)),
    )
    return format_html(
        '<svg class="drawn" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        lines,
    )
