"""What visitors see: how soon, in which order, where the money goes; in few queries."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from catalog import queries
from catalog.cards import cards
from catalog.models import Product
from catalog.queries import Kind, Sort, availability, listed_products, where_money_goes
from coop.kit.money import total
from coop.rules.services import change_parameters
from tests.factories import catalog as make
from tests.factories.ledger import soles
from tests.factories.rules import secretary, titilaca
from tests.factories.wool import Store

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
LATER = date(2099, 1, 1)
UNIQUE, TO_ORDER = Product.Kind.UNIQUE, Product.Kind.TO_ORDER


# How soon ----------------------------------------------------------------------------------
def test_what_lies_free_in_the_store_is_ready():
    variant = make.variant()
    make.piece(variant)
    make.piece(variant)
    make.promised_piece(of=variant)
    make.waiting_piece(variant)

    found = availability(variant, on=DAY)

    assert (found.kind, found.in_stock, found.ready_on) == (Kind.READY, 2, DAY)


def test_what_is_not_there_is_knitted_in_a_week_and_two_hours_a_day():
    variant = make.variant(design=make.design(minutes=241))

    found = availability(variant, on=DAY)

    assert (found.kind, found.days) == (Kind.TO_ORDER, 10)
    assert found.ready_on == DAY + timedelta(days=10)
    assert found.is_for_sale


def test_the_assembly_decides_how_long_knitting_takes():
    titilaca()
    change_parameters(
        changes={"handling_days": 3, "knitting_minutes_a_day": 60},
        valid_from=LATER,
        decision="18 of 24.",
        actor=secretary(),
    )
    variant = make.variant(design=make.design(minutes=241))

    assert availability(variant, on=DAY).days == 10
    assert availability(variant, on=LATER).days == 8


def test_a_one_of_a_kind_is_there_once():
    variant = make.variant(make.product(UNIQUE))
    piece = make.piece(variant)

    assert availability(variant).kind == Kind.UNIQUE
    make.reserve_piece(piece=piece, key="line:1")

    gone = availability(variant)
    assert (gone.kind, gone.ready_on, gone.is_for_sale) == (Kind.SOLD_OUT, None, False)


def test_a_retired_design_is_sold_while_there_is_some():
    variant = make.variant(design=make.design())
    variant.design.is_retired = True
    variant.design.save()

    assert availability(variant).kind == Kind.SOLD_OUT
    make.piece(variant)
    assert availability(variant).kind == Kind.READY


# Lists -------------------------------------------------------------------------------------
def slugs(**asked) -> list[str]:
    return [one.slug for one in listed_products(**asked)]


def test_only_listed_products_with_a_listed_variant_are_shown():
    make.variant(make.product(slug="shown"))
    make.variant(make.product(slug="hidden", is_listed=False))
    variant = make.variant(make.product(slug="no-variant-left"))
    variant.is_listed = False
    variant.save()
    make.product(slug="no-variant")

    assert slugs() == ["shown"]


def test_the_list_is_sorted_by_price_and_by_how_soon():
    quick, slow = make.design(minutes=60), make.design(minutes=600)
    make.variant(make.product(slug="slow"), price="10.00", design=slow)
    make.variant(make.product(slug="quick"), price="30.00", design=quick)
    ready = make.variant(make.product(slug="ready"), price="20.00", design=slow)
    make.piece(ready)

    assert slugs(sort=Sort.NEW) == ["ready", "quick", "slow"]
    assert slugs(sort=Sort.CHEAP) == ["slow", "ready", "quick"]
    assert slugs(sort=Sort.SOON) == ["ready", "quick", "slow"]


def test_a_one_of_a_kind_that_is_gone_stands_last():
    make.variant(make.product(UNIQUE, slug="gone"), price="1.00")
    make.variant(make.product(slug="there"), price="99.00")

    assert slugs(sort=Sort.CHEAP) == ["there", "gone"]


def test_the_list_is_filtered_by_shelf_and_by_how_soon():
    ready = make.variant(make.product(slug="ready"))
    make.piece(ready)
    make.variant(make.product(TO_ORDER, slug="to-order"))
    make.piece(make.variant(make.product(UNIQUE, slug="unique", category=make.shelf("shawls"))))
    make.variant(make.product(UNIQUE, slug="gone"))

    assert slugs(when=Kind.READY) == ["ready"]
    assert slugs(when=Kind.TO_ORDER) == ["to-order"]
    assert slugs(when=Kind.UNIQUE) == ["unique"]
    assert slugs(category="shawls") == ["unique"]
    assert slugs(category="none") == []
    assert slugs(category="nu\0ll") == []


def test_shelves_with_nothing_on_them_are_not_shown():
    make.shelf("empty")
    product = make.product()
    make.variant(product, size="S")
    make.variant(product, size="M")

    assert [(one.slug, one.count) for one in queries.categories()] == [("chullos", 1)]


def test_a_card_says_the_lowest_price_and_the_soonest_variant():
    product = make.product(name_en="Star hat")
    make.variant(product, price="118.00", size="S")
    medium = make.variant(product, price="128.00", size="M")
    make.piece(medium)

    with translation.override("en"):
        [card] = cards(listed_products())

        assert (card.name, card.price, card.is_from) == ("Star hat", soles("118.00"), True)
        assert card.url == f"/en/shop/{product.slug}/"
        assert (card.availability.kind, card.availability.in_stock) == (Kind.READY, 1)
        assert card.availability.label == "Ready now"
        assert card.picture.alt == "Passing fox"


@pytest.mark.parametrize("count", [1, 3])
def test_cards_cost_four_queries_however_many(count, django_assert_num_queries):
    for _number in range(count):
        product = make.product()
        for size in "SML":
            make.piece(make.variant(product, size=size))

    with django_assert_num_queries(4):
        assert len(cards(listed_products())) == count


def test_a_product_is_found_with_its_listed_variants_in_order():
    product = make.product(slug="star")
    large = make.variant(product, size="L", position=2)
    small = make.variant(product, size="S", position=1)
    make.variant(product, size="M", position=3)
    product.variants.filter(size="M").update(is_listed=False)

    assert queries.product("star").shown == [small, large]
    assert queries.product("none") is None
    assert queries.product("nu\0ll") is None


# Pieces ------------------------------------------------------------------------------------
def test_a_piece_is_found_however_its_tag_is_typed():
    piece = make.piece()
    typed = f" {piece.tag[:4].lower()} {piece.tag[4:]} "

    assert queries.piece_by_tag(typed) == piece
    assert queries.piece_by_tag("") is None
    assert queries.piece_by_tag("\0") is None


# Where the money goes ----------------------------------------------------------------------
def parts(variant) -> list[tuple[str, str]]:
    return [(part.kind, str(part.amount.amount)) for part in where_money_goes(variant)]


def test_pay_wool_and_rest_add_up_to_the_price():
    store = Store()
    store.lot(1000, "92.00", colour_key="cochineal")
    store.lot(1000, "70.00", colour_key="cream")
    design = make.design({"cochineal": 46, "cream": 40}, rate=soles("69.00"))
    variant = make.variant(price="128.00", design=design)

    # 46 g at 0.092 and 40 g at 0.07: 4.23 and 2.80.
    assert parts(variant) == [("maker", "69.00"), ("wool", "7.03"), ("fund", "51.97")]
    assert total(part.amount for part in where_money_goes(variant)) == variant.price


def test_wool_counts_at_the_newest_lot():
    store = Store()
    store.lot(1000, "50.00", on=DAY)
    store.lot(1000, "90.00", on=DAY + timedelta(days=9))
    store.lot(1000, "10.00", on=DAY - timedelta(days=9))

    assert queries.wool_cost_minor(make.design({"cochineal": 100})) == 900


def test_a_colour_never_bought_counts_as_the_yarn_in_another():
    Store().lot(1000, "80.00", colour_key="cream")

    assert queries.wool_cost_minor(make.design({"cochineal": 100})) == 800


def test_wool_never_bought_costs_nothing_yet():
    assert queries.wool_cost_minor(make.design({"cochineal": 100})) == 0


def test_a_price_below_pay_and_wool_is_not_divided():
    assert parts(make.variant(price="39.99")) == []
    assert parts(make.variant(price="40.00"))[-1] == ("fund", "0.00")
