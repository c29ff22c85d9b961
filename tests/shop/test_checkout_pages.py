"""The pages of a visitor who buys: cart, checkout, order."""

import re

import pytest
from django.test import Client

from catalog.services import change_price
from orders.shop.models import Cart, CartLine, Order
from tests.factories.shop import Shop, soles
from tests.shop.pages import WRITTEN, hidden, put_in, send, text


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

    page = client.post("/en/checkout/", {}, follow=True)

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

    page = client.post("/en/checkout/", data, follow=True)

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

    page = client.post("/en/checkout/", data, follow=True)

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


def test_going_back_after_a_mistake_finds_a_page_and_no_form_to_send_again(
    shop: Shop, client: Client
) -> None:
    put_in(client, shop.chullo)

    sent = client.post("/en/checkout/", {**WRITTEN, **hidden(client), "email": "ana"})
    told, later = (client.get("/en/checkout/") for _time in range(2))

    assert (sent.status_code, sent.url) == (302, "/en/checkout/")
    assert "This does not look like an e-mail address" in text(told)
    assert "This does not look like an e-mail address" not in text(later)
    assert 'value="Ana Quispe"' in later.content.decode()


def test_the_first_field_to_change_has_the_focus(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)

    mail, way = (send(client, **wrong) for wrong in ({"email": "ana"}, {"method": "terms"}))

    assert re.search(r'name="email"[^>]* autofocus', mail.content.decode())
    assert re.search(r'name="method"[^>]* autofocus', way.content.decode())
    assert "autofocus" not in client.get("/en/checkout/").content.decode()


def test_a_text_that_is_too_long_is_refused_as_the_house_speaks(shop: Shop, client: Client) -> None:
    put_in(client, shop.chullo)
    sent = {**WRITTEN, **hidden(client), "name": "A" * 121, "note": "A" * 501}

    said = text(client.post("/es/checkout/", sent, follow=True))

    assert said.count("Es demasiado largo") == 2
    assert "Asegúrese" not in said
