"""What lies beside a piece and tells how large it is, or what it is made with: no wool of its own."""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import map_coordinates

from coop.kit.knitting.arrays import TILE, Floats, Point, fibres, floats, ints
from coop.kit.knitting.fabric import light_of
from coop.kit.knitting.sheet import Part, Sheet
from coop.kit.knitting.tube import Spine, place_on

_CLOTH, _PRINT, _EDGE = "#E9D9A6", "#2A211D", "#94163A"
_WOOD = "#A9793F"
# The tape is printed larger than it is shown, so that its figures stay sharp.
_FINER = 3


def tape(
    sheet: Sheet, points: Sequence[Point], *, centimetre: float, half_width: float, first: int = 0
) -> None:
    """A tailor's measuring tape along a line: `centimetre` pixels from one figure to the next.

    `first` is the figure at the first point; 0 has the tape's metal end.
    """
    spine = Spine.through(points, [half_width], (0, 0))
    left, top, right, bottom = sheet.window(spine.points, half_width + 4)
    grid_y, grid_x = np.mgrid[top:bottom, left:right]
    place = place_on(spine, floats(grid_x), floats(grid_y))
    cover = np.clip((half_width - np.abs(place.across)) / 1.4, 0, 1) * ~place.is_beyond
    printed = _printed(float(spine.length[-1]), centimetre, half_width, first)
    at = [(place.across + half_width) * _FINER, place.along * _FINER]
    seen = [map_coordinates(printed[..., one], at, order=1, mode="nearest") for one in range(3)]
    weave = fibres()[ints(place.across * 11) % TILE, ints(place.along * 3) % TILE]
    # It never lies quite flat: light runs along it.
    bent = 0.93 + 0.07 * np.sin(place.along / (centimetre * 2.3) + 0.8)
    rolled = 1 - 0.10 * (place.across / half_width) ** 2
    light = np.stack(seen, -1) * (bent * rolled * (1 + 0.03 * weave))[..., None]
    part = Part(top, left, floats(light), floats(cover), is_smooth=True)
    sheet.lay(part, shade=0.5, reach=half_width * 0.16)


def _printed(length: float, centimetre: float, half_width: float, first: int) -> Floats:
    """The tape laid straight, as light: lines for millimetres, figures for centimetres."""
    wide, high = int(length * _FINER) + 1, int(half_width * 2 * _FINER) + 1
    image = Image.new("RGB", (wide, high), _CLOTH)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(high * 0.44)
    step = centimetre * _FINER / 10
    thin = max(2, round(step * 0.16))
    for number in range(int(length * _FINER / step) + 1):
        x = number * step
        tall = 0.42 if number % 10 == 0 else 0.32 if number % 5 == 0 else 0.2
        pen.line([(x, 0), (x, high * tall)], fill=_PRINT, width=thin)
        if number % 10 == 0 and number:
            ink = _EDGE if (first + number // 10) % 10 == 0 else _PRINT
            place = (x, high * 0.69)
            pen.text(place, str(first + number // 10), fill=ink, font=font, anchor="mm")
    for y in (thin, high - thin):
        pen.line([(0, y), (wide, y)], fill=_EDGE, width=thin)
    if first == 0:
        pen.rectangle((0, 0, centimetre * _FINER * 0.28, high), fill="#A59F95")
    return floats((np.asarray(image) / 255) ** 2.2)


def stick(sheet: Sheet, start: Point, end: Point, radius: float) -> None:
    """A wooden knitting needle from its knob at `start` to its point at `end`."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    along_x, along_y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    left, top, right, bottom = sheet.window([start, end], radius * 2.4)
    grid_y, grid_x = np.mgrid[top:bottom, left:right]
    x, y = grid_x - start[0], grid_y - start[1]
    along, across = x * along_x + y * along_y, y * along_x - x * along_y
    thick = radius * np.clip((length - along) / (radius * 6), 0, 1) ** 0.55
    knob = radius * 1.9 * np.sqrt(np.clip(1 - ((along - radius * 1.6) / (radius * 1.7)) ** 2, 0, 1))
    thick = np.where(along > radius, np.maximum(thick, knob), knob)
    share = np.clip(across / np.maximum(thick, 0.5), -1, 1)
    cover = np.clip((thick - np.abs(across)) / 1.5, 0, 1) * (along > 0)
    grain = fibres()[ints(across * 7) % TILE, ints(along * 0.3) % TILE]
    lift = np.sqrt(1 - share * share * 0.98)
    facing = share * (along_x * 0.58 - along_y * 0.46) * -0.95
    lamp = np.clip(facing + lift * 0.62 + 0.12, 0, 1.15)
    gloss = np.clip(1 - np.abs(share + 0.45) * 3, 0, 1) ** 2 * 0.12
    light = light_of(_WOOD) * (1 + 0.10 * grain)[..., None] * lamp[..., None]
    part = Part(top, left, floats(light + gloss[..., None]), floats(cover), is_smooth=True)
    sheet.lay(part, shade=0.55, reach=radius * 0.7)


def board(sheet: Sheet, left: float, right: float, top: float, bottom: float) -> None:
    """A plank on which a pile stands: its front edge, and a strip of its top."""
    window = sheet.window([(left, top), (right, bottom)], 2)
    grid_y, grid_x = np.mgrid[window[1] : window[3], window[0] : window[2]]
    inside = np.minimum(
        np.minimum(grid_x - left, right - grid_x), np.minimum(grid_y - top, bottom - grid_y)
    )
    share = (grid_y - top) / (bottom - top)
    lamp = np.where(share < 0.34, 1.02, 0.66 - 0.10 * share)
    edge = np.exp(-(((share - 0.34) / 0.03) ** 2)) * 0.16
    # Rings of the year: long waves that run along the plank.
    wave = np.sin(grid_y * 0.42 + 3.0 * np.sin(grid_x / 210) + grid_x / 330)
    grain = fibres()[ints(grid_y * 5) % TILE, ints(grid_x * 0.22) % TILE]
    light = light_of("#B88A55") * (lamp + edge)[..., None]
    light = light * (1 + 0.05 * wave + 0.09 * grain)[..., None]
    part = Part(
        window[1], window[0], floats(light), floats(np.clip(inside / 2, 0, 1)), is_smooth=True
    )
    sheet.lay(part)
