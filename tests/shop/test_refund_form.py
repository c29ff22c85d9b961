"""The form for money back: what it offers, and what it refuses without losing a word."""

import pytest
from django.test import Client

from coop.people import roles
from orders.shop.models import Order, Refund
from orders.shop.office.refund_form import RefundForm
from orders.shop.services import request_refund, ship_order
from tests.factories.office import browser_of
from tests.factories.shop import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(new_shop: Shop) -> Shop:
    """A small shop."""
    return new_shop


def paid(shop: Shop, pieces: int = 3, *, is_shipped: bool = False) -> Order:
    """An order of puppets that lie in the store, paid, perhaps sent."""
    for _one in range(pieces):
        shop.knit(shop.puppet)
    order = shop.order((shop.puppet, pieces))
    shop.pay(order)
    order.refresh_from_db()
    if is_shipped:
        ship_order(order=order, actor=shop.president, carrier="Cruz", tracking="")
        order.refresh_from_db()
    return order


def page_of(client: Client, order: Order) -> str:
    return client.get(f"/office/shop/orders/{order.number}/").content.decode()


def test_before_it_is_sent_nothing_can_lie_in_the_store_again(shop: Shop) -> None:
    order = paid(shop)
    line = order.lines.get()

    fields = RefundForm(order).fields

    assert f"back_{line.pk}" in fields
    assert f"came_{line.pk}" not in fields


def test_once_it_is_sent_the_form_asks_what_came_back(shop: Shop) -> None:
    order = paid(shop, is_shipped=True)
    line = order.lines.get()

    page = page_of(browser_of(shop.treasurer), order)

    assert f'name="came_{line.pk}"' in page
    assert f'for="refund-came_{line.pk}"' in page


def test_each_count_has_its_label_and_nothing_is_chosen_for_her(shop: Shop) -> None:
    order = paid(shop)
    line = order.lines.get()

    page = page_of(browser_of(shop.treasurer), order)

    assert f'for="refund-back_{line.pk}"' in page
    form = RefundForm(order)
    assert form[f"back_{line.pk}"].value() == 0
    assert not form["goodwill"].value()


def test_the_shipping_is_offered_only_where_it_was_paid(shop: Shop) -> None:
    assert "with_shipping" in RefundForm(paid(shop)).fields
    picked_up = shop.ready_pick_up()
    assert "with_shipping" not in RefundForm(picked_up).fields


def test_what_was_paid_back_is_not_offered_again(shop: Shop) -> None:
    order = paid(shop, 1)
    line = order.lines.get()
    form = RefundForm(order, {f"back_{line.pk}": "1", "why": "A stain.", "form_key": KEY})
    assert form.is_valid(), form.errors
    request_refund(
        order=order, key="test:1", actor=shop.treasurer, why="A stain.", lines=form.back_lines
    )

    order.refresh_from_db()
    assert RefundForm(order).lines == []


@pytest.mark.parametrize("count", ["4", "-1", "x", "1.5"])
def test_a_count_that_cannot_be_is_said_and_the_reason_stays(shop: Shop, count: str) -> None:
    order = paid(shop)
    line = order.lines.get()
    client = browser_of(shop.treasurer)
    data = {f"back_{line.pk}": count, "why": "A stain on the ear.", "form_key": KEY}

    answer = client.post(f"/office/shop/orders/{order.number}/refund/", data)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "A stain on the ear." in page
    assert f'value="{count}"' in page
    assert not Refund.objects.exists()
    order.refresh_from_db()
    assert order.reduced_minor == 0


def test_only_the_treasurer_is_offered_the_form(shop: Shop) -> None:
    order = paid(shop)

    assert "refund-why" in page_of(browser_of(shop.treasurer), order)
    assert "refund-why" not in page_of(browser_of(shop.person("Sara", roles.SECRETARY)), order)
    assert "refund-why" not in page_of(browser_of(shop.auditor), order)


KEY = "8d3f0f4c-8b0f-4d2e-9f7c-2a5a3f3c1a10"
