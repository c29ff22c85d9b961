"""The sheet that parts are laid on, and the frame in which a piece is drawn."""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

from coop.kit.knitting.arrays import Floats, Point, floats

# What covers more than this of a pixel is what is seen there.
_HIDES = 0.5


@dataclass
class Part:
    """Something drawn: where its corner is, its colours as light, how much of each it covers."""

    top: int
    left: int
    light: Floats
    cover: Floats
    # Wood, paper, steel: no hair grows on it.
    is_smooth: bool = False


class Sheet:
    """What has been laid so far: light (already weighted by its cover) and cover."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.light = np.zeros((height, width, 3), np.float32)
        self.cover = np.zeros((height, width), np.float32)
        self.smooth = np.zeros((height, width), np.bool_)

    def lay(self, part: Part, *, shade: float = 0.0, reach: float = 8.0) -> None:
        """Put a part on top. `shade` is how much it darkens what is beneath, over `reach` pixels."""
        part = self._cut(part)
        if not part.cover.size:
            return
        if shade:
            self._darken(part, shade, reach)
        height, width = part.cover.shape
        here = np.s_[part.top : part.top + height, part.left : part.left + width]
        rest = 1 - part.cover
        self.light[here] = self.light[here] * rest[..., None] + part.light * part.cover[..., None]
        self.cover[here] = self.cover[here] * rest + part.cover
        hidden = part.cover > _HIDES
        self.smooth[here] = np.where(hidden, part.is_smooth, self.smooth[here])

    def _cut(self, part: Part) -> Part:
        """Only what lies inside the sheet."""
        height, width = part.cover.shape
        top, left = max(0, -part.top), max(0, -part.left)
        bottom = min(height, self.height - part.top)
        right = min(width, self.width - part.left)
        inside = np.s_[top : max(top, bottom), left : max(left, right)]
        return Part(
            part.top + top,
            part.left + left,
            part.light[inside],
            part.cover[inside],
            part.is_smooth,
        )

    def _darken(self, part: Part, shade: float, reach: float) -> None:
        pad = int(reach * 4)
        top, left = max(0, part.top - pad), max(0, part.left - pad)
        bottom = min(self.height, part.top + part.cover.shape[0] + pad)
        right = min(self.width, part.left + part.cover.shape[1] + pad)
        shadow = np.zeros((bottom - top, right - left), np.float32)
        # Away from the light: to the right and down.
        y, x = part.top - top + int(reach * 0.6), part.left - left + int(reach * 0.5)
        height = min(part.cover.shape[0], shadow.shape[0] - y)
        width = min(part.cover.shape[1], shadow.shape[1] - x)
        shadow[y : y + height, x : x + width] = part.cover[:height, :width]
        soft = np.clip(gaussian_filter(shadow, reach) * 1.15, 0, 1)
        self.light[top:bottom, left:right] *= (1 - shade * soft)[..., None]

    def window(self, points: "list[Point] | Floats", margin: float) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of what lies around these points, inside the sheet."""
        at = floats(points)
        left, top = np.floor(at.min(0) - margin).astype(int)
        right, bottom = np.ceil(at.max(0) + margin).astype(int)
        return (
            min(max(0, int(left)), self.width),
            min(max(0, int(top)), self.height),
            max(0, min(self.width, int(right) + 1)),
            max(0, min(self.height, int(bottom) + 1)),
        )


@dataclass(frozen=True)
class Frame:
    """Where a piece is drawn: its own coordinates turned, scaled and moved onto the sheet.

    at = Frame(640, 1400, scale=1.2); at(0, -800) is a point 960 pixels above (640, 1400).
    `degrees` turn clockwise; `mirrored` swaps left and right.
    """

    x: float
    y: float
    scale: float = 1.0
    degrees: float = 0.0
    mirrored: bool = False

    def __call__(self, x: float, y: float) -> Point:
        """A point of the piece as a point of the sheet."""
        turn = math.radians(self.degrees)
        if self.mirrored:
            x = -x
        return (
            self.x + (x * math.cos(turn) - y * math.sin(turn)) * self.scale,
            self.y + (x * math.sin(turn) + y * math.cos(turn)) * self.scale,
        )

    def size(self, length: float) -> float:
        """A length of the piece in pixels of the sheet."""
        return length * self.scale

    def sizes(self, *lengths: float) -> list[float]:
        """Several lengths, such as the half widths of a tube."""
        return [length * self.scale for length in lengths]


class Brush:
    """Many thin strokes at once: hairs, strands of a tassel. Laid on a sheet as one part."""

    def __init__(self, sheet: Sheet, window: tuple[int, int, int, int]) -> None:
        self._sheet = sheet
        self._left, self._top, right, bottom = window
        size = (max(1, right - self._left), max(1, bottom - self._top))
        self._image = Image.new("RGBA", size)
        self._draw = ImageDraw.Draw(self._image)

    def stroke(
        self, points: list[Point], light: Floats, *, width: float, alpha: float = 0.94
    ) -> None:
        """A line through the points in a colour given as light."""
        red, green, blue = (int(255 * min(1.0, max(0.0, float(one))) ** (1 / 2.2)) for one in light)
        moved = [(x - self._left, y - self._top) for x, y in points]
        fill = (red, green, blue, int(255 * min(1.0, max(0.0, alpha))))
        self._draw.line(moved, fill=fill, width=max(1, round(width)), joint="curve")

    def lay(self, *, soft: float = 0.5, shade: float = 0.0, reach: float = 8.0) -> None:
        """Put all strokes on the sheet."""
        drawn = floats(np.asarray(self._image)) / 255
        cover = drawn[..., 3]
        weighted = drawn[..., :3] ** 2.2 * cover[..., None]
        if soft:
            weighted = gaussian_filter(weighted, (soft, soft, 0))
            cover = gaussian_filter(cover, soft)
        light = weighted / np.maximum(cover, 1e-4)[..., None]
        part = Part(self._top, self._left, floats(light), floats(cover))
        self._sheet.lay(part, shade=shade, reach=reach)
