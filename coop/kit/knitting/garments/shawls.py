"""Shawls, scarves and wraps: cloth that hangs over a pole, from a peg, or lies in folds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coop.kit.knitting.arrays import Floats, drift, floats
from coop.kit.knitting.bands import EYELET, Rows, plain, repeated, stack
from coop.kit.knitting.cloth import Shape, cloth
from coop.kit.knitting.fabric import Chart, grid
from coop.kit.knitting.garments.folds import Places, laid
from coop.kit.knitting.patterns import PATTERNS, figure, rows_of, stripe
from coop.kit.knitting.scenes import Scene
from coop.kit.knitting.sheet import Sheet
from coop.kit.knitting.stitch import ROW
from coop.kit.knitting.trims import bead, fringe, rod


@dataclass(frozen=True)
class Hanging:
    """Cloth that hangs straight down from a line, in soft vertical folds that deepen below."""

    left: float
    right: float
    top: float
    bottom: float
    folds: float = 2.6
    depth: float = 26.0
    phase: float = 0.0
    lean: float = 0.0
    lift: float = 50.0
    over: float = 0.0  # radius of the pole it comes over, 0 for none

    def __call__(self, across: Floats, along: Floats) -> Places:
        """Where each place of the cloth is."""
        turn = across * 2 * np.pi * self.folds + self.phase + 0.7 * np.sin(along * 2.6 + self.phase)
        depth = self.depth * (0.22 + 0.78 * along)
        x = self.left + (self.right - self.left) * across + self.lean * along
        x = x + 0.55 * depth * np.sin(turn + 0.7)
        y = self.top + (self.bottom - self.top) * along + 0.42 * depth * np.cos(turn) * along
        height = self.lift + depth * np.sin(turn)
        if self.over:
            # The first rows come over the pole, towards the eye.
            share = np.clip(along * (self.bottom - self.top) / (self.over * 1.9), 0, 1)
            height = height - self.over * 1.4 * (1 - np.sqrt(1 - (1 - share) ** 2 * 0.98))
        return floats(x), floats(y), floats(height)

    def lowest(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Both corners of its lower edge."""
        return (self.left + self.lean, self.bottom), (self.right + self.lean, self.bottom)


def _tall(shape: Hanging, stitch: float) -> int:
    return round((shape.bottom - shape.top) / (stitch * ROW))


def _wide(shape: Hanging, stitch: float) -> int:
    return round((shape.right - shape.left) / stitch)


def _hang(
    sheet: Sheet, shape: Hanging, chart: Chart, stitch: float, *, shade: float = 0.5, seed: int = 0
) -> None:
    cloth(
        sheet,
        shape,
        chart,
        columns=_wide(shape, stitch),
        rows=_tall(shape, stitch),
        stitch=stitch,
        shade=shade,
        seed=seed,
    )


def _fringed(
    sheet: Sheet, shape: Hanging, yarns: Sequence[str], *, bundles: int, seed: int
) -> None:
    """A fringe along the lower edge, following its waves."""
    places = (np.arange(bundles) + 0.5) / bundles
    x, y, _height = shape(floats(places), floats(np.ones(bundles)))
    for number in range(bundles):
        at = (float(x[number]), float(y[number]) - 4)
        yarn = yarns[number % len(yarns)]
        fringe(sheet, at, at, 118, [yarn], bundles=1, half_width=4.6, spread=13, seed=seed + number)


def _ending(rows: Rows, above: Rows, count: int) -> Rows:
    """`above` over and over, and at its end `rows`; `count` rows in all."""
    return [*repeated(above, max(0, count - len(rows))), *rows]


# Over a pole -------------------------------------------------------------------------------
def night(yarns: Sequence[str]) -> Scene:
    """Over a pole: plain night, four rows of moons along its edge, one of them the other way."""
    indigo, _yellow, cream = yarns

    def draw(sheet: Sheet) -> None:
        stitch = 13.0
        back = Hanging(190, 1010, 250, 1070, 3.1, 24, 1.0, 26, 12)
        front = Hanging(150, 1080, 236, 1330, 3.4, 36, 0.2, 14, 66, over=26)
        stars = rows_of([figure("seeds", indigo, indigo), stripe(indigo, 17)])
        border = rows_of(PATTERNS["night-on-the-lake-shawl"](yarns))
        _hang(sheet, back, grid(stack(plain(indigo, 9), 120)), stitch, seed=3)
        _fringed(sheet, back, [indigo], bundles=26, seed=5)
        rod(sheet, 40, 1240, 262, 25)
        rows = stack(_ending(border, stars, _tall(front, stitch)), 1200)
        _fringed(sheet, front, [indigo, indigo, cream], bundles=31, seed=40)
        _hang(sheet, front, grid(_one_moon_turned(rows, yarns)), stitch, seed=4)

    return Scene(draw, ground="lake", seed=31)


def _one_moon_turned(rows: Rows, yarns: Sequence[str]) -> Rows:
    """The mistake that they left: in the fourth row one moon looks the other way."""
    moon = len(rows_of([figure("luna", *yarns)]))
    below = len(rows_of(PATTERNS["night-on-the-lake-shawl"](yarns)[-2:]))
    start = len(rows) - below - moon
    left = len(rows[0]) // 2 + 6
    turned = list(rows)
    for number in range(start, start + moon):
        row = rows[number]
        turned[number] = row[:left] + row[left : left + 12][::-1] + row[left + 12 :]
    return turned


def harvests(yarns: Sequence[str]) -> Scene:
    """Over a pole: five bands, each in the green or yellow of its month."""
    green, yellow, cream, brown = yarns
    bands = rows_of(PATTERNS["five-harvests-shawl"](yarns))

    def draw(sheet: Sheet) -> None:
        stitch = 11.4
        back = Hanging(250, 1130, 218, 900, 2.6, 20, 2.0, -18, 12)
        front = Hanging(200, 1092, 204, 1320, 2.9, 35, 0.8, -22, 66, over=26)
        _hang(sheet, back, grid(stack(repeated(bands, 200), 1200)), stitch, seed=13)
        _fringed(sheet, back, [brown], bundles=28, seed=15)
        rod(sheet, 40, 1240, 232, 25)
        tall = _tall(front, stitch)
        rows = _ending([*plain(brown, 2), *bands], plain(cream, 1), tall)
        _fringed(sheet, front, [green, yellow, cream, brown], bundles=31, seed=60)
        _hang(sheet, front, grid(stack(rows, 1200)), stitch, seed=14)

    return Scene(draw, ground="straw", seed=32)


# Folded ------------------------------------------------------------------------------------
def frost(yarns: Sequence[str]) -> Scene:
    """White reeds on cream, folded, a corner turned back: one has to come close to see them."""
    white, cream = yarns

    def draw(sheet: Sheet) -> None:
        stitch = 12.2
        left, top, right, bottom = 215, 220, 1060, 1270
        columns, rows = round((right - left) / stitch), round((bottom - top) / (stitch * ROW))
        bands = rows_of(PATTERNS["first-frost-shawl"](yarns))
        chart = grid(stack(_ending(bands, bands, rows), 1200))
        for number, (aside, down) in enumerate(((26, 34), (13, 17))):
            box = (left + aside, top + down, right + aside, bottom + down)
            under = laid(box, 0, lift=6 + 12 * number, seed=14 + number)
            _scallops(sheet, under, cream, 40)
            cloth(sheet, under, chart, columns=columns, rows=rows, stitch=stitch, seed=20 + number)
        shape = laid((left, top, right, bottom), 235, lift=44, seed=17)
        _scallops(sheet, shape, white, 40)
        cloth(sheet, shape, chart, columns=columns, rows=rows, stitch=stitch, shade=0.6, seed=23)

    return Scene(draw, ground="lake", hairs=13000, seed=33)


def _scallops(sheet: Sheet, shape: Shape, yarn: str, bundles: int) -> None:
    places = (np.arange(bundles) + 0.5) / bundles
    x, y, _height = shape(floats(places), floats(np.ones(bundles)))
    for number in range(bundles):
        at = (float(x[number]), float(y[number]) - 4)
        fringe(sheet, at, at, 92, [yarn], bundles=1, half_width=4.0, spread=11, seed=70 + number)


def shoreline(yarns: Sequence[str]) -> Scene:
    """Its two ends hang side by side, birds over water; the fringe is knotted in fours."""
    main, light, third, fourth = yarns
    bands = rows_of(PATTERNS["shoreline-scarf"](yarns))
    plain_part = rows_of([stripe(light, 3), stripe(main), stripe(light), stripe(main)])

    def draw(sheet: Sheet) -> None:
        stitch = 16.5
        rod(sheet, 190, 1100, 148, 24)
        for number, shape in enumerate(
            (
                Hanging(330, 660, 126, 1180, 0.9, 26, 0.4, -34, 40, over=24),
                Hanging(580, 915, 120, 1345, 0.85, 28, 2.3, 30, 74, over=24),
            )
        ):
            rows = _ending([*bands, *bands[:3]], plain_part, _tall(shape, stitch))
            _fringed(sheet, shape, [main, light, third, fourth], bundles=15, seed=90 + 30 * number)
            _hang(sheet, shape, grid(stack(rows, 960)), stitch, shade=0.62, seed=41 + number)

    return Scene(draw, ground="stone" if main == "indigo" else "sand", seed=34)


# Spread -------------------------------------------------------------------------------------
def wings(yarns: Sequence[str]) -> Scene:
    """Wide as wings: laid open, its tips hanging."""
    main, light, third = yarns

    def shape(across: Floats, along: Floats) -> Places:
        side = (across - 0.5) * 2
        far = np.abs(side)
        narrow = 1 - 0.60 * far**1.7
        x = 640 + side * (592 - 60 * far * far * along)
        top = 430 + 330 * far**2.1 - 26 * np.exp(-((side / 0.16) ** 2))
        y = top + along * 700 * narrow
        turn = side * np.pi * 4.6 + 1.2 * along
        depth = 24 * (0.25 + 0.75 * along) * (1 - 0.4 * far)
        ripple = drift(x, y, 0.12, 8) * 9
        return (
            floats(x),
            floats(y + 0.4 * depth * np.cos(turn)),
            floats(60 + depth * np.sin(turn) + ripple),
        )

    def draw(sheet: Sheet) -> None:
        stitch, columns, rows = 11.2, 105, 82
        bands = rows_of(PATTERNS["wide-wings-shawl"](yarns))
        stripes = rows_of([stripe(main, 5), stripe(light), stripe(main, 5)])
        chart = grid(stack(_ending([*bands, *bands], stripes, rows), 1140))
        _scallops(sheet, shape, main, 44)
        cloth(sheet, shape, chart, columns=columns, rows=rows, stitch=stitch, seed=51)

    return Scene(draw, ground="clay" if main == "near_black" else "moss", seed=35 + len(third))


def reeds(yarns: Sequence[str]) -> Scene:
    """Openwork that climbs like reeds, over a pole: light falls through its holes."""
    main, cream = yarns

    def draw(sheet: Sheet) -> None:
        stitch = 17.0
        back = Hanging(560, 950, 170, 1320, 0.9, 24, 2.2, 44, 14)
        front = Hanging(330, 725, 156, 1180, 1.0, 28, 0.5, -26, 66, over=24)
        for number, shape in enumerate((back, front)):
            if shape is front:
                rod(sheet, 180, 1120, 182, 24)
            rows = repeated(openwork(main, cream), _tall(shape, stitch))
            _fringed(sheet, shape, [main, cream], bundles=14, seed=120 + 20 * number)
            _hang(sheet, shape, grid(stack(rows, 960)), stitch, shade=0.55, seed=61 + number)

    return Scene(draw, ground={"chilca": "straw", "fawn": "lake"}.get(main, "sand"), seed=36)


def openwork(main: str, cream: str) -> Rows:
    """Stems of reed with a row of holes on both sides, leaning to and fro; now and then a flower."""
    rows: Rows = []
    for number in range(24):
        sway = (0, 0, 1, 1, 2, 2, 1, 1)[number % 8]
        row = [main] * 12
        if number % 2 == 0:
            row[3 + sway] = EYELET
            row[7 + sway] = EYELET
        if number in {3, 4, 5, 15, 16, 17}:
            row[5 + sway] = cream
        rows.append(tuple(row))
    return rows


def spring(yarns: Sequence[str]) -> Scene:
    """Hung by two corners, sagging in between: a diamond within a diamond."""
    main, second, cream = yarns
    bands = rows_of(PATTERNS["spring-shawl"](yarns))

    def shape(across: Floats, along: Floats) -> Places:
        sag = 4 * across * (1 - across)
        x = 640 + (across - 0.5) * (1040 - 150 * along) + 20 * np.sin(along * 3)
        y = 250 + sag * (150 + 60 * along) + along * 690 - 40 * across
        # Folds swing from corner to corner, as a chain hangs.
        turn = along * np.pi * 4.2 - sag * 1.3
        depth = 26 * sag * (1 - 0.55 * along)
        side = across * np.pi * 7 + 1
        hem = 22 * along
        return (
            floats(x + 0.4 * hem * np.cos(side)),
            floats(y + 0.4 * hem * np.sin(side)),
            floats(60 + depth * np.sin(turn) + hem * np.sin(side)),
        )

    def draw(sheet: Sheet) -> None:
        stitch, columns, rows = 13.2, 75, 74
        chart = grid(stack(_ending([*bands, *bands], plain(main, 4), rows), 960))
        _scallops(sheet, shape, second, 34)
        cloth(sheet, shape, chart, columns=columns, rows=rows, stitch=stitch, seed=71)
        for corner in (0.012, 0.988):
            x, y, _height = shape(floats([corner]), floats([0.012]))
            bead(sheet, (float(x[0]), float(y[0])), 21, "#8A5F2E")

    return Scene(draw, ground="sand" if main == "cochineal" else "rose", seed=37 + len(cream))
