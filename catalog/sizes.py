"""How large a size is: what is measured on a person, in centimetres.

By the key of a technique, since all that is knitted in one way fits the same part of the body. A
technique that is not named here (a blanket, a puppet) has no sizes to compare.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant


@dataclass(frozen=True)
class Measure:
    """What is measured, how, and from how many to how many centimetres each size fits."""

    name: str | Promise
    how: str | Promise
    centimetres: dict[str, tuple[int, int]]


MEASURES = {
    "hats": Measure(
        _("Around the head"),
        _(
            "Lay a tape around the forehead, just above the ears. Knitting gives: between two sizes, take the smaller."
        ),
        {"S": (52, 54), "M": (55, 57), "L": (58, 60)},
    ),
    "hands": Measure(
        _("Around the palm"),
        _(
            "Lay a tape around the widest part of the hand, without the thumb. Knitting gives: between two sizes, take the smaller."
        ),
        {"S": (17, 18), "M": (19, 20), "L": (21, 22)},
    ),
}


@dataclass(frozen=True)
class SizeRow:
    """One size of a product."""

    size: str
    least: int
    most: int
    is_chosen: bool


@dataclass(frozen=True)
class SizeTable:
    """The sizes in which a product is sold, with what they fit."""

    name: str | Promise
    how: str | Promise
    rows: list[SizeRow]


def size_table(shown: Iterable[Variant], chosen: Variant) -> SizeTable | None:
    """The table of a product with the variants `shown`; None where there is nothing to compare."""
    measure = MEASURES.get(chosen.design.technique.key)
    sizes = dict.fromkeys(one.size for one in shown if one.size)
    if measure is None or not sizes:
        return None
    known = [(size, *measure.centimetres[size]) for size in sizes if size in measure.centimetres]
    rows = [SizeRow(size, least, most, size == chosen.size) for size, least, most in known]
    return SizeTable(measure.name, measure.how, rows) if rows else None
