"""The list is narrowed by several wishes at once; each says what it would leave."""

import re

import pytest
from django.core.cache import cache
from django.http import QueryDict

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
    return {card.url.split("/")[-2] for card in ask(address)["cards"]}


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
