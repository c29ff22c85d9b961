"""Money that needs no signatures goes its own way only: the words and the database agree."""

from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.errors import (
    DifferenceAlone,
    LedgerError,
    MoneyNeedsPayment,
    OnlyExpenses,
    OnlyOwnMoney,
    WrongSource,
    WrongTarget,
)
from ledger.models import Account, JournalEntry, Payment
from ledger.services import reverse_entry
from ledger.ways import WAYS
from tests.factories.ledger import DAY, Books
from tests.ledger.raw import RawEntry, pair, refused_seal

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
MONEY = ("cash", "bank", "wallet", "stripe", "partner")

#: What is taken without signatures, and by what kind: every way that there is.
TAKEN = {
    "refund": {"cash", "bank", "wallet", "stripe"},
    "fee": {"stripe"},
    "dispute": {"stripe"},
    "payout": {"stripe"},
    "exchange": {"stripe", "partner"},
    "bank_charge": {"bank", "wallet"},
    "cash_counted": {"cash"},
    "transfer": {"cash", "bank", "wallet", "partner"},
}
EXPENSES = {"transport", "shipping_cost", "rent", "payment_fees", "bank_charges", "losses",
            "coordination_cost", "wool_wasted", "cost_of_sales", "exchange_loss", "cash_short",
            "materials", "utilities", "communication", "meals", "training", "repairs",
            "advertising", "paperwork", "gifts", "other_expenses"}  # fmt: skip
INCOME = {"cash_over", "sales", "shipping_charged", "sales_returned", "exchange_gain",
          "grant_income", "dues", "donations", "interest"}  # fmt: skip
BROUGHT = {
    "refund": {"customer_deposits", "receivable", "disputed", "exchange", "exchange_loss"} | INCOME,
    "fee": {"exchange"} | EXPENSES,
    "dispute": {"disputed", "exchange", "exchange_loss"},
    "payout": {"bank", "partner", "exchange", "exchange_loss"},
    "exchange": {"exchange", "exchange_loss", *MONEY},
    "bank_charge": EXPENSES,
    "cash_counted": {"cash_short"},
    "transfer": set(MONEY),
}


def test_every_kind_without_signatures_has_its_way():
    """Whoever adds a kind that is paid by two takes none of these."""
    assert set(TAKEN) == set(BROUGHT) == set(WAYS)
    assert not set(Payment.KINDS) & set(WAYS)


def allowed(kind: str, debited: str, credited: str) -> bool:
    """Whether money goes that way, by the tables above; a count only where two counted."""
    return kind != "cash_counted" and credited in TAKEN.get(kind, ()) and debited in BROUGHT[kind]


def differs_alone(debited: str) -> bool:
    return debited in {"exchange_gain", "exchange_loss"}


def said_by_words(books: Books, kind: str, debited: str, credited: str) -> bool:
    try:
        with transaction.atomic():
            books.post(debited, credited, "5", kind=kind)
            transaction.set_rollback(True)
    except LedgerError:
        return False
    return True


def said_by_database(books: Books, kind: str, debited: str, credited: str) -> bool:
    try:
        with transaction.atomic():
            pair(books, debited, credited, kind=kind).seal()
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("kind", [one for one in Kind.values if one != Kind.REVERSAL])
def test_money_leaves_by_its_ways_and_no_other(books: Books, kind: str):
    """Each place that money may be taken from with each account that may be debited."""
    books.put_in_cash("100")
    roles = [one for one in Account.Role.values if one != "members_payable"]
    usual = {"fee": "payment_fees", "bank_charge": "bank_charges", "dispute": "disputed"}
    debited = usual.get(
        kind, "bank" if kind in {"payout", "transfer", "exchange"} else "receivable"
    )
    source = next((one for one in MONEY if one in TAKEN.get(kind, ())), "cash")
    pairs = [(debited, one) for one in MONEY] + [(one, source) for one in roles]
    for to, out_of in pairs:
        if to == out_of:
            continue
        right = allowed(kind, to, out_of) and not differs_alone(to)
        assert said_by_words(books, kind, to, out_of) is right, (kind, to, out_of)
        assert said_by_database(books, kind, to, out_of) is right, (kind, to, out_of)


@pytest.mark.parametrize(
    ("kind", "debited", "credited", "refusal"),
    [
        (Kind.FEE, "payment_fees", "bank", WrongSource),
        (Kind.FEE, "customer_deposits", "stripe", OnlyExpenses),
        (Kind.DISPUTE, "disputed", "bank", WrongSource),
        (Kind.DISPUTE, "losses", "stripe", WrongTarget),
        (Kind.PAYOUT, "bank", "partner", WrongSource),
        (Kind.PAYOUT, "cash", "stripe", WrongTarget),
        (Kind.EXCHANGE, "stripe", "bank", WrongSource),
        (Kind.EXCHANGE, "rent", "stripe", WrongTarget),
        (Kind.REFUND, "customer_deposits", "partner", WrongSource),
        (Kind.REFUND, "supplier", "bank", WrongTarget),
        (Kind.BANK_CHARGE, "bank_charges", "partner", WrongSource),
        (Kind.BANK_CHARGE, "transport", "cash", WrongSource),
        (Kind.TRANSFER, "bank", "stripe", WrongSource),
        (Kind.TRANSFER, "receivable", "partner", OnlyOwnMoney),
        (Kind.HAND, "rent", "stripe", MoneyNeedsPayment),
        (Kind.SALE, "receivable", "partner", MoneyNeedsPayment),
        (Kind.EXCHANGE, "finished_pieces", "exchange_gain", DifferenceAlone),
    ],
)
def test_the_refusal_says_what_is_wrong(
    books: Books, kind: str, debited: str, credited: str, refusal: type[LedgerError]
):
    with pytest.raises(refusal):
        books.post(debited, credited, "5", kind=kind)
    assert not JournalEntry.objects.exists()


def test_two_signatures_pay_out_of_what_the_partner_holds(books: Books):
    books.post("partner", "customer_deposits", "100", kind=Kind.DEPOSIT_RECEIVED)
    payment = books.request(
        "30",
        from_account=books.account("partner"),
        to_account=books.account("rent"),
        payee=None,
        payee_name="Taller",
        kind=Kind.EXPENSE_PAID,
    )
    from ledger.services import pay_payment

    pay_payment(payment=books.sign_twice(payment), actor=books.treasurer, on=DAY)


def test_a_payout_that_failed_is_undone(books: Books):
    books.post("stripe", "customer_deposits", "100", kind=Kind.DEPOSIT_RECEIVED)
    payout = books.post("bank", "stripe", "100", kind=Kind.PAYOUT)
    assert reverse_entry(entry=payout, reason="failed", day=DAY, actor=books.treasurer)


def test_a_dispute_is_opened_won_and_lost(books: Books):
    books.post("stripe", "customer_deposits", "100", kind=Kind.DEPOSIT_RECEIVED)
    for decided in ("stripe", "sales_returned"):
        books.post("disputed", "stripe", "10", kind=Kind.DISPUTE)
        books.post(decided, "disputed", "10", kind=Kind.DISPUTE)


def test_money_does_not_slip_out_beside_what_may_go(books: Books):
    """A fee of Stripe's that takes from the bank too; a payout of which a part goes elsewhere."""

    def rider(kind: str, *sides: tuple[str, str, int]):
        def make() -> RawEntry:
            raw = RawEntry(kind=kind)
            for role, side, minor in sides:
                raw.post(books.account(role), side, minor)
            return raw

        return make

    fee = ("payment_fees", "debit", 500), ("stripe", "credit", 400)
    refused_seal(rider("fee", *fee, ("bank", "credit", 100)))
    payout = ("bank", "debit", 400), ("stripe", "credit", 500)
    refused_seal(rider("payout", *payout, ("member_advances", "debit", 100)))


def test_a_difference_stands_beside_an_exchange_but_in_the_years_result(books: Books):
    for kind in (Kind.SURPLUS, Kind.OPENING):
        books.post("exchange_loss", "common_fund", "5", kind=kind)
    books.post("exchange", "exchange_gain", "5", kind=Kind.EXCHANGE)
    connection.check_constraints()


def test_the_ways_have_no_role_or_kind_that_is_not_there():
    for way, words in product(WAYS.values(), ("only_from", "never_from", "into_roles")):
        assert set(getattr(way, words)) <= set(Account.Role.values)
    assert {one for way in WAYS.values() for one in way.into_kinds} <= set(Account.Kind.values)
