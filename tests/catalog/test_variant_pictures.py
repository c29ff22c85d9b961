"""A picture for one size or colour, chosen in the office by who writes the words."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product, Variant
from coop.people import roles
from tests.catalog.test_office import PRODUCTS, office, rows, words
from tests.factories import catalog as make
from tests.factories.ledger import soles
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db


def pictures(chosen: dict[Variant, Any]) -> dict[str, Any]:
    """The part of the form with a picture for each variant."""
    data: dict[str, Any] = {
        "pictures-TOTAL_FORMS": len(chosen),
        "pictures-INITIAL_FORMS": len(chosen),
        "pictures-MIN_NUM_FORMS": 0,
        "pictures-MAX_NUM_FORMS": 1000,
    }
    for number, (variant, image) in enumerate(chosen.items()):
        data[f"pictures-{number}-id"] = variant.pk
        data[f"pictures-{number}-image"] = getattr(image, "pk", image)
    return data


def edit(product: Product) -> str:
    return f"{PRODUCTS}/edit/{product.pk}/"


def test_an_editor_chooses_a_picture_for_one_colour_and_cannot_touch_its_price() -> None:
    product = make.product()
    red, blue = make.variant(product, dye="cochineal"), make.variant(product, dye="indigo")
    chosen = picture("Red")

    data = words(product) | pictures({red: chosen, blue: ""})
    answer = office(roles.EDITOR).post(edit(product), data | {"rows-0-price_minor": "1.00"})

    assert answer.status_code == 302
    red.refresh_from_db()
    blue.refresh_from_db()
    assert red.image == chosen
    assert blue.image is None
    assert red.price == soles("100.00")


def test_a_price_and_a_picture_change_together() -> None:
    variant = make.variant(price="100.00")
    chosen = picture()
    data = words(variant.product) | rows(variant, **{"rows-0-price_minor": "112.50"})

    office(roles.TREASURER).post(edit(variant.product), data | pictures({variant: chosen}))

    variant.refresh_from_db()
    assert (variant.price, variant.image) == (soles("112.50"), chosen)


def test_a_picture_is_taken_away_again() -> None:
    variant = make.variant()
    variant.image = picture()
    variant.save()

    office(roles.EDITOR).post(
        edit(variant.product), words(variant.product) | pictures({variant: ""})
    )

    variant.refresh_from_db()
    assert variant.image is None


def test_a_picture_that_is_none_is_refused_and_nothing_is_saved() -> None:
    variant = make.variant()

    data = words(variant.product, name_en="Other words") | pictures({variant: "999"})
    answer = office(roles.EDITOR).post(edit(variant.product), data)

    assert answer.status_code == 200
    assert Product.objects.get().name_en != "Other words"


def test_a_variant_of_another_product_is_not_changed_here() -> None:
    mine, other = make.variant(), make.variant()

    office(roles.EDITOR).post(
        edit(mine.product), words(mine.product) | pictures({other: picture()})
    )

    other.refresh_from_db()
    assert other.image is None


def test_the_form_shows_what_is_chosen() -> None:
    variant = make.variant(dye="cochineal")
    variant.image = picture("Red one")
    variant.save()

    page = office(roles.EDITOR).get(edit(variant.product)).content.decode()

    assert "max-165x165" in page
    assert "Red one" in page
    assert f"<legend>{variant.options}</legend>" in page


def test_a_form_that_was_opened_before_there_were_pictures_is_still_saved() -> None:
    variant = make.variant()

    answer = office(roles.EDITOR).post(edit(variant.product), words(variant.product, name_en="Hat"))

    assert answer.status_code == 302
    assert Product.objects.get().name_en == "Hat"


def test_three_pictures_cost_as_many_queries_as_one() -> None:
    product = make.product()
    client = office(roles.EDITOR)

    def cost() -> int:
        client.get(edit(product))
        with CaptureQueriesContext(connection) as seen:
            client.get(edit(product))
        return len(seen)

    def add(dye: str) -> None:
        variant = make.variant(product, dye=dye)
        variant.image = picture(dye)
        variant.save()

    add("cochineal")
    one = cost()
    add("indigo")
    add("qolle")

    assert cost() == one
