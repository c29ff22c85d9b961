"""Saying that lines of the bank are lines of the books, and taking it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from coop.kit.days import today
from coop.kit.money import format_money, from_minor
from coop.people.models import User
from ledger.bank import digests
from ledger.bank.errors import (
    AlreadyMatched,
    AlreadyUndone,
    ManyToManyRest,
    NothingMarked,
    OtherAccount,
    OtherDirection,
    SumsDiffer,
)
from ledger.bank.learning import count_help, learn, unlearn
from ledger.bank.models import BankLine, Match, Part
from ledger.bank.queries.open import open_rows
from ledger.bank.queries.suggesting import Suggestion
from ledger.bank.reading.raw import Remark
from ledger.bank.services.importing import BANK
from ledger.models import Posting
from ledger.services.blocks import one_at_a_time

#: So many rows of a side in one match.
MOST = 200


@dataclass
class _Open:
    """A row of either side and how much of it may still be matched, signed."""

    pk: int
    left: int


@transaction.atomic
def match_lines(
    *,
    lines: Iterable[BankLine],
    postings: Iterable[Posting],
    actor: User,
    how: str = Match.How.BY_HAND,
    reasons: Sequence[Remark] = (),
    rest_stays: bool = False,
    may_be_written: bool = False,
) -> Match:
    """Match lines of the bank with postings of the same account, one or many on each side.

    Both sides must be equal in what is open of them, unless `rest_stays` and one side is a single
    row: then as much as both have is matched. Postings that go the other way count against the
    sum (a fee that was kept back). `may_be_written` teaches that lines like these may be written into
    the books as this one was.

    Raises NothingMarked, OtherAccount, OtherDirection, AlreadyMatched, SumsDiffer, ManyToManyRest.
    """
    one_at_a_time(BANK)
    line_keys = sorted({one.pk for one in lines})[:MOST]
    posting_keys = sorted({one.pk for one in postings})[:MOST]
    bank, books, currency = _opened(line_keys, posting_keys)
    parts = _parts(bank, books, currency, rest_stays=rest_stays)
    match = _append(how=how, actor=actor, reasons=list(reasons), parts=parts)
    count_help(reasons)
    learn(match, line_keys, posting_keys, is_written=may_be_written, on=today())
    return match


@transaction.atomic
def match_suggested(suggestions: Iterable[Suggestion], *, actor: User) -> list[Match]:
    """Confirm one or several suggestions: each is a match of its own, and all or none is made.

    Raises what match_lines raises.
    """
    return [
        match_lines(
            lines=one.lines,
            postings=[side.posting for side in one.sides],
            actor=actor,
            how=Match.How.SUGGESTED,
            reasons=one.reasons,
        )
        for one in suggestions
    ]


def _opened(line_keys: list[int], posting_keys: list[int]) -> tuple[list[_Open], list[_Open], str]:
    if not line_keys or not posting_keys:
        raise NothingMarked
    lines = BankLine.objects.filter(pk__in=line_keys)
    written = Posting.objects.filter(pk__in=posting_keys)
    if (
        len({*lines.values_list("account", flat=True), *written.values_list("account", flat=True)})
        > 1
    ):
        raise OtherAccount
    bank = [
        _Open(one.pk, one.open_minor)  # type: ignore[attr-defined]
        for one in lines.standing().still_open().order_by("day", "pk")
    ]
    if len(bank) != len(line_keys):
        raise AlreadyMatched
    account = lines.select_related("account")[0].account
    rows: Any = open_rows(account).filter(pk__in=posting_keys)
    books = [_Open(key, left) for key, left in rows.values_list("pk", "open_minor")]
    if len(books) != len(posting_keys):
        raise AlreadyMatched
    return bank, books, account.currency


def _parts(
    bank: list[_Open], books: list[_Open], currency: str, *, rest_stays: bool
) -> list[tuple[int, int, int]]:
    """Line, posting, amount."""
    told, written = sum(one.left for one in bank), sum(one.left for one in books)
    if told * written <= 0:
        raise OtherDirection
    sign = 1 if told > 0 else -1
    if any(one.left * sign < 0 for one in bank):
        raise OtherDirection
    if told != written:
        if not rest_stays:
            raise SumsDiffer(
                bank=format_money(from_minor(told, currency)),
                books=format_money(from_minor(written, currency)),
                difference=format_money(from_minor(abs(told - written), currency)),
            )
        if (len(bank) > 1 and len(books) > 1) or any(one.left * sign < 0 for one in books):
            raise ManyToManyRest
    return _shared_out(bank, books, sign)


def _shared_out(bank: list[_Open], books: list[_Open], sign: int) -> list[tuple[int, int, int]]:
    """In the order of their days. What goes the other way comes first: it makes room."""
    parts: list[tuple[int, int, int]] = []
    largest = max(bank, key=lambda one: abs(one.left))
    for one in books:
        if one.left * sign < 0:
            parts.append((largest.pk, one.pk, one.left))
            largest.left -= one.left
            one.left = 0
    for line in bank:
        for one in books:
            amount = sign * min(abs(line.left), abs(one.left))
            if amount:
                parts.append((line.pk, one.pk, amount))
                line.left -= amount
                one.left -= amount
    return parts


@transaction.atomic
def undo_match(*, match: Match, actor: User) -> Match:
    """Take back one match: what it held is open again, and what it taught is forgotten.

    What was written from the bank's line, or recorded for somebody, stays in the books.
    Raises AlreadyUndone.
    """
    one_at_a_time(BANK)
    if match.undoes_id or Match.objects.filter(undoes=match).exists():
        raise AlreadyUndone
    unlearn(match)
    return _append(how=Match.How.UNDONE, actor=actor, reasons=[], parts=[], undoes=match)


def _append(
    *,
    how: str,
    actor: User,
    reasons: list[Remark],
    parts: list[tuple[int, int, int]],
    undoes: Match | None = None,
) -> Match:
    before = Match.objects.order_by("-number").first()
    match = Match(
        number=before.number + 1 if before else 1,
        how=str(how),
        reasons=reasons,
        by=actor,
        undoes=undoes,
    )
    match.digest = digests.of_match(match, parts, before.digest if before else "")
    match.save()
    for line, posting, amount in parts:
        Part.objects.create(match=match, line_id=line, posting_id=posting, amount_minor=amount)
    return match
