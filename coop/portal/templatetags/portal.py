"""Template words of the members' screens: pictures, and numbers that can be counted."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.portal import drawing, pictures
from coop.portal.queries import Progress

register = template.Library()

#: The dyes of members' pictures, as they are spoken.
DYES: dict[str, Promise] = {
    "cream": _("cream"),
    "undyed_white": _("white"),
    "fawn": _("fawn"),
    "brown": _("brown"),
    "near_black": _("black"),
    "cochineal": _("red"),
    "pink": _("pink"),
    "indigo": _("dark blue"),
    "lake": _("light blue"),
    "qolle": _("yellow"),
    "chilca": _("green"),
    "orange": _("orange"),
}


@register.simple_tag
def picto(name: str, size: int = 34, dye: str = "qolle", fill: str = "") -> SafeString:
    """`{% picto "sun" 34 dye="lake" %}`: an icon in a dye; put a word beside it."""
    return pictures.draw(name, size, dye=dye, fill=fill)


@register.inclusion_tag("portal/parts/suns.html")
def suns(days: int) -> dict[str, Any]:
    """`{% suns row.days %}`: days left, one sun each, a large sun for a week."""
    return {"suns": drawing.Suns(days)}


@register.inclusion_tag("portal/parts/cash.html")
def cash(amount: Money) -> dict[str, Any]:
    """`{% cash amount %}`: an amount in notes and coins."""
    return {"kinds": drawing.cash(amount)}


@register.inclusion_tag("portal/parts/skeins.html")
def skeins(rows: Sequence[Any]) -> dict[str, Any]:
    """`{% skeins rows %}`: wool by colour; each row has a colour and grams."""
    return {"rows": rows}


@register.inclusion_tag("portal/parts/cloth.html")
def cloth(amount: Money, *, big: bool = False) -> dict[str, Any]:
    """`{% cloth amount %}`: an amount under the cloth; a tap lifts it."""
    return {"amount": amount, "big": big}


@register.inclusion_tag("portal/parts/picture.html")
def picture(variant: Any, look: str = "square") -> dict[str, Any]:
    """`{% picture variant "large" %}`: what is to be knitted: its photograph, else its motif."""
    return {"variant": variant, "look": look}


@register.simple_tag
def dye_name(key: str) -> str:
    """`{% dye_name card.colour %}`: the dye of a picture, in a word."""
    return str(DYES.get(key, key))


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
