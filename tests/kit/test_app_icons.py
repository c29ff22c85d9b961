"""The members' app icon: a ball of wool that no phone cuts into."""

import math
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from coop.kit.app_icons import GROUND, app_icon
from coop.kit.management.commands.draw_app_icons import ICONS


def test_a_maskable_icon_fills_its_square_and_keeps_the_ball_in_the_safe_circle():
    icon = app_icon(128, is_maskable=True)

    drawn = [
        (x - 63.5, y - 63.5)
        for x in range(128)
        for y in range(128)
        if math.dist(icon.getpixel((x, y)), GROUND) > 24
    ]
    assert icon.mode == "RGB"
    assert drawn
    assert max(math.hypot(*point) for point in drawn) <= 128 * 0.4


def test_a_plain_icon_has_round_corners():
    icon = app_icon(64)

    assert icon.getpixel((0, 0))[3] == 0
    assert icon.getpixel((32, 32))[3] == 255


@pytest.mark.parametrize("name", ICONS)
def test_the_icons_are_in_the_repository_and_small(name):
    side, _ = ICONS[name]
    file = Path(settings.BASE_DIR) / "static" / "img" / name

    with Image.open(file) as icon:
        assert icon.size == (side, side)
    assert file.stat().st_size < 30_000
