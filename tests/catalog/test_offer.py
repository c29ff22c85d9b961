"""What is offered: designs, products, variants; each change of price or pay leaves a trace."""

import pytest
from django.db import IntegrityError, transaction

from catalog.errors import UnknownPicture, WrongAmount
from catalog.models import Design, PriceChange, Product, Variant
from catalog.search import about
from catalog.services import change_price, change_rate
from tests.factories import catalog as make
from tests.factories.ledger import soles

pytestmark = pytest.mark.django_db


def trace(**of) -> list[tuple[str, int | None, int | None]]:
    rows = PriceChange.objects.filter(**of)
    return [(row.what, row.before_minor, row.after_minor) for row in rows]


def test_a_new_design_holds_its_wool_and_its_pay():
    design = make.design({"cochineal": 46, "cream": 40}, rate=soles("69.00"))

    assert [(need.colour.key, need.grams) for need in design.wool.all()] == [
        ("cochineal", 46),
        ("cream", 40),
    ]
    assert trace(design=design) == [("rate", None, 6900)]


def test_a_design_has_a_motif_that_we_can_draw():
    with pytest.raises(UnknownPicture):
        make.design(motif="dragon")

    assert not Design.objects.exists()


def test_a_design_pays():
    with pytest.raises(WrongAmount):
        make.design(rate=soles("0.00"))

    assert not Design.objects.exists()


def test_a_changed_price_is_written_down_with_what_it_was():
    variant = make.variant(price="100.00")

    change_price(variant=variant, price=soles("112.50"), actor=make.keeper())

    variant.refresh_from_db()
    assert variant.price == soles("112.50")
    assert trace(variant=variant) == [("price", None, 10000), ("price", 10000, 11250)]


def test_the_same_price_again_leaves_no_trace():
    variant = make.variant(price="100.00")

    change_price(variant=variant, price=soles("100.00"), actor=make.keeper())

    assert len(trace(variant=variant)) == 1


def test_a_wholesale_price_is_a_price_of_its_own():
    variant = make.variant(price="100.00")

    change_price(variant=variant, price=soles("80.00"), is_wholesale=True, actor=make.keeper())

    variant.refresh_from_db()
    assert (variant.price_minor, variant.wholesale_price_minor) == (10000, 8000)
    assert trace(variant=variant)[-1] == ("wholesale", None, 8000)


def test_nothing_is_sold_for_nothing():
    variant = make.variant(price="100.00")

    with pytest.raises(WrongAmount):
        change_price(variant=variant, price=soles("0.00"), actor=make.keeper())

    variant.refresh_from_db()
    assert variant.price_minor == 10000
    assert len(trace(variant=variant)) == 1


def test_a_changed_pay_is_written_down():
    design = make.design(rate=soles("40.00"))

    change_rate(design=design, rate=soles("44.00"), actor=make.keeper())

    design.refresh_from_db()
    assert design.rate == soles("44.00")
    assert trace(design=design) == [("rate", None, 4000), ("rate", 4000, 4400)]


def test_traces_of_prices_are_never_changed():
    make.variant()

    with pytest.raises(IntegrityError), transaction.atomic():
        PriceChange.objects.update(after_minor=1)

    assert set(PriceChange.objects.values_list("after_minor", flat=True)) == {4000, 10000}


@pytest.mark.parametrize("dye", ["", "cochineal"])
def test_a_product_has_each_size_and_colour_once(dye):
    product = make.product()
    make.variant(product, size="M", dye=dye)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.variant(product, size="M", dye=dye)

    assert Variant.objects.filter(product=product).count() == 1


# Searching ---------------------------------------------------------------------------------
def test_words_are_found_whatever_their_accents_capitals_and_plural():
    fox = make.product(name_es="Títere Zorro", name_en="Fox finger puppet")
    make.product(name_es="Chullo Cerros", name_en="Mountain hat")

    for words in ("titere", "TÍTERES", "zorros títere", "finger puppets"):
        assert list(Product.objects.filter(about(words))) == [fox], words
    assert not Product.objects.filter(about("zorro cerros")).exists()
