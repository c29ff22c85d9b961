"""A second look at a garment: still on its needle, from close by, folded in a pile."""

from collections.abc import Sequence

import numpy as np

from coop.kit.knitting.arrays import Floats, drift, eased, floats
from coop.kit.knitting.bands import Row, Rows, stack
from coop.kit.knitting.cloth import Shape, cloth
from coop.kit.knitting.creatures.wool import ball_of_wool
from coop.kit.knitting.fabric import grid
from coop.kit.knitting.garments.folds import Places
from coop.kit.knitting.garments.lake import live_stitches
from coop.kit.knitting.props import board, stick
from coop.kit.knitting.scenes import Scene
from coop.kit.knitting.sheet import Frame, Sheet
from coop.kit.knitting.stitch import ROW
from coop.kit.knitting.trims import cord, fringe, rod

# Still on the needle -----------------------------------------------------------------------
_NEEDLE, _WORK = 262.0, 22.0
_COLUMNS, _ROWS = 43, 43


def on_needle(rows: Rows, yarns: Sequence[str], *, ground: str, seed: int) -> Scene:
    """Half knitted from its hem upwards, the balls of its yarns below it."""

    def draw(sheet: Sheet) -> None:
        left = 640 - _COLUMNS * _WORK / 2
        right = left + _COLUMNS * _WORK
        chart = stack(_from_hem(rows, _ROWS), _COLUMNS)
        top = _NEEDLE + _WORK * 1.35
        shape = _hanging(left, right, top, top + _ROWS * _WORK * ROW, seed)
        grid_of = grid(chart)
        cloth(sheet, shape, grid_of, columns=_COLUMNS, rows=_ROWS, stitch=_WORK, seed=seed)
        rod(sheet, left - 130, right + 116, _NEEDLE, _WORK * 0.66)
        live_stitches(sheet, chart[0], right, _NEEDLE, _WORK * 0.66, _WORK)
        stick(sheet, (196, 1452), (1010, 1218), _WORK * 0.66)
        _balls(sheet, yarns, chart[0][-1], (right, _NEEDLE))

    return Scene(draw, ground=ground, seed=60 + seed, hairs=11000)


def _from_hem(rows: Rows, count: int) -> Rows:
    """The last `count` rows, the pattern going on above where it has fewer."""
    return (rows * (count // len(rows) + 1))[-count:]


def _hanging(left: float, right: float, top: float, bottom: float, seed: int) -> Shape:
    def shape(across: Floats, along: Floats) -> Places:
        fall = eased(along, 0.03, 1)
        x, y = left + (right - left) * across, top + (bottom - top) * along
        # What is knitted draws in a little below the needle, and its hem rolls.
        x = 640 + (x - 640) * (1 - 0.035 * np.sin(np.pi * along))
        wave = np.sin(x / 92 + seed + 0.9 * along) * 15 * fall + drift(x, y, 0.10, seed) * 8
        curl = eased(along, 0.945, 1.0)
        return (
            floats(x + 4 * np.cos(x / 92 + seed) * fall),
            floats(y + 5 * np.cos(x / 92 + seed + 0.5) * fall - 7 * curl),
            floats(46 + wave + 22 * curl),
        )

    return shape


def _balls(sheet: Sheet, yarns: Sequence[str], working: str, last: tuple[float, float]) -> None:
    """A ball of each yarn; the one that is knitted with runs up to the last stitch."""
    chosen = [working, *[one for one in yarns if one != working]][:4]
    places = ((1052, 1300, 2.35), (800, 1372, 2.0), (560, 1330, 1.8), (352, 1384, 1.65))
    x, y = last
    line = [(x - 9, y + 4), (x + 74, y + 120), (x + 92, y + 420), (x + 40, y + 700)]
    cord(sheet, [*line, (x - 6, y + 900), (1090, 1210)], 4.6, working, tapered=False, shade=0.35)
    for number in range(len(chosen) - 1, -1, -1):
        across, down, scale = places[number]
        at = Frame(across, down, scale, degrees=37.0 * number)
        for part in ball_of_wool((0, 0), 54, chosen[number]):
            part.draw(sheet, at)


# From close by -----------------------------------------------------------------------------
def close(
    rows: Rows, yarns: Sequence[str], *, ground: str, seed: int, has_fringe: bool = False
) -> Scene:
    """Its stitches as large as they are before one's nose, in a soft fold or two."""

    def draw(sheet: Sheet) -> None:
        # Without a fringe there is nothing but stitches: fewer and larger ones.
        stitch, columns, count = (33.0, 50, 47) if has_fringe else (40.0, 42, 62)
        turn = np.radians((-11, 8, -6, 13, -15)[seed % 5])
        bands = stack(_from_hem(rows, count), columns)
        high = count * stitch * ROW
        middle = (640.0, 1130 - high / 2 if has_fringe else 800.0)

        def shape(across: Floats, along: Floats) -> Places:
            x = (across - 0.5) * columns * stitch
            y = (along - 0.5) * high
            way = x / 400 + y / 880 + seed
            fold = 34 * np.sin(way * 1.7) + 13 * np.sin(x / 170 - y / 300 + 2 * seed)
            height = fold + drift(x + 900, y + 900, 0.09, seed) * 12
            aside = x + 0.5 * fold
            return (
                floats(middle[0] + aside * np.cos(turn) - y * np.sin(turn)),
                floats(middle[1] + aside * np.sin(turn) + y * np.cos(turn)),
                floats(70 + height),
            )

        if has_fringe:
            _close_fringe(sheet, shape, yarns, seed)
        cloth(sheet, shape, grid(bands), columns=columns, rows=count, stitch=stitch, seed=seed)

    return Scene(draw, ground=ground, seed=80 + seed, hairs=7000, hair_length=38)


def _close_fringe(sheet: Sheet, shape: Shape, yarns: Sequence[str], seed: int) -> None:
    bundles = 22
    places = (np.arange(bundles) + 0.5) / bundles
    x, y, _height = shape(floats(places), floats(np.ones(bundles)))
    for number in range(bundles):
        at = (float(x[number]), float(y[number]) - 8)
        yarn = yarns[number % len(yarns)]
        fringe(sheet, at, at, 285, [yarn], bundles=1, strands=5, half_width=9.5, spread=27,
               seed=seed + number)  # fmt: skip


# In a pile ---------------------------------------------------------------------------------
_SHELF = 1250.0


def pile(pieces: Sequence[Rows], *, ground: str, seed: int) -> Scene:
    """Folded, one on the other on a shelf; of each two folds are seen."""

    def draw(sheet: Sheet) -> None:
        chance = np.random.default_rng(seed)
        board(sheet, 70, 1210, _SHELF - 24, _SHELF + 62)
        radius, foot = 80.0, _SHELF + 6
        for rows in pieces:
            aside, shift = chance.normal() * 20, chance.integers(0, len(rows))
            half = 446 + chance.normal() * 14
            for number in range(2):
                middle = foot - radius - number * (radius * 1.86)
                fold = _fold(640 + aside + chance.normal() * 7, half, middle, radius, seed + number)
                _folded(sheet, fold, rows, half, radius, int(shift) + number * 9, seed + number)
            foot -= radius * 3.72

    return Scene(draw, ground=ground, seed=100 + seed, hairs=12000)


def _fold(middle: float, half: float, y: float, radius: float, seed: int) -> Shape:
    """Cloth that comes out of the pile above, turns round and goes back in below."""

    def shape(across: Floats, along: Floats) -> Places:
        angle = (along - 0.5) * np.pi
        x = middle + (across - 0.5) * 2 * half
        sag = drift(x, y + 0 * x, 0.10, seed) * 5
        thick = radius * (1 + 0.03 * np.sin(x / 97 + seed))
        down = np.sign(angle) * np.abs(np.sin(angle)) ** 0.9 * thick
        # At both ends of a fold its edges come a little forward and apart.
        end = np.clip((np.abs(across - 0.5) * 2 - 0.93) / 0.07, 0, 1) ** 2
        return (
            floats(x + 5 * end * np.sign(across - 0.5) * np.cos(angle)),
            floats(y + down * (1 - 0.10 * end) + sag),
            floats(30 + thick * 1.15 * np.cos(angle) + sag),
        )

    return shape


def _folded(
    sheet: Sheet, shape: Shape, rows: Rows, half: float, radius: float, shift: int, seed: int
) -> None:
    stitch = 18.5
    columns, count = round(half * 2 / stitch), round(radius * np.pi / (stitch * ROW))
    seen: list[Row] = [rows[(shift + number) % len(rows)] for number in range(count)]
    chart = grid(stack(seen, columns + columns % 2))
    cloth(sheet, shape, chart, columns=columns, rows=count, stitch=stitch, shade=0.7, seed=seed)
