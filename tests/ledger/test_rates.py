"""What other currencies cost: written day by day, kept as written, found again exactly."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from djmoney.money import Money

from ledger import queries
from ledger.errors import (
    AccountMissing,
    RateAhead,
    RateDiffers,
    RateMissing,
    RateNotPositive,
    RateOfBooks,
    UnknownCurrency,
)
from ledger.models import Account, ExchangeRate
from ledger.services import install_chart, record_rate
from tests.factories.ledger import Books, person
from tests.ledger.behind import run
from tests.ledger.raw import on_sqlite, refuse

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)


def write(books: Books, rate: str, *, currency: str = "USD", day: date = FIRST, **more):
    return record_rate(
        currency=currency, day=day, rate=Decimal(rate), actor=books.treasurer, **more
    )


def test_the_first_rate_opens_the_currencys_accounts(books: Books):
    made = write(books, "3.75", source="Banco de la Nación")

    assert (made.rate, made.version, made.entered_by) == (Decimal("3.75"), 1, books.treasurer)
    assert str(made) == "USD 2026-03-02: 3.75"
    opened = Account.objects.filter(currency="USD").values_list("role", flat=True)
    assert {"stripe", "partner", "disputed", "exchange", "bank", "customer_deposits"} <= set(opened)
    assert not {"exchange_gain", "exchange_loss", "sales", "wallet"} & set(opened)
    assert queries.account("stripe", "USD").code == "1032-USD"


def test_a_house_in_bolivia_opens_accounts_by_its_own_chart(db, settings):
    settings.DEFAULT_CURRENCY = "BOB"
    install_chart(chart="bo", currency="BOB")
    record_rate(currency="PEN", day=FIRST, rate=Decimal("1.85"), actor=person("Tomasa"))
    assert queries.account("stripe", "PEN").code == "1.1.1.04-PEN"


def test_the_newest_rate_on_or_before_a_day_counts(books: Books):
    write(books, "3.75")
    write(books, "3.80", day=FIRST + timedelta(days=7))
    write(books, "4.10", currency="EUR", day=FIRST + timedelta(days=1))

    for days, rate in ((0, "3.75"), (6, "3.75"), (7, "3.80"), (400, "3.80")):
        day = FIRST + timedelta(days=days)
        assert queries.rate_on("USD", day) == Decimal(rate)
    assert queries.rate_age_days("USD", FIRST + timedelta(days=6)) == 6
    assert queries.rate_on("PEN", FIRST) == 1
    assert queries.rate_age_days("PEN") == 0
    assert {key: one.rate for key, one in queries.newest_rates().items()} == {
        "EUR": Decimal("4.1"),
        "USD": Decimal("3.8"),
    }
    assert list(queries.newest_rates(FIRST)) == ["USD"]


def test_without_a_rate_the_house_says_what_to_do(books: Books):
    write(books, "3.75")
    with translation.override("en"):
        with pytest.raises(RateMissing, match="what USD costs on 1 March 2026"):
            queries.rate_on("USD", FIRST - timedelta(days=1))
        with pytest.raises(RateMissing, match="“Exchange rates”"):
            queries.rate_age_days("GBP")


def test_a_correction_is_a_new_row_and_both_stay(books: Books):
    wrong = write(books, "3.57")
    right = write(books, "3.75")

    assert (wrong.version, right.version) == (1, 2)
    assert queries.rate_on("USD", FIRST) == Decimal("3.75")
    assert ExchangeRate.objects.count() == 2


def test_the_same_rate_again_is_the_row_that_is_there(books: Books):
    first = write(books, "3.75")
    assert write(books, "3.75000000") == first
    assert ExchangeRate.objects.count() == 1


@pytest.mark.parametrize(
    ("rate", "refusal"),
    [
        ("0", RateNotPositive),
        ("-3.75", RateNotPositive),
        ("0.000000004", RateNotPositive),
        ("99999999.999999999", RateNotPositive),
        ("100000000", RateNotPositive),
        ("1E+999999", RateNotPositive),
        ("NaN", RateNotPositive),
        ("Infinity", RateNotPositive),
        ("3.0399", RateDiffers),
        ("4.5701", RateDiffers),
        ("37.5", RateDiffers),
    ],
)
def test_a_rate_that_cannot_be_is_refused(books: Books, rate: str, refusal: type[Exception]):
    write(books, "3.80")
    with pytest.raises(refusal):
        write(books, rate, day=FIRST + timedelta(days=1))
    assert ExchangeRate.objects.count() == 1


def test_a_fifth_more_or_less_is_taken_and_more_if_somebody_insists(books: Books):
    write(books, "3.80")
    write(books, "4.56", day=FIRST + timedelta(days=1))
    write(books, "3.648", day=FIRST + timedelta(days=2))
    with pytest.raises(RateDiffers, match=r"3\.648"):
        write(books, "7", day=FIRST + timedelta(days=3))
    write(books, "7", day=FIRST + timedelta(days=3), insisted=True)
    assert queries.rate_on("USD", FIRST + timedelta(days=3)) == 7


def test_a_rate_of_before_is_held_against_the_one_after_it(books: Books):
    write(books, "3.80")
    with pytest.raises(RateDiffers):
        write(books, "38", day=FIRST - timedelta(days=9))


def test_rates_of_tomorrow_of_our_own_and_of_no_currency_are_refused(books: Books):
    for currency, day, refusal in (
        ("USD", timezone.localdate() + timedelta(days=1), RateAhead),
        ("PEN", FIRST, RateOfBooks),
        ("ABC", FIRST, UnknownCurrency),
    ):
        with pytest.raises(refusal):
            write(books, "3.75", currency=currency, day=day)
    assert not ExchangeRate.objects.exists()
    assert not Account.objects.exclude(currency="PEN").exists()


def test_a_house_without_a_chart_takes_no_rate(db):
    with pytest.raises(AccountMissing):
        record_rate(currency="USD", day=FIRST, rate=Decimal("3.75"), actor=person("Tomasa"))
    assert not Account.objects.exists()


def test_a_long_rate_comes_back_to_the_last_digit(books: Books):
    """A float would lose some of these digits, and SQLite keeps fractions as floats."""
    write(books, "98765432.12345679")
    found = ExchangeRate.objects.get()
    assert found.rate == Decimal("98765432.12345679")
    worth = queries.value_in_books(Money("12345678901.23", "USD"), FIRST)
    assert worth == Money("1219326311537424168.88", "PEN")


@pytest.mark.parametrize(
    ("amount", "worth"),
    [
        (Money("40", "USD"), "150.00"),
        (Money("0.01", "USD"), "0.04"),  # 0.0375
        (Money("0.10", "USD"), "0.38"),  # 0.375: half away from zero
        (Money("-0.10", "USD"), "-0.38"),
        (Money("1000", "CLP"), "4.00"),
        (Money("1", "KWD"), "12.25"),
        (Money("0.001", "KWD"), "0.01"),
        (Money("7.77", "PEN"), "7.77"),
    ],
)
def test_what_an_amount_is_worth_in_the_books(books: Books, amount: Money, worth: str):
    for currency, rate in (("USD", "3.75"), ("CLP", "0.004"), ("KWD", "12.25")):
        write(books, rate, currency=currency)
    assert queries.value_in_books(amount, FIRST) == Money(worth, "PEN")


def test_amounts_are_converted_through_the_books_and_rounded_once(books: Books):
    for currency, rate in (("USD", "3.75"), ("EUR", "4.05"), ("JPY", "0.025"), ("KWD", "12.25")):
        write(books, rate, currency=currency)
    for amount, to, worth in (
        (Money("40", "EUR"), "USD", "43.20"),
        (Money("150", "PEN"), "USD", "40.00"),
        (Money("1", "USD"), "JPY", "150"),
        (Money("1", "USD"), "KWD", "0.306"),
        (Money("1", "USD"), "PEN", "3.75"),
        (Money("9.99", "EUR"), "EUR", "9.99"),
    ):
        assert queries.convert(amount, to, FIRST) == Money(worth, to)


@pytest.mark.parametrize(
    "change", ["rate_e8 = rate_e8 + 1", "day = '2026-03-01'", "version = 7", "source = 'x'"]
)
def test_a_rate_stays_as_written(books: Books, change: str):
    write(books, "3.75")
    refuse(f"UPDATE ledger_exchangerate SET {change}")
    refuse("DELETE FROM ledger_exchangerate")


COLUMNS = "currency, day, version, rate_e8, source, entered_by_id, at"


@pytest.mark.parametrize(
    "values",
    [
        "currency, day, 3, rate_e8, source, entered_by_id, at",
        "currency, day, 1, rate_e8, source, entered_by_id, at",
        "'EUR', day, 2, rate_e8, source, entered_by_id, at",
        "currency, day, 2, 0, source, entered_by_id, at",
        "currency, day, 2, rate_e8, '', NULL, at",
    ],
)
def test_the_database_takes_only_the_next_word_about_a_day(books: Books, values: str):
    write(books, "3.75")
    refuse(f"INSERT INTO ledger_exchangerate ({COLUMNS}) SELECT {values} FROM ledger_exchangerate")
    sound = "currency, day, 2, rate_e8, source, entered_by_id, at"
    insert = f"INSERT INTO ledger_exchangerate ({COLUMNS}) SELECT {sound} FROM ledger_exchangerate"
    assert run(insert) == 1


@on_sqlite
def test_a_rate_is_not_replaced(books: Books):
    write(books, "3.75")
    refuse("INSERT OR REPLACE INTO ledger_exchangerate SELECT * FROM ledger_exchangerate")
    new = f"INSERT OR REPLACE INTO ledger_exchangerate ({COLUMNS}) SELECT {COLUMNS}"
    refuse(f"{new} FROM ledger_exchangerate")
