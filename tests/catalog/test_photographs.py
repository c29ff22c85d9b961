"""A photograph takes the place of the motif's fabric, in the size that the page shows."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.utils import translation
from PIL import Image as Picture
from wagtail.images import get_image_model

from catalog.cards import cards
from catalog.models import Product
from catalog.queries import listed_products
from tests.cms.html import Page as Html
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photographed(**changes) -> Product:
    product = make.product(**changes)
    drawn = BytesIO()
    Picture.new("RGB", (900, 900), "#94163A").save(drawn, "PNG")
    product.image = get_image_model().objects.create(
        title="A hat", file=ImageFile(drawn, name=f"{product.slug}.png")
    )
    product.save()
    make.variant(product)
    return product


def test_a_card_shows_the_photograph_cut_to_its_shape():
    photographed(name_en="Fox hat", name_es="Chullo Zorro")

    with translation.override("es"):
        [card] = cards(listed_products())

    picture = card.picture
    assert (picture.width, picture.height, picture.alt) == (480, 600, "Chullo Zorro")
    assert picture.url.startswith("/media/images/")
    assert picture.url.endswith(".webp")


def test_the_page_shows_it_larger_and_the_browser_gets_it(client):
    photographed(slug="hat")

    page = client.get("/en/shop/hat/").content.decode()

    assert Html(page).problems == []
    address = page.partition('<img src="/media/')[2].partition('"')[0]
    assert client.get(f"/media/{address}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_photographs_cost_two_queries_more_however_many(count, django_assert_num_queries):
    for _number in range(count):
        photographed()
    cards(listed_products())

    with django_assert_num_queries(6):
        assert len(cards(listed_products())) == count
