"""The members' app icon on a phone: a ball of wool, and no word that says whose.

A phone lies on a table where others see it: neither name nor picture may tell that money or a
password is behind it. The ball is wound from bundles of yarn laid one over the other, each a set
of circles round an axis of the ball; what is behind the ball is not drawn.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw

Point = tuple[float, float, float]
Rgb = tuple[int, int, int]

GROUND: Rgb = (246, 239, 226)
YARN: Rgb = (156, 26, 58)
DEPTH: Rgb = (84, 10, 32)

# Drawn this many times larger and reduced, since Pillow's lines have hard edges.
_FINER = 4
_LIGHT: Point = (-0.48, -0.58, 0.66)
_STEP = math.radians(4)


@dataclass(frozen=True)
class Bundle:
    """Yarn wound round `axis`, from `low` to `high` degrees above and below its middle."""

    axis: Point
    low: float
    high: float


# The last lies on top.
BUNDLES = (
    Bundle((0.30, 0.94, 0.12), -84, 84),
    Bundle((0.88, -0.36, 0.30), -38, 34),
    Bundle((-0.62, 0.62, 0.48), -30, 18),
)
STRANDS_ROUND_THE_BALL = 22


def app_icon(side: int, *, is_maskable: bool = False) -> Image.Image:
    """The icon, `side` pixels square.

    A maskable one fills its square and keeps the ball inside the middle 80 %, because each phone
    cuts its own shape out of it (https://www.w3.org/TR/appmanifest/#icon-masks).
    """
    large = side * _FINER
    icon = Image.new("RGBA", (large, large), (*GROUND, 255 if is_maskable else 0))
    pen = ImageDraw.Draw(icon)
    if not is_maskable:
        pen.rounded_rectangle((0, 0, large - 1, large - 1), large * 0.22, fill=GROUND)
    radius = large * (0.27 if is_maskable else 0.35)
    _draw_ball(pen, centre=(large * 0.5, large * 0.48), radius=radius)
    small = icon.resize((side, side), Image.Resampling.LANCZOS)
    return small.convert("RGB") if is_maskable else small


def _draw_ball(pen: ImageDraw.ImageDraw, *, centre: tuple[float, float], radius: float) -> None:
    x, y = centre
    yarn = radius * math.pi / STRANDS_ROUND_THE_BALL
    end = [
        (x + radius * (0.50 + 0.62 * t), y + radius * (0.86 + 0.17 * math.sin(math.pi * 1.25 * t)))
        for t in (step / 24 for step in range(25))
    ]
    for colour, width in ((DEPTH, 1.25), (YARN, 0.95)):
        pen.line(end, fill=colour, width=round(yarn * width), joint="curve")
        _dot(pen, end[-1], yarn * width / 2, colour)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=DEPTH)
    for bundle in BUNDLES:
        count = max(2, round(STRANDS_ROUND_THE_BALL * (bundle.high - bundle.low) / 180))
        for strand in range(count):
            latitude = bundle.low + (bundle.high - bundle.low) * (strand + 0.5) / count
            _draw_strand(pen, bundle.axis, math.radians(latitude), centre, radius, yarn)


def _draw_strand(
    pen: ImageDraw.ImageDraw,
    axis: Point,
    latitude: float,
    centre: tuple[float, float],
    radius: float,
    yarn: float,
) -> None:
    """One turn of yarn: its dark edge first, then the yarn, lighter where the light falls."""
    seen = _seen(axis, latitude)
    for is_edge in (True, False):
        for one, other in pairwise(seen):
            if math.dist(one, other) > 2 * _STEP:  # its two ends, joined round the back
                continue
            colour = DEPTH if is_edge else _lit(one)
            width = yarn * (1.12 if is_edge else 0.80)
            ends = [(centre[0] + radius * p[0], centre[1] + radius * p[1]) for p in (one, other)]
            pen.line(ends, fill=colour, width=round(width))
            _dot(pen, ends[0], width / 2, colour)


def _seen(axis: Point, latitude: float) -> list[Point]:
    """The points of a circle round `axis` that face us (z > 0), in order."""
    length = math.hypot(*axis)
    n = (axis[0] / length, axis[1] / length, axis[2] / length)
    flat = math.hypot(n[0], n[1])
    across = (-n[1] / flat, n[0] / flat, 0.0)
    along = (-n[2] * across[1], n[2] * across[0], n[0] * across[1] - n[1] * across[0])
    # Begin behind the ball, so that what is seen comes in one piece.
    start = math.atan2(-along[2], 0.0)
    points: list[Point] = []
    for step in range(round(2 * math.pi / _STEP) + 1):
        turn = start + step * _STEP
        c, s = math.cos(latitude) * math.cos(turn), math.cos(latitude) * math.sin(turn)
        x, y, z = (math.sin(latitude) * n[k] + c * across[k] + s * along[k] for k in range(3))
        if z > 0:
            points.append((x, y, z))
    return points


def _lit(at: Point) -> Rgb:
    light = sum(one * other for one, other in zip(at, _LIGHT, strict=True))
    share = 0.84 + 0.32 * max(-0.4, light)
    red, green, blue = (min(255, round(channel * share + 26 * max(0.0, light))) for channel in YARN)
    return red, green, blue


def _dot(pen: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, colour: Rgb) -> None:
    x, y = at
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
