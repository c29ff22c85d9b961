"""The members' screens cost the same in books of a few hundred entries and of fifty thousand."""

from collections.abc import Iterator
from datetime import date, timedelta
from unittest.mock import patch

import pytest

from ledger import queries as books
from ledger.models import Account, JournalEntry
from ledger.reports.models import Decision
from ledger.reports.services import write_decision
from ledger.services import NewEntry, credit, debit, post_entries
from tests.factories.ledger import DAY, soles
from tests.factories.production import Workshop
from tests.harness.rows import Asked, counted

Kind = JournalEntry.Kind
#: How many entries a day; the same, however long the books are.
A_DAY = 100
FEW = 1_200
#: Any moment: only how long ago she tapped counts.
MOMENT = 1_800_000_000
#: More rows than this no screen reads: a page of the book with its postings and accounts.
MOST_ROWS = 2_500
ADDRESSES = (
    "/m/book/",
    "/m/book/?what=in",
    "/m/book/?what=work",
    "/m/book/?words=aprobadas",
    "/m/book/?words=llama",
    "/m/book/?words=7.00",
    f"/m/book/?month={DAY:%Y-%m}",
    f"/m/book/?from={DAY - timedelta(days=5)}",
    "/m/earnings/",
    "/m/earnings/orders/",
)


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """On one day and in one moment: a tap later than twenty seconds after the last is written down
    in her session (three queries), and a slow machine takes as long between two of these screens.
    """
    with (
        patch("coop.kit.days.today", return_value=DAY),
        patch("coop.portal.access.time", return_value=MOMENT),
    ):
        yield


def lengthen(workshop: Workshop, many: int, *, after: int = 0) -> None:
    """So many entries, back from the day: pieces of some women, sales, rent; some are Rosa's."""
    women = [workshop.rosa.account, *(workshop.another().account for _ in range(4))]
    cash, pieces, sales = (books.account(one) for one in ("cash", "finished_pieces", "sales"))
    post_entries(
        _entry(number, women, cash, pieces, sales) for number in range(after, after + many)
    )


def _entry(
    number: int, women: list[Account], cash: Account, pieces: Account, sales: Account
) -> NewEntry:
    sides: dict[int, tuple[str, Account, Account]] = {
        0: (Kind.SALE, cash, sales),
        1: (Kind.COST_OF_SALE, cash, pieces),
    }
    hers = (Kind.PIECE_PASSED, pieces, women[number % len(women)])
    kind, debited, credited = sides.get(number % 8, hers)
    amount = soles(f"{number % 50 + 1}.00")
    return NewEntry(
        day=DAY - timedelta(days=number // A_DAY),
        kind=kind,
        memo="",
        lines=[debit(debited, amount), credit(credited, amount)],
        reference=f"scale:{number}",
        created_by=None,
    )


@pytest.mark.whole
@pytest.mark.parametrize("how", ["order", "name", "totals"])
@pytest.mark.parametrize("many", [4_000, pytest.param(50_000, marks=pytest.mark.long)])
def test_screens_ask_the_same_however_long_the_books_are(workshop, phone, how, many):
    write_decision(
        subject=Decision.Subject.OTHERS_PAY,
        chosen=[how],
        day=DAY,
        words="So we read it.",
        acta="4",
        actor=workshop.secretary,
    )
    books_begin = DAY - timedelta(days=(FEW + many) // A_DAY + 2)
    _begin(books_begin)
    lengthen(workshop, FEW)
    client = phone(workshop.rosa.user)

    def asked() -> dict[str, Asked]:
        found = {}
        for address in ADDRESSES:
            with counted() as found[address]:
                assert client.get(address).status_code == 200
        return found

    before = asked()
    lengthen(workshop, many, after=FEW)
    after = asked()

    assert {one: it.queries for one, it in after.items()} == {
        one: it.queries for one, it in before.items()
    }
    assert max(it.rows for it in after.values()) <= MOST_ROWS, after


def _begin(day: date) -> None:
    """Something was in the box before everything else."""
    lines = [
        debit(books.account("cash"), soles("1.00")),
        credit(books.account("opening_equity"), soles("1.00")),
    ]
    [_key] = post_entries(
        [
            NewEntry(
                day=day,
                kind=Kind.OPENING,
                memo="",
                lines=lines,
                reference="scale:o",
                created_by=None,
            )
        ]
    )
