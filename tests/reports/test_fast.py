"""Reports stay quick on long books: no statement reads all postings, nor more for more rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import JournalEntry
from ledger.reports.asked import Asked
from ledger.reports.flows import fold_all
from ledger.reports.statements import STATEMENTS
from ledger.services import open_member_account
from tests.factories.ledger import DAY, Books, person

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
#: The journal and an account's page are lists of postings themselves.
FIGURES = [key for key in STATEMENTS if key not in {"journal", "account"}]


@pytest.fixture
def busy(books: Books) -> Books:
    books.rate("USD", "3.75")
    books.put_in_cash("1000")
    books.earned("100")
    books.pay("40")
    books.post("receivable", "sales", "250", kind=Kind.SALE)
    return books


def queries_of(key: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        report = STATEMENTS[key].build(Asked(until=DAY, compare="before"))
    assert report.holds
    return [one["sql"] for one in caught.captured_queries]


@pytest.mark.parametrize("key", FIGURES)
def test_no_statement_reads_postings_without_a_beginning(busy: Books, key: str):
    """Every question about postings begins at a day or after a place in an account's row."""
    fold_all()
    asked = [one for one in queries_of(key) if 'FROM "ledger_posting"' in one]
    assert asked
    for sql in asked:
        assert '"day" >' in sql or '"seq" >' in sql, sql


@pytest.mark.parametrize("key", FIGURES)
def test_more_accounts_cost_no_more_queries(busy: Books, key: str):
    before = len(queries_of(key))
    for number in range(5):
        her = open_member_account(member_code=f"T-2{number}", holder=person(f"Socia{number}"))
        busy.post("finished_pieces", her, "10", kind=Kind.PIECE_PASSED)
    assert len(queries_of(key)) == before
