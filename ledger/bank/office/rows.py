"""What the page shows of each row of either side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger import queries as books
from ledger.bank.explain import Explanation
from ledger.bank.models import BankLine, LineDetail, Match, Statement
from ledger.bank.queries.forwarded import explained
from ledger.bank.queries.open import Side, first_statement_day
from ledger.bank.queries.proposing import Offer
from ledger.bank.queries.suggesting import AFTER, Board, Suggestion
from ledger.bank.remarks import say_all
from ledger.models import Posting


@dataclass(frozen=True)
class SideRow:
    """A posting that waits, and what happened in a sentence."""

    side: Side
    sentence: str
    explanation: Explanation | None


@dataclass(frozen=True)
class LineRow:
    """A line of the bank that waits, with what it may be."""

    line: BankLine
    open: Money
    suggestion: Suggestion | None
    offer: Offer | None
    sides: Sequence[SideRow]
    #: The suggestion is told on its first line only; the others say with which.
    is_first: bool
    #: A line of another file that may be this one, by other words.
    twin: BankLine | None = None

    @cached_property
    def reasons(self) -> list[str]:
        """Why, in sentences."""
        found = self.suggestion or self.offer
        return say_all(found.reasons) if found else []

    @property
    def is_part(self) -> bool:
        """Whether some of it is matched already."""
        return self.open != self.line.amount

    @property
    def details(self) -> Sequence[LineDetail]:
        """What it gathers (they were read with it)."""
        return list(self.line.details.all())


def line_rows(
    found: Board,
    sides: Sequence[SideRow],
    offers: Mapping[int, Offer],
    twins: Mapping[int, BankLine],
) -> list[LineRow]:
    """The bank's side in order."""
    by_posting = {one.side.posting.pk: one for one in sides}
    rows = []
    for line in found.lines:
        suggestion = found.of_line(line)
        theirs = [by_posting[one.posting.pk] for one in suggestion.sides] if suggestion else []
        left: Any = getattr(line, "open_minor", line.amount_minor)
        rows.append(
            LineRow(
                line,
                from_minor(left, line.account.currency),
                suggestion,
                offers.get(line.pk),
                theirs,
                suggestion is not None and suggestion.lines[0] == line,
                twins.get(line.pk),
            )
        )
    return rows


def side_rows(found: Board) -> list[SideRow]:
    """The books' side in order."""
    return [
        SideRow(one, books.describe(one.entry, names=True), found.explanations.get(one.entry.pk))
        for one in found.sides
    ]


def shown_sides(
    rows: Sequence[SideRow], found: Board, statement: Statement, *, with_older: bool
) -> list[SideRow]:
    """Those for the page of a statement: since the first one began, until shortly after this one.

    What is older is in the opening balance, unless it is suggested or asked for.
    """
    first = first_statement_day(statement.account) or statement.first_day
    last = statement.last_day + AFTER
    named = {side.posting.pk for one in found.suggestions for side in one.sides}
    return [
        one
        for one in rows
        if one.side.posting.pk in named
        or ((with_older or one.side.posting.day >= first) and one.side.posting.day <= last)
    ]


@dataclass(frozen=True)
class MatchRow:
    """A match that stands: its lines, its postings, who said it and why."""

    match: Match
    lines: Sequence[BankLine]
    postings: Sequence[Posting]
    amount: Money
    reasons: Sequence[str]


def match_rows(statement: Statement) -> "MatchRows":
    """The matches of a statement's lines that stand, the newest first."""
    rows = Match.objects.filter(
        undone_by=None, parts__line__mentions__statement=statement
    ).distinct()
    return MatchRows(rows.select_related("by").order_by("-number"))


class MatchRows(Sequence[MatchRow]):
    """A slice of matches costs a handful of queries, however many it has."""

    def __init__(self, rows: QuerySet[Match]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, place: Any) -> Any:
        found = self.rows[place]
        if isinstance(found, Match):
            return _match_row(found)
        return [
            _match_row(one)
            for one in found.prefetch_related("parts__line__account", "parts__posting__entry")
        ]


def _match_row(match: Match) -> MatchRow:
    parts = list(match.parts.all())
    lines = list({one.line_id: one.line for one in parts}.values())
    postings = list({one.posting_id: one.posting for one in parts}.values())
    total = sum(one.amount_minor for one in parts)
    amount = from_minor(total, lines[0].account.currency)
    return MatchRow(match, lines, postings, amount, say_all(match.reasons))


def explanation_of(posting: Posting) -> Explanation | None:
    """What a posting's entry was, down to its pieces."""
    entry = books.entries().get(pk=posting.entry_id)
    return explained([entry]).get(entry.pk)
