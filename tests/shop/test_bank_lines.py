"""A transfer for an order is recorded from the bank's line: paid, confirmed and matched at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from ledger import queries as books
from ledger.bank.errors import AlreadyMatched, MayNotRecord, NotAwaited
from ledger.bank.models import BankLine, Match
from ledger.bank.queries.proposing import Receipt, propose
from ledger.bank.queries.suggesting import board
from ledger.bank.remarks import say_all
from ledger.bank.services import import_file, record_awaited, undo_match
from ledger.models import JournalEntry
from ledger.services import open_currency, record_rate
from orders.shop.errors import OperationTaken
from orders.shop.models import Order, PaymentClaim, ReceivedPayment
from orders.shop.services import Wanted, cancel_order, order_for_buyer, ship_order
from tests.bank.files import csv
from tests.factories.shop import ANA, Shop, findings, soles

pytestmark = pytest.mark.django_db
Status = Order.Status


def tell(day: date, *rows: tuple[str, object, str]) -> list[BankLine]:
    """The bank tells of money that came in on a day: text, amount, operation."""
    told = [f"{day:%Y-%m-%d};{text};{amount};{number}" for text, amount, number in rows]
    data = csv(*told, head="Fecha;Detalle;Monto;Referencia")
    import_file(data=data, name="m.csv", account=books.account("bank"), actor=None)
    return list(BankLine.objects.order_by("pk"))


def offered(shop: Shop) -> list[Receipt]:
    """What the bank's page offers the treasurer to record."""
    found = propose(board(books.account("bank")), shop.treasurer)
    return [one for one in found.values() if isinstance(one, Receipt)]


def signed_in(shop: Shop) -> Client:
    """The treasurer at her desk, in English."""
    shop.treasurer.language = "en"
    shop.treasurer.save()
    client = Client()
    client.force_login(shop.treasurer)
    return client


def counts() -> tuple[int, int, int]:
    return ReceivedPayment.objects.count(), JournalEntry.objects.count(), Match.objects.count()


def test_an_order_is_known_by_its_number_and_recorded_from_its_line(shop: Shop):
    order = shop.order((shop.puppet, 2))
    [line] = tell(shop.day, (f"TRANSF PEDIDO {order.number}", order.total.amount, "00771"))

    [offer] = offered(shop)
    match = record_awaited(
        line=line, key=offer.awaited.key, pays=offer.pays, actor=shop.treasurer,
        reasons=offer.reasons,
    )  # fmt: skip

    assert say_all(offer.reasons) == ["same amount", f"order {order.number} is named"]
    order.refresh_from_db()
    assert (order.status, order.outstanding) == (Status.CONFIRMED, soles("0"))
    payment = order.payments.get()
    assert (payment.reference, payment.on, payment.method) == ("00771", shop.day, "transfer")
    entry = match.parts.get().posting.entry
    assert (entry.kind, entry.memo) == ("deposit_received", f"#{order.number}")
    assert board(books.account("bank")).lines == []
    assert findings() == []


def test_who_paid_and_an_equal_amount_are_enough(shop: Shop):
    order = shop.order((shop.puppet, 2))
    shop.order((shop.chullo, 1))
    tell(shop.day, ("TRANSF QUISPE ANA", order.total.amount, ""))

    [offer] = offered(shop)

    assert offer.awaited.key == f"order:{order.pk}"
    assert "Quispe Ana is named on both" in say_all(offer.reasons)


def test_the_operation_that_a_customer_named_is_the_surest(shop: Shop):
    other, meant = shop.order((shop.puppet, 2)), shop.order((shop.puppet, 2))
    PaymentClaim.objects.create(order=meant, operation="0055123")
    tell(shop.day, ("ABONO", meant.total.amount, "55123"))

    [offer] = offered(shop)

    assert offer.awaited.key == f"order:{meant.pk}" != f"order:{other.pk}"
    assert "the customer named operation 55123" in say_all(offer.reasons)


def test_two_orders_of_an_amount_are_not_guessed_at(shop: Shop):
    shop.order((shop.puppet, 2))
    order = shop.order((shop.puppet, 2))
    tell(shop.day, ("ABONO", order.total.amount, ""))

    assert offered(shop) == []


def test_two_lines_of_an_amount_are_not_guessed_at(shop: Shop):
    order = shop.order((shop.puppet, 2))
    tell(shop.day, ("ABONO A", order.total.amount, ""), ("ABONO B", order.total.amount, ""))

    assert offered(shop) == []


@pytest.mark.parametrize(("more", "days"), [("0.01", 0), ("-0.01", 0), ("0", 1), ("0", -31)])
def test_a_near_miss_is_not_offered(shop: Shop, more: str, days: int):
    """A céntimo more or less, a day before it was ordered, or long after, without a name."""
    order = shop.order((shop.puppet, 2), on=shop.day + timedelta(days=days))
    tell(shop.day, ("ABONO", (order.total + soles(more)).amount, ""))

    assert offered(shop) == []


def test_a_part_is_offered_only_with_the_orders_number(shop: Shop):
    order = shop.order((shop.chullo, 1))
    first, _second = tell(shop.day, (f"ORDEN #{order.number}", "50.00", ""), ("ANA", "30.00", ""))

    [offer] = offered(shop)
    record_awaited(line=first, key=offer.awaited.key, actor=shop.treasurer)

    assert (offer.line, offer.is_part) == (first, True)
    order.refresh_from_db()
    assert (order.status, order.paid) == (Status.PLACED, soles("50.00"))


def test_a_hotel_pays_what_it_owes_after_its_pieces_left(shop: Shop):
    buyer = shop.buyer("Hotel Titilaca")
    shop.knit(shop.puppet, 3)
    order = order_for_buyer(
        buyer=buyer,
        wanted=[Wanted(shop.puppet, 3, 1200)],
        reference="list:1",
        actor=shop.president,
    )
    ship_order(order=order, actor=shop.president)
    [line] = tell(shop.day, ("TITILACA HOTEL SAC", order.total.amount, "9911"))

    [offer] = offered(shop)
    match = record_awaited(line=line, key=offer.awaited.key, actor=shop.treasurer)

    assert match.parts.get().posting.entry.kind == "receivable_settled"
    assert books.balance(books.account("receivable")) == soles("0")


def test_what_the_order_refuses_leaves_nothing(shop: Shop):
    first, second = shop.order((shop.puppet, 2)), shop.order((shop.puppet, 2))
    shop.pay(first, reference="00771")
    [line] = tell(shop.day, ("ABONO", second.total.amount, "00771"))
    before = counts()

    with pytest.raises(OperationTaken):
        record_awaited(line=line, key=f"order:{second.pk}", actor=shop.treasurer)

    assert counts() == before
    second.refresh_from_db()
    assert second.paid == soles("0")


def test_only_who_may_record_payments_is_offered_them_and_records_them(shop: Shop):
    order = shop.order((shop.puppet, 2))
    [line] = tell(shop.day, (f"PEDIDO {order.number}", order.total.amount, ""))

    assert propose(board(books.account("bank")), shop.auditor) == {}
    with pytest.raises(MayNotRecord):
        record_awaited(line=line, key=f"order:{order.pk}", actor=shop.auditor)


@pytest.mark.parametrize("key", ["order:999999", "order:x", "other:1", ""])
def test_money_for_which_nobody_waits_is_not_recorded(shop: Shop, key: str):
    [line] = tell(shop.day, ("ABONO", "5.00", ""))
    before = counts()

    with pytest.raises(NotAwaited):
        record_awaited(line=line, key=key, actor=shop.treasurer)

    assert counts() == before


def test_pressed_twice_it_is_recorded_once(shop: Shop):
    order = shop.order((shop.puppet, 2))
    [line] = tell(shop.day, (f"PEDIDO {order.number}", order.total.amount, ""))
    record_awaited(line=line, key=f"order:{order.pk}", actor=shop.treasurer)

    with pytest.raises(AlreadyMatched):
        record_awaited(line=line, key=f"order:{order.pk}", actor=shop.treasurer)

    assert counts() == (1, 1, 1)


def test_a_cancelled_order_waits_for_nothing(shop: Shop):
    order = shop.order((shop.puppet, 2))
    cancel_order(order=order, actor=shop.president, why="She asked.")
    tell(shop.day, (f"PEDIDO {order.number}", order.total.amount, ""))

    assert offered(shop) == []


def test_one_press_records_it_and_undoing_says_that_the_order_stays_paid(shop: Shop):
    order = shop.order((shop.puppet, 2))
    tell(shop.day, (f"PEDIDO {order.number}", order.total.amount, ""))
    client = signed_in(shop)
    [offer] = offered(shop)
    shown = client.get(reverse("bank_office:statement", args=[1])).content.decode()
    assert "Record it" in shown
    assert f"Order {order} of {ANA.name}" in shown

    client.post(reverse("bank_office:accept", args=[1]), {"offer": offer.token})
    match = Match.objects.get()
    undone = client.post(reverse("bank_office:undo", args=[1, match.number]), follow=True)

    told = undone.content.decode()
    assert "What was written stays in the books: <a href=" in told
    assert f">Order {order} of {ANA.name}</a>. If that is wrong" in told
    order.refresh_from_db()
    assert order.outstanding == soles("0")
    # And it is suggested for its line again.
    [again] = board(books.account("bank")).suggestions
    assert again.sides[0].posting == match.parts.get().posting
    assert findings() == []


def test_the_lines_own_page_records_any_order_that_waits(shop: Shop):
    order = shop.order((shop.chullo, 1))
    [line] = tell(shop.day, ("ABONO", "20.00", ""))
    client = signed_in(shop)
    page = reverse("bank_office:line", args=[1, line.pk])
    assert f"Order {order} of" in client.get(page).content.decode()

    answer = client.post(
        reverse("bank_office:receive", args=[1, line.pk]),
        {"key": f"order:{order.pk}", "receive_on": f"{shop.day:%Y-%m-%d}"},
    )

    assert answer["Location"] == reverse("bank_office:statement", args=[1])
    order.refresh_from_db()
    assert order.paid == soles("20.00")
    assert order.payments.get().operation == ""


def test_more_than_is_open_is_refused_on_the_page_and_nothing_is_written(shop: Shop):
    order = shop.order((shop.puppet, 1))
    [line] = tell(shop.day, ("ABONO", "900.00", ""))
    client = signed_in(shop)
    before = counts()

    told = client.post(
        reverse("bank_office:receive", args=[1, line.pk]),
        {"key": f"order:{order.pk}", "receive_on": f"{shop.day:%Y-%m-%d}"},
    ).content.decode()

    assert str(order) in told
    assert "Record at most that" in told
    assert counts() == before


# In another currency ------------------------------------------------------------------------------
@pytest.fixture
def dollar_order(shop: Shop) -> Order:
    """An order of US$ 40.00 that waits for a transfer; a dollar costs S/ 3.75."""
    open_currency(currency="USD")
    record_rate(currency="USD", day=shop.day, rate=Decimal("3.75"), actor=shop.treasurer)
    return Order.objects.create(
        number=1001,
        reference="test:dollars",
        method=Order.Method.TRANSFER,
        customer_name=ANA.name,
        customer_email=ANA.email,
        currency="USD",
        total_minor=4000,
        placed_on=shop.day,
    )


def test_what_the_bank_changed_pays_the_order_whole_and_books_the_difference(
    shop: Shop, dollar_order: Order
):
    """US$ 40.00 are worth S/ 150.00 that day; the bank gave S/ 148.00."""
    [line] = tell(shop.day, (f"PEDIDO {dollar_order.number}", "148.00", "777"))

    [offer] = offered(shop)
    record_awaited(
        line=line, key=offer.awaited.key, pays=offer.pays, actor=shop.treasurer,
        reasons=offer.reasons,
    )  # fmt: skip

    assert say_all(offer.reasons)[0] == "near the day's rate"
    dollar_order.refresh_from_db()
    assert dollar_order.outstanding == Money("0", "USD")
    assert books.balance(books.account("bank")) == soles("148.00")
    assert books.balance(books.account("customer_deposits", "USD")) == Money("40.00", "USD")
    assert books.balance(books.account("exchange_loss")) == soles("2.00")
    assert board(books.account("bank")).lines == []


def test_what_came_changed_goes_back_from_where_it_lies(shop: Shop, dollar_order: Order):
    [line] = tell(shop.day, (f"PEDIDO {dollar_order.number}", "151.00", "777"))
    record_awaited(line=line, key=f"order:{dollar_order.pk}", actor=shop.treasurer)
    dollar_order.refresh_from_db()

    cancel_order(order=dollar_order, actor=shop.treasurer, why="She asked.")

    assert books.balance(books.account("customer_deposits", "USD")) == Money("0", "USD")
    assert books.balance(books.account("bank")) == soles("1.00")
    assert books.balance(books.account("exchange_gain")) == soles("1.00")


def test_an_amount_far_from_the_rate_is_not_offered(shop: Shop, dollar_order: Order):
    tell(shop.day, (f"PEDIDO {dollar_order.number}", "120.00", "777"))

    assert offered(shop) == []


def test_undoing_the_match_leaves_the_payment(shop: Shop):
    order = shop.order((shop.puppet, 2))
    [line] = tell(shop.day, (f"PEDIDO {order.number}", order.total.amount, ""))
    match = record_awaited(line=line, key=f"order:{order.pk}", actor=shop.treasurer)

    undo_match(match=match, actor=shop.treasurer)

    order.refresh_from_db()
    assert order.outstanding == soles("0")
    assert [one.pk for one in board(books.account("bank")).lines] == [line.pk]
