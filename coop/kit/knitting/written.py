"""A pattern as somebody writes it: one band a line, from the top down.

    2 cochineal
    andenes: cream, cochineal, qolle, indigo

A stripe is its number of rows and its yarn; a figure is its name and its yarns, the ground first.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from coop.kit import motifs
from coop.kit.errors import Refusal
from coop.kit.knitting.patterns import FIGURES, Band, figure, stripe, yarns_needed

MOST_BANDS, MOST_ROWS = 60, 40
_STRIPE = re.compile(r"^(\d{1,3})\s+(\w+)$")


class UnreadablePattern(Refusal):
    """A line that is no band: it says which and why."""

    message = _("Line {line}: {why}")


def write(bands: Sequence[Band]) -> str:
    """The bands as lines that `read` understands."""
    return "\n".join(line for band in bands for line in _lines(band))


def _lines(band: Band) -> list[str]:
    if not band.figure:
        return [f"{band.rows} {band.yarns[0]}"]
    edge = [f"{band.rows} {band.yarns[0]}"] if band.rows else []
    return [*edge, f"{band.figure}: {', '.join(band.yarns)}", *edge]


def read(text: str) -> list[Band]:
    """The bands of a written pattern; empty lines count for nothing. Raises UnreadablePattern."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    written = [(number, line) for number, line in lines if line]
    if len(written) > MOST_BANDS:
        raise UnreadablePattern(
            line=written[MOST_BANDS][0], why=_("that is more than a chart holds.")
        )
    return [_band(number, line) for number, line in written]


def _band(number: int, line: str) -> Band:
    if ":" in line:
        name, _colon, rest = line.partition(":")
        return _figure(number, name.strip(), [one.strip() for one in rest.split(",")])
    found = _STRIPE.match(line)
    if found is None:
        raise UnreadablePattern(
            line=number, why=_("write “2 cochineal” for a stripe, or “andenes: cream, cochineal…”.")
        )
    rows, yarn = int(found[1]), _known(number, found[2])
    if not 1 <= rows <= MOST_ROWS:
        raise UnreadablePattern(line=number, why=_("a stripe has 1 to 40 rows."))
    return stripe(yarn, rows)


def _figure(number: int, name: str, names: list[str]) -> Band:
    if name not in FIGURES and name not in motifs.motifs():
        known = ", ".join([*motifs.motifs(), *FIGURES])
        raise UnreadablePattern(
            line=number,
            why=_("there is no figure “{name}”. There are: {known}.").format(
                name=name[:40], known=known
            ),
        )
    wanted = yarns_needed(name)
    if len(names) != wanted:
        raise UnreadablePattern(
            line=number,
            why=_("“{name}” is knitted in {wanted} yarns, and {given} are written.").format(
                name=name, wanted=wanted, given=len(names)
            ),
        )
    return figure(name, *(_known(number, one) for one in names))


def _known(number: int, yarn: str) -> str:
    if yarn not in motifs.dyes():
        raise UnreadablePattern(
            line=number,
            why=_("there is no yarn “{yarn}”. There are: {known}.").format(
                yarn=yarn[:40], known=", ".join(motifs.dyes())
            ),
        )
    return yarn
