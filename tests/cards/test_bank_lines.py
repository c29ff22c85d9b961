"""Each payout of Stripe is matched to its bank line and explained down to its orders."""

import html
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money
from wagtail.models import Site

from ledger import queries as books
from ledger.bank.errors import CannotBeChanged, RateTooFar
from ledger.bank.models import BankLine
from ledger.bank.queries.forwarded import explained
from ledger.bank.queries.proposing import Changed, propose
from ledger.bank.queries.suggesting import board
from ledger.bank.services import book_as_arrived, import_file, match_lines
from ledger.models import JournalEntry
from ledger.queries import account, entries
from orders.shop.card_queries import bank_lines_of
from orders.shop.models import Order, Payout, ShopSettings
from orders.shop.providers.stripe.payouts import record_forward, settle_payout
from orders.shop.services import cancel_order
from tests.bank.files import csv
from tests.factories.cards import CardShop
from tests.factories.shop import Shop, findings, soles

pytestmark = pytest.mark.django_db


def pay_out(cards: CardShop) -> Payout:
    return settle_payout(cards.fake.payout("pen"))


def tell(day, *rows: tuple[str, object]) -> None:
    """The bank tells of amounts that came in on a day."""
    told = [f"{day:%Y-%m-%d};{text};{amount.amount}" for text, amount in rows]
    data = csv(*told, head="Fecha;Detalle;Monto")
    import_file(data=data, name="m.csv", account=account("bank"), actor=None)


def test_a_payout_is_suggested_for_its_line_and_leads_to_its_orders(cards: CardShop):
    first, second = cards.paid_order((cards.puppet, 2)), cards.paid_order((cards.chullo, 1))
    payout = pay_out(cards)
    tell(payout.arrives_on, ("STRIPE PAYMENTS", payout.amount))

    [found] = board(account("bank")).suggestions

    assert {"key": "payout"} in found.reasons
    told = explained([found.sides[0].entry])[found.sides[0].entry.pk]
    assert [one.label.split(",")[0] for one in told.pieces] == [f"Order {first}", f"Order {second}"]
    assert sum((one.amount for one in told.pieces), soles("0")) == payout.amount
    assert told.is_whole
    match_lines(
        lines=found.lines, postings=[found.sides[0].posting], actor=cards.treasurer,
        how="suggested", reasons=found.reasons,
    )  # fmt: skip
    assert findings() == []


def test_two_payouts_of_a_day_that_the_bank_gathers_are_one_line(cards: CardShop):
    cards.paid_order((cards.puppet, 2))
    one = pay_out(cards)
    cards.paid_order((cards.chullo, 1))
    other = pay_out(cards)
    tell(one.arrives_on, ("STRIPE", one.amount + other.amount))

    [found] = board(account("bank")).suggestions

    assert [side.open for side in found.sides] == [one.amount, other.amount]


@pytest.fixture
def with_partner(cards: CardShop) -> CardShop:
    """A partner organisation holds the account."""
    site = Site.objects.get(is_default_site=True)
    ShopSettings.objects.update_or_create(site=site, defaults={"card_partner": "Manos Unidas"})
    return cards


def test_what_a_partner_sends_on_is_explained_down_to_the_orders(with_partner: CardShop):
    shop = with_partner
    first = shop.paid_order((shop.puppet, 2))
    one = pay_out(shop)
    second = shop.paid_order((shop.chullo, 1))
    other = pay_out(shop)
    part = one.amount + soles("10.00")
    record_forward(amount=part, reference="OP-77123", actor=shop.treasurer)
    entry = JournalEntry.objects.get(reference="partner:OP-77123")
    tell(entry.day + timedelta(days=1), ("TRANSF MANOS UNIDAS OP-77123", part))

    [found] = board(account("bank")).suggestions

    assert found.sides[0].entry == entry
    assert any(one["key"] == "reference" for one in found.reasons)
    told = explained([entries().get(pk=entry.pk)])[entry.pk]
    assert [(piece.amount, piece.note) for piece in told.pieces] == [
        (one.amount, ""),
        (soles("10.00"), "a part of it"),
    ]
    assert told.pieces[0].pieces[0].label.startswith(f"Order {first}")
    assert told.pieces[1].pieces[0].label.startswith(f"Order {second}")
    assert told.is_whole
    assert other.amount > soles("10.00")


def test_the_partners_own_statement_is_matched_with_the_payouts(with_partner: CardShop):
    with_partner.paid_order((with_partner.puppet, 2))
    payout = pay_out(with_partner)
    data = csv(
        f"{payout.arrives_on:%Y-%m-%d};STRIPE;{payout.amount.amount}", head="Fecha;Detalle;Monto"
    )
    import_file(data=data, name="m.csv", account=account("partner"), actor=None)

    [found] = board(account("partner")).suggestions

    assert {"key": "payout"} in found.reasons


def test_the_page_of_a_line_shows_the_orders(cards: CardShop):
    order = cards.paid_order((cards.puppet, 2))
    payout = pay_out(cards)
    tell(payout.arrives_on, ("STRIPE", payout.amount))
    [found] = board(account("bank")).suggestions
    match_lines(lines=found.lines, postings=[found.sides[0].posting], actor=cards.treasurer)
    line = BankLine.objects.get()
    number = line.mentions.get().statement.number
    client = Client(headers={"accept-language": "en"})
    client.force_login(cards.treasurer)

    told = client.get(reverse("bank_office:line", args=[number, line.pk])).content.decode()

    assert reverse("shop_office:order", args=[order.number]) in told
    assert reverse("shop_office:payout", args=[payout.pk]) in told
    back = client.get(reverse("shop_office:payout", args=[payout.pk])).content.decode()
    assert reverse("bank_office:line", args=[number, line.pk]) in back


def test_a_transfer_is_known_by_its_operation_number_and_by_who_sent_it(new_shop: Shop):
    order = new_shop.order((new_shop.puppet, 2))
    paid = new_shop.pay(order, reference="00104233")
    tell(paid.on, ("TRANSF 00104233 ROSALIA", order.total), ("OTRO", order.total))

    [found] = board(account("bank")).suggestions

    assert found.lines[0].text.startswith("TRANSF")
    assert any(one == {"key": "reference", "told": "104233"} for one in found.reasons)
    entry = found.sides[0].entry
    assert str(order) in explained([entry])[entry.pk].title


def test_what_is_given_back_by_hand_is_known_by_its_order(new_shop: Shop):
    order = new_shop.order((new_shop.puppet, 2))
    new_shop.pay(order)
    cancel_order(order=order, actor=new_shop.treasurer, why="She asked.")
    entry = JournalEntry.objects.get(kind=JournalEntry.Kind.REFUND)

    assert str(order) in explained([entry])[entry.pk].title


# The bank changes the money -----------------------------------------------------------------------
@pytest.fixture
def in_dollars(cards: CardShop) -> Payout:
    """Stripe paid out dollars; a dollar costs S/ 3.75."""
    cards.knit(cards.shawl)
    cards.paid_order((cards.shawl, 1), currency="USD")
    return settle_payout(cards.fake.payout("usd"))


def worth(payout: Payout) -> Money:
    """What a payout is worth in soles by the rate of the day on which it arrives."""
    return books.value_in_books(payout.amount, payout.arrives_on)


def test_a_payout_in_dollars_that_the_bank_changed_is_offered_with_its_rate(
    cards: CardShop, in_dollars: Payout
):
    tell(in_dollars.arrives_on, ("STRIPE PAYMENTS", worth(in_dollars) - soles("2.00")))

    [offer] = propose(board(account("bank")), cards.treasurer).values()

    assert isinstance(offer, Changed)
    assert (offer.side.open, offer.gain) == (in_dollars.amount, soles("-2.00"))
    assert {one["key"] for one in offer.reasons} >= {"changed", "counterparty", "payout"}


@pytest.mark.parametrize("more", ["-2.00", "3.00"])
def test_it_is_booked_as_it_came_with_the_gain_or_loss_of_the_exchange(
    cards: CardShop, in_dollars: Payout, more: str
):
    came = worth(in_dollars) + soles(more)
    before = {one: books.balance(account(one)) for one in ("exchange_gain", "exchange_loss")}
    tell(in_dollars.arrives_on, ("STRIPE PAYMENTS", came))
    [offer] = propose(board(account("bank")), cards.treasurer).values()

    match = book_as_arrived(
        line=offer.line, posting=offer.side.posting, actor=cards.treasurer, reasons=offer.reasons
    )

    assert books.balance(account("bank")) == came
    assert books.balance(account("bank", "USD")) == Money("0", "USD")
    assert books.balance(account("stripe", "USD")) == Money("0", "USD")
    role = "exchange_gain" if soles(more) > soles("0") else "exchange_loss"
    assert books.balance(account(role)) - before[role] == abs(soles(more))
    assert board(account("bank")).lines == []
    assert findings() == []
    # It is still explained down to its orders, and the payout's page leads to the line.
    entry = entries().get(pk=match.parts.get().posting.entry_id)
    assert entry.kind == "payout"
    assert explained([entry])[entry.pk].pieces
    assert bank_lines_of(in_dollars) == [offer.line]


def test_what_the_bank_gave_far_from_the_rate_is_neither_offered_nor_booked(
    cards: CardShop, in_dollars: Payout
):
    tell(in_dollars.arrives_on, ("STRIPE PAYMENTS", worth(in_dollars) * 2))
    before = JournalEntry.objects.count()
    posting = JournalEntry.objects.get(kind="payout").postings.get(side="debit")

    assert propose(board(account("bank")), cards.treasurer) == {}
    with pytest.raises(RateTooFar):
        book_as_arrived(line=BankLine.objects.get(), posting=posting, actor=cards.treasurer)

    assert JournalEntry.objects.count() == before


def test_without_a_name_only_an_amount_near_the_rate_is_offered(
    cards: CardShop, in_dollars: Payout
):
    tell(in_dollars.arrives_on, ("ABONO", worth(in_dollars) * Decimal("1.06")))

    assert propose(board(account("bank")), cards.treasurer) == {}


def test_what_is_changed_is_changed_once(cards: CardShop, in_dollars: Payout):
    came = worth(in_dollars)
    tell(in_dollars.arrives_on, ("STRIPE A", came), ("STRIPE B", came))
    first, second = BankLine.objects.order_by("pk")
    posting = JournalEntry.objects.get(kind="payout").postings.get(side="debit")
    book_as_arrived(line=first, posting=posting, actor=cards.treasurer)

    with pytest.raises(CannotBeChanged):
        book_as_arrived(line=second, posting=posting, actor=cards.treasurer)
    assert propose(board(account("bank")), cards.treasurer) == {}


def test_an_orders_payment_is_not_written_anew_behind_its_back(cards: CardShop):
    """What the shop recorded for an order in dollars is undone at the order."""
    order = Order.objects.create(
        number=1001, reference="t", method="transfer", customer_name="Ana",
        customer_email="a@example.org", currency="USD", total_minor=4000, placed_on=cards.day,
    )  # fmt: skip
    cards.pay(order)
    tell(cards.day, ("ABONO ANA", soles("150.00")))
    posting = JournalEntry.objects.get(kind="deposit_received").postings.get(side="debit")

    with pytest.raises(CannotBeChanged):
        book_as_arrived(line=BankLine.objects.get(), posting=posting, actor=cards.treasurer)


def test_one_press_books_what_the_bank_changed(cards: CardShop, in_dollars: Payout):
    tell(in_dollars.arrives_on, ("STRIPE PAYMENTS", worth(in_dollars)))
    cards.treasurer.language = "en"
    cards.treasurer.save()
    client = Client()
    client.force_login(cards.treasurer)
    [offer] = propose(board(account("bank")), cards.treasurer).values()
    assert "By the day's rate" in html.unescape(
        client.get(reverse("bank_office:statement", args=[1])).content.decode()
    )

    client.post(reverse("bank_office:accept", args=[1]), {"offer": offer.token})

    assert books.balance(account("bank")) == worth(in_dollars)
