"""Cloth that hangs, folds and lies over itself: a sheet of stitches bent in space.

A surface says where each place of the fabric is. The fabric is cut into more specks than there are
pixels; the speck nearest to the eye wins each pixel. Depth then casts shadows into the folds.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import binary_closing, distance_transform_edt, gaussian_filter, zoom

from coop.kit.knitting.arrays import Bools, Floats, floats
from coop.kit.knitting.fabric import Chart
from coop.kit.knitting.light import LAMP, Form, lit
from coop.kit.knitting.sheet import Part, Sheet
from coop.kit.knitting.stitch import ROW, Surface, knit, purl

#: From places in the fabric (across and along, from 0 to 1) to x, y and height above the table.
Shape = Callable[[Floats, Floats], tuple[Floats, Floats, Floats]]

# Knots of the surface in each direction, and specks to a pixel.
_KNOTS = 420
_SPECKS = 1.9


@dataclass
class _Seen:
    """What is seen at each pixel of a window: place in the fabric, height, direction."""

    across: Floats
    along: Floats
    height: Floats
    form: Form
    is_wrong_side: Bools
    is_cloth: Bools


def cloth(
    sheet: Sheet,
    shape: Shape,
    chart: Chart,
    *,
    columns: int,
    rows: int,
    stitch: float,
    wrong_side: Chart | None = None,
    first_row: int = 0,
    shade: float = 0.5,
    depth: float = 1.0,
    seed: int = 0,
) -> None:
    """Lay a piece of `columns` by `rows` stitches, bent as `shape` says; row 0 is where along is 0.

    The shape should give each stitch about `stitch` pixels. `wrong_side` is seen where the fabric
    turns over (by default the same chart). `depth` is how strongly folds shade one another.
    """
    knots = _knots(shape)
    x, y = knots[0], knots[1]
    left, top, right, bottom = sheet.window(floats(np.stack([x.ravel(), y.ravel()], 1)), 3)
    if right - left < 4 or bottom - top < 4:
        return
    specks = (
        int(columns * stitch * _SPECKS) + 2,
        int(rows * stitch * ROW * _SPECKS) + 2,
    )
    seen = _rasterised(knots, specks, (left, top, right, bottom), columns, rows)
    u = (seen.across - 0.5) * columns + 0.5 * (columns % 2)
    v = seen.along * rows + first_row
    surface = _yarn(seen, u, v, chart, wrong_side or chart, seed)
    light = lit(surface, seen.form, stitch=stitch)
    light = light * _fold_shadows(seen, depth)[..., None]
    cover = gaussian_filter(floats(seen.is_cloth), 0.7)
    if surface.cover is not None:
        cover = cover * surface.cover
    sheet.lay(Part(top, left, light, floats(cover)), shade=shade, reach=stitch * 0.8)


def _knots(shape: Shape) -> Floats:
    """x, y, height and the three parts of the direction at a net of places: six arrays."""
    even = floats(np.linspace(0, 1, _KNOTS))
    along, across = np.meshgrid(even, even, indexing="ij")
    x, y, height = shape(floats(across), floats(along))
    x_down, x_right = np.gradient(x)
    y_down, y_right = np.gradient(y)
    z_down, z_right = np.gradient(height)
    normal = (
        y_right * z_down - z_right * y_down,
        z_right * x_down - x_right * z_down,
        x_right * y_down - y_right * x_down,
    )
    return floats(np.stack([x, y, height, *normal]))


def _rasterised(
    knots: Floats,
    specks: tuple[int, int],
    window: tuple[int, int, int, int],
    columns: int,
    rows: int,
) -> _Seen:
    left, top, right, bottom = window
    width, height = right - left, bottom - top
    many_across, many_along = specks
    factor = (many_along / _KNOTS, many_across / _KNOTS)
    x, y, z = (zoom(one, factor, order=1, grid_mode=False) for one in knots[:3])
    column, row = np.rint(x - left).astype(np.int32), np.rint(y - top).astype(np.int32)
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    inside &= _selvedge(x.shape, columns, rows)
    flat = np.nonzero(inside.ravel())[0]
    flat = flat[np.argsort(z.ravel()[flat], kind="stable")]
    nearest_speck = np.full(height * width, -1, np.int64)
    nearest_speck[row.ravel()[flat] * width + column.ravel()[flat]] = flat
    winner = nearest_speck.reshape(height, width)
    is_cloth = binary_closing(winner >= 0, iterations=1) | (winner >= 0)
    missing = winner < 0
    if missing.any():
        nearest = distance_transform_edt(missing, return_distances=False, return_indices=True)
        winner = winner[tuple(nearest)]
    return _looked_up(knots, winner, x.shape, z, is_cloth)


def _looked_up(
    knots: Floats, winner: npt.NDArray[np.int64], shape: tuple[int, ...], z: Floats, is_cloth: Bools
) -> _Seen:
    many_along, many_across = shape
    at_along, at_across = np.divmod(winner, many_across)
    along = floats(at_along / (many_along - 1))
    across = floats(at_across / (many_across - 1))
    knot = (
        np.rint(along * (_KNOTS - 1)).astype(np.int32),
        np.rint(across * (_KNOTS - 1)).astype(np.int32),
    )
    normal = [gaussian_filter(part[knot], 0.8) for part in knots[3:]]
    is_wrong_side = knots[5][knot] < 0
    sign = np.where(is_wrong_side, -1, 1)
    form = Form.of(*(floats(part * sign) for part in normal))
    return _Seen(across, along, floats(z.ravel()[winner]), form, is_wrong_side, is_cloth)


def _selvedge(shape: tuple[int, ...], columns: int, rows: int) -> Bools:
    """Edges are not cut: they go in and out with every stitch."""
    many_along, many_across = shape
    row = np.linspace(0, rows, many_along)[:, None]
    column = np.linspace(0, columns, many_across)[None, :]
    side = 0.16 + 0.14 * np.sin(row * 2 * np.pi)
    end = 0.16 + 0.14 * np.cos(column * 2 * np.pi)
    within = (column > side) & (column < columns - side)
    return within & (row > end) & (row < rows - end)


def _yarn(seen: _Seen, u: Floats, v: Floats, chart: Chart, wrong_side: Chart, seed: int) -> Surface:
    """The right side in stocking stitch, the wrong side in its bumps."""
    light = np.zeros((*u.shape, 3), np.float32)
    height, streak, cover = np.zeros_like(u), np.zeros_like(u), np.ones_like(u)
    right = seen.is_cloth & ~seen.is_wrong_side
    wrong = seen.is_cloth & seen.is_wrong_side
    for where, stitches, one in ((right, knit, chart), (wrong, purl, wrong_side)):
        if where.any():
            found = stitches(u[where], v[where], one, seed=seed)
            light[where], height[where], streak[where] = found.light, found.height, found.streak
            if found.cover is not None:
                cover[where] = found.cover
    return Surface(light, height, streak, floats(cover))


def _fold_shadows(seen: _Seen, depth: float) -> Floats:
    """How much light reaches each pixel past the folds: 1 where nothing stands in its way."""
    height = np.where(seen.is_cloth, seen.height, 0)
    open_sky = 1.0 - 0.5 * np.clip((gaussian_filter(height, 14) - height) / 22, 0, 0.8) * depth
    shadow = np.zeros_like(height)
    for step in (3, 6, 10, 15, 22, 30, 40):
        right, down = int(-LAMP[0] * step), int(-LAMP[1] * step)
        moved = np.zeros_like(height)
        moved[down:, right:] = height[: height.shape[0] - down, : height.shape[1] - right]
        # What stands higher than the ray that comes down at this angle takes the light away.
        above = moved - height - step * 0.55
        shadow = np.maximum(shadow, np.clip(above / 9, 0, 1))
    soft = gaussian_filter(shadow, 3.0)
    return floats(open_sky * (1 - 0.55 * depth * soft))
