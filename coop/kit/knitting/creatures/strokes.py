"""What is drawn with thin strokes: single strands, the loops of a fleece, a steel needle."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coop.kit.knitting.arrays import Floats, Point, floats
from coop.kit.knitting.fabric import light_of
from coop.kit.knitting.light import LAMP
from coop.kit.knitting.sheet import Brush, Frame, Sheet

_STEEL = floats([0.30, 0.29, 0.28])


def strands(
    sheet: Sheet,
    at: Frame,
    lines: Sequence[Sequence[Point]],
    yarn: str,
    *,
    width: float,
    shade: float,
) -> None:
    """Single strands through these points of the creature, each lit on its upper left side."""
    moved = [[at(*point) for point in curve(line)] for line in lines]
    brush = Brush(sheet, sheet.window([point for line in moved for point in line], 12))
    wide, light = at.size(width), light_of(yarn)
    for line in moved:
        brush.stroke(line, light * 0.55, width=wide * 1.2)
        lit = [(x - wide * 0.14, y - wide * 0.14) for x, y in line]
        brush.stroke(lit, light * 1.05, width=wide * 0.7)
    brush.lay(soft=0.6, shade=shade, reach=max(1.5, wide * 1.2))


def curve(line: Sequence[Point]) -> list[Point]:
    """Three points as one smooth bend; any other line as it is."""
    if len(line) != 3:
        return list(line)
    (x0, y0), (x1, y1), (x2, y2) = line
    shares = [step / 12 for step in range(13)]
    return [
        (
            (1 - t) ** 2 * x0 + 2 * t * (1 - t) * x1 + t * t * x2,
            (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y1 + t * t * y2,
        )
        for t in shares
    ]


@dataclass(frozen=True)
class Fleece:
    """A round form covered with loops: an ellipse, turned, and how long a loop is."""

    middle: Point
    radii: Point
    degrees: float
    size: float
    form: float


def loops(sheet: Sheet, at: Frame, fleece: Fleece, yarns: Sequence[str], *, seed: int) -> None:
    """Loops of yarn all over the form, from its top down, so that the lower ones lie on top."""
    chance = np.random.default_rng(seed)
    across, down = fleece.radii
    x, y = fleece.middle
    size = at.size(fleece.size)
    reach = at.size(max(across, down)) + size * 2
    brush = Brush(sheet, sheet.window([at(x, y)], reach))
    palette = [light_of(yarn) for yarn in yarns]
    turn = math.radians(fleece.degrees)
    for out_x, out_y in _places(chance, across, down, fleece.size):
        lift = math.sqrt(max(0.0, 1 - out_x * out_x - out_y * out_y))
        to_x = out_x * math.cos(turn) - out_y * math.sin(turn)
        to_y = out_x * math.sin(turn) + out_y * math.cos(turn)
        lamp = max(0.0, (to_x * LAMP[0] + to_y * LAMP[1] + lift * LAMP[2] + 0.45) / 1.4)
        bright = (0.52 + 0.62 * lamp) * fleece.form + 0.9 * (1 - fleece.form)
        px, py = out_x * across, out_y * down
        place = at(
            x + px * math.cos(turn) - py * math.sin(turn),
            y + px * math.sin(turn) + py * math.cos(turn),
        )
        # It hangs, and leans away from the middle.
        lean = to_x * (1.15 if not at.mirrored else -1.15) + chance.normal() * 0.42
        light = palette[chance.integers(len(palette))] * bright * chance.uniform(0.86, 1.08)
        shape = (chance.uniform(0.14, 0.30), chance.normal() * 0.22)
        _loop(brush, place, size * chance.uniform(0.75, 1.25), lean, floats(light), shape)
    brush.lay(soft=0.5, shade=0.5, reach=size * 0.4)


def _places(
    chance: np.random.Generator, across: float, down: float, size: float
) -> list[tuple[float, float]]:
    """Places within the unit circle, a loop's width apart and shaken, from the top down."""
    step = size * 0.5
    places = []
    for row in np.arange(-down, down + step, step * 0.9):
        for column in np.arange(-across, across + step, step):
            px = (column + chance.normal() * step * 0.34) / across
            py = (row + chance.normal() * step * 0.34) / down
            if px * px + py * py < 1:
                places.append((float(px), float(py)))
    return sorted(places, key=lambda place: place[1])


def _loop(brush: Brush, top: Point, size: float, lean: float, light: Floats, shape: Point) -> None:
    """One loop: out, round and back; `shape` says how wide it opens and how it sways."""
    open_, sway = shape
    width = max(2.0, size * 0.26)
    points = []
    for step in range(13):
        turn = math.pi * 2 * step / 12
        wide = math.sin(turn) * size * open_
        wide += math.sin(turn / 2) * size * sway
        deep = (1 - math.cos(turn)) * size * 0.5
        points.append(
            (
                top[0] + wide * math.cos(lean) + deep * math.sin(lean),
                top[1] - wide * math.sin(lean) + deep * math.cos(lean),
            )
        )
    brush.stroke(points, light * 0.5, width=width * 1.5, alpha=0.8)
    brush.stroke(points, light, width=width)
    lit = [(x - width * 0.2, y - width * 0.2) for x, y in points]
    brush.stroke(lit, np.clip(light * 1.22, 0, 1), width=max(1.0, width * 0.4))


def steel_needle(sheet: Sheet, eye: Point, point: Point, width: float) -> None:
    """A needle of steel from its eye to its point: dark edges, a long light, a hole."""
    brush = Brush(sheet, sheet.window([eye, point], width * 3))
    count = 48
    for tone, share, aside in ((0.25, 1.0, 0.0), (1.0, 0.66, -0.08), (2.6, 0.22, -0.2)):
        for step in range(count):
            start, end = step / count, (step + 1) / count
            thin = width * 2 * share * _needle_width((start + end) / 2)
            ends = [
                (
                    eye[0] + (point[0] - eye[0]) * t + aside * width,
                    eye[1] + (point[1] - eye[1]) * t + aside * width,
                )
                for t in (start, end)
            ]
            brush.stroke(ends, _STEEL * tone, width=max(1.0, thin), alpha=1.0)
    hole = [
        (eye[0] + (point[0] - eye[0]) * t, eye[1] + (point[1] - eye[1]) * t) for t in (0.03, 0.13)
    ]
    brush.stroke(hole, _STEEL * 0.06, width=max(1.0, width * 0.62), alpha=1.0)
    brush.lay(soft=0.7, shade=0.35, reach=width * 0.6)


def _needle_width(share: float) -> float:
    """Wide about the eye, slim along the shaft, nothing at its point."""
    if share < 0.16:
        return 0.62 + 0.38 * math.sin(math.pi * share / 0.16)
    return 0.62 * (1 - max(0.0, (share - 0.55) / 0.45) ** 1.6 * 0.85)
