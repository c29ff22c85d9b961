"""What is sewn on: cords, pompoms, tassels, fringes, beads for eyes."""

import math
from collections.abc import Sequence

import numpy as np

from coop.kit.knitting.arrays import TILE, Floats, Point, fibres, floats, ints
from coop.kit.knitting.fabric import light_of
from coop.kit.knitting.light import LAMP, Form, lit
from coop.kit.knitting.sheet import Brush, Part, Sheet
from coop.kit.knitting.stitch import Surface
from coop.kit.knitting.tube import Spine, place_on


def cord(
    sheet: Sheet,
    points: Sequence[Point],
    half_width: float,
    yarn: str | Floats,
    *,
    twist: float | None = None,
    tapered: bool = True,
    shade: float = 0.45,
) -> None:
    """A twisted cord through the points. `twist` is the length of a turn, by default 1.7 widths."""
    ends = (0.85, 0.8) if tapered else (1.0, 1.0)
    widths = [half_width * ends[0], *[half_width] * max(1, len(points) - 2), half_width * ends[1]]
    spine = Spine.through(points, widths, (half_width, half_width))
    left, top, right, bottom = sheet.window(spine.points, half_width + 4)
    if right - left < 2 or bottom - top < 2:
        return
    grid_y, grid_x = np.mgrid[top:bottom, left:right]
    place = place_on(spine, floats(grid_x), floats(grid_y))
    cover = np.clip((place.half - np.abs(place.across)) / 1.4, 0, 1) * ~place.is_beyond
    sine = np.clip(place.across / np.maximum(place.half, 1e-3), -0.999, 0.999)
    turn = twist or half_width * 1.7
    strand = np.abs(np.sin(np.pi * place.along / turn + np.arcsin(sine) * 0.75)) ** 0.6
    lift = np.sqrt(1 - sine * sine)
    grain = fibres()[ints(place.across * 9 + place.along * 3) % TILE, ints(place.along) % TILE]
    colour = light_of(yarn) if isinstance(yarn, str) else yarn
    light = np.broadcast_to(colour, (*sine.shape, 3))
    surface = Surface(floats(light), floats(strand * lift), floats(0.10 * grain))
    form = Form.of(-sine * place.direction[..., 1], sine * place.direction[..., 0], floats(lift))
    seen = lit(surface, form, stitch=turn * 0.8, relief=0.5)
    sheet.lay(Part(top, left, seen, floats(cover)), shade=shade, reach=half_width * 0.8)


def braid(sheet: Sheet, start: Point, end: Point, half_width: float, yarns: Sequence[str]) -> None:
    """Three strands crossing over and under each other, from `start` to `end`."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    down = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    turn, pieces = half_width * 4.6, 8
    strand = half_width * 0.52

    def at(way: float, phase: float) -> Point:
        aside = math.sin(2 * math.pi * (way / turn + phase)) * half_width * 0.62
        return start[0] + down[0] * way - down[1] * aside, start[1] + down[1] * way + down[
            0
        ] * aside

    steps = max(1, int(length / turn * pieces))
    drawn = []
    for number, yarn in enumerate(yarns[:3]):
        phase = number / 3
        for step in range(steps):
            way = length * step / steps
            # What crosses the middle is on top when it goes one way, beneath when it comes back.
            level = math.sin(4 * math.pi * (way / turn + phase) + 0.6)
            ways = (way - turn * 0.05, way + turn / pieces * 0.5, way + turn / pieces * 1.3)
            drawn.append((level, [at(one, phase) for one in ways], yarn))
    for _level, points, yarn in sorted(drawn, key=lambda one: one[0]):
        cord(sheet, points, strand, yarn, tapered=False, shade=0.22)


def rod(sheet: Sheet, left: float, right: float, middle: float, radius: float) -> None:
    """A wooden rod that lies across, its right end a blunt point: a needle, a pole."""
    window = sheet.window([(left, middle), (right, middle)], radius + 2)
    grid_y, grid_x = np.mgrid[window[1] : window[3], window[0] : window[2]]
    thick = radius * np.clip((right - grid_x) / (radius * 5), 0, 1) ** 0.55
    thick = thick * np.clip((grid_x - left) / (radius * 0.8), 0, 1) ** 0.5
    share = np.clip((grid_y - middle) / np.maximum(thick, 0.5), -1, 1)
    cover = np.clip((thick - np.abs(grid_y - middle)) / 1.5, 0, 1)
    grain = fibres()[ints(grid_y * 7) % TILE, ints(grid_x * 0.3) % TILE]
    lift = np.sqrt(1 - share * share * 0.98)
    lamp = np.clip(-share * 0.55 + lift * 0.62 + 0.12, 0, 1.15)
    gloss = np.clip(1 - np.abs(share + 0.45) * 3, 0, 1) ** 2 * 0.12
    light = light_of("#A9793F") * (1 + 0.10 * grain)[..., None] * lamp[..., None]
    part = Part(window[1], window[0], floats(light + gloss[..., None]), floats(cover))
    sheet.lay(part, shade=0.6, reach=radius * 0.7)


def pompom(
    sheet: Sheet,
    middle: Point,
    radius: float,
    yarns: Sequence[str],
    *,
    strands: int = 0,
    seed: int = 1,
    shade: float = 0.5,
) -> None:
    """A ball of cut yarn in these colours."""
    chance = np.random.default_rng(seed)
    x, y = middle
    window = sheet.window([middle], radius * 1.35)
    _core(sheet, middle, radius, light_of(yarns[0]) * 0.3, shade)
    brush = Brush(sheet, window)
    palette = [light_of(one) for one in yarns]
    count = strands or int(1200 + radius * 34)
    distances = np.sqrt(chance.uniform(0, 1, count))
    for away in np.sort(distances)[::-1]:
        lift, turn = math.sqrt(1 - away * away), chance.uniform(0, 2 * math.pi)
        across, down = away * math.cos(turn), away * math.sin(turn)
        lamp = max(0.0, (across * LAMP[0] + down * LAMP[1] + lift * LAMP[2] + 0.35) / 1.35)
        length = radius * (0.16 + 0.12 * chance.random()) * (0.35 + 0.75 * away)
        way = turn + chance.normal() * 0.5
        step = (math.cos(way) * length * 0.5, math.sin(way) * length * 0.5)
        at = (x + across * radius * 0.92, y + down * radius * 0.92)
        colour = palette[chance.integers(len(palette))]
        light = colour * (0.22 + 0.95 * lamp) * chance.uniform(0.65, 1.25)
        ends = [(at[0] - step[0], at[1] - step[1]), (at[0] + step[0], at[1] + step[1])]
        brush.stroke(ends, light, width=max(2.0, radius * 0.028))
    brush.lay(soft=0.5)


def _core(sheet: Sheet, middle: Point, radius: float, light: Floats, shade: float) -> None:
    left, top, right, bottom = sheet.window([middle], radius * 1.3)
    grid_y, grid_x = np.mgrid[top:bottom, left:right]
    away = np.hypot(grid_x - middle[0], grid_y - middle[1])
    cover = floats(np.clip((radius * 0.95 - away) / 4, 0, 1))
    whole = floats(np.broadcast_to(light, (*cover.shape, 3)))
    sheet.lay(Part(top, left, whole, cover), shade=shade, reach=radius * 0.16)


def tassel(
    sheet: Sheet,
    top: Point,
    length: float,
    half_width: float,
    yarns: Sequence[str],
    *,
    degrees: float = 0.0,
    seed: int = 3,
    neck: str | None = None,
) -> None:
    """Cut strands that hang from a point; `neck` is the yarn that binds them, by default the first."""
    chance = np.random.default_rng(seed)
    turn = math.radians(degrees)
    palette = [light_of(one) for one in yarns]
    brush = Brush(sheet, sheet.window([top], length * 1.25 + half_width))
    for number in range(max(24, int(half_width * 5.5))):
        place = chance.uniform(-1, 1)
        end = place * half_width * 0.85 + chance.normal() * half_width * 0.12
        reach = length * (0.90 + 0.13 * chance.random())
        points = []
        for share in np.linspace(0, 1, 9):
            across = place * half_width * 0.34 * (1 - share) + end * share * (0.6 + 0.4 * share)
            across += math.sin(share * 5 + number) * half_width * 0.05
            # A waist where the strands are bound.
            across *= 1 - 0.35 * math.exp(-(((share - 0.2) / 0.09) ** 2))
            down = share * reach
            points.append(
                (
                    top[0] + across * math.cos(turn) - down * math.sin(turn),
                    top[1] + across * math.sin(turn) + down * math.cos(turn),
                )
            )
        lamp = 0.40 + 0.46 * (1 - place) / 2 + 0.16 * chance.random()
        brush.stroke(
            points, palette[chance.integers(len(palette))] * lamp, width=max(2, half_width * 0.09)
        )
    brush.lay(soft=0.6, shade=0.5, reach=half_width * 0.3)
    _neck(sheet, top, length, half_width, turn, neck or yarns[0])


def _neck(
    sheet: Sheet, top: Point, length: float, half_width: float, turn: float, yarn: str
) -> None:
    for share in (0.17, 0.23):
        middle = (
            top[0] - math.sin(turn) * length * share,
            top[1] + math.cos(turn) * length * share,
        )
        aside = (math.cos(turn) * half_width * 0.36, math.sin(turn) * half_width * 0.36)
        ends = [
            (middle[0] - aside[0], middle[1] - aside[1]),
            middle,
            (middle[0] + aside[0], middle[1] + aside[1]),
        ]
        cord(sheet, ends, max(2.0, length * 0.032), yarn, shade=0.3)


def fringe(
    sheet: Sheet,
    start: Point,
    end: Point,
    length: float,
    yarns: Sequence[str],
    *,
    bundles: int,
    strands: int = 4,
    half_width: float = 4.0,
    spread: float = 10.0,
    seed: int = 0,
) -> None:
    """Knotted bundles of strands along an edge from `start` to `end`; each bundle in one yarn."""
    chance = np.random.default_rng(seed)
    for bundle in range(bundles):
        share = (bundle + 0.5) / bundles
        x = start[0] + (end[0] - start[0]) * share
        y = start[1] + (end[1] - start[1]) * share
        yarn = yarns[bundle % len(yarns)]
        lean = chance.normal() * spread * 0.35
        for strand in range(strands):
            place = (strand + 0.5) / strands - 0.5
            way = place * spread + chance.normal() * spread * 0.25 + lean
            reach = length * (0.93 + 0.12 * chance.random())
            waver = chance.normal() * spread * 0.14
            points = [
                (x + place * half_width * 2.2, y - half_width),
                (x + place * half_width * 1.4 + way * 0.05, y + length * 0.14),
                (x + way * 0.45 + waver, y + reach * 0.5),
                (x + way + waver * 0.3, y + reach),
            ]
            cord(sheet, points, half_width * (0.85 + 0.2 * chance.random()), yarn, shade=0.3)
        knot = [
            (x - half_width * 1.7, y + length * 0.13),
            (x + half_width * 1.7, y + length * 0.15),
        ]
        cord(sheet, knot, half_width * 1.5, yarn, tapered=False, shade=0.4)


def bead(sheet: Sheet, middle: Point, radius: float, colour: str = "#1C1715") -> None:
    """A shiny round bead with a light in it: an eye."""
    left, top, right, bottom = sheet.window([middle], radius * 2)
    grid_y, grid_x = np.mgrid[top:bottom, left:right]
    across, down = (grid_x - middle[0]) / radius, (grid_y - middle[1]) / radius
    away = np.hypot(across, down)
    lift = np.sqrt(np.clip(1 - away * away, 0, 1))
    glint = np.clip(across * -0.36 + down * -0.46 + lift * 0.81, 0, 1) ** 38 * 0.75
    lamp = np.clip(across * LAMP[0] + down * LAMP[1] + lift * LAMP[2], 0, 1)
    light = light_of(colour) * (0.6 + 1.6 * lamp)[..., None] + glint[..., None]
    cover = floats(np.clip((1 - away) * radius / 1.5, 0, 1))
    sheet.lay(Part(top, left, floats(light), cover), shade=0.55, reach=radius * 0.35)
