"""Rates from a table: all of them, or none and the line that is wrong."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from ledger import queries
from ledger.errors import RatesFileWrong
from ledger.models import ExchangeRate
from ledger.services import import_rates, read_rates
from tests.factories.ledger import Books

pytestmark = pytest.mark.django_db


def brought(books: Books, text: str, **changes: object) -> int:
    lines = read_rates(text.encode())
    return import_rates(lines=lines, source="SBS", actor=books.treasurer, **changes)


def test_rates_are_read_as_people_write_them(books: Books):
    text = "\ufeffFecha;Moneda;Venta\n01/03/2026;usd;3,751\n\n2026-03-02;EUR;4,1\n"
    assert brought(books, text) == 2
    assert queries.rate_on("USD", date(2026, 3, 5)) == Decimal("3.751")
    assert ExchangeRate.objects.get(currency="EUR").source == "SBS"
    assert brought(books, text) == 0


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "empty"),
        ("day,currency\n2026-03-01,USD\n", 1, "heading"),
        ("day,currency,rate\n", 1, "no rate below"),
        ("day,currency,rate\n2026-03-01,USD,3.7\n31/02/2026,USD,3.7\n", 3, "no day"),
        ("day,currency,rate\n2026-03-01,=1+1,3.7\n", 2, "no currency"),
        ("day,currency,rate\n2026-03-01,USD,abc\n", 2, "no rate"),
        ("day,currency,rate\n2026-03-01,USD\n", 2, "missing"),
        ("day,currency,rate\n2026-03-01,USD,0\n", 2, "more than zero"),
        ("day,currency,rate\n2026-03-01,USD,NaN\n", 2, "more than zero"),
        ("day,currency,rate\n2026-03-01,PEN,1\n", 2, "no rate"),
        ("day,currency,rate\n2026-03-01,ZZZ,1\n", 2, "no currency"),
        ("day,currency,rate\n2126-03-01,USD,1\n", 2, "still to come"),
        ("day,currency,rate\n2026-03-01,USD,3.7\n2026-03-02,USD,37\n", 3, "Look again"),
        ("a\x00b", 1, "no table"),
    ],
)
def test_one_wrong_line_and_nothing_is_written(books: Books, text: str, line: int, why: str):
    with translation.override("en"), pytest.raises(RatesFileWrong, match=why) as refused:
        brought(books, text)
    assert f"Line {line}:" in str(refused.value)
    assert not ExchangeRate.objects.exists()


def test_a_leap_is_written_when_somebody_insists(books: Books):
    text = "day,currency,rate\n2026-03-01,USD,3.7\n2026-03-02,USD,37\n"
    assert brought(books, text, insisted=True) == 2


def test_a_file_of_a_megabyte_is_refused(books: Books):
    with translation.override("en"), pytest.raises(RatesFileWrong, match="too large"):
        read_rates(b"x" * 1_000_001)
