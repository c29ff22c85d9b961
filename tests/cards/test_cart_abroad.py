"""A customer abroad reads her cart in her own money, and pays what she read."""

from decimal import Decimal

import pytest
from django.test import Client

from coop.kit.money import format_money
from ledger.services import record_rate
from orders.shop.models import CartLine, Order
from orders.shop.prices import priced
from tests.factories.cards import CardShop
from tests.shop.pages import WRITTEN, hidden, put_in, text


def look_in(client: Client, currency: str) -> None:
    """She asks at the checkout to see everything in `currency`; nothing is ordered by that."""
    client.post("/en/checkout/", {**WRITTEN, **hidden(client), "show_in": currency})
    assert not Order.objects.exists()


def cart(client: Client) -> str:
    return text(client.get("/en/cart/"))


def plain(amount: object) -> str:
    """As a test compares it: without spaces that do not break."""
    return " ".join(str(amount).replace("\u00a0", " ").split())


def test_the_cart_is_read_in_euros_line_by_line_and_together(
    cards: CardShop, client: Client
) -> None:
    put_in(client, cards.chullo, 2)
    put_in(client, cards.puppet, 3)

    look_in(client, "EUR")

    said = cart(client)
    one = {
        variant: priced(variant.price, "EUR", cards.day) for variant in (cards.chullo, cards.puppet)
    }
    together = one[cards.chullo] * 2 + one[cards.puppet] * 3
    assert plain(format_money(one[cards.chullo] * 2)) in said
    assert plain(format_money(one[cards.puppet] * 3)) in said
    assert plain(format_money(together)) in said
    assert "S/" not in said


def test_it_stays_in_euros_while_she_changes_how_many(cards: CardShop, client: Client) -> None:
    put_in(client, cards.chullo, 1)
    look_in(client, "EUR")

    line = CartLine.objects.get()
    client.post(f"/en/cart/{line.pk}/change/", {"quantity": "4"})

    four = priced(cards.chullo.price, "EUR", cards.day) * 4
    assert plain(format_money(four)) in cart(client)


@pytest.mark.parametrize("currency", ["XYZ", "CHF", "", "EUR; DROP", "€" * 200])
def test_a_currency_that_we_do_not_take_changes_nothing(
    cards: CardShop, client: Client, currency: str
) -> None:
    put_in(client, cards.chullo)

    look_in(client, currency)

    assert plain(format_money(cards.chullo.price)) in cart(client)


def test_back_in_soles_it_is_the_price_of_the_catalogue(cards: CardShop, client: Client) -> None:
    put_in(client, cards.chullo)
    look_in(client, "EUR")
    look_in(client, "PEN")

    assert plain(format_money(cards.chullo.price)) in cart(client)


def test_a_new_rate_is_a_new_price_at_once(cards: CardShop, client: Client) -> None:
    put_in(client, cards.chullo)
    look_in(client, "EUR")
    before = cart(client)

    record_rate(currency="EUR", day=cards.day, rate=Decimal("4.20"), actor=cards.treasurer)

    now = priced(cards.chullo.price, "EUR", cards.day)
    assert plain(format_money(now)) in cart(client)
    assert plain(format_money(now)) not in before
