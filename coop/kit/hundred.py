"""A whole shown as a hundred stitches: one stitch is one percent.

The largest remainders make the counts a hundred; the exact amounts stand beside the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from djmoney.money import Money

from coop.kit.money import to_minor

Kind = Literal["maker", "wool", "fund", "shipping", "fees"]

_WIDTH, _HEIGHT, _COLUMNS, _ROWS = 10, 8, 20, 5
_LEGS = "M.3 0 4.8 5.8V11L.3 7.4zM9.7 0 5.2 5.8V11l4.5-3.6z"
# The mark travels with the colour: a dot, a ring, a slash, a bar; none for the maker.
_MARKS = {
    "wool": "M5 4.1a1.2 1.2 0 1 0 .1 0z",
    "fund": "M5 3.2a1.8 1.8 0 1 0 .1 0z",
    "shipping": "M3.2 6.6 6.8 3.4",
    "fees": "M2.9 5h4.2",
}


@dataclass(frozen=True)
class Part:
    """One part of a whole, before it is counted."""

    kind: Kind
    label: str | Promise
    amount: Money


@dataclass(frozen=True)
class Share:
    """One part of a whole: its exact amount, and how many of the hundred stitches it fills."""

    kind: Kind
    label: str | Promise
    amount: Money
    count: int


def largest_remainder(amounts: Sequence[int], whole: int = 100) -> list[int]:
    """Whole numbers in the proportion of `amounts` that add up to `whole` (0 if all are 0).

    Raises ValueError for a negative amount.
    """
    if any(amount < 0 for amount in amounts):
        raise ValueError("a part of a whole cannot be negative")
    everything = sum(amounts)
    if not everything:
        return [0] * len(amounts)
    counts = [amount * whole // everything for amount in amounts]
    # sorted() is stable: of equal remainders the first part gets the stitch.
    by_remainder = sorted(
        range(len(amounts)), key=lambda at: amounts[at] * whole % everything, reverse=True
    )
    for at in by_remainder[: whole - sum(counts)]:
        counts[at] += 1
    return counts


def shares(parts: Sequence[Part]) -> list[Share]:
    """`parts` with the stitches that each fills."""
    counts = largest_remainder([to_minor(part.amount) for part in parts])
    return [
        Share(part.kind, part.label, part.amount, count)
        for part, count in zip(parts, counts, strict=True)
    ]


def stitch(kind: Kind, x: int = 0, y: int = 0) -> SafeString:
    """One stitch of a kind with its mark, as SVG shapes."""
    legs = format_html(
        '<path class="stitch--{}" transform="translate({} {})" d="{}"/>', kind, x, y, _LEGS
    )
    if kind not in _MARKS:
        return legs
    mark = format_html(
        '<path class="stitch-mark stitch-mark--{}" transform="translate({} {})" d="{}"/>',
        kind,
        x,
        y,
        _MARKS[kind],
    )
    return legs + mark


def chart(counted: Sequence[Share]) -> SafeString:
    """Twenty by five stitches, filled column by column. The list beside it is what is read out."""
    kinds: list[Kind] = [share.kind for share in counted for _ in range(share.count)]
    stitches = format_html_join(
        "",
        "{}",
        (
            (stitch(kind, at // _ROWS * _WIDTH, at % _ROWS * _HEIGHT),)
            for at, kind in enumerate(kinds)
        ),
    )
    return format_html(
        '<svg class="hundred__chart" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        "{}</svg>",
        _WIDTH * _COLUMNS,
        _HEIGHT * _ROWS + 4,
        stitches,
    )


def swatch(kind: Kind) -> SafeString:
    """Two stitches for the list beside the chart."""
    return format_html(
        '<svg width="30" height="17" viewBox="0 0 20 12" aria-hidden="true" focusable="false">'
        "{}{}</svg>",
        stitch(kind),
        stitch(kind, _WIDTH),
    )
