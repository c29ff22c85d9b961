"""Names for the arrays that pictures are made of, and seeded noise to sample from."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter, map_coordinates

#: In practice 32 bits wide: twice as quick, and finer than any screen.
Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Point = tuple[float, float]

#: Side of a noise tile in pixels. It repeats without a seam.
TILE = 512
_SEED = 3810


def floats(values: Any) -> Floats:
    """As an array of 32-bit floats."""
    return np.asarray(values, dtype=np.float32)


def ints(values: Any) -> Ints:
    """Rounded down, as whole numbers."""
    return np.floor(values).astype(np.int32)


def linear(hex_colour: str) -> Floats:
    """A screen's colour as light: what two lamps give is then simply their sum."""
    whole = int(hex_colour.removeprefix("#"), 16)
    shares = np.array([whole >> 16, whole >> 8 & 255, whole & 255]) / 255
    return floats(shares**2.2)


def on_screen(light: Floats) -> Floats:
    """Light as a screen's colour, from 0 to 1."""
    return floats(np.clip(light, 0, 1) ** (1 / 2.2))


@cache
def _tile(across: float, down: float) -> Floats:
    white = np.random.default_rng(_SEED).normal(size=(TILE, TILE))
    soft = gaussian_filter(white, (down, across), mode="wrap")
    return floats(soft / soft.std())


def fibres() -> Floats:
    """A tile of streaks along x: what the fibres of a ply look like."""
    return _tile(7.0, 0.6)


def mottle() -> Floats:
    """A tile of small soft spots."""
    return _tile(4.0, 4.0)


def clouds() -> Floats:
    """A tile of large soft spots."""
    return _tile(22.0, 22.0)


@cache
def jitter() -> Floats:
    """Six random numbers for each stitch: no two stitches of a hand are alike."""
    return floats(np.random.default_rng(_SEED + 1).normal(size=(6, 257, 263)))


def drift(x: Any, y: Any, scale: float, seed: int) -> Floats:
    """Smooth noise at these places: larger `scale`, quicker change."""
    at = [(y * scale + seed * 77) % TILE, (x * scale + seed * 131) % TILE]
    return floats(map_coordinates(clouds(), at, order=1, mode="grid-wrap"))


def eased(values: Any, low: float, high: float) -> Floats:
    """0 below `low`, 1 above `high`, smoothly between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return floats(share * share * (3 - 2 * share))
