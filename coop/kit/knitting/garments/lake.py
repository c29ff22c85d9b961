"""The lake on its needle: half knitted, its live stitches still on the wood, its yarn running on."""

import numpy as np
from PIL import Image

from coop.kit.knitting.arrays import Floats, drift, eased, floats, on_screen
from coop.kit.knitting.bands import Rows
from coop.kit.knitting.cloth import cloth
from coop.kit.knitting.fabric import grid, light_of
from coop.kit.knitting.finish import hairs
from coop.kit.knitting.garments import landscape
from coop.kit.knitting.sheet import Sheet
from coop.kit.knitting.stitch import ROW
from coop.kit.knitting.trims import cord, rod

_STITCH = 17.5
WIDE, PHONE = (2560, 1010), (1240, 1010)


def draw(size: tuple[int, int], *, by_night: bool = False) -> Image.Image:
    """The picture with nothing behind it: its ground is the page."""
    width, height = size
    sheet = Sheet(width, height)
    margin = (7 if width > 2000 else 4) * _STITCH
    right = width - margin
    columns = round((right + 90) / _STITCH)
    rows = landscape.chart(columns, landscape.NIGHT if by_night else landscape.DAY)
    needle = _STITCH * 1.5
    top = needle + _STITCH * 1.35
    _fabric(sheet, rows, right, top)
    radius = _STITCH * 0.62
    rod(sheet, -60, width - _STITCH * 0.8, needle, radius)
    live_stitches(sheet, rows[0], right, needle, radius, _STITCH)
    _working_yarn(sheet, right, needle, height, steps=margin / _STITCH)
    hairs(sheet, width * height // 320, _STITCH * 0.9, alpha=0.18, at_rim=0.12)
    return _on_nothing(sheet, by_night=by_night)


def _fabric(sheet: Sheet, rows: Rows, right: float, top: float) -> None:
    bottom = top + len(rows) * _STITCH * ROW
    left = right - len(rows[0]) * _STITCH

    def shape(across: Floats, along: Floats) -> tuple[Floats, Floats, Floats]:
        x = left + (right - left) * across
        y = top + (bottom - top) * along
        # It hangs: quiet at the needle, in slow waves below, and its hem curls a little.
        fall = eased(along, 0.05, 1)
        waves = np.sin(x / 128 + 0.8 * along) * 15 * fall + drift(x, y, 0.09, 5) * 9
        curl = eased(along, 0.955, 1.0) * 10
        return (
            floats(x + 5 * np.cos(x / 128 + 1) * fall),
            floats(y + 5 * np.cos(x / 128 + 0.4) * fall),
            floats(40 + waves + curl),
        )

    cloth(
        sheet,
        shape,
        grid(rows),
        columns=len(rows[0]),
        rows=len(rows),
        stitch=_STITCH,
        depth=0.8,
        shade=0,
        seed=2,
    )


def live_stitches(
    sheet: Sheet, first: tuple[str, ...], right: float, y: float, radius: float, unit: float
) -> None:
    """A live stitch over the needle for each column: behind it, over it, down in front.

    `unit` is the width of a stitch, `right` where the last one ends.
    """
    chance = np.random.default_rng(9)
    for number, yarn in enumerate(reversed(first)):
        x = right - (number + 0.5) * unit
        if x < -unit:
            break
        sway = float(chance.normal()) * unit * 0.05
        colour = light_of(yarn)
        behind = [
            (x + unit * 0.30, y + radius + unit * 0.72),
            (x + unit * 0.18 + sway, y + radius * 0.9),
            (x + unit * 0.04 + sway, y + radius * 0.7),
        ]
        before = [
            (x - unit * 0.30, y + radius + unit * 0.72),
            (x - unit * 0.27 + sway, y + radius * 0.4),
            (x - unit * 0.04 + sway, y - radius * 1.05),
            (x + unit * 0.12 + sway, y - radius * 0.85),
        ]
        cord(sheet, behind, unit * 0.14, floats(colour * 0.55), tapered=False, shade=0.2)
        cord(sheet, before, unit * 0.16, floats(colour * 0.95), tapered=False, shade=0.35)


def _working_yarn(sheet: Sheet, right: float, y: float, height: int, *, steps: float) -> None:
    """From the last stitch down and out of the picture, to the ball."""
    unit = _STITCH
    reach = steps * 0.5
    points = [
        (right - unit * 0.4, y + unit * 0.2),
        (right + unit * reach * 0.45, y + unit * 3),
        (right + unit * reach * 0.62, y + unit * 14),
        (right + unit * reach * 0.30, y + unit * 28),
        (right + unit * reach * 0.80, y + unit * 42),
        (right + unit * reach * 1.15, height + 30.0),
    ]
    cord(sheet, points, unit * 0.17, "qolle", tapered=False, shade=0.4)


def _on_nothing(sheet: Sheet, *, by_night: bool) -> Image.Image:
    """With its cover as transparency; by night a little less lit."""
    cover = np.clip(sheet.cover, 0, 1)
    light = np.where(cover[..., None] > 0, sheet.light / np.maximum(cover, 1e-3)[..., None], 0)
    seen = on_screen(floats(light * (0.9 if by_night else 1.0)))
    whole = np.concatenate([seen, cover[..., None]], 2)
    return Image.fromarray((whole * 255 + 0.5).astype(np.uint8), "RGBA")
