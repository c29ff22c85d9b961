"""The first page's picture: the wide one is enough, and each screen gets its own if there is one."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.images import get_image_model

from cms.hero import hero_picture
from cms.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def uploaded(name: str, size: tuple[int, int]):
    drawn = BytesIO()
    Drawing.new("RGB", size, "#5B8FB2").save(drawn, "PNG")
    file = ImageFile(drawn, name=f"{name}.png")
    return get_image_model().objects.create(title=name, file=file)


def test_without_a_picture_there_is_none():
    assert hero_picture(HomePage(hero_phone=uploaded("phone", (390, 318)))) is None


def test_the_wide_one_alone_serves_every_screen():
    found = hero_picture(HomePage(hero=uploaded("wide", (640, 253)), hero_alt="A lake"))

    assert found.alt == "A lake"
    assert {source.media for source in found.sources} == {""}


def test_the_narrowest_case_comes_first_and_the_wide_day_last(django_assert_num_queries):
    page = HomePage(
        hero=uploaded("wide", (640, 253)),
        hero_phone=uploaded("phone", (390, 318)),
        hero_night=uploaded("night", (640, 253)),
    )
    hero_picture(page)

    with django_assert_num_queries(2):
        found = hero_picture(page)

    assert list(dict.fromkeys(source.media for source in found.sources)) == [
        "(prefers-color-scheme: dark)",
        "(max-width: 47.99rem)",
        "",
    ]
    assert all(source.width and source.height for source in found.sources)
