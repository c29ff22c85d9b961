"""What the renderer promises: the same picture every time, in the yarns of its chart."""

import os
import subprocess
import sys

import numpy as np
import pytest

from coop.kit.knitting.bands import EYELET, motif_band, plain, stack
from coop.kit.knitting.cloth import cloth
from coop.kit.knitting.fabric import grid, patched, solid
from coop.kit.knitting.files import pressed
from coop.kit.knitting.scenes import Scene, render
from coop.kit.knitting.sheet import Frame, Sheet
from coop.kit.knitting.trims import bead, pompom
from coop.kit.knitting.tube import tube
from coop.kit.pictures import Size

SMALL = (128, 160)


def mean(sheet: Sheet, x: int, y: int, reach: int = 5):
    """The average colour around a place, as light."""
    return sheet.light[y - reach : y + reach, x - reach : x + reach].mean((0, 1))


def sleeve(sheet: Sheet) -> None:
    at = Frame(64, 140)
    chart = grid(stack([*plain("cream", 6), *plain("indigo", 30)], 40))
    tube(sheet, [at(0, -120), at(0, 0)], [30, 34], chart, stitch=9)
    pompom(sheet, at(0, -122), 14, ["cochineal", "qolle"], strands=200)
    bead(sheet, at(0, -60), 5)


def test_the_same_scene_is_the_same_picture_to_the_last_pixel():
    scene = Scene(sleeve, size=SMALL, hairs=60)

    first, second = render(scene), render(scene)

    assert first.size == SMALL
    assert first.tobytes() == second.tobytes()


def test_rows_are_knitted_in_the_yarns_of_the_chart_from_the_first_point_on():
    sheet = Sheet(*SMALL)

    sleeve(sheet)

    cream, indigo = mean(sheet, 64, 50), mean(sheet, 64, 115)
    assert cream.min() > 0.25
    assert indigo[2] > 2 * indigo[0]
    assert sheet.cover[:, :4].max() == 0, "a sleeve is as wide as it was said to be"


def test_a_patch_lies_over_what_it_patches():
    chart = patched(solid("orange"), (lambda i, j: j > 3, solid("cream")))
    columns = np.zeros(2, np.int32)

    light = chart.light(columns, np.array([3, 4], np.int32))

    assert light[0][2] < 0.1 < light[1][2]


def test_an_eyelet_is_a_hole_through_which_the_ground_is_seen():
    sheet = Sheet(*SMALL)
    holes = [("cream", EYELET, "cream", "cream"), ("cream",) * 4]

    def flat(across, along):
        return 14 + across * 100, 20 + along * 120, across * 0

    cloth(sheet, flat, grid(stack(holes * 8, 12)), columns=8, rows=13, stitch=12.5)

    inside = sheet.cover[30:130, 30:100]
    assert inside.min() < 0.2
    assert inside.mean() > 0.6


def test_cloth_that_turns_over_shows_its_wrong_side():
    sheet = Sheet(*SMALL)

    def turned(across, along):
        return 114 - across * 100, 20 + along * 120, across * 0

    cloth(
        sheet,
        turned,
        solid("cream"),
        columns=8,
        rows=13,
        stitch=12.5,
        wrong_side=solid("cochineal"),
    )

    colour = mean(sheet, 64, 80, 20)
    assert colour[0] > 2 * colour[1]


@pytest.mark.parametrize("format_name", ["avif", "webp"])
def test_a_picture_is_pressed_until_it_is_light_enough(format_name):
    image = render(Scene(sleeve, size=(320, 400), hairs=0))

    assert 300 < len(pressed(image, Size(format_name, 480, 600))) <= 36_000


def test_a_motif_that_is_not_ours_is_refused_by_name():
    with pytest.raises(KeyError, match="unicorn"):
        motif_band("unicorn")


def test_the_site_runs_without_what_pictures_are_drawn_with():
    look = (
        # Neither can be imported, as where only the site's own packages are installed.
        "import django, sys; sys.modules.update(numpy=None, scipy=None); django.setup();"
        "import coop.urls, coop.demo.photographs; print('it runs')"
    )

    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "coop.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", look], env=settings, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "it runs\n")
