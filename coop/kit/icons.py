"""The house's icons: one line of 2.2 on a grid of 32, and one dye shape printed a little off."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Icon:
    """Two paths: what is filled with the dye, and what is drawn."""

    dye: str
    line: str


_CIRCLE = "M16 5a11 11 0 1 0 .1 0z"

ICONS = {
    "back": Icon("", "M26 16H7M14 9l-7 7 7 7"),
    "book": Icon(
        "M5 7h11v19H5z",
        "M16 9c-3-2.5-7-2.5-11-2v18c4-.5 8-.5 11 2 3-2.5 7-2.5 11-2V7c-4-.5-8-.5-11 2zM16 9v18",
    ),
    "bundle": Icon(
        "M5 17c0-5 5-8 11-8s11 3 11 8-5 9-11 9S5 22 5 17z",
        "M4.5 17c0-5 5-8 11.5-8s11.5 3 11.5 8-5 9-11.5 9S4.5 22 4.5 17z"
        "M11 9.5C10 7 11 5 12.5 4.5L16 9l3.5-4.5C21 5 22 7 21 9.5M16 9v5",
    ),
    "go": Icon("", "M6 16h19M18 9l7 7-7 7"),
    "knit": Icon(
        "M7 10h18v16H7z",
        "M2.5 9H27M28 9a1.3 1.3 0 1 0 .1 0M7 9v17h18V9M10 14l3 3 3-3 3 3 3-3M10 20l3 3 3-3 3 3 3-3",
    ),
    "less": Icon(_CIRCLE, "M9 16h14"),
    "lock": Icon("M8 14h16v12H8z", "M8 14h16v12H8zM11 14v-3a5 5 0 0 1 10 0v3M16 18.5v3.5"),
    "no": Icon(_CIRCLE, "M10 10l12 12M22 10 10 22"),
    "say": Icon(
        "M6 12h5l7-6v20l-7-6H6z",
        "M5 12h5l7-6v20l-7-6H5zM21.5 11.5c2.3 2.5 2.3 6.5 0 9M25 8c4.2 4.4 4.2 11.6 0 16",
    ),
    "search": Icon("M14 6a8 8 0 1 0 .1 0z", "M14 6a8 8 0 1 0 .1 0zM20 20l7 7"),
    "star": Icon(
        "M16 4l3 7 7-3-3 7 7 3-7 1 3 7-7-3-3 6-3-6-7 3 3-7-7-1 7-3-3-7 7 3z",
        "M16 4l3 7 7-3-3 7 7 3-7 1 3 7-7-3-3 6-3-6-7 3 3-7-7-1 7-3-3-7 7 3z",
    ),
    "wool": Icon(
        "M16 6a10 10 0 1 0 .1 0z",
        "M16 6a10 10 0 1 0 .1 0zM7.5 12c6 0 12 4 14 12M6.5 18c5-1 9.5 2 11.5 7.5"
        "M12.5 7c6 1 10.5 6 12.5 11M23 24c2 3 4.5 3.5 7 2",
    ),
    "yes": Icon(_CIRCLE, "M8 16.5l5.5 5.5L24.5 10"),
}


def svg(name: str, size: int = 24) -> SafeString:
    """The icon as inline SVG, silent for screen readers: a word always stands beside it."""
    icon = ICONS[name]
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 32 32" aria-hidden="true"'
        ' focusable="false"><path class="icon__dye" d="{1}" transform="translate(1.6 1.6)"/>'
        '<path d="{2}" fill="none" stroke="currentColor" stroke-width="2.2"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>',
        size,
        icon.dye,
        icon.line,
    )
