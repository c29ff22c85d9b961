"""The page of an order, by its secret link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from catalog.lead_time import lead_time
from coop.kit.days import next_month, today
from coop.quotas.services import hold_hours, offer_hours
from orders.shop import guesses
from orders.shop.models import Order
from orders.shop.services import cancel_order, order_for_buyer, ship_order
from orders.shop.values import Wanted
from tests.factories.shop import Shop
from tests.shop.pages import put_in, send, text


# The order's page --------------------------------------------------------------------------
def test_the_order_page_says_what_is_ready_and_how_to_pay(shop: Shop, client: Client) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 3), (shop.chullo, 1))

    page = client.get(f"/en/order/{order.token}/")

    assert page.status_code == 200
    assert "1 set aside, 2 will be knitted" in text(page)
    assert "Still to pay" in text(page)
    assert page.headers["Referrer-Policy"] == "same-origin"
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


def test_an_order_not_paid_yet_says_when_it_came_and_how_long_it_takes(
    shop: Shop, client: Client
) -> None:
    shop.knit(shop.puppet)
    knitted, ready = shop.order((shop.chullo, 1)), shop.order((shop.puppet, 1))
    days = lead_time().days_for(shop.chullo.design)

    said = text(client.get(f"/en/order/{knitted.token}/"))

    assert f"Ordered on {date_format(shop.day)}." in said
    assert f"is knitted in about {days} days, counted from your payment." in said
    assert "counted from your payment" not in text(client.get(f"/en/order/{ready.token}/"))


def test_hours_held_while_she_pays_count_as_hers(shop: Shop, client: Client) -> None:
    month = next_month(shop.day)
    offer_hours(member=shop.knitter, month=month, minutes=29_000, actor=shop.president)
    order = shop.order((shop.chullo, 99))
    hold_hours(reference=order.lines.get().key, minutes=50_000, on=shop.day)

    in_days = (next_month(month) - timedelta(days=1) - shop.day).days

    said = text(client.get(f"/en/order/{order.token}/"))
    assert f"in about {in_days} days, counted from your payment" in said


def test_on_paper_its_address_and_the_day_stand_with_it(shop: Shop, client: Client) -> None:
    order = shop.order((shop.chullo, 1))

    said = text(client.get(f"/en/order/{order.token}/"))

    assert f"http://testserver/en/order/{order.token}/" in said
    assert f"As it stood on {date_format(today())}." in said


def test_a_buyer_named_in_her_address_is_named_once(shop: Shop, client: Client) -> None:
    hotel = shop.buyer()
    hotel.address = f"{hotel.name}\nPlaza 1\nPuno"
    wanted = [Wanted(shop.puppet, 1, 1200)]

    named, other = (
        order_for_buyer(buyer=buyer, wanted=wanted, reference=f"t:{buyer.pk}", actor=hotel.user)
        for buyer in (hotel, shop.buyer("Museum"))
    )

    assert named.send_to == ["Hotel", "Plaza 1", "Puno"]
    assert other.send_to == ["Museum", "Plaza 1, Puno"]
