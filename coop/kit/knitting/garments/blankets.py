"""Blankets: five fields joined by seams that show, and a small one for a cradle."""

from collections.abc import Sequence

import numpy as np

from coop.kit.knitting.arrays import floats
from coop.kit.knitting.bands import plain, repeated, stack
from coop.kit.knitting.cloth import Shape, cloth
from coop.kit.knitting.fabric import grid, solid
from coop.kit.knitting.garments.folds import laid
from coop.kit.knitting.patterns import PATTERNS, rows_of, stripe
from coop.kit.knitting.scenes import Scene
from coop.kit.knitting.sheet import Sheet
from coop.kit.knitting.stitch import ROW
from coop.kit.knitting.trims import cord


def fields(yarns: Sequence[str]) -> Scene:
    """Five bands, seams between them; a corner turned over."""
    fawn, cream, indigo, cochineal, _green, yellow = yarns
    bands = PATTERNS["five-fields-blanket"](yarns)
    fourths = [rows_of(bands[:1]), rows_of(bands[1:2]), rows_of(bands[2:3]), rows_of(bands[3:4])]
    joined = [*fourths, rows_of(bands[4:])]
    rows = [row for part in joined for row in part]

    def draw(sheet: Sheet) -> None:
        stitch = 14.6
        left, top, right = 170, 285, 1110
        count = len(rows) + 4
        bottom = top + count * stitch * ROW
        columns = round((right - left) / stitch)
        chart = grid(stack([*plain(fawn, 2), *rows, *plain(fawn, 4)], 1428))
        wrong = grid(stack(repeated(rows_of([stripe(fawn, 3), stripe(indigo, 2)]), 200), 120))
        under = laid((left + 12, top + 16, right + 14, bottom + 14), 0, lift=10, seed=4)
        cloth(sheet, under, solid(fawn), columns=columns, rows=count, stitch=stitch, seed=3)
        shape = laid((left, top, right, bottom), 205, lift=40, seed=5)
        cloth(
            sheet,
            shape,
            chart,
            columns=columns,
            rows=count,
            stitch=stitch,
            wrong_side=wrong,
            shade=0.6,
            seed=2,
        )
        at = 2
        for number, part in enumerate(joined[:-1]):
            at += len(part)
            end = 0.985 if number < 3 else 0.86
            _seam(sheet, shape, at / count, end, yellow if number % 2 else cochineal, cream)

    return Scene(draw, ground="moss", seed=41, hairs=11000)


def _seam(sheet: Sheet, shape: Shape, along: float, end: float, yarn: str, other: str) -> None:
    """Slanted stitches of thick yarn across the join of two bands."""
    stitches = 62
    places = np.linspace(0.012, end, stitches)
    upper = shape(floats(places), floats(np.full(stitches, along - 0.006)))
    lower = shape(floats(places + 0.008), floats(np.full(stitches, along + 0.006)))
    for number in range(stitches):
        ends = [
            (float(upper[0][number]), float(upper[1][number])),
            (float(lower[0][number]), float(lower[1][number])),
        ]
        cord(sheet, ends, 4.2, yarn if number % 6 else other, shade=0.35)


def cradle(yarns: Sequence[str]) -> Scene:
    """A small blanket folded once, with a knitted border: fish, and their shoal below."""
    main, second, third, fourth = yarns
    fish = rows_of(PATTERNS["cradle-blanket"](yarns))

    def draw(sheet: Sheet) -> None:
        stitch = 16.0
        left, top, right, bottom = 190, 250, 1080, 1350
        columns = round((right - left) / stitch)
        count = round((bottom - top) / (stitch * ROW))
        border = rows_of([stripe(second, 2), stripe(third, 2), stripe(second)])
        inner = [
            *border,
            *plain(main, 2),
            *repeated(fish, count - 14),
            *plain(main, 2),
            *border[::-1],
        ]
        wrong = solid(second)
        under = laid((left + 10, top + 14, right + 12, bottom + 12), 0, lift=10, seed=6)
        cloth(sheet, under, solid(second), columns=columns, rows=count, stitch=stitch, seed=3)
        shape = laid((left, top, right, bottom), 300, lift=40, seed=7)
        framed = [
            (second, second, third, *row[3:-3], third, second, second)
            for row in stack(inner, columns)
        ]
        cloth(
            sheet,
            shape,
            grid(framed),
            columns=columns,
            rows=count,
            stitch=stitch,
            wrong_side=wrong,
            shade=0.6,
            seed=8 + len(fourth),
        )

    return Scene(draw, ground="stone" if main == "lake" else "lake", seed=42)
