"""What customers are told by e-mail: after the commit, in the order's language."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from catalog.models import Piece
from ledger.models import JournalEntry
from orders.shop.accounting import payment_reference
from orders.shop.models import Order, OrderMail, ReceivedPayment, ShopSettings
from orders.shop.notices import Notice, tell
from orders.shop.services import Customer, cancel_order, quietly, ship_order
from tests.factories.shop import Shop, days_ago


@pytest.fixture
def told(shop: Shop, django_capture_on_commit_callbacks):
    """Run something as if it were committed; what was mailed."""
    from wagtail.models import Site

    ShopSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "transfer_instructions_en": "Bank of Puno, 123-456.",
            "transfer_instructions_es": "Banco de Puno, 123-456.",
            "pick_up_address_es": "Plaza 1, Titilaca",
            "contact_email": "ask@example.org",
        },
    )

    def run(call):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call()
        return list(mail.outbox)

    return run


def test_nothing_is_sent_before_the_commit(shop: Shop) -> None:
    shop.order((shop.chullo, 1))

    assert mail.outbox == []


def test_what_is_rolled_back_is_never_told(shop: Shop, told) -> None:
    def order_in_vain() -> None:
        with transaction.atomic():
            shop.order((shop.chullo, 1))
            transaction.set_rollback(True)

    assert told(order_in_vain) == []
    assert not OrderMail.objects.exists()


def test_the_same_notice_told_twice_is_one_mail(shop: Shop, told) -> None:
    order = shop.order((shop.chullo, 1))

    def tell_twice() -> None:
        for _time in range(2):
            tell(order, Notice.CANCELLED)

    assert len(told(tell_twice)) == 1
    assert told(tell_twice) == []


def test_one_payment_recorded_twice_is_one_entry_and_one_mail(shop: Shop, told) -> None:
    order = shop.order((shop.chullo, 1))

    def pay_twice() -> None:
        for _time in range(2):
            shop.pay(order, "100.00", reference="OP-1")

    assert len(told(pay_twice)) == 1
    (payment,) = ReceivedPayment.objects.all()
    assert JournalEntry.objects.filter(reference=payment_reference(payment)).count() == 1
    assert len(told(lambda: shop.pay(order, "10.00", reference="OP-2"))) == 1
    assert order.mails.filter(notice=Notice.PAID, status="sent").count() == 2


def test_an_order_is_acknowledged_with_how_to_pay(shop: Shop, told) -> None:
    (message,) = told(lambda: shop.order((shop.chullo, 2)))

    order = Order.objects.get()
    assert message.subject == "Your order #1"
    assert (message.to, message.reply_to) == (["ana@example.org"], ["ask@example.org"])
    assert "2 × Chullo: S/\u00a0256.00" in message.body
    assert "Please send S/\u00a0270.00 by bank transfer." in message.body
    assert "Bank of Puno, 123-456." in message.body
    assert f"/en/order/{order.token}/" in message.body
    assert "<" not in message.body


def test_each_order_is_answered_in_its_own_language(shop: Shop, told) -> None:
    (message,) = told(lambda: shop.order((shop.chullo, 1), language="es"))

    assert "Banco de Puno, 123-456." in message.body
    assert "/es/order/" in message.body


def test_what_a_customer_types_never_reaches_a_header(shop: Shop, told) -> None:
    wicked = Customer(
        name="Ana\nBcc: all@example.org", email="ana@example.org", address="Puno <b>1</b> & Co"
    )

    (message,) = told(lambda: shop.order((shop.chullo, 1), customer=wicked))

    sent = message.message()
    assert message.recipients() == ["ana@example.org"]
    assert sent["Bcc"] is None
    assert "Ana" not in sent["Subject"]


def test_a_payment_is_acknowledged_with_what_is_open(shop: Shop, told) -> None:
    order = shop.order((shop.chullo, 1))

    (message,) = told(lambda: shop.pay(order, "100.00"))
    assert message.subject == "Payment received for order #1"
    assert "S/\u00a042.00 are still open." in message.body

    (message,) = told(lambda: shop.pay(order))
    assert "All is paid, thank you. It is being knitted for you" in message.body


def test_who_picks_up_is_told_when_it_is_ready(shop: Shop, told) -> None:
    order = shop.pick_up_order((shop.chullo, 1))

    (message,) = told(lambda: shop.finish(shop.work(order)))

    assert message.subject == "Order #1 is ready to be picked up"
    assert "Plaza 1, Titilaca" in message.body
    assert "You pay S/\u00a0128.00 when you pick it up." in message.body


def test_a_parcel_is_announced(shop: Shop, told) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 1))
    shop.pay(order)

    (message,) = told(
        lambda: ship_order(order=order, actor=shop.president, carrier="Post", tracking="T-1")
    )

    assert message.subject == "Order #1 is on its way"
    assert "Tracking number: T-1" in message.body


def test_a_cancellation_says_why_and_what_happens_with_the_money(shop: Shop, told) -> None:
    order = shop.order((shop.chullo, 1))
    shop.pay(order, "100.00")

    (message,) = told(
        lambda: cancel_order(order=order, actor=shop.treasurer, why="You asked us to.")
    )

    assert message.subject == "Order #1 is cancelled"
    assert "You asked us to." in message.body
    assert "What you paid goes back the way it came." in message.body


def test_history_is_written_quietly(shop: Shop, told) -> None:
    def write() -> None:
        with quietly():
            shop.order((shop.chullo, 1))

    assert told(write) == []
    assert not OrderMail.objects.exists()


def test_a_buyer_without_an_address_is_not_written_to(shop: Shop, told) -> None:
    hotel = shop.buyer()
    hotel.user.email = None
    hotel.user.save()

    from orders.shop.services import Wanted, order_for_buyer

    def order() -> None:
        order_for_buyer(
            buyer=hotel, wanted=[Wanted(shop.puppet, 5, 1200)], reference="h:1", actor=None
        )

    assert told(order) == []


def test_the_command_lets_unpaid_orders_go(shop: Shop, told, capsys) -> None:
    shop.knit(shop.shawl)
    shop.order((shop.shawl, 1), on=days_ago(30))

    (message,) = told(lambda: call_command("release_unpaid"))

    assert "Order #1: cancelled, not paid in time." in capsys.readouterr().out
    assert "It was not paid in time." in message.body
    assert "Nothing was charged." in message.body
    assert Piece.objects.free().count() == 1
