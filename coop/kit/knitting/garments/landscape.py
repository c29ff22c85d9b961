"""The lake as a knitting chart: sky, two ranges, fields, water with reed boats, a shore with llamas."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coop.kit import motifs
from coop.kit.knitting.bands import Rows

ROWS = 66
_HORIZON, _SHORE = 35, 49

_BOAT = (
    "....1......",
    "...11......",
    "..111......",
    ".1111......",
    "..1.1....3.",
    "1...1...33.",
    "22.....2232",
    ".222222222.",
    "..2222222..",
)
#: Llamas, each with her wool, her blanket and its middle.
_BY_DAY = (
    ("undyed_white", "cochineal", "qolle"),
    ("near_black", "qolle", "cochineal"),
    ("brown", "undyed_white", "cochineal"),
    ("cream", "indigo", "qolle"),
)
_BY_NIGHT = (
    ("undyed_white", "cochineal", "qolle"),
    ("fawn", "indigo", "cream"),
    ("near_black", "qolle", "cochineal"),
    ("cream", "indigo", "qolle"),
)


@dataclass(frozen=True)
class Light:
    """The yarns of an hour: of the day, or of the night."""

    sky: tuple[str, ...]
    glow: str
    heart: str
    far: str
    near: str
    snow: str
    field: str
    furrow: str
    reed: str
    water: str
    foam: str
    ripple: str
    shore: str
    has_stars: bool = False


DAY = Light(
    sky=("cream", "dawn", "dawn", "late_dawn", "late_dawn", "late_dawn"),
    glow="qolle",
    heart="orange",
    far="lake",
    near="indigo",
    snow="undyed_white",
    field="chilca",
    furrow="moss",
    reed="qolle",
    water="lake",
    foam="undyed_white",
    ripple="indigo",
    shore="ochre",
)
NIGHT = Light(
    sky=("night", "night", "indigo", "indigo", "late_night", "late_night"),
    glow="cream",
    heart="undyed_white",
    far="far_night",
    near="purple",
    snow="cream",
    field="moss_night",
    furrow="moss_deep",
    reed="ochre",
    water="lake_night",
    foam="lake",
    ripple="night",
    shore="ochre_night",
    has_stars=True,
)


@dataclass
class _Canvas:
    """The chart while it is painted: `cells[row][column]` is a yarn."""

    columns: int
    light: Light
    cells: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = [[self.light.sky[0]] * self.columns for _ in range(ROWS)]

    def set(self, column: int, row: int, yarn: str) -> None:
        """One stitch; outside of the chart nothing happens."""
        if 0 <= column < self.columns and 0 <= row < ROWS:
            self.cells[row][column] = yarn

    def put(self, figure: Sequence[str], yarns: Mapping[str, str], column: int, row: int) -> None:
        """A small figure; '.' and '0' leave what is there."""
        for down, line in enumerate(figure):
            for across, cell in enumerate(line):
                if cell in yarns:
                    self.set(column + across, row + down, yarns[cell])


def chart(columns: int, light: Light) -> Rows:
    """The whole lake, so many stitches wide."""
    canvas = _Canvas(columns, light)
    _sky(canvas)
    sun = round(columns * 0.735)
    _sun(canvas, sun)
    _ranges(canvas)
    _fields(canvas)
    _water(canvas, sun)
    _shore(canvas)
    _border(canvas)
    return [tuple(row) for row in canvas.cells]


def _sky(canvas: _Canvas) -> None:
    tones = canvas.light.sky
    for row in range(_HORIZON):
        for column in range(canvas.columns):
            # Two tones meet in loose stitches, not along a line.
            early = (row - 2) % 5 == 4 and (column + 2 * (row % 2)) % 4 < 2
            tone = min(len(tones) - 1, max(0, (row - 2) // 5 + early))
            canvas.set(column, row, tones[tone])
    if canvas.light.has_stars:
        chance = random.Random(7)  # noqa: S311 - where stars stand is no secret
        for _ in range(canvas.columns // 2):
            column, row = chance.randrange(canvas.columns), chance.randrange(1, 17)
            canvas.set(column, row, canvas.light.foam if chance.random() < 0.4 else "cream")


def _sun(canvas: _Canvas, middle: int) -> None:
    for row in range(19):
        for column in range(middle - 14, middle + 15):
            wide, high = abs(column - middle), abs(row - 8)
            away = max(wide, high) + min(wide, high) * 0.5
            if away < 5.4:
                canvas.set(column, row, canvas.light.heart)
            elif away < 8.6 or (
                10.4 <= away < 11.6 and not canvas.light.has_stars and (wide + high) % 3
            ):
                canvas.set(column, row, canvas.light.glow)


def _ranges(canvas: _Canvas) -> None:
    light = canvas.light
    far = ((0.07, 9, 0.75), (0.27, 5, 0.70), (0.46, 9, 0.80), (0.63, 13, 0.90), (0.87, 12, 0.80))
    near = (
        (-0.02, 19, 0.80),
        (0.15, 13, 0.75),
        (0.37, 17, 0.80),
        (0.55, 20, 0.70),
        (0.76, 21, 0.6),
    )
    _range(canvas, (*far, (1.0, 10, 0.70)), 31, light.far, snow=5)
    _range(canvas, (*near, (0.95, 18, 0.70)), 33, light.near, snow=3)


def _range(
    canvas: _Canvas,
    peaks: Sequence[tuple[float, int, float]],
    foot: int,
    yarn: str,
    *,
    snow: int,
) -> None:
    """Mountains: each peak with its place (share of the width), its row and its slope."""
    for column in range(canvas.columns):
        heights = [
            (top + abs(column - round(place * canvas.columns)) * slope, place, top)
            for place, top, slope in peaks
        ]
        ridge, place, top = min(heights)
        fringe = (0, 1, 2, 1)[(column - round(place * canvas.columns)) % 4]
        for row in range(round(ridge), foot):
            is_snow = row - top < snow + fringe
            canvas.set(column, row, canvas.light.snow if is_snow else yarn)


def _fields(canvas: _Canvas) -> None:
    for column in range(canvas.columns):
        top = 29 + round(1.8 * math.sin(column / 11) + 1.2 * math.sin(column / 5.3 + 1))
        for row in range(top, _HORIZON):
            is_furrow = (row - top) % 3 == 1
            canvas.set(column, row, canvas.light.furrow if is_furrow else canvas.light.field)
        canvas.set(column, 33, canvas.light.reed if column % 4 < 2 else canvas.light.field)
        canvas.set(column, 34, canvas.light.shore)


def _water(canvas: _Canvas, sun: int) -> None:
    light = canvas.light
    for row in range(_HORIZON, _SHORE + 2):
        for column in range(canvas.columns):
            wave = (column + row // 4 * 3) % 8
            yarn = light.water
            if row % 4 == 1 and wave < 4:
                yarn = light.foam if row < 41 else light.ripple
            elif row % 4 == 2 and 2 <= wave < 6 and row > 43:
                yarn = light.ripple
            near = abs(column - sun) < 7 - (row - _HORIZON) * 0.35
            if near and row % 2 == 0 and (row + column) % 3:
                yarn = light.glow
            canvas.set(column, row, yarn)
    boat = {"1": "undyed_white", "2": light.reed, "3": "cochineal"}
    places = (0.16, 0.50, 0.90) if canvas.columns > 110 else (0.14, 0.52)
    for number, place in enumerate(places):
        canvas.put(_BOAT, boat, round(canvas.columns * place), (36, 39, 37)[number])


def _shore(canvas: _Canvas) -> None:
    light = canvas.light
    for column in range(canvas.columns):
        for row in range(_SHORE + round(math.sin(column / 9)), 62):
            canvas.set(column, row, light.shore)
    llama = ["".join(map(str, row)) for row in motifs.motif("llamas").rows]
    reed = ["".join(map(str, row)) for row in motifs.motif("totora").rows]
    column, number = 3, 0
    while column < canvas.columns - 12:
        if number % 5 == 4:
            canvas.put(reed, {"1": "chilca", "2": light.reed}, column, _SHORE)
            column += 10
        else:
            herd = _BY_NIGHT if light.has_stars else _BY_DAY
            wool, cloth, middle = herd[number * 3 % len(herd)]
            canvas.put(llama, {"1": wool, "2": cloth, "3": middle}, column, _SHORE)
            column += 14
        number += 1


def _border(canvas: _Canvas) -> None:
    for column in range(canvas.columns):
        for row in (62, 63, 65):
            canvas.set(column, row, "cochineal")
        canvas.set(column, 64, "qolle" if column % 2 else "indigo")
