"""The pages of a visitor who buys: cart, checkout, order."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Variant
from catalog.services import change_price
from orders.shop import guesses
from orders.shop.models import Cart, CartLine, Order
from orders.shop.services import cancel_order, ship_order
from tests.factories.shop import Shop, soles

WRITTEN = {
    "name": "Ana Quispe",
    "email": "ana@example.org",
    "phone": "",
    "delivery": "peru",
    "address": "Jr. Lima 12\nPuno",
    "method": "transfer",
    "note": "",
}


def put_in(client: Client, variant: Variant, quantity: Any = 1) -> Any:
    """Press the button of a product page."""
    data = {"variant": variant.pk, "quantity": quantity}
    return client.post("/en/cart/add/", data, follow=True)


def hidden(client: Client) -> dict[str, str]:
    """The hidden fields of the checkout as it stands now."""
    page = client.get("/en/checkout/").content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("form_key", "seen")
    }


def send(client: Client, **changes: Any) -> Any:
    """Fill in the checkout and send it."""
    return client.post("/en/checkout/", {**WRITTEN, **hidden(client), **changes}, follow=True)


def text(response: Any) -> str:
    """What a page says, without its tags."""
    page = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# The cart ----------------------------------------------------------------------------------
def test_a_product_goes_into_the_cart_and_is_counted(shop: Shop, client: Client) -> None:
    page = put_in(client, shop.puppet, 3)

    assert page.redirect_chain[-1][0] == "/en/cart/"
    assert "3 × Puppet are in your cart." in text(page)
    assert "S/ 54.00" in text(page)
    assert client.session["cart_count"] == 3


def test_a_product_is_found_by_its_article_number_too(shop: Shop, client: Client) -> None:
    client.post("/en/cart/add/", {"variant": shop.puppet.sku})

    assert CartLine.objects.get().variant == shop.puppet


@pytest.mark.parametrize("quantity", ["-1", "0", "1000", "NaN", "1e2", "2.5", "x" * 400, "\x00"])
def test_a_number_that_is_none_changes_nothing(shop: Shop, client: Client, quantity: str) -> None:
    page = put_in(client, shop.puppet, quantity)

    assert "Choose a whole number from 1 to 99." in text(page)
    assert not CartLine.objects.exists()


@pytest.mark.parametrize("variant", ["", "0", "999999", "9" * 30, "ñ", "1 OR 1=1", "-1"])
def test_a_variant_that_does_not_exist_is_said(shop: Shop, client: Client, variant: str) -> None:
    page = client.post("/en/cart/add/", {"variant": variant, "quantity": 1}, follow=True)

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert not CartLine.objects.exists()


def test_another_number_is_said_beside_the_line(shop: Shop, client: Client) -> None:
    put_in(client, shop.puppet, 3)
    line = CartLine.objects.get()

    page = client.post(f"/en/cart/{line.pk}/change/", {"quantity": "-2"})

    assert page.status_code == 200
    assert "Choose a whole number from 1 to 99." in text(page)
    assert 'value="-2"' in page.content.decode()
    line.refresh_from_db()
    assert line.quantity == 3


def test_a_line_is_changed_and_taken_out(shop: Shop, client: Client) -> None:
    put_in(client, shop.puppet, 3)
    line = CartLine.objects.get()

    client.post(f"/en/cart/{line.pk}/change/", {"quantity": "5"})
    assert client.session["cart_count"] == 5
    page = client.post(f"/en/cart/{line.pk}/remove/", follow=True)

    assert "It is out of your cart." in text(page)
    assert client.session["cart_count"] == 0


def test_a_line_taken_out_in_another_tab_is_said(shop: Shop, client: Client) -> None:
    put_in(client, shop.puppet, 3)
    line = CartLine.objects.get()
    client.post(f"/en/cart/{line.pk}/remove/")

    for address, data in (("change", {"quantity": "5"}), ("remove", {})):
        page = client.post(f"/en/cart/{line.pk}/{address}/", data, follow=True)
        assert page.status_code == 200
        assert "no longer in your cart" in text(page)


def test_nobody_changes_the_cart_of_somebody_else(shop: Shop, client: Client) -> None:
    hers = shop.cart((shop.puppet, 4))
    put_in(client, shop.puppet)

    for address, data in (("change", {"quantity": "9"}), ("remove", {})):
        client.post(f"/en/cart/{hers.lines.get().pk}/{address}/", data, follow=True)

    assert hers.lines.get().quantity == 4


def test_a_sold_out_line_is_said_and_stops_the_checkout(shop: Shop, client: Client) -> None:
    shop.knit(shop.shawl)
    put_in(client, shop.shawl)
    shop.order((shop.shawl, 1))

    page = client.get("/en/cart/")

    assert "Sold meanwhile" in text(page)
    assert "First take out what can no longer be had." in text(page)
    assert "/en/checkout/" not in page.content.decode()


# The checkout ------------------------------------------------------------------------------
def test_a_guest_orders(shop: Shop, client: Client, mailoutbox: list) -> None:
    put_in(client, shop.chullo)

    page = send(client)

    order = Order.objects.get()
    assert page.redirect_chain[-1][0] == f"/en/order/{order.token}/"
    assert order.total == soles("142.00")
    assert (order.customer_name, order.address) == ("Ana Quispe", "Jr. Lima 12\nPuno")
    assert order.language == "en"
    assert client.session["cart_count"] == 0


def test_the_form_sent_twice_is_one_order(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)
    data = {**WRITTEN, **hidden(client)}

    first = client.post("/en/checkout/", data)
    again = client.post("/en/checkout/", data)

    assert first.url == again.url
    assert Order.objects.count() == 1


def test_going_back_and_sending_again_with_a_new_cart_is_a_new_order(
    shop: Shop, client: Client
) -> None:
    put_in(client, shop.chullo)
    old = {**WRITTEN, **hidden(client)}
    client.post("/en/checkout/", old)
    put_in(client, shop.puppet)

    assert client.post("/en/checkout/", old).url.endswith(f"{Order.objects.get().token}/")
    assert CartLine.objects.get().variant == shop.puppet
    send(client)

    assert Order.objects.count() == 2


def test_two_tabs_order_once(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)
    first, second = hidden(client), hidden(client)

    client.post("/en/checkout/", {**WRITTEN, **first})
    page = client.post("/en/checkout/", {**WRITTEN, **second}, follow=True)

    assert "Your cart is empty. Perhaps you ordered it in another tab." in text(page)
    assert Order.objects.count() == 1


def test_a_cart_emptied_in_another_tab_orders_nothing(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)
    data = {**WRITTEN, **hidden(client)}
    client.post(f"/en/cart/{CartLine.objects.get().pk}/remove/")

    page = client.post("/en/checkout/", data, follow=True)

    assert "Your cart is empty." in text(page)
    assert not Order.objects.exists()


def test_prices_are_never_read_from_the_form(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)

    send(client, price="1.00", total="1.00", shipping_minor="0", unit_price_minor="1")

    assert Order.objects.get().total == soles("142.00")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write your name, so that we know for whom it is."),
        ("name", "   ", "Write your name, so that we know for whom it is."),
        ("name", "A" * 121, "at most 120 characters"),
        ("name", "Ana\r\nBcc: all@example.org", "Write this on one line"),
        ("name", "Ana\x07", "Write this on one line"),
        ("name", "Ana\x00", "Write this on one line"),
        ("email", "", "Write your e-mail address"),
        ("email", "ana", "This does not look like an e-mail address"),
        ("email", "ana@example", "This does not look like an e-mail address"),
        ("email", "ana@ex.org\nBcc: b@ex.org", "This does not look like an e-mail address"),
        ("email", "ana@gmial.com", "Did you mean ana@gmail.com?"),
        ("email", "a" * 250 + "@example.org", "This e-mail address is too long."),
        ("phone", "call me", "This does not look like a phone number."),
        ("phone", "123", "This does not look like a phone number."),
        ("address", "", "Write where we should send it."),
        ("address", "A" * 501, "at most 500 characters"),
        ("address", "Jr. Lima\x0012", "There is a character in it that cannot be printed"),
        ("address", "Jr. Lima\x1b[31m", "There is a character in it that cannot be printed"),
        ("note", "A" * 501, "at most 500 characters"),
        ("delivery", "", "Choose one of the ways to get it."),
        ("delivery", "moon", "Choose one of the ways to get it."),
        ("method", "", "Choose how you would like to pay."),
        ("method", "terms", "Choose how you would like to pay."),
        ("method", "pick_up", "This goes only with picking it up."),
        ("form_key", "none", "The form did not arrive whole."),
        ("seen", "", "The form did not arrive whole."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_the_rest_is_kept(
    shop: Shop, client: Client, field: str, value: str, sentence: str
) -> None:
    put_in(client, shop.chullo)

    page = send(client, note_kept="", **{"note": "Please wrap it", field: value})

    assert page.status_code == 200
    assert sentence in text(page)
    if field != "name":
        assert 'value="Ana Quispe"' in page.content.decode()
    if field != "note":
        assert "Please wrap it" in page.content.decode()
    assert not Order.objects.exists()
    assert CartLine.objects.count() == 1


def test_a_field_that_did_not_come_is_said(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)

    page = client.post("/en/checkout/", {})

    assert page.status_code == 200
    assert "Write your name" in text(page)
    assert "The form did not arrive whole." in text(page)


def test_an_unlikely_address_is_taken_when_she_insists(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)
    page = send(client, email="ana@gmial.com")
    insisted = re.search(r'name="email_insisted" value="([^"]*)"', page.content.decode())[1]

    send(client, email="ana@gmial.com", email_insisted=insisted)

    assert Order.objects.get().customer_email == "ana@gmial.com"


def test_picking_up_needs_no_address(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)

    send(client, delivery="pick-up", method="pick_up", address="")

    order = Order.objects.get()
    assert (order.status, order.total) == ("confirmed", soles("128.00"))


def test_a_price_changed_while_she_wrote_is_asked_again(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)
    data = {**WRITTEN, **hidden(client)}
    change_price(variant=shop.chullo, price=soles("140.00"), actor=shop.president)

    page = client.post("/en/checkout/", data)

    assert page.status_code == 200
    assert "A price or what is ready changed while you were looking." in text(page)
    assert "S/ 154.00" in text(page)
    assert not Order.objects.exists()
    seen = re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]
    client.post("/en/checkout/", {**data, "seen": seen})
    assert Order.objects.get().total == soles("154.00")


def test_a_shawl_sold_meanwhile_is_said_and_what_she_wrote_is_kept(
    shop: Shop, client: Client
) -> None:
    shop.knit(shop.shawl)
    put_in(client, shop.shawl)
    put_in(client, shop.puppet)
    data = {**WRITTEN, **hidden(client)}
    shop.order((shop.shawl, 1))

    page = client.post("/en/checkout/", data)

    assert page.status_code == 200
    assert "“Shawl” has just been sold" in text(page)
    assert 'value="Ana Quispe"' in page.content.decode()
    line = CartLine.objects.get(variant=shop.shawl)
    page = client.post(f"/en/cart/{line.pk}/remove/", {"back": "checkout"}, follow=True)
    assert page.redirect_chain[-1][0] == "/en/checkout/"
    assert 'value="Ana Quispe"' in page.content.decode()
    assert Order.objects.count() == 1


def test_the_form_key_of_another_visitor_leads_nowhere(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)
    data = {**WRITTEN, **hidden(client)}
    client.post("/en/checkout/", data)
    other = Client()
    put_in(other, shop.puppet)

    other.post("/en/checkout/", {**data, "seen": hidden(other)["seen"]})

    assert Order.objects.count() == 2


def test_a_form_without_its_token_is_refused_kindly(shop: Shop) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/en/cart/add/", {"variant": shop.puppet.pk})

    assert answer.status_code == 403
    assert not Cart.objects.exists()


def test_the_checkout_of_an_empty_cart_leads_back(shop: Shop, client: Client) -> None:
    page = client.get("/en/checkout/", follow=True)

    assert page.redirect_chain[-1][0] == "/en/cart/"
    assert "Your cart is empty: there is nothing to order yet." in text(page)


# The order's page --------------------------------------------------------------------------
def test_the_order_page_says_what_is_ready_and_how_to_pay(shop: Shop, client: Client) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 3), (shop.chullo, 1))

    page = client.get(f"/en/order/{order.token}/")

    assert page.status_code == 200
    assert "1 set aside, 2 will be knitted" in text(page)
    assert "Still to pay" in text(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]


def test_no_maker_is_named_to_a_customer(shop: Shop, client: Client, mailoutbox: list) -> None:
    order = shop.pick_up_order((shop.chullo, 2))
    shop.finish(shop.work(order), 1)

    said = text(client.get(f"/en/order/{order.token}/"))

    assert "1 ready, 1 being knitted" in said
    assert "Rosa" not in said
    assert "T-01" not in said
    assert not any("Rosa" in mail.body or "T-01" in mail.body for mail in mailoutbox)


@pytest.mark.parametrize("path", ["paid", "shipped", "cancelled", "refunded", "fetched"])
def test_every_state_of_an_order_has_its_page(shop: Shop, client: Client, path: str) -> None:
    shop.knit(shop.puppet, 1)
    order = (
        shop.pick_up_order((shop.puppet, 1)) if path == "fetched" else shop.order((shop.puppet, 1))
    )
    if path != "cancelled":
        shop.pay(order)
    if path in {"shipped", "fetched"}:
        ship_order(order=order, actor=shop.president, carrier="Post", tracking="X-1")
    if path in {"cancelled", "refunded"}:
        cancel_order(order=order, actor=shop.treasurer, why="She asked.")
    says = {
        "paid": "Everything is ready and is being packed.",
        "shipped": "Tracking number: X-1",
        "cancelled": "This order is cancelled. Nothing was charged.",
        "refunded": "What you paid goes back the way it came.",
        "fetched": "Handed over on",
    }

    for language in ("en", "es"):
        page = client.get(f"/{language}/order/{order.token}/")
        assert page.status_code == 200
        if language == "en":
            assert says[path] in text(page)


def test_an_order_page_takes_as_many_queries_with_one_line_as_with_three(
    shop: Shop, client: Client
) -> None:
    hat = shop.variant("Hat", "stock", "9")
    orders = [
        shop.order((shop.puppet, 1)),
        shop.order((shop.puppet, 1), (shop.chullo, 1), (hat, 1)),
    ]
    client.get(f"/en/order/{orders[0].token}/")

    counts = []
    for order in orders:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/order/{order.token}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_whoever_guesses_links_has_to_wait(shop: Shop, client: Client) -> None:
    order = shop.order((shop.puppet, 1))
    for number in range(guesses.MOST_WRONG):
        assert client.get(f"/en/order/guess-{number}/").status_code == 404

    assert client.get("/en/order/guess-last/").status_code == 429
    assert client.get(f"/en/order/{order.token}/").status_code == 429
    elsewhere = client.get(f"/en/order/{order.token}/", REMOTE_ADDR="10.1.1.1")
    assert elsewhere.status_code == 200


def test_her_own_order_stays_open_whoever_guesses_beside_her(shop: Shop, client: Client) -> None:
    put_in(client, shop.puppet)
    send(client)
    for number in range(guesses.MOST_WRONG + 1):
        Client().get(f"/en/order/guess-{number}/")

    assert client.get(f"/en/order/{Order.objects.get().token}/").status_code == 200


def test_a_link_that_lost_a_piece_is_explained(shop: Shop, client: Client) -> None:
    page = client.get("/en/order/abc/")

    assert page.status_code == 404
    assert "There is no order behind this link." in text(page)


def test_addresses_keep_their_names() -> None:
    assert reverse("cart") == "/en/cart/"
    assert reverse("cart-add") == "/en/cart/add/"
    assert reverse("checkout") == "/en/checkout/"
    assert reverse("wholesale") == "/en/wholesale/"
