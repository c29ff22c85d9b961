"""The house's icons: one line of 2.2 on a grid of 32, and one dye shape printed a little off."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Icon:
    """Two paths, what is filled with the dye and what is drawn; and what the picture is called."""

    dye: str
    line: str
    name: str | Promise = ""


_CIRCLE = "M16 5a11 11 0 1 0 .1 0z"
_STAR = "M16 4l3 7 7-3-3 7 7 3-7 1 3 7-7-3-3 6-3-6-7 3 3-7-7-1 7-3-3-7 7 3z"
_SPEECH = "M5 6h22v15H14l-6 6v-6H5z"
_BOX = "M6 11l10-5 10 5v11l-10 5-10-5z"
_LETTER = "M4.5 8h23v17h-23z"

ICONS = {
    "ask": Icon(
        _SPEECH,
        f"{_SPEECH}M12.8 11.2c.4-3.2 6.6-3.2 6.6.3 0 2.1-3.1 2-3.1 4.3M16.3 17.9v.2",
        _("question"),
    ),
    "back": Icon(
        "",
        "M26 16H7M14 9l-7 7 7 7",
        _("back"),
    ),
    "book": Icon(
        "M5 7h11v19H5z",
        "M16 9c-3-2.5-7-2.5-11-2v18c4-.5 8-.5 11 2 3-2.5 7-2.5 11-2V7c-4-.5-8-.5-11 2zM16 9v18",
        _("book"),
    ),
    "box": Icon(
        _BOX,
        f"{_BOX}M6 11l10 5 10-5M16 16v11",
        _("parcel"),
    ),
    "bundle": Icon(
        "M5 17c0-5 5-8 11-8s11 3 11 8-5 9-11 9S5 22 5 17z",
        "M4.5 17c0-5 5-8 11.5-8s11.5 3 11.5 8-5 9-11.5 9S4.5 22 4.5 17z"
        "M11 9.5C10 7 11 5 12.5 4.5L16 9l3.5-4.5C21 5 22 7 21 9.5M16 9v5",
        _("bundle"),
    ),
    "coins": Icon(
        "M12 11a8 8 0 1 0 .1 0z",
        "M12 11a8 8 0 1 0 .1 0zM14.5 8a7 7 0 1 1 6.2 11.4M12 15.6a3.4 3.4 0 1 0 .1 0z",
        _("coins"),
    ),
    "cover": Icon(
        "M5 9h22v15H5z",
        "M5 9h22v13l-2 4-2-4-2 4-2-4-2 4-2-4-2 4-2-4-2 4-2-4-2 4zM5 13.5h22M5 18h22",
        _("cloth"),
    ),
    "eye": Icon(
        "M4 16c4-5.8 8-8.4 12-8.4S24 10.2 28 16c-4 5.8-8 8.4-12 8.4S8 21.8 4 16z",
        "M3.5 16c4-6 8-8.5 12.5-8.5S24.5 10 28.5 16c-4 6-8 8.5-12.5 8.5S7.5 22 3.5 16z"
        "M16 12a4 4 0 1 0 .1 0z",
        _("eye"),
    ),
    "give": Icon(
        "M10 6h12v10H10z",
        "M10 5h12v10H10zM3 20c4-2.5 7-2 9.5 0H17c2 0 2 3 0 3h-5M3 27h4c4 2 9 1.5 12-.5"
        "l8.5-5.5c-1-2-3-2-5-1L18 21.5",
        _("handing over"),
    ),
    "go": Icon(
        "",
        "M6 16h19M18 9l7 7-7 7",
        _("onwards"),
    ),
    "hand": Icon(
        "M9 15h14v11H9z",
        "M10 17V8a2 2 0 0 1 4 0v7M14 14V6a2 2 0 0 1 4 0v8M18 14V8a2 2 0 0 1 4 0v10c0 6-3 9-7 9"
        "-5 0-6-3-9-8.5-1-2 1.5-3.5 3-2l1 1.5",
        _("hand"),
    ),
    "home": Icon(
        "M7 15l9-8 9 8v11H7z",
        "M4.5 16.5 16 6l11.5 10.5M8 14v12h16V14M13.5 26v-7h5v7",
        _("house"),
    ),
    "knit": Icon(
        "M7 10h18v16H7z",
        "M2.5 9H27M28 9a1.3 1.3 0 1 0 .1 0M7 9v17h18V9M10 14l3 3 3-3 3 3 3-3M10 20l3 3 3-3 3 3 3-3",
        _("knitting"),
    ),
    "learn": Icon(
        "M6 6h20v20H6z",
        "M6 6h20v20H6zM6 12.7h20M6 19.3h20M12.7 6v20M19.3 6v20",
        _("chart of stitches"),
    ),
    "less": Icon(
        _CIRCLE,
        "M9 16h14",
        _("less"),
    ),
    "letter": Icon(
        _LETTER,
        f"{_LETTER}M5 9l11 9 11-9",
        _("letter"),
    ),
    "link": Icon(
        "M16 10a6 6 0 1 0 .1 0z",
        "M4 8h6c6 0 4 8 9 8h9M4 24h6c6 0 4-8 9-8M4 16h6",
        _("several threads"),
    ),
    "lock": Icon(
        "M8 14h16v12H8z",
        "M8 14h16v12H8zM11 14v-3a5 5 0 0 1 10 0v3M16 18.5v3.5",
        _("lock"),
    ),
    "meet": Icon(
        "M10 8a3.5 3.5 0 1 0 .1 0zM22 8a3.5 3.5 0 1 0 .1 0z"
        "M4 26c0-6 3-8.5 6-8.5s6 2.5 6 8.5zM16 26c0-6 3-8.5 6-8.5s6 2.5 6 8.5z",
        "M10 7.5a3.5 3.5 0 1 0 .1 0zM22 7.5a3.5 3.5 0 1 0 .1 0z"
        "M3.5 26c0-6 3-8.5 6.5-8.5s6 2.5 6 8.5c0-6 2.5-8.5 6-8.5s6.5 2.5 6.5 8.5",
        _("meeting"),
    ),
    "menu": Icon(
        "",
        "M5 9h22M5 16h22M5 23h14",
        _("menu"),
    ),
    "no": Icon(
        _CIRCLE,
        "M10 10l12 12M22 10 10 22",
        _("no"),
    ),
    "phone": Icon(
        "M10 5h12v22H10z",
        "M10 4.5h12v23H10zM14 24h4",
        _("phone"),
    ),
    "place": Icon(
        "M16 5c5 0 8.5 3.5 8.5 8.2C24.5 19 16 27 16 27s-8.5-8-8.5-13.8C7.5 8.5 11 5 16 5z",
        "M16 4.5c5.2 0 9 3.7 9 8.7C25 19.3 16 27.5 16 27.5S7 19.3 7 13.2c0-5 3.8-8.7 9-8.7z"
        "M16 10a3.2 3.2 0 1 0 .1 0z",
        _("place"),
    ),
    "print": Icon(
        "M6 12h20v11H6z",
        "M10 12V5h12v7M10 23H5.5V12h21v11H22M10 18.5h12V27H10z",
        _("printing"),
    ),
    "say": Icon(
        "M6 12h5l7-6v20l-7-6H6z",
        "M5 12h5l7-6v20l-7-6H5zM21.5 11.5c2.3 2.5 2.3 6.5 0 9M25 8c4.2 4.4 4.2 11.6 0 16",
        _("loudspeaker"),
    ),
    "search": Icon(
        "M14 6a8 8 0 1 0 .1 0z",
        "M14 6a8 8 0 1 0 .1 0zM20 20l7 7",
        _("magnifying glass"),
    ),
    "star": Icon(
        _STAR,
        _STAR,
        _("star"),
    ),
    "sun": Icon(
        "M16 10a6 6 0 1 0 .1 0z",
        "M16 10a6 6 0 1 0 .1 0zM16 3v3M16 26v3M3 16h3M26 16h3M6.8 6.8l2.1 2.1"
        "M23.1 23.1l2.1 2.1M6.8 25.2l2.1-2.1M23.1 8.9l2.1-2.1",
        _("sun"),
    ),
    "wash": Icon(
        "M5 13h22l-2.5 13h-17z",
        "M4 12.5c2.5 2.2 4.5 2.2 6 .4 1.8 2 4 2 6 0 2 2 4.2 2 6 0 1.5 1.8 3.5 1.8 6-.4"
        "L25.5 26h-19zM16 4.5V9M12.5 6.5 16 9l3.5-2.5",
        _("washing by hand"),
    ),
    "wool": Icon(
        "M16 6a10 10 0 1 0 .1 0z",
        "M16 6a10 10 0 1 0 .1 0zM7.5 12c6 0 12 4 14 12M6.5 18c5-1 9.5 2 11.5 7.5"
        "M12.5 7c6 1 10.5 6 12.5 11M23 24c2 3 4.5 3.5 7 2",
        _("skein"),
    ),
    "yes": Icon(
        _CIRCLE,
        "M8 16.5l5.5 5.5L24.5 10",
        _("yes"),
    ),
}


def svg(name: str, size: int = 24) -> SafeString:
    """The icon as inline SVG, silent for screen readers: a word always stands beside it."""
    icon = ICONS[name]
    dye = icon.dye and format_html(
        '<path class="icon__dye" d="{}" transform="translate(1.6 1.6)"/>', icon.dye
    )
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 32 32" aria-hidden="true"'
        ' focusable="false">{1}<path d="{2}" fill="none" stroke="currentColor" stroke-width="2.2"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>',
        size,
        dye,
        icon.line,
    )
