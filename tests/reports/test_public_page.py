"""The page of totals for everybody: month by month, and the line that it has in the minute book."""

from datetime import date

import pytest
from django.test import Client

from coop.kit import days
from ledger.models import Block
from ledger.reports.decisions import OthersPay
from ledger.root_line import line_of
from ledger.services import gather_block
from tests.factories.ledger import Books
from tests.ledger.behind import rules_off, run

pytestmark = pytest.mark.django_db
THIS = days.month_of(days.today())
BEFORE = days.months_back(THIS, 1)


@pytest.fixture
def busy(books: Books) -> Books:
    """150 came in a month ago; this month 40 were earned, and the bank took 25."""
    books.post("bank", "opening_equity", "150", kind="opening", day=BEFORE)
    books.earned("40", day=THIS)
    books.post("bank_charges", "bank", "25", kind="bank_charge", day=THIS)
    return books


def public(client: Client | None = None, **query: str) -> str:
    page = (client or Client()).get("/en/open-book/", query).content.decode()
    return " ".join(page.replace("\u00a0", " ").split())


def month(page: str, day: date) -> str:
    """The row of a month."""
    name = f"{day:%B %Y}"
    rows = page.split('id="months"')[1].split("</table>", maxsplit=1)[0].split("<tr>")
    return next((one for one in rows if name in one), "")


def test_months_are_told_one_by_one(busy: Books):
    busy.publish("came-in", "went-out")
    page = public()

    assert "S/ 150.00" in month(page, BEFORE)
    assert "S/ 25.00" in month(page, THIS)
    assert page.split('id="months"')[1].split("</table>")[0].count("<tr>") == 3


@pytest.mark.parametrize(
    ("total", "told", "hidden"),
    [("came-in", "S/ 150.00", "S/ 25.00"), ("went-out", "S/ 25.00", "S/ 150.00")],
)
def test_of_the_months_only_what_the_assembly_chose_is_told(
    busy: Books, total: str, told: str, hidden: str
):
    busy.publish(total)
    page = public()
    rows = page.split('id="months"')[1].split("</table>")[0]
    assert told in rows
    assert hidden not in page


def test_without_such_a_decision_there_are_no_months(busy: Books):
    busy.publish("money")
    assert 'id="months"' not in public()


def test_where_pay_is_told_in_totals_only_told_months_are_shown(busy: Books):
    """Of one woman's month nothing is told: it could be reckoned from the months."""
    busy.publish("came-in", "went-out")
    busy.decide_pay(OthersPay.TOTALS)
    assert 'id="months"' not in public()


def test_the_newest_line_is_there_to_be_compared_with_the_minute_book(busy: Books):
    assert 'id="line"' not in public()
    gather_block()
    line = line_of(Block.objects.get())

    page = public()
    assert all(f"<span>{one}</span>" in page for one in line.checked)
    assert f"= {line.sum}" in page


def test_an_older_line_is_compared_and_what_differs_is_said(busy: Books):
    gather_block()
    old = line_of(Block.objects.get())
    busy.earned("1", day=THIS)
    gather_block()

    assert "The line is the same." in public(line=old.text.replace(" ", "\n"))
    miscopied = old.text.replace(old.checked[0], "1111-9")
    assert "group 1 is miscopied" in public(line=miscopied)
    assert "cannot be read" in public(line="<script>")
    with rules_off():
        run("UPDATE ledger_block SET root = %s WHERE number = 1", "1" * 64)
        assert "has another line now" in public(line=old.text)
