"""Whatever happens in whatever order, the books agree with a page and a pencil."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from ledger import queries
from ledger.errors import BeforeTheBooks, LedgerError, PeriodClosed
from ledger.models import JournalEntry
from ledger.services import (
    Line,
    gather_block,
    post_entry,
    reverse_entry,
)
from tests.factories.ledger import Books, close_period
from tests.ledger.test_audit import findings

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind

# Money leaves only by payments and by ways of its own, which have tests of their own.
ROLES = ["trip_advances", "finished_pieces", "receivable", "sales", "wool_store", "supplier",
         "rent", "common_fund"]  # fmt: skip
FIRST = date(2026, 1, 1)

days = st.integers(0, 120).map(lambda count: FIRST + timedelta(days=count))
accounts = st.sampled_from(ROLES)
amounts = st.integers(1, 10**9)
splits = st.lists(st.tuples(accounts, amounts), min_size=1, max_size=4)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("post"), days, accounts, splits, st.booleans()),
        st.tuples(st.just("repeat"), st.integers(0, 30)),
        st.tuples(st.just("reverse"), st.integers(0, 30), days),
        st.tuples(st.just("close"), days),
        st.tuples(st.just("gather")),
    ),
    max_size=14,
)


class Pencil:
    """The books on paper: a list of what was written, added up anew every time."""

    def __init__(self) -> None:
        self.written: list[tuple[date, list[tuple[str, int]]]] = []
        self.closed = date.min

    @property
    def first_day(self) -> date:
        """Where the books begin."""
        return min(on for on, _ in self.written)

    def balance(self, role: str, day: date = date.max) -> int:
        return sum(
            amount
            for on, lines in self.written
            if on <= day
            for one, amount in lines
            if one == role
        )


class Game:
    """The same steps in the ledger and on paper."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.paper = Pencil()
        self.entries: list[tuple[JournalEntry, dict[str, Any]]] = []
        self.reversed: set[int] = set()

    def play(self, step: tuple[Any, ...]) -> None:
        getattr(self, step[0])(*step[1:])

    def post(self, day: date, role: str, split: list[tuple[str, int]], is_debit: bool) -> None:
        whole = sum(amount for _, amount in split)
        sign = 1 if is_debit else -1
        paper = [(role, sign * whole), *((one, -sign * amount) for one, amount in split)]
        wanted = {
            "day": day,
            "kind": Kind.HAND,
            "memo": "",
            "lines": [self._line(one, amount) for one, amount in paper],
            "reference": f"game:{len(self.entries)}",
            "created_by": self.books.treasurer,
        }
        try:
            entry = post_entry(**wanted)
        except PeriodClosed:
            assert day <= self.paper.closed
            return
        except BeforeTheBooks:
            assert day < self.paper.first_day
            return
        assert day > self.paper.closed
        assert not self.paper.written or day >= self.paper.first_day
        self.paper.written.append((day, paper))
        self.entries.append((entry, wanted))

    def _line(self, role: str, signed: int) -> Line:
        side = "debit" if signed > 0 else "credit"
        return Line(self.books.account(role), side, Money(abs(signed), "PEN") / 100)

    def repeat(self, which: int) -> None:
        if self.entries:
            entry, wanted = self.entries[which % len(self.entries)]
            assert post_entry(**wanted) == entry

    def reverse(self, which: int, day: date) -> None:
        if not self.entries:
            return
        place = which % len(self.entries)
        entry, _ = self.entries[place]
        try:
            reverse_entry(entry=entry, reason=str(day), day=day, actor=self.books.treasurer)
        except LedgerError:
            too_early = day <= self.paper.closed or day < self.paper.first_day
            assert too_early or place in self.reversed
            return
        if place in self.reversed:
            return  # told twice with the same words: it is the reversal that is there
        self.reversed.add(place)
        lines = list(
            entry.postings.order_by("position").values_list("account__role", "side", "amount_minor")
        )
        undone = [(one, -n if side == "debit" else n) for one, side, n in lines]
        self.paper.written.append((day, undone))

    def close(self, day: date) -> None:
        try:
            close_period(last_day=day, actor=self.books.treasurer)
        except LedgerError:
            assert day <= self.paper.closed
            return
        self.paper.closed = day

    def gather(self) -> None:
        gather_block()


@given(steps=steps, day=days)
def test_the_books_agree_with_paper(books: Books, steps: list[tuple[Any, ...]], day: date):
    with transaction.atomic():
        game = Game(books)
        for step in steps:
            game.play(step)
        _compare(game, day)
        assert findings() == []
        connection.check_constraints()
        transaction.set_rollback(True)


def _compare(game: Game, day: date) -> None:
    for role in ROLES:
        account = game.books.account(role)
        sign = account.natural_sign
        assert queries.balance(account).amount * 100 == sign * game.paper.balance(role)
        assert queries.balance_on(account, day).amount * 100 == sign * game.paper.balance(role, day)
    trial = queries.trial_balance(day)
    assert trial.is_balanced
    nets: dict[str, int] = defaultdict(int)
    for line in trial.lines:
        held = line.debit or -(line.credit or 0)
        nets[line.role] = int(held.amount * 100)
    assert nets == {
        role: game.paper.balance(role, day) for role in ROLES if game.paper.balance(role, day)
    }
    numbers = JournalEntry.objects.exclude(number=None).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, numbers.count() + 1))
