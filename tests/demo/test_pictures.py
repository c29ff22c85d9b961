"""Every product of the demo has its picture, drawn ahead, small enough, and hung without encoding."""

import pytest
from PIL import Image
from wagtail.images.models import Rendition

from coop.demo import pictures
from coop.demo.photographs import hang
from coop.kit.knitting.files import HEAVIEST
from coop.kit.pictures import PORTRAIT, picture_of, specs

FOLDER_AT_MOST = 16_000_000


def test_every_product_in_every_colour_is_drawn_in_every_size():
    wanted = {
        size.file_name(name) for name, sizes in pictures.everything().items() for size in sizes
    }

    assert {path.name for path in pictures.FOLDER.iterdir()} == wanted


def test_no_picture_is_heavier_than_a_page_may_carry():
    heavy = {
        name: weight
        for one, sizes in pictures.everything().items()
        for size in sizes
        for name in [size.file_name(one)]
        for weight in [(pictures.FOLDER / name).stat().st_size]
        if weight > HEAVIEST[size.format, size.width]
    }

    assert heavy == {}
    assert sum(path.stat().st_size for path in pictures.FOLDER.iterdir()) < FOLDER_AT_MOST


def test_files_have_the_measures_that_their_names_promise():
    for name in ("andenes-chullo-indigo", "fox-finger-puppet"):
        for size in PORTRAIT:
            with Image.open(pictures.FOLDER / size.file_name(name)) as image:
                assert image.size == (size.width, size.height)


@pytest.mark.django_db
def test_a_hung_picture_has_all_its_sizes_before_anybody_looks(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = hang("andenes-chullo-indigo", "andenes-chullo-indigo", PORTRAIT)
    kept = set(Rendition.objects.values_list("pk", flat=True))

    shown = picture_of(image, "a hat")

    assert image.title == "Andenes chullo indigo"
    assert len(kept) == len(specs(PORTRAIT))
    assert set(Rendition.objects.values_list("pk", flat=True)) == kept, "nothing was encoded"
    assert (shown.width, shown.height) == (480, 600)
    assert {f"images/{path.name}" for path in (tmp_path / "images").iterdir()} == set(
        Rendition.objects.values_list("file", flat=True)
    )


@pytest.mark.django_db
def test_a_picture_that_was_not_drawn_is_not_hung(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    assert hang("nobody-knits-this", "nothing", PORTRAIT) is None
