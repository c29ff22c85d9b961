"""Days are closed by two people, with the entries that closing makes; worked to the cent."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from djmoney.money import Money

from coop.kit.audit import findings
from ledger import queries
from ledger.errors import (
    ClosingAsked,
    ClosingChanged,
    ClosingOver,
    ClosingSignedAlready,
    ClosingSignerNotAllowed,
    MadeByClosing,
    PeriodClosed,
    RateMissing,
    YearFirst,
)
from ledger.models import Closing, JournalEntry, Period
from ledger.services import (
    becomes_income,
    credit,
    debit,
    request_closing,
    reverse_entry,
    sign_closing,
    void_closing,
)
from tests.factories.ledger import DAY, Books, close_period, soles
from tests.ledger.behind import run

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
MARCH, APRIL, YEAR = date(2026, 3, 31), date(2026, 4, 30), date(2025, 12, 31)


def ask(books: Books, last_day: date = MARCH) -> Closing:
    return request_closing(last_day=last_day, actor=books.treasurer)


# Two people ------------------------------------------------------------------------------------
def test_days_close_with_the_second_signature(books: Books):
    books.put_in_cash("100")
    closing = ask(books)
    assert (closing.entries, closing.scope) == (1, "month")
    sign_closing(closing=closing, signer=books.treasurer)
    assert not Period.objects.exists()
    assert sign_closing(closing=closing, signer=books.president).status == "closed"
    assert Period.objects.get().last_day == MARCH
    with pytest.raises(PeriodClosed):
        books.put_in_cash("1")
    assert findings() == []


def test_one_person_does_not_close_alone(books: Books):
    closing = ask(books)
    sign_closing(closing=closing, signer=books.treasurer)
    with pytest.raises(ClosingSignedAlready):
        sign_closing(closing=closing, signer=books.treasurer)
    with pytest.raises(ClosingSignerNotAllowed):
        sign_closing(closing=closing, signer=books.rosa)
    assert not Period.objects.exists()


def test_what_changes_under_a_signature_voids_it(books: Books):
    books.put_in_cash("100")
    closing = ask(books)
    sign_closing(closing=closing, signer=books.treasurer)
    books.earned("1")
    with pytest.raises(ClosingChanged):
        sign_closing(closing=closing, signer=books.president)
    closing.refresh_from_db()
    assert closing.status == "void"
    assert not Period.objects.exists()
    with pytest.raises(ClosingOver):
        sign_closing(closing=closing, signer=books.president)


def test_asked_twice_it_is_one_and_another_waits_for_it(books: Books):
    books.put_in_cash("100")
    closing = ask(books)
    assert ask(books) == closing
    with pytest.raises(ClosingAsked):
        ask(books, APRIL)
    books.earned("1")
    anew = ask(books)
    closing.refresh_from_db()
    assert (closing.status, anew.status, anew.entries) == ("void", "asked", 2)
    void_closing(closing=anew, actor=books.president, reason="later")
    assert ask(books, APRIL).status == "asked"


# The database by itself --------------------------------------------------------------------------
def period(last_day: date, books: Books) -> None:
    run("INSERT INTO ledger_period (last_day, note, closed_by_id, closed_at)"
        " VALUES (%s, '', %s, CURRENT_TIMESTAMP)", last_day, books.treasurer.pk)  # fmt: skip


def test_the_database_closes_nothing_without_two_signatures(books: Books):
    books.put_in_cash("100")
    for signers in ([], [books.treasurer]):
        closing = ask(books)
        for signer in signers:
            sign_closing(closing=closing, signer=signer)
        with pytest.raises(IntegrityError, match="two people sign"), transaction.atomic():
            period(MARCH, books)


def sign_raw(closing: Closing, signer_id: int, entries: int) -> None:
    run("INSERT INTO ledger_closingsignature (closing_id, signer_id, scope, last_day, entries,"
        " gain_minor, result_minor, signed_on, created_at)"
        " VALUES (%s, %s, %s, %s, %s, 0, 0, %s, CURRENT_TIMESTAMP)",
        closing.pk, signer_id, closing.scope, closing.last_day, entries, DAY)  # fmt: skip


def test_the_database_looks_at_what_was_signed(books: Books):
    books.put_in_cash("100")
    closing = ask(books)
    with pytest.raises(IntegrityError, match="holds what the closing says"), transaction.atomic():
        sign_raw(closing, books.treasurer.pk, closing.entries + 1)
    sign_raw(closing, books.treasurer.pk, closing.entries)
    sign_raw(closing, books.president.pk, closing.entries)
    with transaction.atomic():
        period(MARCH, books)  # the control: two who signed just this
        transaction.set_rollback(True)
    books.earned("1")
    with pytest.raises(IntegrityError, match="two people sign"), transaction.atomic():
        period(MARCH, books)


def test_the_database_lets_nobody_alter_a_closing(books: Books):
    closing = ask(books)
    for change in ("entries = 7", "last_day = '2026-04-30'", "status = 'closed'", "gain_minor = 1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(f"UPDATE ledger_closing SET {change}")
    with pytest.raises(IntegrityError), transaction.atomic():
        run("DELETE FROM ledger_closing")
    close_period(last_day=MARCH, actor=books.treasurer)
    closing.refresh_from_db()
    assert closing.status == "closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        run("UPDATE ledger_closing SET status = 'void'")


# What other currencies are worth -----------------------------------------------------------------
def sell_for_dollars(books: Books, amount: str, day: date) -> None:
    """Dollars on the bank's account for a sale of that day, at its rate."""
    dollars = Money(amount, "USD")
    worth, lines = becomes_income(amount=dollars, day=day)
    books.write(
        Kind.SALE,
        debit(queries.account("bank", "USD"), dollars),
        *lines,
        credit(queries.account("sales"), worth),
        day=day,
    )


def test_dollars_are_revalued_at_the_end_of_each_month_and_only_by_what_came_since(books: Books):
    """US$ 100 sold at 3.70 are S/ 370; worth S/ 375 in March (+5), S/ 368 in April (-7)."""
    books.rate("USD", "3.70")
    sell_for_dollars(books, "100", DAY)
    books.rate("USD", "3.75", MARCH)
    plan = queries.plan_closing(MARCH)
    assert [(one.held, one.worth) for one in plan.revalued] == [(Money("100", "USD"), soles("375"))]
    assert (plan.booked, plan.gain) == (soles("370"), soles("5"))
    close_period(last_day=MARCH, actor=books.treasurer)
    assert queries.balance(books.account("exchange_gain")) == soles("5")
    assert queries.plan_closing(APRIL).gain == soles("0")

    books.rate("USD", "3.68", APRIL)
    close_period(last_day=APRIL, actor=books.treasurer)

    assert queries.balance(books.account("exchange_gain")) == soles("5")
    assert queries.balance(books.account("exchange_loss")) == soles("7")
    assert queries.balance(books.account("exchange")) == soles("368")
    with translation.override("en"):
        told = [queries.describe(one) for one in queries.entries(kind=Kind.REVALUATION)]
    assert told == [
        "Our money in other currencies is worth S/\u00a07.00 less than before.",
        "Our money in other currencies is worth S/\u00a05.00 more than before.",
    ]
    assert findings() == []


def test_a_currency_without_a_rate_is_not_guessed(books: Books):
    books.rate("EUR", "4.00", APRIL)
    books.write(
        Kind.SALE,
        debit(queries.account("bank", "EUR"), Money(1, "EUR")),
        credit(queries.account("exchange", "EUR"), Money(1, "EUR")),
    )
    with pytest.raises(RateMissing):
        ask(books)
    assert not Closing.objects.exists()


# The year ----------------------------------------------------------------------------------------
def a_year(books: Books) -> None:
    """2025: sold for S/ 480, knitting cost S/ 300, a bank charge of US$ 2 at 3.60 (S/ 7.20)."""
    day = date(2025, 11, 5)
    books.put_in_cash("1000", day=day)
    books.post("cash", "sales", "480", kind=Kind.SALE, day=day)
    books.post("cost_of_sales", "opening_equity", "300", kind=Kind.COST_OF_SALE, day=day)
    books.rate("USD", "3.50", day)
    sell_for_dollars(books, "20", day)
    books.write(
        Kind.BANK_CHARGE,
        debit(queries.account("bank_charges", "USD"), Money(2, "USD")),
        credit(queries.account("bank", "USD"), Money(2, "USD")),
        day=day,
    )
    books.rate("USD", "3.60", YEAR)


def test_a_year_closes_with_its_result_to_the_cent(books: Books):
    """480 + 70 sold, 300 cost, 20 dollars revalued by 10 céntimos (+2), 7.20 charged: 244.80."""
    a_year(books)
    plan = queries.plan_closing(YEAR)
    assert (plan.scope, plan.gain) == ("year", soles("2"))
    assert (plan.income, plan.expenses, plan.result) == (
        soles("552"),
        soles("307.20"),
        soles("244.80"),
    )

    close_period(last_day=YEAR, actor=books.treasurer)

    assert queries.balance(books.account("result")) == soles("244.80")
    trial = queries.trial_balance(YEAR)
    assert {one.kind for one in trial.lines} == {"asset", "equity"}
    result = JournalEntry.objects.get(kind=Kind.RESULT)
    with translation.override("en"):
        told = queries.describe(result)
    assert (result.day, told) == (YEAR, "The year was closed: its result is S/\u00a0244.80.")
    assert queries.plan_closing(MARCH).gain == soles("0")
    assert findings() == []


def test_a_year_that_lost_says_so(books: Books):
    day = date(2025, 11, 5)
    books.put_in_cash("10", day=day)
    books.post("rent", "opening_equity", "90.50", kind=Kind.HAND, day=day)
    close_period(last_day=YEAR, actor=books.treasurer)
    assert queries.balance(books.account("result")) == soles("-90.50")
    with translation.override("en"):
        told = queries.describe(JournalEntry.objects.get(kind=Kind.RESULT))
    assert told == "The year was closed: it lost S/\u00a090.50."


def test_a_month_of_the_next_year_waits_for_the_year(books: Books):
    a_year(books)
    with pytest.raises(YearFirst):
        ask(books, date(2026, 1, 31))
    close_period(last_day=date(2025, 11, 30), actor=books.treasurer)
    with pytest.raises(YearFirst):
        ask(books, date(2026, 1, 31))
    close_period(last_day=YEAR, actor=books.treasurer)
    assert ask(books, date(2026, 1, 31)).scope == "month"


def test_what_closing_wrote_is_not_undone(books: Books):
    a_year(books)
    close_period(last_day=YEAR, actor=books.treasurer)
    for entry in JournalEntry.objects.filter(kind__in=[Kind.RESULT, Kind.REVALUATION]):
        with pytest.raises(MadeByClosing):
            reverse_entry(entry=entry, reason="x", day=DAY, actor=books.treasurer)


def test_sales_by_month_do_not_shrink_when_a_year_is_closed(books: Books):
    from ledger.figures import sales_chart

    a_year(books)
    before = sales_chart(YEAR).columns[-2].values
    close_period(last_day=YEAR, actor=books.treasurer)
    assert sales_chart(YEAR).columns[-2].values == before == [55000]
    assert sales_chart(YEAR).columns[-1].values == [0]
