"""Looking for a hotel, or for what is knitted, in the open book: what a sentence says is found."""

import re

import pytest
from django.utils import translation

from ledger import queries as ledger
from ledger.models import JournalEntry
from ledger.services import reverse_entry
from orders.shop.models import Order, OrderLine
from orders.shop.services import order_for_buyer
from orders.shop.values import Wanted
from tests.factories.shop import Shop
from tests.shop.test_telling import sold

Kind = JournalEntry.Kind


def kinds(words: str, language: str = "es") -> list[str]:
    with translation.override(language):
        return sorted(one.kind for one in ledger.looking_for(ledger.entries(), words))


@pytest.fixture
def hotels(shop: Shop) -> list[Order]:
    """Two hotels ordered puppets and paid something."""
    orders = []
    for name in ("Hotel Ñusta del Lago", "Casa Andina"):
        hotel = shop.buyer(name)
        wanted = [Wanted(shop.puppet, 5, 1200)]
        order = order_for_buyer(buyer=hotel, wanted=wanted, reference=name, actor=hotel.user)
        shop.pay(order, "10.00")
        orders.append(order)
    return orders


@pytest.mark.parametrize("words", ["Ñusta", "nusta", "hotel ÑUSTA", "del lago 10.00"])
def test_a_hotel_is_found_by_its_name_without_accents_mattering(hotels: list[Order], words: str):
    assert kinds(words) == [Kind.DEPOSIT_RECEIVED]


def test_a_word_of_another_hotel_finds_the_other(hotels: list[Order]):
    assert kinds("andina") == [Kind.DEPOSIT_RECEIVED]
    assert kinds("andina nusta") == []


def test_what_was_bought_is_found_in_either_language(shop: Shop):
    sold(shop, (shop.puppet, 2))
    OrderLine.objects.update(description_es="Títere cóndor", description_en="Condor puppet")

    for words in ("condor", "Titeres", "PUPPET", "cóndores"):
        for language in ("es", "en"):
            assert {Kind.DEPOSIT_RECEIVED, Kind.SALE} <= set(kinds(words, language)), words
    assert kinds("zorros") == []


def test_of_several_things_each_is_told_so_each_is_found(shop: Shop):
    sold(shop, (shop.puppet, 2), (shop.chullo, 1))

    for one in OrderLine.objects.all():
        assert Kind.DEPOSIT_RECEIVED in kinds(one.description_es.split()[0])


def test_a_customer_of_the_web_shop_is_never_found(shop: Shop):
    order = sold(shop, (shop.puppet, 1))

    assert kinds(order.customer_name.split()[0]) == []


def test_what_was_undone_is_found_by_what_it_was_about(hotels: list[Order], shop: Shop):
    paid = ledger.looking_for(ledger.entries(), "nusta").get()
    reverse_entry(entry=paid, reason="wrong hotel", day=paid.day, actor=shop.treasurer)

    assert kinds("nusta") == [Kind.DEPOSIT_RECEIVED, Kind.REVERSAL]


def test_a_search_costs_the_same_for_one_order_and_for_many(
    hotels: list[Order], shop: Shop, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9) as once:
        kinds("nusta")
    for _ in range(3):
        sold(shop, (shop.puppet, 1))
    with django_assert_num_queries(len(once)):
        kinds("nusta")


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_word_of_every_sentence_finds_its_entry(
    hotels: list[Order], shop: Shop, language: str
):
    sold(shop, (shop.puppet, 2))
    paid = ledger.looking_for(ledger.entries(), "nusta").get()
    reverse_entry(entry=paid, reason="wrong hotel", day=paid.day, actor=shop.treasurer)

    every_word_finds_its_entry(language)


def every_word_finds_its_entry(language: str) -> None:
    """Whoever looks for a word that she read in the book finds where she read it."""
    with translation.override(language):
        for names in (False, True):
            told = ledger.described(ledger.entries(), names=names)
            assert told
            for pk, sentence in told.items():
                for word in set(re.findall(r"[^\W\d_]{3,}", sentence)):
                    found = ledger.looking_for(ledger.entries(), word, names=names)
                    assert found.filter(pk=pk).exists(), f"{word!r} of {sentence!r}"
