"""Template words for what is drawn: icons, suns, leaves of the calendar, stitches.

Each is loaded with `portal`; put the word or the number beside it.
"""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coop.portal import drawing, pictures
from coop.portal.queries import OrderRow, Part, Progress

register = template.Library()


@register.simple_tag
def picto(name: str, size: int = 34, dye: str = "qolle", fill: str = "") -> SafeString:
    """`{% picto "sun" 34 dye="lake" %}`: an icon in a dye; put a word beside it."""
    return pictures.draw(name, size, dye=dye, fill=fill)


@register.simple_tag
def clock_face(moment: datetime) -> SafeString:
    """`{% clock_face card.locked_until %}`: a clock that shows this time; put it in words too."""
    at = timezone.localtime(moment)
    return pictures.clock(at.hour, at.minute)


@register.inclusion_tag("portal/parts/suns.html")
def suns(days: int, *, more: bool = False) -> dict[str, Any]:
    """`{% suns row.days %}`: days left, one sun each, a large sun for a week; `more` adds them."""
    return {"suns": drawing.Suns(days), "more": more}


@register.inclusion_tag("portal/parts/leaf.html")
def leaf(day: date) -> dict[str, Any]:
    """`{% leaf row.day %}`: a leaf of the calendar, silent: month, day, and its place in the week.

    Put the day in words beside it.
    """
    return {"day": day, "week": [number == day.weekday() for number in range(7)]}


@register.simple_tag
def part_stitches(part: Part) -> SafeString:
    """`{% part_stitches part %}`: one V for each piece of an offer, those that she takes full."""
    return pictures.stitches([("passed", part.number), ("left", part.rest)])


@register.simple_tag
def stitches(progress: Progress) -> SafeString:
    """`{% stitches progress %}`: one V for each piece, by how far it is."""
    parts = [
        ("passed", progress.passed),
        ("checking", progress.checking),
        ("mending", progress.mending),
        ("left", progress.left),
    ]
    return pictures.stitches(parts)


@register.simple_tag
def one_stitch(look: str) -> SafeString:
    """`{% one_stitch "paid" %}`: a single V, to say beside it what it means."""
    return pictures.stitches([(look, 1)])


@register.simple_tag
def order_stitches(row: OrderRow) -> SafeString:
    """`{% order_stitches row %}`: one V for each of her pieces: paid, owed, still to come."""
    parts = [("paid", row.paid_pieces), ("owed", row.owed_pieces), ("left", row.coming_pieces)]
    return pictures.stitches(parts)


@register.simple_tag
def bar_stitches(way: str, count: int) -> SafeString:
    """`{% bar_stitches "in" 7 %}`: a row of stitches as long as an amount; put the amount beside."""
    return format_html('<span class="bar-row">{}</span>', pictures.stitches([(way, count)]))
