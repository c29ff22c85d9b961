"""What the database refuses of money and signatures, also from raw SQL."""

import pytest
from django.db import transaction

from ledger.models import Payment
from ledger.services import sign_payment
from tests.factories.ledger import DAY, Books
from tests.ledger.behind import run
from tests.ledger.raw import RawEntry, in_vain, pair, refuse, refused_seal

pytestmark = pytest.mark.django_db


def test_money_does_not_leave_unsigned(full: Books):
    refused_seal(lambda: pair(full, credited="cash"))
    refused_seal(lambda: pair(full, credited="cash", kind="member_paid"))
    refused_seal(lambda: pair(full, credited="cash", kind="an unheard of kind"))


def test_exempt_kinds_have_rules_of_their_own(full: Books):
    refused_seal(lambda: pair(full, credited="cash", kind="transfer"))
    refused_seal(lambda: pair(full, debited="receivable", credited="bank", kind="bank_charge"))
    refused_seal(lambda: pair(full, credited="cash", kind="bank_charge"))
    with transaction.atomic():
        pair(full, credited="bank", kind="bank_charge").seal()


def test_a_reversal_mirrors_its_entry(full: Books):
    original = full.earned("5")
    with in_vain():
        raw = RawEntry(kind="reversal", reverses_id=original.pk)
        raw.post(full.account("finished_pieces"), "credit", 499)
        raw.post(full.rosas, "debit", 499)
        raw.seal()
    with in_vain():
        RawEntry(kind="reversal")


def test_a_reversal_is_not_a_way_to_take_money(full: Books):
    original = full.earned("5")
    refused_seal(lambda: pair(full, credited="cash", kind="reversal", reverses_id=original.pk))


def signed(full: Books, amount: str = "5") -> Payment:
    return full.sign_twice(full.request(amount))


def test_a_signed_payment_pays_just_what_was_signed(full: Books):
    payment = signed(full)

    def make(minor: int, to) -> RawEntry:
        raw = RawEntry(kind="member_paid", payment_id=payment.pk)
        raw.post(to, "debit", minor)
        raw.post(full.account("cash"), "credit", minor)
        return raw

    refused_seal(lambda: make(501, full.rosas))
    refused_seal(lambda: make(500, full.account("losses")))
    with transaction.atomic():
        make(500, full.rosas).seal()


def test_nothing_rides_along_with_a_payment(full: Books):
    payment = signed(full)

    def make() -> RawEntry:
        raw = RawEntry(kind="member_paid", payment_id=payment.pk)
        raw.post(full.rosas, "debit", 500)
        raw.post(full.account("cash"), "credit", 500)
        raw.post(full.account("losses"), "debit", 100)
        raw.post(full.account("cash"), "credit", 100)
        return raw

    refused_seal(make)


def test_one_signature_is_not_two(full: Books):
    payment = full.request("5")
    sign_payment(payment=payment, signer=full.treasurer, on=DAY)
    refuse("UPDATE ledger_payment SET status = 'signed' WHERE id = %s", payment.pk)
    refuse(
        "INSERT INTO ledger_approval (payment_id, signer_id, from_account_id, to_account_id,"
        " payee_id, payee_name, amount_minor, currency, purpose, signed_on, created_at)"
        " SELECT payment_id, signer_id, from_account_id, to_account_id, payee_id, payee_name,"
        " amount_minor, currency, purpose, signed_on, created_at FROM ledger_approval"
        " WHERE payment_id = %s",
        payment.pk,
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_minor", "501"),
        ("signer_id", "payee_id"),
        ("payee_id", "signer_id"),
        ("currency", "'USD'"),
        ("to_account_id", "from_account_id"),
        ("purpose", "'April'"),
    ],
)
def test_a_signature_holds_what_the_payment_says(full: Books, column: str, value: str):
    payment = full.request("5")
    columns = {
        "payment_id": "id",
        "signer_id": str(full.president.pk),
        "from_account_id": "from_account_id",
        "to_account_id": "to_account_id",
        "payee_id": "payee_id",
        "payee_name": "payee_name",
        "amount_minor": "amount_minor",
        "currency": "currency",
        "purpose": "purpose",
        "signed_on": "requested_on",
        "created_at": "created_at",
    }

    def insert(**changed: str) -> str:
        values = columns | changed
        return (
            f"INSERT INTO ledger_approval ({', '.join(values)})"
            f" SELECT {', '.join(values.values())} FROM ledger_payment WHERE id = {payment.pk}"
        )

    wrong = str(full.president.pk) if value == "signer_id" else value
    refuse(insert(**{column: wrong}))
    assert run(insert()) == 1


@pytest.mark.parametrize(
    "change",
    [
        "amount_minor = amount_minor + 1",
        "payee_id = requested_by_id",
        "to_account_id = to_account_id + 1",
        "from_account_id = from_account_id + 1",
        "kind = 'hand'",
        "purpose = 'other'",
        "reference = 'other'",
        "status = 'paid'",
        "status = 'signed'",
        "requested_on = '2020-01-01'",
    ],
)
def test_a_payment_keeps_what_was_asked_for(full: Books, change: str):
    """With one signature under it, nothing of it moves but the status, and that by the rules."""
    payment = full.request("5")
    sign_payment(payment=payment, signer=full.treasurer, on=DAY)
    refuse(f"UPDATE ledger_payment SET {change} WHERE id = %s", payment.pk)


@pytest.mark.parametrize("status", ["requested", "signed", "void"])
def test_a_paid_payment_stays_paid(full: Books, status: str):
    refuse("UPDATE ledger_payment SET status = %s WHERE status = 'paid'", status)


def test_a_payment_is_not_born_signed(full: Books):
    refuse(
        "INSERT INTO ledger_payment (status, kind, from_account_id, to_account_id, payee_id,"
        " payee_name, amount_minor, currency, purpose, reference, requested_by_id, requested_on,"
        " created_at) SELECT 'signed', kind, from_account_id, to_account_id, payee_id, payee_name,"
        " amount_minor, currency, purpose, 'born', requested_by_id, requested_on, created_at"
        " FROM ledger_payment WHERE status = 'paid'"
    )


def test_a_member_is_paid_no_more_than_she_is_owed(full: Books):
    """She was owed S/ 41 when two signed; then S/ 40 of it was taken back."""
    payment = signed(full, "30")
    full.post(full.rosas, "finished_pieces", "40", kind="premium")

    def pay() -> RawEntry:
        raw = RawEntry(kind="member_paid", payment_id=payment.pk)
        raw.post(full.rosas, "debit", 3000)
        raw.post(full.account("cash"), "credit", 3000)
        return raw

    refused_seal(pay)
    full.earned("29")
    with transaction.atomic():
        pay().seal()
