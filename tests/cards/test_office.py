"""Cards in the office: money back, where it is, and what is stuck."""

import pytest
from django.test import Client
from wagtail.models import Site

from orders.shop.models import Order, Payout, ProviderEvent, Refund, ShopSettings
from orders.shop.providers.stripe.disputes import settle_dispute
from orders.shop.providers.stripe.payouts import settle_payout
from orders.shop.services import ship_order
from tests.factories.cards import CardShop
from tests.factories.office import BACKEND
from tests.factories.shop import balance, findings, soles
from tests.shop.pages import text

CARDS = "/office/shop/cards/"


@pytest.fixture
def treasurer(cards: CardShop, client: Client) -> Client:
    """The treasurer at her desk."""
    client.force_login(cards.treasurer, backend=BACKEND)
    return client


def refund_data(client: Client, order: Order, **changes: str) -> dict[str, str]:
    """What stands in the refund form, changed."""
    form = client.get(f"/office/shop/orders/{order.number}/").context["refund_form"]
    data = {name: str(form[name].value() or "") for name in form.fields}
    return {**data, "why": "A stain.", **changes}


def test_a_refund_by_line_from_the_office(
    cards: CardShop, treasurer: Client, django_capture_on_commit_callbacks
) -> None:
    order = cards.paid_order((cards.puppet, 3))
    line = order.lines.get()
    data = refund_data(treasurer, order, **{f"back_{line.pk}": "2"})

    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            treasurer.post(f"/office/shop/orders/{order.number}/refund/", data)

    refund = Refund.objects.get()
    assert (refund.amount, refund.status) == (soles("36.00"), "done")
    page = text(treasurer.get(f"/office/shop/orders/{order.number}/"))
    assert "36.00" in page
    assert findings() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"goodwill": "999"}, "can go back"),
        ({"goodwill": "-1"}, "0"),
        ({"goodwill": "abc"}, ""),
        ({"why": "", "goodwill": "1"}, ""),
        ({}, ""),
    ],
)
def test_a_refund_that_cannot_be_is_refused_beside_its_field(
    cards: CardShop, treasurer: Client, changes: dict[str, str], sentence: str
) -> None:
    order = cards.paid_order((cards.puppet, 3))

    page = treasurer.post(
        f"/office/shop/orders/{order.number}/refund/",
        refund_data(treasurer, order, **changes),
    )

    assert page.status_code == 200
    assert page.context["refund_form"].errors
    assert not Refund.objects.exists()


def test_only_who_records_money_gives_it_back(cards: CardShop, client: Client) -> None:
    order = cards.paid_order((cards.puppet, 3))
    client.force_login(cards.president, backend=BACKEND)

    assert client.post(f"/office/shop/orders/{order.number}/refund/", {}).status_code in {302, 403}
    assert not Refund.objects.exists()


def test_what_came_back_after_shipping_is_counted(
    cards: CardShop, treasurer: Client, django_capture_on_commit_callbacks
) -> None:
    cards.knit(cards.puppet, 2)
    order = cards.paid_order((cards.puppet, 2))
    ship_order(order=order, actor=cards.president)
    line = order.lines.get()
    data = refund_data(treasurer, order, **{f"back_{line.pk}": "1", f"came_{line.pk}": "1"})

    with django_capture_on_commit_callbacks(execute=True):
        treasurer.post(f"/office/shop/orders/{order.number}/refund/", data)

    line.refresh_from_db()
    assert line.returned == 1
    assert Refund.objects.get().credit_note == 1
    assert findings() == []


def test_the_page_of_cards_says_where_the_money_is(cards: CardShop, treasurer: Client) -> None:
    first = cards.paid_order((cards.puppet, 3))
    payout = settle_payout(cards.fake.payout())
    second = cards.paid_order((cards.chullo, 1))
    settle_dispute(cards.fake.dispute(cards.payment(second).reference))
    ProviderEvent.objects.create(
        event_id="evt_1",
        kind="charge.updated",
        object_kind="charge",
        object_id="ch_1",
        attempts=3,
        problem="Not yet.",
    )

    page = text(treasurer.get(CARDS))
    detail = text(treasurer.get(f"{CARDS}payouts/{payout.pk}/"))

    assert "Not yet." in page
    assert f"#{second.number}" in page
    assert f"#{first.number}" in detail
    assert Payout.objects.get().is_explained


def test_what_the_partner_forwards_is_recorded(cards: CardShop, treasurer: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    ShopSettings.objects.update_or_create(site=site, defaults={"card_partner": "Manos Unidas"})
    cards.paid_order((cards.puppet, 3))
    settle_payout(cards.fake.payout())
    data = {"amount": "20.00", "reference": "OP-7", "on": cards.day.isoformat()}

    refused = treasurer.post(f"{CARDS}forward/", {**data, "amount": "9999"})
    for _time in range(2):
        treasurer.post(f"{CARDS}forward/", data)

    assert refused.context["form"].errors
    assert balance("bank") == soles("20.00")
    assert findings() == []


def test_cancelling_closes_the_card_page_first(cards: CardShop, treasurer: Client) -> None:
    order = cards.on_the_page((cards.puppet, 3))

    treasurer.post(f"/office/shop/orders/{order.number}/cancel/", {"why": "She called."})

    order.refresh_from_db()
    assert order.status == Order.Status.EXPIRED
    assert cards.pay_page(order) == "expired"


def test_cancelling_what_was_paid_in_this_moment_is_refused(
    cards: CardShop, treasurer: Client
) -> None:
    order = cards.on_the_page((cards.puppet, 3))
    cards.pay_page(order)

    page = treasurer.post(f"/office/shop/orders/{order.number}/cancel/", {"why": "She called."})

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert page.status_code == 200
    assert findings() == []
