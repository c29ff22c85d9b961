"""The cart's pages: with forms alone, no script."""

import pytest
from django.test import Client

from orders.shop.models import CartLine
from tests.factories.shop import Shop
from tests.shop.pages import put_in, text


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

    page = client.post(f"/en/cart/{line.pk}/change/", {"quantity": "-2"}, follow=True)

    # By the cart's own address: going back asks nobody to send a form again.
    assert page.redirect_chain == [("/en/cart/", 302)]
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


def test_a_shawl_sold_meanwhile_is_not_to_be_taken_out_of_an_empty_cart(
    shop: Shop, client: Client
) -> None:
    page = put_in(client, shop.shawl)

    assert "“Shawl” has been sold meanwhile. Have a look at the other pieces." in text(page)
    assert "Nothing is in it yet" in text(page)
