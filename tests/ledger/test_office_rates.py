"""The treasurer's page of exchange rates: what they are, how old, and writing another."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from coop.kit import days
from ledger.models import ExchangeRate
from ledger.services import record_rate
from tests.factories.ledger import Books, person
from tests.ledger.test_office import at, sent, shown, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasurer(books: Books) -> Client:
    for user in (books.treasurer, books.president):
        user.language = "en"
        user.save()
    return sign_in(books.treasurer)


def values(**changes: object) -> dict[str, object]:
    return {"currency": "USD", "rate": "3.75", "day": "2026-03-10", "source": ""} | changes


def written() -> list[tuple[str, Decimal]]:
    return [(one.currency, one.rate) for one in ExchangeRate.objects.order_by("pk")]


def test_the_treasurer_writes_a_rate_and_it_is_shown_with_its_age(treasurer: Client, books: Books):
    today = days.today()
    assert "no rate yet" in shown(treasurer, "rates")
    sent(treasurer, "rates", **values(day=str(today), source="SUNAT"))
    old = today - timedelta(days=9)
    sent(treasurer, "rates", **values(currency="EUR", rate="4.1025", day=str(old)))

    page = shown(treasurer, "rates")
    assert "Written down: 1 EUR costs S/ 4.1025" in page
    assert "of today" in page
    assert "9 days" in page
    assert "look for a newer one" in page
    assert "SUNAT" in page
    assert "Tomasa" in page
    made = ExchangeRate.objects.get(currency="USD")
    assert (made.entered_by, made.source) == (books.treasurer, "SUNAT")


def test_a_rate_sent_twice_is_written_once(treasurer: Client):
    for _ in range(2):
        sent(treasurer, "rates", **values())
    assert written() == [("USD", Decimal("3.75"))]


def test_a_rate_far_off_is_asked_about_once_more(treasurer: Client):
    sent(treasurer, "rates", **values())
    later = values(rate="37.5", day="2026-03-11")

    asked = sent(treasurer, "rates", status=200, **later)

    assert list(asked.context["form"].errors) == ["rate"]
    page = asked.content.decode()
    assert "I have looked again" in page
    assert 'name="asked" value="37.5"' in page
    assert len(written()) == 1
    # The box counts for the rate that was asked about, and for no other.
    other = sent(
        treasurer, "rates", status=200, **later | {"rate": "99", "asked": "37.5", "insisted": "on"}
    )
    assert list(other.context["form"].errors) == ["rate"]
    assert len(written()) == 1
    sent(treasurer, "rates", **later, asked="37.5", insisted="on")
    assert written()[-1] == ("USD", Decimal("37.5"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rate": "0"}, "rate"),
        ({"rate": "-1"}, "rate"),
        ({"rate": "three"}, "rate"),
        ({"rate": "3.123456789"}, "rate"),
        ({"rate": "123456789"}, "rate"),
        ({"rate": ""}, "rate"),
        ({"currency": "PEN"}, "currency"),
        ({"currency": "XXX"}, "currency"),
        ({"day": "2999-01-01"}, "day"),
        ({"day": "soon"}, "day"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(treasurer: Client, change, field: str):
    response = sent(treasurer, "rates", status=200, **values(**change))
    assert list(response.context["form"].errors) == [field]
    assert "I have looked again" not in response.content.decode()
    assert written() == []


def test_who_reads_the_books_reads_rates_and_writes_none(treasurer: Client, books: Books):
    sent(treasurer, "rates", **values())
    for user in (books.president, person("Aud", "auditor")):
        client = sign_in(user)
        assert "S/ 3.75" in shown(client, "rates")
        assert client.post(at("rates"), values(day="2026-03-11")).status_code == 200
    for user in (books.rosa, person("Stora", "storekeeper")):
        assert sign_in(user).get(at("rates")).status_code in {302, 403}
        assert sign_in(user).post(at("rates"), values()).status_code in {302, 403}
    assert len(written()) == 1


def test_rates_so_far_are_narrowed_and_paged(treasurer: Client, books: Books):
    for number in range(32):
        day = date(2026, 1, 1) + timedelta(days=number)
        books.rate("USD", f"3.{70 + number}", day)
    books.rate("EUR", "4.10", date(2026, 1, 1))

    first, second = shown(treasurer, "rates"), shown(treasurer, "rates", p="2")
    assert "S/ 3.99" in first
    assert "S/ 3.70" not in first
    assert "S/ 3.70" in second
    narrowed = shown(treasurer, "rates", currency="EUR")
    assert "S/ 3.99" not in narrowed
    assert "No rate is written down yet" in shown(treasurer, "rates", currency="GBP")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_rates(
    treasurer: Client, books: Books, django_assert_num_queries, count: int
):
    for number in range(count):
        for currency in ("USD", "EUR"):
            record_rate(
                currency=currency,
                day=date(2026, 1, 1) + timedelta(days=number),
                rate=Decimal("3.75"),
                actor=person(f"P{number}{currency}"),
            )
    treasurer.get(at("rates"))
    with django_assert_num_queries(RATE_QUERIES):
        shown(treasurer, "rates")


# Most of them count what waits, for the badges of the menu.
RATE_QUERIES = 23
