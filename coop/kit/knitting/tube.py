"""Parts that are round: bodies, arms, hats, fingers. Stitches run along a spine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.spatial import cKDTree

from coop.kit.knitting.arrays import Bools, Floats, Point, clouds, drift, eased, floats, ints
from coop.kit.knitting.fabric import Chart
from coop.kit.knitting.light import Form, lit
from coop.kit.knitting.sheet import Part, Sheet
from coop.kit.knitting.stitch import ROW, Surface, knit, ribbed

_SAMPLES = 320


@dataclass(frozen=True)
class Spine:
    """A smooth line with a half width everywhere: points, direction, length so far, all in pixels."""

    points: Floats
    along: Floats
    length: Floats
    half: Floats

    @classmethod
    def through(
        cls, points: Sequence[Point], half_widths: Sequence[float], caps: tuple[float, float]
    ) -> "Spine":
        """Through these points; half widths are spread evenly; `caps` round off the two ends."""
        fine = np.linspace(0, 1, _SAMPLES)
        at = np.asarray(points, float)
        marks = np.linspace(0, 1, len(at))
        if len(at) > 2:
            line = np.stack([CubicSpline(marks, at[:, axis])(fine) for axis in (0, 1)], 1)
        else:
            line = np.stack([np.interp(fine, marks, at[:, axis]) for axis in (0, 1)], 1)
        steps = np.hypot(*np.diff(line, axis=0).T)
        length = np.concatenate([[0], np.cumsum(steps)])
        half = _widths(half_widths, fine)
        for cap, distance in zip(caps, (length, length[-1] - length), strict=True):
            if cap:
                half = half * np.sqrt(np.clip(1 - (1 - np.clip(distance / cap, 0, 1)) ** 2, 0, 1))
        direction = np.gradient(line, axis=0)
        direction /= np.hypot(direction[:, 0], direction[:, 1])[:, None] + 1e-6
        return cls(floats(line), floats(direction), floats(length), floats(half))


def _widths(half_widths: Sequence[float], fine: Floats) -> Floats:
    known = np.asarray(half_widths, float)
    if len(known) == 1:
        return np.full(len(fine), known[0])
    return floats(PchipInterpolator(np.linspace(0, 1, len(known)), known)(fine))


@dataclass
class Place:
    """Where each pixel lies on a tube: along it, across it, its half width there."""

    along: Floats
    across: Floats
    half: Floats
    taper: Floats
    direction: Floats
    is_beyond: Bools


def place_on(spine: Spine, x: Floats, y: Floats) -> Place:
    tree = cKDTree(spine.points)
    nearest = tree.query(np.stack([x.ravel(), y.ravel()], 1), workers=1)[1].reshape(x.shape)
    from_x, from_y = x - spine.points[nearest, 0], y - spine.points[nearest, 1]
    direction = spine.along[nearest]
    along = spine.length[nearest] + from_x * direction[..., 0] + from_y * direction[..., 1]
    across = -from_x * direction[..., 1] + from_y * direction[..., 0]
    taper = np.gradient(spine.half, spine.length + np.arange(_SAMPLES) * 1e-4)[nearest]
    half = np.interp(along, spine.length, spine.half)
    is_beyond = (along < -0.5) | (along > spine.length[-1] + 0.5)
    return Place(floats(along), floats(across), floats(half), floats(taper), direction, is_beyond)


def tube(
    sheet: Sheet,
    points: Sequence[Point],
    half_widths: Sequence[float],
    chart: Chart,
    *,
    stitch: float = 12.0,
    gather: float = 0.25,
    bow: float = 0.25,
    roundness: float = 1.0,
    rib: tuple[int, int] | None = None,
    caps: tuple[float, float] = (0, 0),
    first_row: float = 0.0,
    folds: float = 0.0,
    shade: float = 0.55,
    reach: float | None = None,
    melt: float = 0.0,
    seed: int = 0,
) -> None:
    """A knitted tube along a line, from its first point to its last; rows are counted that way.

    `half_widths` (pixels, spread evenly along) give its outline. `gather`: 0 keeps as many
    stitches across as fit, 1 keeps the same number everywhere (they get narrower). `bow` bends
    rows as seen from slightly above. `roundness` 1 is a full cylinder, 0.3 nearly flat. `rib` are
    the rows (from, to) knitted one by one. `caps` round off the two ends over so many pixels.
    `folds` are soft dents so many pixels deep. `shade` darkens what lies beneath, over `reach`.
    Over its last `melt` pixels it goes over into what lies beneath, as a finger into its hand.
    """
    spine = Spine.through(points, half_widths, caps)
    left, top, right, bottom = sheet.window(spine.points, float(spine.half.max()) + 4)
    if right - left < 4 or bottom - top < 4:
        return
    grid_y, grid_x = np.mgrid[top:bottom, left:right]
    x, y = floats(grid_x), floats(grid_y)
    place = place_on(spine, x, y)
    edge = (
        0.06
        * stitch
        * np.sin(place.along / (stitch * ROW) * 2 * np.pi + np.sign(place.across) * 1.3)
    )
    half = place.half + edge
    inside = np.clip((half - np.abs(place.across)) / 1.6, 0, 1) * ~place.is_beyond
    cover = floats(np.where(place.half < 0.5, 0, inside))
    if melt:
        cover = cover * eased(spine.length[-1] - place.along, 0, melt)
    sine = np.clip(place.across / np.maximum(half, 1e-3), -0.999, 0.999) * roundness
    angle = np.arcsin(sine) / (np.arcsin(roundness) if roundness < 1 else 1.0)
    widest = float(spine.half.max())
    reach_across = np.maximum(place.half, 1) ** (1 - gather) * widest**gather
    u = floats(angle * reach_across / stitch + 0.5)
    bent = bow * (widest - place.half * np.sqrt(1 - sine * sine))
    v = floats((place.along + bent) / (stitch * ROW) + first_row)
    dent = floats(drift(x, y, 0.20, seed + 3) * folds)
    if folds:
        u, v = u + dent / stitch * 0.5, v + dent / stitch * 0.4
    surface = _knitted(cover > 0, u, v, chart, rib, seed)
    surface.streak += 0.02 * clouds()[ints(y * 0.6) % 512, ints(x * 0.6) % 512]
    light = lit(surface, _form(place, sine, dent), stitch=stitch)
    part = Part(top, left, light, cover if surface.cover is None else cover * surface.cover)
    sheet.lay(part, shade=shade, reach=reach or stitch * 0.7)


def _knitted(
    inside: Bools, u: Floats, v: Floats, chart: Chart, rib: tuple[int, int] | None, seed: int
) -> Surface:
    """The yarn at each pixel of the part; outside it nothing is worked out."""
    flat_u, flat_v = u[inside], v[inside]
    if rib is None:
        found = knit(flat_u, flat_v, chart, seed=seed)
    else:
        in_rib = (flat_v >= rib[0]) & (flat_v < rib[1])
        found = ribbed(flat_u, flat_v, chart, in_rib, seed=seed)
    light = np.zeros((*u.shape, 3), np.float32)
    height, streak = np.zeros_like(u), np.zeros_like(u)
    light[inside], height[inside], streak[inside] = found.light, found.height, found.streak
    surface = Surface(light, height, streak)
    if found.cover is not None:
        surface.cover = np.ones_like(u)
        surface.cover[inside] = found.cover
    return surface


def _form(place: Place, sine: Floats, dent: Floats) -> Form:
    lift = np.sqrt(np.clip(1 - sine * sine, 0.02, 1))
    lean = np.clip(-np.nan_to_num(place.taper), -1.2, 1.2) * 0.55 * lift
    slope_y, slope_x = np.gradient(dent)
    x = -sine * place.direction[..., 1] + lean * place.direction[..., 0] - slope_x
    y = sine * place.direction[..., 0] + lean * place.direction[..., 1] - slope_y
    return Form.of(floats(x), floats(y), floats(lift))
