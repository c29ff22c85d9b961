"""Who types a decision of the assembly sees how a line would read in each way."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from coop.people.services import speak
from ledger.reports.decisions import OthersPay, Total
from ledger.reports.examples import of_pay, of_totals
from ledger.reports.told_pay import ToldPay
from ledger.services import reverse_entry
from tests.factories.ledger import DAY, Books, person, soles
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def busy(books: Books) -> Books:
    books.put_in_cash("150")
    books.earned("40")
    books.pay("25")
    return books


def test_each_way_to_show_pay_is_told_with_a_real_row(busy: Books):
    found = of_pay(busy.treasurer)

    day = "10 March 2026"
    assert found[OthersPay.BY_ORDER].lines == [
        f"{day}: A piece passed: a member earned S/{NBSP}40.00.",
        f"{day}: A member was paid S/{NBSP}25.00.",
    ]
    assert found[OthersPay.BY_NAME].lines == [
        f"{day}: A piece of Rosa passed: she earned S/{NBSP}40.00.",
        f"{day}: Rosa was paid S/{NBSP}25.00.",
    ]
    assert not found[OthersPay.BY_NAME].is_invented


def test_a_sum_that_would_give_one_woman_away_is_not_shown_but_an_invented_one(busy: Books):
    [line] = of_pay(busy.treasurer)[OthersPay.TOTALS].lines
    assert of_pay(busy.treasurer)[OthersPay.TOTALS].is_invented
    assert "Those who knit earned" in line
    assert f"S/{NBSP}40.00" not in line


def test_a_sum_that_may_be_told_is_a_real_one(books: Books, monkeypatch):
    """Which months may be told is `told_pay`'s to say (tests/reports/test_told_pay.py)."""
    since, until = date(2026, 3, 1), date(2026, 4, 30)
    told = [ToldPay(since, until, soles("90"), 3, soles("60"), 3)]
    monkeypatch.setattr("ledger.reports.examples.told_pay", lambda: told)

    example = of_pay(books.treasurer)[OthersPay.TOTALS]

    assert not example.is_invented
    earned = f"March 2026 – April 2026: Those who knit earned S/{NBSP}90.00."
    assert example.lines[0].startswith(earned)


def test_without_rows_every_way_has_an_invented_one(books: Books):
    found = of_pay(books.treasurer)
    assert set(found) == set(OthersPay.values)
    assert all(one.is_invented and one.lines for one in found.values())
    assert "Juana Quispe was paid" in found[OthersPay.BY_NAME].lines[1]
    assert "Juana" not in found[OthersPay.BY_ORDER].lines[1]


def test_what_was_undone_is_no_example(busy: Books):
    entry = busy.earned("77")
    reverse_entry(entry=entry, actor=busy.treasurer, reason="Twice.", day=DAY)
    assert "77" not in str(of_pay(busy.treasurer))


def test_who_may_not_read_names_sees_an_invented_one(busy: Books):
    """Before the assembly decides it, whose office it is not learns no name by the example."""
    stranger = person("Vicenta")
    found = of_pay(stranger)[OthersPay.BY_NAME]
    assert found.is_invented
    assert "Rosa" not in str(found)

    busy.decide_pay(OthersPay.BY_NAME)
    assert "Rosa" in str(of_pay(stranger)[OthersPay.BY_NAME])


def test_each_total_is_told_as_the_public_page_would(busy: Books):
    found = of_totals()
    assert set(found) == set(Total.values)
    assert found[Total.MONEY].lines == [f"Money in the house today: S/{NBSP}125.00"]
    assert found[Total.PLACES].lines == [f"Cash box: S/{NBSP}125.00"]
    assert found[Total.OWED_TO_MEMBERS].lines == [f"To those who knit: S/{NBSP}15.00"]
    assert f"Paid to members: S/{NBSP}25.00" in found[Total.WENT_OUT].lines
    assert found[Total.OWED_TO_US].is_invented, "nobody owes us anything yet"
    assert all(one.lines for one in found.values())


@pytest.mark.parametrize("name", ["decide-pay", "decide-totals"])
def test_the_form_shows_them_below_each_way(busy: Books, name: str):
    speak(user=busy.secretary, language="en")
    client = sign_in(busy.secretary)
    page = client.get(reverse(f"reports_office:{name}")).content.decode()
    ways = OthersPay if name == "decide-pay" else Total
    assert page.count('class="office-example"') == len(ways)
    assert "From our books:" in page
    assert "Invented example:" in page
    # After a mistake they are still there.
    page = client.post(reverse(f"reports_office:{name}"), {}).content.decode()
    assert page.count('class="office-example"') == len(ways)


def test_examples_are_bounded_in_queries(busy: Books, django_assert_max_num_queries):
    for _ in range(5):
        busy.earned("3")
    with django_assert_max_num_queries(20):
        of_pay(busy.treasurer)
    with django_assert_max_num_queries(10):
        of_totals()
