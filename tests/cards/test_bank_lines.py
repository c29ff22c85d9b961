"""Each payout of Stripe is matched to its bank line and explained down to its orders."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from ledger.bank.models import BankLine
from ledger.bank.queries.forwarded import explained
from ledger.bank.queries.suggesting import board
from ledger.bank.services import import_file, match_lines
from ledger.models import JournalEntry
from ledger.queries import account, entries
from orders.shop.models import Payout, ShopSettings
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
