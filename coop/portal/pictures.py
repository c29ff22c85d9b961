"""Pictures of the members' screens: the house's icons and some of its own, each in a dye."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from coop.kit.icons import ICONS, Icon

_CIRCLE = "M16 5a11 11 0 1 0 .1 0z"
_EYE = "M3.5 16c4-6 8-8.5 12.5-8.5S24.5 10 28.5 16c-4 6-8 8.5-12.5 8.5S7.5 22 3.5 16z"
_SUN = (
    "M16 10a6 6 0 1 0 .1 0zM16 3v3M16 26v3M3 16h3M26 16h3"
    "M6.8 6.8l2.1 2.1M23.1 23.1l2.1 2.1M6.8 25.2l2.1-2.1M23.1 8.9l2.1-2.1"
)

OWN = {
    "again": Icon(
        _CIRCLE,
        "M25.5 12.5A10.5 10.5 0 1 0 26.5 17M26.5 6.5v6.5H20",
    ),
    "away": Icon(
        "M11 3.5h10a2 2 0 0 1 2 2v21a2 2 0 0 1-2 2H11a2 2 0 0 1-2-2v-21a2 2 0 0 1 2-2z",
        "M11 3.5h10a2 2 0 0 1 2 2v21a2 2 0 0 1-2 2H11a2 2 0 0 1-2-2v-21a2 2 0 0 1 2-2z"
        "M14 25h4M12.5 17.5v2M16 14.5v5M19.5 10.5v9M4 6l24 20",
    ),
    "ask": Icon(
        "M5 6h22v16H15l-6 6v-6H5z",
        "M5 5.5h22.5v16.5H15l-6 6v-6H5zM12.5 11c0-2 1.5-3 3.5-3s3.5 1.2 3.5 3c0 2.2-3.5 2.4-3.5 4.6"
        "M16 18.2v.3",
    ),
    "basket": Icon(
        "M6 15h20l-3 11H9z",
        "M4 14h24l-3.2 12.5H7.2zM9 14c0-5 3-8.5 7-8.5s7 3.5 7 8.5M12 18.5l.8 4M20 18.5l-.8 4M16 18.5v4",
    ),
    "clock": Icon(_CIRCLE, "M16 5a11 11 0 1 0 .1 0zM16 10v6.5l4.5 3"),
    "coins": Icon(
        "M12 11a8 8 0 1 0 .1 0z",
        "M12 11a8 8 0 1 0 .1 0zM15 8a7 7 0 1 1 5.5 11.5M12 15.5a3.5 3.5 0 1 0 .1 0z",
    ),
    "cover": Icon(
        "M5 9h22v15H5z",
        "M5 9h22M5 9v13M27 9v13M5 13.5h22M5 18h22"
        "M5 22l2 4 2-4 2 4 2-4 2 4 2-4 2 4 2-4 2 4 2-4 2 4 2-4",
    ),
    "eye": Icon(_EYE, _EYE + "M16 12a4 4 0 1 0 .1 0z"),
    "feather": Icon(
        "M25 6c-9 0-15 5-15 14l-1 4 4-1c9 0 12-8 12-17z",
        "M25.5 5.5C15 5.5 9 11 9.5 21.5c10 .5 16-5.5 16-16zM20 11.5 6 26.5M14.5 12v5.5h6",
    ),
    "give": Icon(
        "M10 6h12v10H10z",
        "M10 5h12v10H10zM3 20c4-2.5 7-2 9.5 0H17c2 0 2 3 0 3h-5"
        "M3 27h4c4 2 9 1.5 12-.5l8.5-5.5c-1-2-3-2-5-1L18 21.5",
    ),
    "hand": Icon(
        "M9 15h14v11H9z",
        "M10 17V8a2 2 0 0 1 4 0v7M14 14V6a2 2 0 0 1 4 0v8"
        "M18 14V8a2 2 0 0 1 4 0v10c0 6-3 9-7 9-5 0-6-3-9-8.5-1-2 1.5-3.5 3-2l1 1.5",
    ),
    "home": Icon("M7 15 16 7l9 8v11H7z", "M4.5 16.5 16 6l11.5 10.5M8 14v12h16V14M13.5 26v-7h5v7"),
    "leave": Icon("M7 5h11v22H7z", "M18 9V5H7v22h11v-4M13 16h14M22 11l5 5-5 5"),
    "letter": Icon("M5 9h22v15H5z", "M4.5 8.5h23v15.5h-23zM5 9l11 9 11-9"),
    "mend": Icon(
        "M6 18l8 8-6 1z",
        "M26 5c1.5 1.5 1.5 3-.5 5L10 25.5l-5.5 2 2-5.5L22 6.5c1.5-1.5 2.5-2.5 4-1.5z"
        "M23 8.5l.6.6M8 17c-3-1-4-4-2-6s5-1 6 2",
    ),
    "more": Icon(_CIRCLE, "M16 5a11 11 0 1 0 .1 0zM16 10.5v11M10.5 16h11"),
    "pen": Icon(
        "M20 7l5 5-12 12-6 1 1-6z",
        "M20.5 6l5.5 5.5L13.5 24 6.5 25.5 8 18.5zM17.5 9l5.5 5.5M4 29.5c4-2 7 1.5 11 0s8-1 12 0",
    ),
    "rub": Icon("M11 8h17v16H11L4 16z", "M11 7.5h17.5v17H11L3.5 16zM15.5 12l8 8M23.5 12l-8 8"),
    "scales": Icon(
        "M5 17h8c0 3-2 4-4 4s-4-1-4-4zM19 17h8c0 3-2 4-4 4s-4-1-4-4z",
        "M16 5v21M10 26.5h12M6 9h20M9 9l-4.5 8h9zM23 9l-4.5 8h9z"
        "M4.5 17c0 3 2 4.5 4.5 4.5s4.5-1.5 4.5-4.5M18.5 17c0 3 2 4.5 4.5 4.5s4.5-1.5 4.5-4.5",
    ),
    "skein": Icon(
        "M9 6c5 4 9 4 14 0 2 6 2 14 0 20-5-4-9-4-14 0-2-6-2-14 0-20z",
        "M9 6c5 4 9 4 14 0 2 6 2 14 0 20-5-4-9-4-14 0-2-6-2-14 0-20z"
        "M12 8.5c-1.5 5-1.5 10 0 15M16 9v14M20 8.5c1.5 5 1.5 10 0 15",
    ),
    "sun": Icon("M16 10a6 6 0 1 0 .1 0z", _SUN),
    "tag": Icon(
        "M6 6h9l12 12-9 9L6 15z", "M5 5h10.5L28 17.5 17.5 28 5 15.5zM10 9a1.3 1.3 0 1 0 .1 0z"
    ),
    "tongue": Icon(
        "M5 6h22v15H14l-6 6v-6H5z",
        "M5 6h22v15H14l-6 6v-6H5zM10 11h12M10 16h8",
    ),
    "touch": Icon(
        "M9 17h13v9H9z",
        "M12 19V9.5a2 2 0 0 1 4 0V17l6 1.5c2 .5 2.5 2 2 4l-1 5H13l-5-6.5c-1-2 1-3 2.5-2z"
        "M14 5.5V3M8.5 8 6.5 6.5M19.5 8l2-1.5",
    ),
    "two": Icon(
        "M10 8a3.5 3.5 0 1 0 .1 0zM22 8a3.5 3.5 0 1 0 .1 0zM4 26c0-6 3-8.5 6-8.5s6 2.5 6 8.5z"
        "M16 26c0-6 3-8.5 6-8.5s6 2.5 6 8.5z",
        "M10 7.5a3.5 3.5 0 1 0 .1 0zM22 7.5a3.5 3.5 0 1 0 .1 0z"
        "M3.5 26c0-6 3-8.5 6.5-8.5s6 2.5 6 8.5c0-6 2.5-8.5 6-8.5s6.5 2.5 6.5 8.5z",
    ),
}

#: Dyes of an icon's shape, as classes of `css/portal/pictures.css`.
DYES = ("qolle", "lake", "chilca", "pink", "fawn", "none")


def draw(name: str, size: int, *, dye: str = "qolle", fill: str = "") -> SafeString:
    """The icon as inline SVG, silent for screen readers: a word always stands beside it.

    `fill` is a yarn's own colour ("#9c1a3a") and wins over `dye`.
    """
    icon = OWN.get(name) or ICONS[name]
    own = format_html(' fill="{}"', fill) if fill else ""
    look = "yarn" if fill else dye
    return format_html(
        '<svg class="picto" width="{0}" height="{0}" viewBox="0 0 32 32" aria-hidden="true"'
        ' focusable="false"><path class="picto__dye picto__dye--{1}"{2} d="{3}"'
        ' transform="translate(1.6 1.6)"/><path d="{4}" fill="none" stroke="currentColor"'
        ' stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        size,
        look,
        own,
        icon.dye,
        icon.line,
    )


# A chart of stitches: one for each thing to be done -----------------------------------------------
_COLUMNS = 10
_MOST = 60


def stitches(parts: Sequence[tuple[str, int]]) -> SafeString:
    """One V for each piece, ten in a row, in the look of its part; silent.

    Nothing where there are more than can be counted: the numbers stand beside it.
    """
    looks = [look for look, count in parts for _number in range(count)]
    if not looks or len(looks) > _MOST:
        return SafeString("")
    rows = -(-len(looks) // _COLUMNS)
    width = min(len(looks), _COLUMNS) * 34
    marks = format_html_join(
        "",
        '<path class="stitch stitch--{0}" d="M{1} {2}l12 12 12-12"/>',
        ((look, at % _COLUMNS * 34 + 5, at // _COLUMNS * 26 + 5) for at, look in enumerate(looks)),
    )
    return format_html(
        '<svg class="stitches" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
        ' aria-hidden="true" focusable="false">{2}</svg>',
        width,
        rows * 26 + 4,
        marks,
    )


def clock(hour: int, minute: int) -> SafeString:
    """A clock with two hands, as it hangs on a wall."""
    ticks = format_html_join(
        "",
        '<path d="M50 9v{}" transform="rotate({} 50 50)"/>',
        ((12 if one % 3 == 0 else 6, one * 30) for one in range(12)),
    )
    return format_html(
        '<svg class="clock" viewBox="0 0 100 100" width="148" height="148" aria-hidden="true">'
        '<circle cx="50" cy="50" r="46"/>{}'
        '<path class="clock__hour" d="M50 50V27" transform="rotate({} 50 50)"/>'
        '<path class="clock__minute" d="M50 50V15" transform="rotate({} 50 50)"/></svg>',
        ticks,
        hour % 12 * 30 + minute / 2,
        minute * 6,
    )
