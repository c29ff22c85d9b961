"""The customer's pages of paying by card, by phone wallet and in other currencies."""

import pytest
from django.test import Client
from wagtail.models import Site

from orders.shop.models import CardSession, CartLine, Order, PaymentClaim, ShopSettings
from tests.factories.cards import CardShop
from tests.factories.shop import findings
from tests.shop.pages import WRITTEN, hidden, hidden_in, put_in, text

BY_CARD = {"method": "card"}


def order_by_card(client: Client, cards: CardShop, **changes: str) -> tuple[Order, str]:
    """The newest order, sent through the pages, and where its customer was sent."""
    put_in(client, cards.chullo)
    data = {**WRITTEN, **hidden(client), **BY_CARD, **changes}
    answer = client.post("/en/checkout/", data)
    assert answer.status_code == 302, text(answer)
    return Order.objects.latest("pk"), answer.url


def test_the_button_leads_to_stripes_page(cards: CardShop, client: Client) -> None:
    order, address = order_by_card(client, cards)

    assert address.startswith(f"{cards.fake.url}/c/pay/")
    assert order.status == Order.Status.PLACED
    assert not CartLine.objects.exists()


def test_pressed_twice_it_leads_to_the_same_page(cards: CardShop, client: Client) -> None:
    put_in(client, cards.chullo)
    data = {**WRITTEN, **hidden(client), **BY_CARD}

    first, second = client.post("/en/checkout/", data), client.post("/en/checkout/", data)

    assert first.url == second.url
    assert CardSession.objects.count() == Order.objects.count() == 1


def test_back_from_the_page_it_is_paid(cards: CardShop, client: Client) -> None:
    order, _address = order_by_card(client, cards)
    assert cards.pay_page(order) == ""

    page = client.get(f"/en/order/{order.token}/paid/?session_id=whatever", follow=True)

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert "All paid. Thank you." in text(page)
    assert findings() == []


def test_the_return_address_itself_proves_nothing(cards: CardShop, client: Client) -> None:
    order, _address = order_by_card(client, cards)

    page = client.get(f"/en/order/{order.token}/paid/", follow=True)

    order.refresh_from_db()
    assert order.status == Order.Status.PLACED
    assert "Pay by card now" in text(page)


def test_going_back_after_paying_pays_nothing_again(cards: CardShop, client: Client) -> None:
    put_in(client, cards.chullo)
    data = {**WRITTEN, **hidden(client), **BY_CARD}
    client.post("/en/checkout/", data)
    order = Order.objects.get()
    cards.pay_page(order)
    cards.come_back(order)

    answer = client.post("/en/checkout/", data)
    again = client.post(f"/en/order/{order.token}/pay/")

    assert answer.url == again.url == f"/en/order/{order.token}/"
    assert CardSession.objects.count() == 1


def test_back_by_the_browsers_own_button_she_finds_the_order_that_waits(
    cards: CardShop, client: Client
) -> None:
    order, _address = order_by_card(client, cards)

    for answer in (client.get("/en/checkout/"), client.post("/en/checkout/", WRITTEN)):
        assert answer.url == f"/en/order/{order.token}/"

    cards.pay_page(order)
    cards.come_back(order)
    assert client.get("/en/checkout/").url == "/en/cart/"


def test_stripe_out_of_reach_loses_nothing(cards: CardShop, client: Client) -> None:
    cards.fake.fault("/v1/checkout/sessions", "drop_before", times=9)

    order, address = order_by_card(client, cards)
    page = client.get(address)

    assert address == f"/en/order/{order.token}/"
    assert "cannot be reached right now. Nothing was charged" in text(page)
    cards.fake.no_faults()
    answer = client.post(f"/en/order/{order.token}/pay/")
    assert answer.url.startswith(f"{cards.fake.url}/c/pay/")


def test_she_lets_it_go_and_finds_her_things_in_the_cart(cards: CardShop, client: Client) -> None:
    order, _address = order_by_card(client, cards)

    answer = client.post(f"/en/order/{order.token}/let-go/")

    order.refresh_from_db()
    assert answer.url == "/en/cart/"
    assert order.status == Order.Status.EXPIRED
    assert CartLine.objects.get().variant == cards.chullo
    assert "Nothing was charged" in text(client.get(f"/en/order/{order.token}/"))


def test_letting_go_of_what_was_paid_in_this_moment_is_refused(
    cards: CardShop, client: Client
) -> None:
    order, _address = order_by_card(client, cards)
    cards.pay_page(order)

    page = client.post(f"/en/order/{order.token}/let-go/", follow=True)

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert "was paid by card in this very moment" in text(page)
    assert not CartLine.objects.exists()


def test_an_order_that_stands_is_not_put_into_the_cart_again(
    cards: CardShop, client: Client
) -> None:
    order = cards.paid_order((cards.chullo, 1))

    client.post(f"/en/order/{order.token}/again/")

    assert not CartLine.objects.exists()


@pytest.mark.parametrize("what", ["pay", "let-go", "again", "claim"])
def test_a_guessed_link_changes_nothing(cards: CardShop, client: Client, what: str) -> None:
    order = cards.on_the_page((cards.chullo, 1))

    assert client.post(f"/en/order/{'x' * 43}/{what}/").status_code == 404
    assert client.get(f"/en/order/{order.token}/{what}/").status_code == 405

    order.refresh_from_db()
    assert order.status == Order.Status.PLACED


def test_whoever_guesses_links_too_often_has_to_wait(cards: CardShop, client: Client) -> None:
    answers = [client.post(f"/en/order/{number}/pay/").status_code for number in range(40)]

    assert answers[0] == 404
    assert answers[-1] == 429


def test_looking_at_another_currency_keeps_what_was_typed(cards: CardShop, client: Client) -> None:
    put_in(client, cards.chullo)
    data = {**WRITTEN, **hidden(client), "name": "Ana Quispe"}

    page = client.post("/en/checkout/", {**data, "show_in": "USD"}, follow=True)

    assert "US$ 37.86" in text(page)
    assert 'value="Ana Quispe"' in page.content.decode()
    assert "By bank transfer" not in text(page)
    assert not Order.objects.exists()


def test_an_order_in_dollars_through_the_pages(cards: CardShop, client: Client) -> None:
    put_in(client, cards.chullo)
    first = {**WRITTEN, **hidden(client)}
    page = client.post("/en/checkout/", {**first, "show_in": "USD"}, follow=True)
    answer = client.post("/en/checkout/", {**WRITTEN, **hidden_in(page), **BY_CARD})

    assert answer.status_code == 302
    assert Order.objects.get().currency == "USD"


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "transfer", "currency": "USD"},
        {"method": "card", "currency": "XXX"},
        {"method": "gold"},
        {"method": "terms"},
    ],
)
def test_a_way_or_a_currency_that_is_not_offered_is_refused_kindly(
    cards: CardShop, client: Client, changes: dict[str, str]
) -> None:
    put_in(client, cards.chullo)

    page = client.post("/en/checkout/", {**WRITTEN, **hidden(client), **changes}, follow=True)

    assert page.status_code == 200
    assert 'value="Ana Quispe"' in page.content.decode()
    assert not Order.objects.exists()


def test_prices_typed_into_the_form_change_nothing(cards: CardShop, client: Client) -> None:
    order, _address = order_by_card(
        client, cards, amount="1", total_minor="1", unit_price_minor="1", amount_total="1"
    )

    assert cards.fake.objects("checkout.session")[0]["amount_total"] == order.total_minor == 14200


# By phone wallet ---------------------------------------------------------------------------
@pytest.fixture
def with_wallet(cards: CardShop) -> CardShop:
    """The Junta wrote down a number for Yape."""
    site = Site.objects.get(is_default_site=True)
    values = {"wallet_number": "951 000 111", "wallet_holder": "Tejedoras"}
    ShopSettings.objects.update_or_create(site=site, defaults=values)
    return cards


def test_by_phone_wallet_she_tells_us_the_operation(with_wallet: CardShop, client: Client) -> None:
    order, address = order_by_card(client, with_wallet, method="wallet")
    assert "951 000 111" in text(client.get(address))

    for _time in range(2):
        page = client.post(f"{address}claim/", {"operation": " 0012 345 "}, follow=True)

    assert "You told us of operation 0012 345." in text(page)
    assert PaymentClaim.objects.get().order == order
    for number in range(9):
        page = client.post(f"{address}claim/", {"operation": str(number)}, follow=True)
    assert "You told us of 5 operations already." in text(page)
    assert PaymentClaim.objects.count() == 5
    assert findings() == []


def test_an_empty_operation_is_asked_for(with_wallet: CardShop, client: Client) -> None:
    _order, address = order_by_card(client, with_wallet, method="wallet")

    page = client.post(f"{address}claim/", {"operation": " "}, follow=True)

    assert "Write the number that your phone showed you." in text(page)
    assert not PaymentClaim.objects.exists()
