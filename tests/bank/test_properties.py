"""Whatever files come in whatever order, and whatever is matched and undone: nothing is lost,
nothing is there twice, and nothing is matched with more than it is.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ledger.bank.errors import BankError
from ledger.bank.models import BankLine, Match, Part, Statement
from ledger.bank.queries import open_lines
from ledger.bank.queries.open import open_rows
from ledger.bank.services import import_file, match_lines, undo_match
from ledger.models import JournalEntry, Posting
from tests.bank.behind import named
from tests.bank.files import csv
from tests.factories.ledger import Books

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
FIRST = date(2026, 3, 2)
HEAD = "Fecha;Detalle;Monto"

#: A movement: day, text, céntimos. Few values, so that many are alike.
movements = st.tuples(
    st.integers(0, 9), st.sampled_from(["Feria", "Hotel"]), st.sampled_from([500, -500, 1200, 99])
)
months = st.lists(movements, min_size=1, max_size=12)
#: Which days of the month a file covers: from one to another.
spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)


def file_of(month: list[tuple[int, str, int]], first: int, last: int) -> bytes:
    """The bank's file of whole days."""
    rows = [
        f"{FIRST + timedelta(days=day)};{text};{minor / 100:.2f}"
        for day, text, minor in sorted(month)
        if first <= day <= last
    ]
    return csv(*rows, head=HEAD)


@given(month=months, files=st.lists(spans, min_size=1, max_size=5))
def test_whole_days_told_often_and_overlapping_are_there_once(
    books: Books, month: list[tuple[int, str, int]], files: list[list[int]]
):
    bank = books.account("bank")
    with transaction.atomic():
        for first, last in [*files, *files[::-1]]:
            data = file_of(month, first, last)
            if data.count(b"\n") > 1:
                import_file(data=data, name="m.csv", account=bank, actor=None)
        told = {day for first, last in files for day in range(first, last + 1)}
        expected = Counter(
            (FIRST + timedelta(days=day), text, minor) for day, text, minor in month if day in told
        )
        there = Counter(BankLine.objects.values_list("day", "text", "amount_minor"))
        assert there == expected
        assert named() == []
        for one in Statement.objects.all():
            lines = sum(one.mentions.values_list("line__amount_minor", flat=True))
            assert one.opening_minor + lines == one.closing_minor
        connection.check_constraints()
        transaction.set_rollback(True)


amounts = st.lists(st.sampled_from([500, 700, 1200, -500, -700]), min_size=1, max_size=6)
picks = st.lists(st.integers(0, 5), min_size=1, max_size=3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("match"), picks, picks, st.booleans()),
        st.tuples(st.just("undo"), st.integers(0, 9)),
    ),
    max_size=10,
)


class Pencil:
    """Who was matched with what, on paper: a list of what stands."""

    def __init__(self) -> None:
        self.stands: dict[int, list[tuple[int, int, int]]] = {}

    def left(self, whole: dict[int, int], place: int) -> dict[int, int]:
        taken: dict[int, int] = defaultdict(int)
        for parts in self.stands.values():
            for part in parts:
                taken[part[place]] += part[2]
        return {key: amount - taken[key] for key, amount in whole.items()}


@given(told=amounts, written=amounts, steps=steps)
def test_matching_and_undoing_conserves_every_centimo(
    books: Books, told: list[int], written: list[int], steps: list[tuple[Any, ...]]
):
    with transaction.atomic():
        _play(books, told, written, steps)
        transaction.set_rollback(True)


def _play(books: Books, told: list[int], written: list[int], steps: list[tuple[Any, ...]]) -> None:
    bank = books.account("bank")
    rows = [f"{FIRST};Movimiento {place};{minor / 100:.2f}" for place, minor in enumerate(told)]
    import_file(data=csv(*rows, head=HEAD), name="m.csv", account=bank, actor=None)
    lines = list(BankLine.objects.order_by("pk"))
    postings = [_post(books, minor) for minor in written]
    whole = (
        {one.pk: one.amount_minor for one in lines},
        {one.pk: one.signed_minor for one in postings},
    )
    paper, matches = Pencil(), list[Match]()
    for step in steps:
        if step[0] == "match":
            chosen = [lines[one % len(lines)] for one in step[1]]
            sides = [postings[one % len(postings)] for one in step[2]]
            try:
                made = match_lines(
                    lines=chosen, postings=sides, actor=books.treasurer, rest_stays=step[3]
                )
            except BankError:
                continue
            matches.append(made)
            parts = Part.objects.filter(match=made)
            paper.stands[made.pk] = list(parts.values_list("line", "posting", "amount_minor"))
        elif matches:
            one = matches[step[1] % len(matches)]
            try:
                undo_match(match=one, actor=books.treasurer)
            except BankError:
                assert one.pk not in paper.stands
                continue
            del paper.stands[one.pk]
    _compare(bank, whole, paper)


def _post(books: Books, minor: int) -> Posting:
    amount = f"{abs(minor) / 100:.2f}"
    if minor > 0:
        entry = books.post("bank", "receivable", amount, kind=Kind.RECEIVABLE_SETTLED)
    else:
        entry = books.post("bank_charges", "bank", amount, kind=Kind.BANK_CHARGE)
    return entry.postings.get(account__role="bank")


def _compare(bank: Any, whole: tuple[dict[int, int], dict[int, int]], paper: Pencil) -> None:
    by_line = {key: left for key, left in paper.left(whole[0], 0).items() if left}
    by_posting = {key: left for key, left in paper.left(whole[1], 1).items() if left}
    lines: Any = open_lines(bank)
    rows: Any = open_rows(bank)
    assert dict(lines.values_list("pk", "open_minor")) == by_line
    assert dict(rows.values_list("pk", "open_minor")) == by_posting
    for left, lot in ((by_line, whole[0]), (by_posting, whole[1])):
        assert all(
            0 < amount * (1 if lot[key] > 0 else -1) <= abs(lot[key])
            for key, amount in left.items()
        )
    assert named() == []
