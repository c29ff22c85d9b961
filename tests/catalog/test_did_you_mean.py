"""A word that was typed wrong finds what was meant; a word that is right is left alone."""

import pytest

from catalog.did_you_mean import meant, trigrams
from tests.cms.html import Page as Html
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(db: None) -> None:
    """A fox puppet, a chullo, dolls and two shawls."""
    for slug, name_es, name_en in [
        ("fox", "Títere zorro", "Fox puppet"),
        ("chullo", "Chullo de estrella", "Star chullo"),
        ("dolls", "Muñecas de lana", "Woollen dolls"),
        ("shawl", "Chal grande", "Large shawl"),
        ("small-shawl", "Chal chico", "Small shawl"),
    ]:
        make.variant(make.product(slug=slug, name_es=name_es, name_en=name_en))


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("zoro", "zorro"),
        ("chulo", "chullo"),
        ("shwal", "shawl"),
        ("munekas", "muñecas"),
        ("títre zorro", "títere zorro"),
        ("stra chullo", "star chullo"),
        ("PUPETS", "puppet"),
    ],
)
def test_the_nearest_word_is_asked_for(goods: None, typed: str, suggestion: str):
    assert meant(typed, found=0) == suggestion


@pytest.mark.parametrize(
    "typed", ["zorro", "zorros", "fox shawl", "xylophone", "le", "%", "  ", ""]
)
def test_what_is_right_or_like_nothing_is_left_alone(goods: None, typed: str):
    assert meant(typed, found=0) == ""


def test_only_what_finds_more_is_asked_for(goods: None):
    assert meant("chulo", found=0) == "chullo"
    assert meant("chulo", found=99) == ""


def test_what_is_not_in_the_window_is_not_asked_for(goods: None):
    make.variant(make.product(slug="alpaca", name_es="Alpaca", name_en="Alpaca", is_listed=False))

    assert meant("alpaka", found=0) == ""


def test_trigrams_are_those_of_postgresql():
    assert trigrams("fox") == {"  f", " fo", "fox", "ox "}


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    [("es", "zoro", "¿Quisiste decir «zorro»?"), ("en", "shwal", "Did you mean “shawl”?")],
)
def test_the_shop_asks_with_a_link(client, goods: None, language: str, typed: str, words: str):
    page = client.get(f"/{language}/shop/", {"q": typed, "sort": "price"})

    html = page.content.decode()
    assert words in html
    right = words.rsplit("«", maxsplit=1)[-1].rsplit("“", maxsplit=1)[-1].strip("»”?")
    assert f"?q={right}&sort=price" in [one.replace("&amp;", "&") for one in Html(html).links]


def test_a_search_that_finds_enough_costs_nothing_more(
    client, goods: None, django_assert_num_queries
):
    make.variant(make.product(slug="third", name_es="Chal rojo", name_en="Red shawl"))
    client.get("/es/shop/")
    with django_assert_num_queries(16):
        html = client.get("/es/shop/", {"q": "chal"}).content.decode()

    assert "Quisiste" not in html
