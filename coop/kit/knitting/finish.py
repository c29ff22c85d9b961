"""The last touches: hairs, the ground a piece lies on with its shadows, and the picture itself."""

import math

import numpy as np
from PIL import Image, ImageFilter
from scipy.ndimage import gaussian_filter, map_coordinates

from coop.kit.knitting.arrays import TILE, Floats, clouds, floats, linear, mottle, on_screen
from coop.kit.knitting.sheet import Brush, Sheet
from coop.kit.knitting.yarns import GROUNDS

#: Pictures are drawn larger by this and then reduced.
OVERSIZE = 1.6


def hairs(
    sheet: Sheet,
    count: int,
    length: float,
    *,
    alpha: float = 0.24,
    at_rim: float = 0.5,
    seed: int = 5,
) -> None:
    """Short curved hairs, the share `at_rim` of them around the outline, where wool shows them."""
    chance = np.random.default_rng(seed)
    rows, columns = np.nonzero((sheet.cover > 0.6) & ~sheet.smooth)
    if not len(rows):
        return
    soft = gaussian_filter(sheet.cover, length * 0.25)
    slope_y, slope_x = np.gradient(soft)
    steep = np.hypot(slope_x, slope_y)
    rim = np.nonzero(soft[rows, columns] < 0.86)[0]
    anywhere = chance.integers(len(rows), size=int(count * (1 - at_rim)))
    chosen = rim[chance.integers(len(rim), size=int(count * at_rim))] if len(rim) else anywhere
    brush = Brush(sheet, (0, 0, sheet.width, sheet.height))
    for one in np.concatenate([anywhere, chosen]):
        row, column = int(rows[one]), int(columns[one])
        colour = np.clip(sheet.light[row, column] * 1.5 + 0.02, 0, 1)
        way = chance.uniform(0, 2 * math.pi)
        if steep[row, column] > 0.004:
            outward = math.atan2(-slope_y[row, column], -slope_x[row, column])
            way = outward + chance.normal() * 0.7
        reach, curl = length * chance.lognormal(-0.35, 0.5), chance.normal() * 1.1
        points = [(float(column), float(row))]
        for _ in range(4):
            way += curl * 0.28 + chance.normal() * 0.12
            x, y = points[-1]
            points.append((x + math.cos(way) * reach / 4, y + math.sin(way) * reach / 4))
        brush.stroke(points, colour, width=1, alpha=alpha * chance.uniform(0.4, 1.2))
    brush.lay(soft=0)


def ground(width: int, height: int, colour: str, *, seed: int = 0) -> Floats:
    """A mottled, quiet ground, lighter towards the lamp; `colour` is one of the seven or hex."""
    base = linear(GROUNDS.get(colour, colour))
    grid_y, grid_x = np.mgrid[0:height, 0:width]
    x, y = floats(grid_x), floats(grid_y)
    fall = 1.07 - 0.20 * np.hypot(x / width - 0.30, y / height - 0.22) - 0.07 * y / height
    size = 1024 / max(width, height)
    large = _spread(clouds(), y * 0.46 * size + seed * 31, x * 0.46 * size + seed * 17)
    small = _spread(mottle(), y * 0.7 * size, x * 0.7 * size)
    grain = np.random.default_rng(seed).normal(size=(height, width))
    grain = gaussian_filter(grain, 1.2) * 2
    return floats(base * (fall * (1 + 0.020 * large + 0.008 * small + 0.004 * grain))[..., None])


def _spread(tile: Floats, y: Floats, x: Floats) -> Floats:
    return floats(map_coordinates(tile, [y % TILE, x % TILE], order=1, mode="grid-wrap"))


def _shadow(cover: Floats, right: int, down: int, blur: float) -> Floats:
    moved = np.zeros_like(cover)
    moved[down:, right:] = cover[: cover.shape[0] - down, : cover.shape[1] - right]
    return floats(gaussian_filter(moved, blur))


def laid_on_ground(sheet: Sheet, colour: str, *, seed: int = 0, lift: float = 1.0) -> Floats:
    """The sheet on its ground as light, with a near and a far shadow; `lift` moves both away."""
    below = ground(sheet.width, sheet.height, colour, seed=seed)
    unit = min(sheet.width, sheet.height) / 1280
    for right, down, blur, strength in ((44, 64, 58, 0.42), (9, 13, 12, 0.58)):
        size = unit * lift
        shadow = _shadow(sheet.cover, int(right * size), int(down * size), blur * size)
        below *= (1 - strength * shadow)[..., None]
    rest = 1 - np.clip(sheet.cover, 0, 1)
    return floats(below * rest[..., None] + sheet.light)


def as_image(light: Floats, size: tuple[int, int] | None = None) -> Image.Image:
    """Light as an image, reduced to `size` and sharpened lightly."""
    image = Image.fromarray((on_screen(light) * 255 + 0.5).astype(np.uint8))
    return reduced(image, size) if size else image


def reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The image at that size, sharpened as much as reducing softened it."""
    return image.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.UnsharpMask(1.0, 45, 0))


def finish(sheet: Sheet, *, ground: str, seed: int = 0, lift: float = 1.0) -> Image.Image:
    """The sheet on one of the seven grounds, at the size it was drawn."""
    return as_image(laid_on_ground(sheet, ground, seed=seed, lift=lift))
