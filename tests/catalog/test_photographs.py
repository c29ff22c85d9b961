"""A photograph takes the place of the motif's fabric, in the size that the page shows."""

import re
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.utils import translation
from PIL import Image as Picture
from wagtail.images import get_image_model

from catalog.cards import cards
from catalog.models import Product
from catalog.pictures import product_pictures
from catalog.queries import listed_products, with_variants
from catalog.services import add_picture
from tests.cms.html import Page as Html
from tests.factories import catalog as make
from tests.factories.wool import colour

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def uploaded(name: str):
    drawn = BytesIO()
    Picture.new("RGB", (900, 900), "#94163A").save(drawn, "PNG")
    file = ImageFile(drawn, name=f"{name}.png")
    return get_image_model().objects.create(title="A hat", file=file)


def photographed(**changes) -> Product:
    product = make.product(**changes)
    product.image = uploaded(product.slug)
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
    assert [source.type for source in picture.sources] == ["image/avif", "image/webp"]
    # Nine hundred pixels are cut to 720 by 900 and never blown up to 1200.
    assert re.findall(r" (\d+)w", picture.sources[0].srcset) == ["160", "320", "480", "720"]


def test_a_variant_shows_its_own_photograph_and_the_others_that_of_the_product():
    product = photographed(name_en="Fox hat")
    red = make.variant(product, colour=colour("red"))
    red.image = uploaded("red")
    red.save()
    [shown] = with_variants(Product.objects.filter(pk=product.pk))

    with translation.override("en"):
        first, second, fabric = product_pictures(shown, red)

    assert (first.label, first.alt) == ("red", "Fox hat, red")
    assert second.alt == "Fox hat"
    assert first.url != second.url
    assert fabric.label == "Motif"
    assert fabric.url.startswith("/motif/")


def test_more_pictures_follow_in_their_order_and_say_what_they_show():
    product = photographed(name_en="Fox hat", name_es="Chullo Zorro")
    add_picture(product=product, image=uploaded("close"), shows_es="De cerca", shows_en="Close by")
    add_picture(product=product, image=uploaded("pile"))
    [shown] = with_variants(Product.objects.filter(pk=product.pk))

    with translation.override("es"):
        pictures = product_pictures(shown, shown.shown[0])

    assert [one.alt for one in pictures[:3]] == [
        "Chullo Zorro",
        "Chullo Zorro: De cerca",
        "Chullo Zorro",
    ]
    assert [one.label for one in pictures] == ["Chullo Zorro", "De cerca", "Chullo Zorro", "Motivo"]


def test_the_same_picture_twice_is_shown_once():
    product = photographed()
    add_picture(product=product, image=product.image, shows_es="De cerca")
    again = uploaded("close")
    for words in ("De lejos", "De cerca"):
        add_picture(product=product, image=again, shows_es=words)
    [shown] = with_variants(Product.objects.filter(pk=product.pk))

    with translation.override("es"):
        pictures = product_pictures(shown, shown.shown[0])

    assert [one.label for one in pictures[1:]] == ["De cerca", "Motivo"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_products_pictures_cost_five_queries_however_many(count, django_assert_num_queries):
    product = photographed()
    for number in range(count):
        add_picture(product=product, image=uploaded(f"more-{number}"))
    [shown] = with_variants(Product.objects.filter(pk=product.pk))
    product_pictures(shown, shown.shown[0])
    [shown] = with_variants(Product.objects.filter(pk=product.pk))

    with django_assert_num_queries(5):
        assert len(product_pictures(shown, shown.shown[0])) == count + 2


def test_a_product_without_photographs_shows_its_fabric_alone():
    variant = make.variant()
    [shown] = with_variants(Product.objects.filter(pk=variant.product.pk))

    [fabric] = product_pictures(shown, variant)

    assert fabric.sources == ()
    assert (fabric.width, fabric.height) == (250, 312)


def test_the_page_shows_it_larger_and_the_browser_gets_it(client):
    photographed(slug="hat")

    page = client.get("/en/shop/hat/").content.decode()

    assert Html(page).problems == []
    address = page.partition('src="/media/')[2].partition('"')[0]
    assert client.get(f"/media/{address}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_photographs_cost_two_queries_more_however_many(count, django_assert_num_queries):
    for _number in range(count):
        photographed()
    cards(listed_products())

    with django_assert_num_queries(6):
        assert len(cards(listed_products())) == count
