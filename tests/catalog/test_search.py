"""Visitors find what they mean, in their own words: things and colours, in both languages."""

import pytest

from catalog.models import Product
from catalog.queries import dye_counts
from catalog.search import about
from coop.kit.words import plain, stem, stems
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(db: None) -> None:
    """A red chullo, a blue one, a red scarf, a fox puppet with a red seam, and a bull."""
    chullo = {"name_es": "Chullo Andenes", "name_en": "Andenes chullo"}
    make.variant(make.product(slug="red-chullo", **chullo), dye="cochineal")
    make.variant(make.product(slug="blue-chullo", **chullo), dye="indigo")
    scarf = make.product(
        slug="scarf",
        category=make.shelf("scarves"),
        name_es="Bufanda Totora",
        name_en="Reed scarf",
    )
    make.variant(scarf, design=make.design({"cochineal": 80, "cream": 20}))
    fox = make.product(
        slug="fox",
        category=make.shelf("puppets"),
        name_es="Títere zorro",
        name_en="Fox puppet",
        story_en="That red round nose.",
        story_es="Que redonda nariz.",
    )
    make.variant(fox, design=make.design({"orange": 90, "cochineal": 5}))


def slugs(words: str) -> set[str]:
    return set(Product.objects.filter(about(words)).values_list("slug", flat=True))


CHULLOS = {"red-chullo", "blue-chullo"}


@pytest.mark.parametrize("typed", ["hat", "hats", "gorro", "Gorros", "BEANIE", "chullo"])
def test_a_hat_in_any_words_is_a_chullo_and_not_what_has_it_inside(goods: None, typed: str):
    Product.objects.filter(slug="scarf").update(search_words=" scarf that hatch ")

    assert slugs(typed) == CHULLOS


@pytest.mark.parametrize(
    "typed", ["rojo gorro", "gorros rojos", "red hat", "a hat for red", "gorra roja"]
)
def test_several_words_narrow_each_other_in_any_order(goods: None, typed: str):
    assert slugs(typed) == {"red-chullo"}


@pytest.mark.parametrize("typed", ["rojo", "rojas", "cochinilla", "red", "guinda"])
def test_a_colour_finds_what_is_seen_in_it_or_is_called_so(typed: str, goods: None):
    seen = {"red-chullo", "scarf"}
    assert slugs(typed) == (seen | {"fox"} if typed == "red" else seen)


def test_a_colour_of_the_office_is_found_by_its_key(goods: None):
    make.variant(make.product(slug="new"), dye="turquesa")

    assert "new" in slugs("turquesa")


@pytest.mark.parametrize("typed", ["🦙", "%", "_", "\ufffd", "ed", "hull", "xylophone"])
def test_signs_and_parts_of_words_find_nothing(goods: None, typed: str):
    assert slugs(typed) == set()


def test_no_words_leave_everything(goods: None):
    assert len(slugs("  ")) == 4


def test_a_question_of_little_words_alone_finds_nothing(goods: None):
    assert slugs("de la") == set()


def test_a_word_that_all_have_does_not_narrow(goods: None):
    assert slugs("gorro de lana") == CHULLOS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rojo", "rojas"),
        ("guante", "guantes"),
        ("guantes", "Guante"),
        ("pez", "peces"),
        ("glove", "gloves"),
        ("fox", "foxes"),
        ("baby", "babies"),
        ("niño", "NIÑAS"),
        ("chal", "chales"),
    ],
)
def test_number_and_gender_do_not_matter(one: str, other: str):
    assert stem(one) == stem(other)


def test_endings_are_not_taken_from_short_words():
    assert stems("oso mes dress red") == ["oso", "mes", "dress", "red"]
    assert plain("Muñecas Ñusta ’ ÁÉÍ") == "munecas nusta ’ aei"


# Dyes --------------------------------------------------------------------------------------
def test_a_dye_counts_what_is_knitted_in_it_once_and_not_its_seams(goods: None):
    counted = {one.colour.key: one.count for one in dye_counts()}

    assert counted == {"cochineal": 2, "indigo": 1, "cream": 1, "orange": 1}


def test_what_has_found_its_owner_is_not_counted_in_its_dye(goods: None):
    gone = make.product(Product.Kind.UNIQUE, slug="shawl")
    make.variant(gone, design=make.design({"indigo": 200, "cream": 30}))

    counted = {one.colour.key: one.count for one in dye_counts()}

    assert counted["indigo"] == 1
    assert {one.colour.key: one.count for one in dye_counts(when="unique")}["indigo"] == 0
