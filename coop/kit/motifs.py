"""The house's motifs: knitting charts, drawn as compact SVG pictures made of stitches.

`motifs.json` holds the charts. A picture is a square with the motif once (a member's picture, a
design in a list), a swatch of 4:5 in which it is repeated (a product without a photograph), or a
panel of 4:5 that ends in its knitted edge (how a maker signs).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coop.kit.translated import translated

PLAIN = "plain"
SWATCH_COLUMNS, SWATCH_ROWS = 25, 39
ARCH_ROWS = 35

_STITCH_WIDTH, _STITCH_HEIGHT = 10, 8
_FILE = Path(__file__).with_name("motifs.json")
# Raised when the drawing changes, so that browsers fetch what they keep for ever anew.
_DRAWING = "3"
# Below this two yarns cannot be told apart by someone who sees colours badly.
_TELLS_APART = 1.9

Chart = tuple[tuple[int, ...], ...]


class UnknownMotif(KeyError):
    """No motif or no dye has this key."""


@dataclass(frozen=True)
class Motif:
    """A knitting chart: rows from the top, each cell an index into its colours, 0 the ground."""

    key: str
    name_es: str
    name_en: str
    meaning_es: str
    meaning_en: str
    repeats_upwards: bool
    colours: tuple[str, ...]
    rows: Chart

    name = translated("name")
    meaning = translated("meaning")

    @property
    def width(self) -> int:
        """Stitches in a row."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.rows)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return data


@cache
def dyes() -> dict[str, str]:
    """The yarn colours by key: "cochineal" is "#9C1A3A"."""
    return dict(_data()["colours"])


@cache
def motifs() -> dict[str, Motif]:
    """All motifs by key, in the order of the file."""
    return {one["key"]: _read(one) for one in _data()["motifs"]}


def _read(one: dict[str, Any]) -> Motif:
    return Motif(
        key=one["key"],
        name_es=one["name_es"],
        name_en=one["name_en"],
        meaning_es=one["meaning_es"],
        meaning_en=one["meaning_en"],
        repeats_upwards=one["repeat"] == "both",
        colours=tuple(one["colours"]),
        rows=tuple(tuple(map(int, row)) for row in one["rows"]),
    )


def motif(key: str) -> Motif:
    """The motif of that key. Raises UnknownMotif."""
    try:
        return motifs()[key]
    except KeyError:
        raise UnknownMotif(key) from None


@cache
def version() -> str:
    """Changes whenever a picture may: part of its address, since browsers keep pictures."""
    return hashlib.sha256(_FILE.read_bytes() + _DRAWING.encode()).hexdigest()[:8]


def colour_key(key: str | None) -> str:
    """The dye of that key ("near-black" or "near_black"), or "plain" where we have none."""
    wanted = (key or PLAIN).replace("-", "_")
    return wanted if wanted in dyes() else PLAIN


# Colours -----------------------------------------------------------------------------------
def palette(one: Motif, colour: str = PLAIN) -> tuple[str, ...]:
    """The motif's yarns as hex. With a dye, its ground is that dye.

    If the motif has the dye elsewhere, the two change places; and where the ground and the yarn
    of the figure would look alike, the figure is knitted in cream or near-black instead.
    Raises UnknownMotif for a dye that we do not have.
    """
    names = list(one.colours)
    if colour != PLAIN:
        if colour not in dyes():
            raise UnknownMotif(colour)
        _put(names, 0, colour)
        if _contrast(names[0], names[1]) < _TELLS_APART:
            plain = max(("cream", "near_black"), key=lambda yarn: _contrast(names[0], yarn))
            _put(names, 1, plain)
    return tuple(dyes()[name] for name in names)


def _put(names: list[str], place: int, dye: str) -> None:
    """Knit `place` in `dye`; where the dye was before, the yarn of `place` goes."""
    if dye in names:
        names[names.index(dye)] = names[place]
    names[place] = dye


def _luminance(hex_colour: str) -> float:
    channels = [int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted(_luminance(dyes()[key]) for key in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


# Charts ------------------------------------------------------------------------------------
def square_chart(one: Motif) -> Chart:
    """The motif once, with ground around it, in as many rows as make a square picture."""
    margin = 1
    side = max((one.width + 2 * margin) * _STITCH_WIDTH, (one.height + 2 * margin) * _STITCH_HEIGHT)
    columns, rows = side // _STITCH_WIDTH, -(-side // _STITCH_HEIGHT)
    left, top = (columns - one.width) // 2, (rows - one.height) // 2
    framed = [[0] * columns for _ in range(rows)]
    for y, row in enumerate(one.rows):
        framed[top + y][left : left + one.width] = row
    return tuple(map(tuple, framed))


def swatch_chart(one: Motif) -> Chart:
    """A piece of fabric: the motif over and over, centred, with stripes between its bands."""
    stripes = [2 % len(one.colours), 0] if one.repeats_upwards else [0, 2, 1, 2, 0]
    between = [[stripe % len(one.colours)] * one.width for stripe in stripes]
    cycle = [list(row) for row in one.rows] + between
    top = (SWATCH_ROWS - one.height) // 2
    left = (SWATCH_COLUMNS - one.width) // 2
    return tuple(
        tuple(cycle[(y - top) % len(cycle)][(x - left) % one.width] for x in range(SWATCH_COLUMNS))
        for y in range(SWATCH_ROWS)
    )


# Drawing -----------------------------------------------------------------------------------
def _zigzags(chart: Sequence[Sequence[int]], colour: int) -> str:
    """One path for all stitches of a colour: each run of neighbours is one zigzag line."""
    parts: list[str] = []
    for y, row in enumerate(chart):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x] == colour:
                x += 1
            if x > start:
                parts.append(f"M{start * _STITCH_WIDTH} {y * _STITCH_HEIGHT}" + "v" * (x - start))
            else:
                x += 1
    return "".join(parts).replace("v", "l5 5l5-5")


def draw(chart: Chart, colours: Sequence[str], title: str, *, is_square: bool = False) -> str:
    """The chart as an SVG picture: every cell a V of two slanted legs, `title` its spoken name."""
    width = len(chart[0]) * _STITCH_WIDTH
    height = width if is_square else len(chart) * _STITCH_HEIGHT
    used = sorted({cell for row in chart for cell in row})
    # A stitch more on every side: the fabric goes on behind the frame.
    wider = [(row[-1], *row, row[0]) for row in (chart[0], *chart, chart[-1])]
    lines = "".join(
        f'<path stroke="{colours[cell]}" d="{_zigzags(wider, cell)}"/>' for cell in used
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img"><title>{title}</title>'
        '<pattern id="s" width="5" height="8" patternUnits="userSpaceOnUse">'
        '<path d="M0 0v8" stroke="#1b1210" stroke-opacity=".22" stroke-width="1.1"/></pattern>'
        f'<rect width="{width}" height="{height}" fill="{_shade(colours[0])}"/>'
        f'<g fill="none" stroke-width="6.2" transform="translate(-{_STITCH_WIDTH}-{_STITCH_HEIGHT})">{lines}</g>'
        f'<rect width="{width}" height="{height}" fill="url(#s)"/></svg>'
    )


def _shade(hex_colour: str) -> str:
    """What is seen between the stitches: the yarn in its own shadow."""
    return "#" + "".join(f"{int(hex_colour[at : at + 2], 16) * 68 // 100:02x}" for at in (1, 3, 5))


@cache
def square_svg(key: str, colour: str = PLAIN) -> str:
    """The motif once, in a square. Raises UnknownMotif."""
    one = motif(key)
    return draw(square_chart(one), palette(one, colour), one.name_es, is_square=True)


@cache
def swatch_svg(key: str, colour: str = PLAIN) -> str:
    """Fabric of the motif, 4:5. Raises UnknownMotif."""
    one = motif(key)
    return draw(swatch_chart(one), palette(one, colour), one.name_es)


def arch_chart(one: Motif, colours: Sequence[str]) -> Chart:
    """A panel as it is knitted: ground, the motif between two stripes, a hem; ARCH_ROWS rows."""
    third, edge = 2 % len(colours), _edges(colours)[0]
    hem = [[third, 0], [0, 0], [edge, edge], [edge, edge]]
    left = (SWATCH_COLUMNS - one.width) // 2
    band = [[row[(x - left) % one.width] for x in range(SWATCH_COLUMNS)] for row in one.rows]
    stripe, ground = [third] * SWATCH_COLUMNS, [0] * SWATCH_COLUMNS
    ending = [[row[x % 2] for x in range(SWATCH_COLUMNS)] for row in hem]
    free = ARCH_ROWS - len(ending) - len(band) - 4
    below = max(1, free // 3)
    panel = [*[ground] * (free - below), stripe, ground, *band, ground, stripe]
    return tuple(map(tuple, [*panel, *[ground] * below, *ending]))


@cache
def arch_svg(key: str, colour: str = PLAIN) -> str:
    """A maker's panel, 4:5: it ends below in its cast-on edge and a fringe. Raises UnknownMotif."""
    one = motif(key)
    colours = palette(one, colour)
    chart = arch_chart(one, colours)
    width, height = SWATCH_COLUMNS * _STITCH_WIDTH, ARCH_ROWS * _STITCH_HEIGHT
    # On from it above and beside; below nothing follows.
    wider = [(row[-1], *row, row[0]) for row in (chart[0], *chart)]
    used = sorted({cell for row in chart for cell in row})
    lines = "".join(
        f'<path stroke="{colours[cell]}" d="{_zigzags(wider, cell)}"/>' for cell in used
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 312" width="{width}"'
        f' height="312" role="img"><title>{one.name_es}</title>'
        '<pattern id="s" width="5" height="8" patternUnits="userSpaceOnUse">'
        '<path d="M0 0v8" stroke="#1b1210" stroke-opacity=".22" stroke-width="1.1"/></pattern>'
        f"{_fringe(colours, width, height)}"
        f'<rect width="{width}" height="{height - 3}" fill="{_shade(colours[0])}"/>'
        f'<g fill="none" stroke-width="6.2" transform="translate(-{_STITCH_WIDTH}-{_STITCH_HEIGHT})">{lines}</g>'
        f'<rect width="{width}" height="{height - 3}" fill="url(#s)"/></svg>'
    )


def _edges(colours: Sequence[str]) -> list[int]:
    """Which yarns an edge may end in, the figure's first: those that are seen on a pale page."""
    pale = {dyes()["cream"], dyes()["undyed_white"]}
    order = [*range(1, len(colours)), 0]
    return [one for one in order if colours[one] not in pale] or order


def _fringe(colours: Sequence[str], width: int, top: int) -> str:
    """Bundles of three strands, each yarn in its turn."""
    step = 25
    yarns = dict.fromkeys(colours[one] for one in _edges(colours))
    strands: dict[str, str] = dict.fromkeys(yarns, "")
    for number in range(width // step):
        yarn = list(yarns)[number % len(yarns)]
        x = number * step + step // 2
        strands[yarn] += f"M{x - 3} {top - 4}l-3 30M{x} {top - 4}v33M{x + 3} {top - 4}l3 29"
    return (
        '<g fill="none" stroke-width="3.6" stroke-linecap="round">'
        + "".join(f'<path stroke="{yarn}" d="{path}"/>' for yarn, path in strands.items() if path)
        + "</g>"
    )


def band_chart(one: Motif) -> Chart:
    """One repeat of the motif between two rims, as wide as the motif."""
    rim = tuple((colour % len(one.colours),) * one.width for colour in (1, 2, 0))
    return (*rim, *one.rows, *reversed(rim))


@cache
def band_svg(key: str, colour: str = PLAIN) -> str:
    """A band of the motif, over and over for 1200 px. Raises UnknownMotif."""
    one = motif(key)
    chart, colours = band_chart(one), palette(one, colour)
    width, height = one.width * _STITCH_WIDTH, len(chart) * _STITCH_HEIGHT
    # A stitch more on every side: what reaches over the edge of a repeat is drawn in the next.
    wider = [(row[-1], *row, row[0]) for row in (chart[0], *chart, chart[-1])]
    used = sorted({cell for row in chart for cell in row})
    lines = "".join(
        f'<path stroke="{colours[cell]}" d="{_zigzags(wider, cell)}"/>' for cell in used
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 {height}" width="1200"'
        f' height="{height}" role="img"><title>{one.name_es}</title>'
        f'<pattern id="m" width="{width}" height="{height}" patternUnits="userSpaceOnUse">'
        f'<rect width="{width}" height="{height}" fill="{_shade(colours[0])}"/>'
        f'<g fill="none" stroke-width="6.2" transform="translate(-{_STITCH_WIDTH}-{_STITCH_HEIGHT})">'
        f'{lines}</g></pattern><rect width="1200" height="{height}" fill="url(#m)"/></svg>'
    )
