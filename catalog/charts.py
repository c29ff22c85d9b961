"""A design's knitting chart: for the office, for members, for print."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalog.models import Design
from coop.kit.knitting import written
from coop.kit.knitting.diagram import diagram
from coop.kit.knitting.patterns import Band, pattern_of
from coop.wool.models import Colour


@dataclass(frozen=True)
class ChartYarn:
    """A yarn of the chart: its swatch with the symbol that stands for it, and its name."""

    swatch: SafeString
    name: str


@dataclass(frozen=True)
class Chart:
    """The chart as an SVG picture, and what its colours and symbols mean."""

    svg: SafeString
    yarns: tuple[ChartYarn, ...]
    columns: int
    rows: int


def chart_of(design: Design) -> Chart:
    """The chart of a design; one without a written pattern has its motif alone.

    Raises UnreadablePattern for a pattern that no form let through.
    """
    yarns = [need.colour.key for need in design.wool.select_related("colour")] or ["cream"]
    bands = written.read(design.pattern) or pattern_of("", yarns, design.motif)
    return chart_from(bands, design.code)


def chart_from(bands: Sequence[Band], title: str) -> Chart:
    """The chart of these bands, with the names that the house has for their yarns."""
    # Our own drawing from known names: of what somebody typed only the title is in it, escaped.
    found = diagram(bands, escape(title))
    names = {one.key: one.name for one in Colour.objects.all()}
    legend = tuple(
        ChartYarn(mark_safe(one.swatch), names.get(one.key, one.key))  # noqa: S308 - we draw it
        for one in found.yarns
    )
    return Chart(mark_safe(found.svg), legend, found.columns, found.rows)  # noqa: S308 - we draw it
