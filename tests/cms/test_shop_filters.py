"""The list is narrowed by several wishes at once; each says what it would leave."""

import re

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.utils import translation

from catalog.models import Product
from cms.shop_list import ShopQuery
from tests.cms.html import Page as Html
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goods():
    """A chullo ready in indigo and in cochineal, one knitted in indigo, a single shawl in lake."""
    cache.clear()
    ready = make.product(slug="ready-hat")
    make.piece(make.variant(ready, dye="indigo"))
    make.variant(ready, dye="cochineal")
    make.variant(make.product(Product.Kind.TO_ORDER, slug="hat"), dye="indigo")
    shawl = make.product(Product.Kind.UNIQUE, slug="shawl", category=make.shelf("shawls"))
    make.piece(make.variant(shawl, dye="lake"))
    yield
    cache.clear()


def ask(address: str) -> dict:
    return ShopQuery.read(QueryDict(address)).context()


def slugs(address: str) -> set[str]:
    return {card.url.split("?")[0].split("/")[-2] for card in ask(address)["cards"]}


def counts(address: str, group: str) -> list[int | None]:
    return [one.count for one in ask(address)[group]]


def test_several_shelves_are_shown_together():
    assert slugs("category=chullos") == {"ready-hat", "hat"}
    assert slugs("category=chullos&category=shawls") == {"ready-hat", "hat", "shawl"}


def test_a_dye_shows_what_has_a_variant_in_it():
    assert slugs("dye=indigo") == {"ready-hat", "hat"}
    assert slugs("dye=cochineal&dye=lake") == {"ready-hat", "shawl"}
    assert slugs("dye=indigo&when=ready") == {"ready-hat"}


def test_wishes_of_different_sorts_narrow_each_other():
    assert slugs("category=chullos&when=to_order&when=unique") == {"hat"}
    assert slugs("category=shawls&dye=indigo") == set()


def test_each_wish_says_how_many_it_would_leave():
    assert counts("", "whens") == [1, 1, 1]
    assert counts("", "shelves") == [2, 1]
    assert counts("category=chullos", "whens") == [1, 1, 0]
    assert counts("dye=indigo", "shelves") == [2, 0]
    dyes = {str(one.label): one.count for one in ask("when=ready")["dyes"]}
    assert set(dyes.values()) == {1, 0}


def test_the_number_of_products_is_that_of_the_list():
    for address in ("", "dye=indigo", "category=shawls", "when=ready&when=unique", "q=none"):
        context = ask(address)
        assert context["page_of_products"].paginator.count == len(context["cards"]), address


def test_nonsense_is_read_as_no_wish():
    assert slugs("category=none&dye=tartan&when=never") == {"ready-hat", "hat", "shawl"}
    assert not ask("category=none&dye=tartan&when=never")["chosen"]
    assert slugs("category=n%00l&dye=n%00l") == {"ready-hat", "hat", "shawl"}


def test_a_wish_chosen_again_is_taken_back_and_the_others_stay():
    chosen = {str(one.label): one.address for one in ask("when=ready&dye=indigo&q=p")["chosen"]}

    assert len(chosen) == 2
    assert any("dye=indigo" in one and "when" not in one for one in chosen.values())
    assert all("q=p" in one for one in chosen.values())


def test_the_wishes_stand_on_the_page_as_links_and_the_search_keeps_them(client):
    html = client.get("/en/shop/?dye=indigo&when=ready").content.decode()

    page = Html(html)
    assert page.problems == []
    assert "?when=ready&amp;dye=indigo&amp;dye=cochineal" in html
    assert re.search(r'type="hidden" name="dye" value="indigo"', html)
    assert "noindex" in html


def test_the_sheet_of_wishes_opens_without_script(client):
    html = client.get("/en/shop/").content.decode()

    assert 'popovertarget="wishes"' in html
    assert re.search(r'id="wishes"[^>]* popover>', html)


# What a dye is ------------------------------------------------------------------------------
def test_a_dye_shows_also_what_is_knitted_in_it_and_the_card_leads_to_it():
    chullo = make.product(slug="two-colours")
    make.variant(chullo, dye="cochineal", sku="RED")
    make.variant(chullo, dye="indigo", sku="BLUE")
    wrap = make.product(slug="wrap")
    make.variant(wrap, sku="NIGHT", design=make.design({"orange": 210, "cream": 70}))

    addresses = {card.url for card in ask("dye=indigo&dye=orange")["cards"]}
    assert any(one.endswith("/two-colours/?variant=BLUE") for one in addresses)
    assert any(one.endswith("/wrap/?variant=NIGHT") for one in addresses)


def test_a_colour_that_was_typed_leads_to_the_variant_in_it():
    chullo = make.product(slug="two-colours", name_es="Gorro", name_en="Hat")
    make.variant(chullo, dye="indigo", sku="BLUE")
    make.variant(chullo, dye="cochineal", sku="RED")

    addresses = {card.url for card in ask("q=gorro+rojo")["cards"]}

    assert "/en/shop/two-colours/?variant=RED" in {one.replace("/es/", "/en/") for one in addresses}


def test_a_card_in_a_dye_tells_of_what_is_dyed_so():
    chullo = make.product(slug="two-colours")
    make.piece(make.variant(chullo, price="90.00", dye="cochineal"))
    make.variant(chullo, price="100.00", dye="qolle")

    card = ask("dye=qolle")["cards"][0]

    assert (str(card.price.amount), card.is_from) == ("100.00", False)
    assert card.availability.in_stock == 0


# What can be had -----------------------------------------------------------------------------
def test_what_has_found_its_owner_is_shown_but_not_counted():
    gone = make.product(Product.Kind.UNIQUE, slug="gone", lead_en="There is only one.")
    make.variant(gone, dye="lake")

    everything = ask("")

    assert (everything["many"], everything["gone"]) == (3, 1)
    assert "gone" in slugs("")
    assert slugs("when=unique") == {"shawl"}
    assert counts("", "whens") == [1, 1, 1]
    assert counts("", "shelves") == [2, 1]


def test_a_sold_piece_is_not_praised_as_the_only_one(client):
    gone = make.product(Product.Kind.UNIQUE, slug="gone", lead_en="There is only one.")
    make.variant(gone)

    html = client.get("/en/shop/").content.decode()

    assert "There is only one." not in html
    assert "This one has found its owner." in html
    assert "3 products" in html
    assert "and 1 that has found its owner" in html


def test_a_wish_that_would_leave_nothing_cannot_be_chosen(client):
    with translation.override("en"):
        idle = {str(one.label) for one in ask("category=shawls")["whens"] if one.is_idle}
    html = client.get("/en/shop/?category=shawls").content.decode()

    assert idle == {"Ready now", "Knitted for you"}
    assert html.count("wish--idle") == 2
    assert "category=shawls&amp;when=ready" not in html


def test_a_wish_that_is_chosen_can_be_taken_back_also_where_it_leaves_nothing():
    chosen = ask("category=shawls&when=to_order")["chosen"]

    assert [one.count for one in chosen] == [0, 0]
    assert not any(one.is_idle for one in chosen)


# Words ---------------------------------------------------------------------------------------
def test_an_unknown_shelf_leaves_the_counts_of_the_dyes():
    assert [one.count for one in ask("category=none")["dyes"]] == [2, 1, 1]


def test_an_unknown_dye_leaves_the_counts_of_the_shelves():
    assert counts("dye=none", "shelves") == [2, 1]


@pytest.mark.parametrize("sign", ["🦙", "%25", "_"])
def test_signs_without_a_word_find_nothing(sign: str):
    assert ask(f"q={sign}")["many"] == 0


def test_broken_letters_are_read_as_no_words():
    assert ask("q=%FF")["many"] == 3
    assert ask("q=%FF")["asked"].words == ""


def test_the_advice_speaks_of_words_only_where_some_were_typed(client):
    by_words = client.get("/en/shop/?q=xylophone").content.decode()
    by_wishes = client.get("/en/shop/?category=shawls&dye=indigo").content.decode()

    assert "Try fewer words" in by_words
    assert "Try fewer words" not in by_wishes
    assert "Take back one of your wishes" in by_wishes


def test_a_question_that_is_too_long_is_said_to_be_cut(client):
    assert "only its beginning" in client.get("/en/shop/", {"q": "a" * 81}).content.decode()
    assert "only its beginning" not in client.get("/en/shop/", {"q": "a" * 80}).content.decode()


def test_the_header_leads_into_the_field_of_the_search(client):
    html = client.get("/en/shop/").content.decode()

    assert 'href="/en/shop/#words"' in html
    assert re.search(r'<input[^>]* id="words"', html)
