"""One stitch after another: for every pixel the leg of yarn that lies on top, and how high."""

from dataclasses import dataclass

import numpy as np

from coop.kit.knitting.arrays import TILE, Bools, Floats, Ints, fibres, floats, ints, jitter
from coop.kit.knitting.fabric import Chart

#: Height of a row in stitch widths.
ROW = 0.78

# A leg runs from outside at its top to the middle at its bottom, and reaches into the row below.
_TOP, _BOTTOM = -0.34 * ROW, 1.06 * ROW
_OUTSIDE, _INSIDE = 0.305, 0.145
_RADIUS = 0.262
# Of two columns of rib the knitted one takes this share; the purled one hides between.
_RIB_SHARE = 0.66


@dataclass
class Surface:
    """What the yarn looks like at each pixel: colour as light, height, streaks of fibre."""

    light: Floats
    height: Floats
    streak: Floats
    cover: Floats | None = None


def knit(u: Floats, v: Floats, chart: Chart, *, seed: int = 0) -> Surface:
    """Stocking stitch at places counted in stitches (`u`) and rows (`v`, downwards)."""
    column, row = ints(u), ints(v)
    top = np.full(u.shape, -1, np.float32)
    owner = row.copy()
    height, streak = np.zeros_like(top), np.zeros_like(top)
    for below in (1, 0, -1):
        level, raised, grain = _leg(u, v, column, row + below, seed)
        wins = level > top
        top = np.where(wins, level, top)
        owner = np.where(wins, row + below, owner)
        height = np.where(wins, raised, height)
        streak = np.where(wins, grain, streak)
    gap = top < 0
    light = chart.light(column, owner) * np.where(gap, 0.3, 1.0)[..., None]
    surface = Surface(floats(light), np.where(gap, 0, height), streak)
    holes = chart.eyelets(column, row)
    if holes is not None:
        surface.cover = _eyelets(u, v, column, row, chart)
    return surface


def _leg(u: Floats, v: Floats, column: Ints, row: Ints, seed: int) -> tuple[Floats, Floats, Floats]:
    """Of the stitch in `row`: its leg's level (below 0 beside it), height with plies, streak."""
    chance = jitter()[:, (row + seed * 13) % 257, (column + seed * 7) % 263]
    x = u - column + 0.022 * chance[0] - 0.5
    y = (v - row) * ROW + 0.018 * chance[1]
    side = np.where(x < 0, -1, 1)
    along = (y - _TOP) / (_BOTTOM - _TOP)
    share = np.clip(along, 0, 1)
    middle = _OUTSIDE - (_OUTSIDE - _INSIDE) * share**1.3 + 0.012 * chance[2]
    across = (np.abs(x) - middle) * 0.98
    radius = (_RADIUS + 0.010 * chance[3]) * (0.70 + 0.43 * np.sin(np.pi * (0.10 + 0.86 * share)))
    past = np.maximum(0, np.maximum(-along, along - 1)) * (_BOTTOM - _TOP)
    reach = (across * across + past * past) / (radius * radius)
    dome = np.sqrt(np.clip(1 - reach, 0, 1))
    arch = 0.52 + 0.48 * np.sin(np.pi * np.clip(0.18 + 0.72 * share, 0, 1))
    level = np.where(reach < 1, dome * arch + 0.22 * share - 0.03, -1)
    plies = np.sin(along * 9.5 + across / radius * 2.1 + side * 0.9 + chance[4] * 1.5)
    grain = fibres()[
        ints(across * 150 + column * 41 + side * 97 + seed * 31) % TILE,
        ints(along * 34 + row * 29 + column * 13) % TILE,
    ]
    raised = level - 0.05 * (1 - np.abs(plies)) + 0.022 * grain
    streak = 0.075 * plies + 0.10 * grain + 0.035 * chance[4]
    return floats(level), floats(raised), floats(streak)


def _eyelets(u: Floats, v: Floats, column: Ints, row: Ints, chart: Chart) -> Floats:
    """How much yarn covers each pixel: none inside a hole, which is round and a bit irregular."""
    cover = np.ones(u.shape, np.float32)
    for below in (-1, 0, 1):
        for aside in (-1, 0, 1):
            holes = chart.eyelets(column + aside, row + below)
            if holes is None:
                continue
            chance = jitter()[:2, (row + below) % 257, (column + aside) % 263]
            x = u - column - aside - 0.5
            y = (v - row - below - 0.45) * ROW
            away = np.hypot(x / (0.46 + 0.02 * chance[0]), y / (0.44 + 0.02 * chance[1]))
            cover = np.where(holes, np.minimum(cover, np.clip((away - 0.86) * 7, 0, 1)), cover)
    return floats(cover)


def purl(u: Floats, v: Floats, chart: Chart, *, seed: int = 0) -> Surface:
    """The wrong side: bumps that lie across, every second row half a stitch aside."""
    best = np.full(u.shape, -1, np.float32)
    owner, streak = ints(v), np.zeros_like(best)
    for below in (-1, 0, 1):
        row = ints(v) + below
        aside = u + 0.5 * (row % 2)
        column = ints(aside)
        chance = jitter()[:, (row + seed * 11) % 257, (column + seed * 5) % 263]
        x = aside - column - 0.5
        y = (v - row - 0.5) * ROW - 0.16 * np.cos(2 * np.pi * x) + 0.02 * chance[1]
        radius = 0.37 + 0.012 * chance[3]
        dome = np.sqrt(np.clip(1 - (y / radius) ** 2, 0, 1)) * (0.78 + 0.22 * np.cos(2 * np.pi * x))
        level = np.where(np.abs(y) < radius, dome, -1)
        grain = fibres()[ints(y * 150 + row * 41) % TILE, ints(x * 34 + column * 29) % TILE]
        wins = level > best
        best, owner = np.where(wins, level, best), np.where(wins, row, owner)
        streak = np.where(wins, 0.10 * grain + 0.035 * chance[4], streak)
    gap = best < 0
    light = chart.light(ints(u), owner) * np.where(gap, 0.6, 1.0)[..., None]
    return Surface(floats(light), np.where(gap, 0.3, floats(best)), floats(streak))


def ribbed(u: Floats, v: Floats, chart: Chart, inside: Bools, *, seed: int = 0) -> Surface:
    """Stocking stitch, but one by one rib wherever `inside`: the knitted columns stand out."""
    pair = np.floor(u / 2)
    share = u / 2 - pair
    is_purled = share >= _RIB_SHARE
    squeezed = np.where(is_purled, 1 + (share - _RIB_SHARE) / (1 - _RIB_SHARE), share / _RIB_SHARE)
    surface = knit(floats(np.where(inside, pair * 2 + squeezed, u)), v, chart, seed=seed)
    ridge = np.where(is_purled, -0.16, 0.30 * np.sin(np.pi * np.clip(share / _RIB_SHARE, 0, 1)))
    sunk = inside & is_purled
    surface.height = floats(
        np.where(inside, surface.height * np.where(sunk, 0.55, 0.9) + ridge, surface.height)
    )
    surface.light = floats(np.where(sunk[..., None], surface.light * 0.74, surface.light))
    return surface
