"""Money with strings: received, used for its purpose, reported to the cent."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from djmoney.money import Money

from coop.kit.audit import findings
from ledger import queries
from ledger.errors import (
    GrantDaysWrong,
    GrantSpent,
    GrantTaken,
    GrantWithoutLines,
    LineNameTaken,
    MoreThanSpent,
    NothingSpent,
    OutsideGrant,
    SignedAsItWas,
)
from ledger.models import Grant, GrantUse, JournalEntry
from ledger.services import (
    open_grant,
    pay_payment,
    receive_grant,
    reverse_entry,
    sign_payment,
    tag_entry,
    tag_payment,
)
from tests.factories.ledger import DAY, Books, close_period, soles
from tests.ledger.behind import run

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def opened(books: Books, **changes: object) -> Grant:
    values = {
        "code": "TALLER",
        "name": "Taller de tintes",
        "donor": "Municipalidad de Puno",
        "purpose": "Aprender tintes naturales",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "lines": [("Profesora", soles("600")), ("Tintes", soles("400"))],
        "actor": books.treasurer,
        "on": DAY,
    }
    return open_grant(**(values | changes))


@pytest.fixture
def granted(books: Books) -> Books:
    """S/ 1,000 for a workshop, of which S/ 800 have come."""
    books.put_in_cash("100")
    books.grant = opened(books)
    receive_grant(
        grant=books.grant,
        into=books.account("bank"),
        amount=soles("800"),
        actor=books.treasurer,
        on=DAY,
        reference="test:grant",
    )
    books.line = books.grant.lines.first()
    return books


def spend(books: Books, amount: str, **changes: object) -> JournalEntry:
    return books.post("training", "supplier", amount, kind=Kind.BILL, **changes)


def tag(books: Books, entry: JournalEntry, amount: str) -> GrantUse:
    return tag_entry(line=books.line, entry=entry, amount=soles(amount), actor=books.treasurer)


def test_a_grant_is_a_debt_until_it_is_used(granted: Books):
    assert queries.balance(granted.grant.account) == soles("800")
    assert queries.balance(granted.account("grant_income")) == soles("0")
    use = tag(granted, spend(granted, "250"), "250")
    assert queries.balance(granted.grant.account) == soles("550")
    assert queries.balance(granted.account("grant_income")) == soles("250")
    assert use.recognised.day == DAY
    report = queries.grant_report(granted.grant)
    assert [(one.planned, one.spent, one.left, one.percent) for one in report.lines] == [
        (soles("600"), soles("250"), soles("350"), 41),
        (soles("400"), soles("0"), soles("400"), 0),
    ]
    assert (report.received, report.spent, report.unused) == (
        soles("800"),
        soles("250"),
        soles("550"),
    )
    assert findings() == []


def test_a_payment_of_a_grant_is_recognised_when_it_is_paid(granted: Books):
    payment = granted.request(
        "300",
        from_account=granted.account("bank"),
        to_account=granted.account("training"),
        payee=None,
        payee_name="Sra. Mamani",
        kind=Kind.EXPENSE_PAID,
    )
    tag_payment(payment=payment, line=granted.line)
    assert queries.grant_report(granted.grant).lines[0].asked == soles("300")
    granted.sign_twice(payment)
    entry = pay_payment(payment=payment, actor=granted.treasurer, on=DAY)
    pay_payment(payment=payment, actor=granted.treasurer, on=DAY)
    use = GrantUse.objects.get()
    assert (use.entry, use.amount) == (entry, soles("300"))
    assert queries.balance(granted.grant.account) == soles("500")
    assert findings() == []


def test_nobody_slips_a_grant_under_a_signature(granted: Books):
    payment = granted.request(
        "20",
        from_account=granted.account("bank"),
        to_account=granted.account("training"),
        payee=None,
        payee_name="Sra. Mamani",
        kind=Kind.EXPENSE_PAID,
    )
    sign_payment(payment=payment, signer=granted.treasurer, on=DAY)
    with pytest.raises(SignedAsItWas):
        tag_payment(payment=payment, line=granted.line)


def test_undoing_an_expense_gives_the_grant_its_money_back(granted: Books):
    entry = spend(granted, "250")
    tag(granted, entry, "200")
    reverse_entry(entry=entry, reason="twice", day=DAY, actor=granted.treasurer)
    assert queries.balance(granted.grant.account) == soles("800")
    assert queries.balance(granted.account("grant_income")) == soles("0")
    report = queries.grant_report(granted.grant)
    assert (report.spent, report.lines[0].uses[0].is_undone) == (soles("0"), True)
    with pytest.raises(NothingSpent):
        tag(granted, entry, "1")
    assert findings() == []


def test_the_same_use_again_is_one(granted: Books):
    entry = spend(granted, "250")
    assert tag(granted, entry, "200") == tag(granted, entry, "200")
    with pytest.raises(MoreThanSpent):
        tag(granted, entry, "50.01")
    tag(granted, entry, "50")
    assert queries.grant_report(granted.grant).spent == soles("250")


def test_what_a_grant_does_not_pay(granted: Books):
    with pytest.raises(GrantSpent):
        tag(granted, spend(granted, "900"), "801")
    with pytest.raises(OutsideGrant):
        tag(granted, spend(granted, "9", day=date(2027, 1, 1)), "9")
    transfer = granted.post("cash", "bank", "5", kind=Kind.TRANSFER)
    with pytest.raises(NothingSpent):
        tag(granted, transfer, "5")
    assert not GrantUse.objects.exists()


def test_in_closed_days_a_use_is_recognised_later(granted: Books):
    entry = spend(granted, "250")
    close_period(last_day=DAY, actor=granted.treasurer)
    use = tag_entry(
        line=granted.line,
        entry=entry,
        amount=soles("250"),
        actor=granted.treasurer,
        on=date(2026, 4, 2),
    )
    assert use.recognised.day == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"ends_on": date(2025, 1, 1)}, GrantDaysWrong),
        ({"lines": []}, GrantWithoutLines),
        ({"lines": [("x", soles("0"))]}, GrantWithoutLines),
        ({}, GrantTaken),
    ],
)
def test_a_grant_that_cannot_be_is_refused(granted: Books, change, refusal):
    with pytest.raises(refusal):
        opened(granted, **change)
    assert Grant.objects.count() == 1


def test_a_grant_in_dollars_is_kept_in_the_books_currency(granted: Books):
    granted.rate("USD", "3.75")
    receive_grant(
        grant=granted.grant,
        into=queries.account("bank", "USD"),
        amount=Money(100, "USD"),
        actor=granted.treasurer,
        on=DAY,
        reference="test:usd",
    )
    assert queries.balance(granted.grant.account) == soles("1175")
    assert queries.grant_report(granted.grant).received == soles("1175")
    assert findings() == []


def test_the_database_keeps_grants_and_their_uses(granted: Books):
    use = tag(granted, spend(granted, "250"), "250")
    refused = [
        "UPDATE ledger_grantline SET planned_minor = 1",
        "DELETE FROM ledger_grantuse",
        "UPDATE ledger_grantuse SET amount_minor = 1",
        (
            "INSERT INTO ledger_grantuse (line_id, entry_id, amount_minor, recognised_id, tagged_by_id,"
            f" at) VALUES ({use.line_id}, {use.entry_id}, 1, {use.entry_id}, {use.tagged_by_id},"
            " CURRENT_TIMESTAMP)"
        ),
    ]
    for sql in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            run(sql)


def test_two_lines_of_one_name_are_refused(books: Books):
    with pytest.raises(LineNameTaken):
        opened(books, lines=[("Profesora", soles("10")), ("profesora", soles("20"))])
    assert not Grant.objects.exists()
