"""Writing the journal: the only way into it."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from coop.kit.money import format_money, from_minor
from coop.people.models import User
from ledger import signatures
from ledger.canonical import SealedPayment
from ledger.errors import (
    AccountClosed,
    AccountIsHeader,
    AlreadyReversed,
    BeforeTheBooks,
    CannotReverse,
    LedgerError,
    MadeByClosing,
    NotPositive,
    PeriodClosed,
    ReferenceConflict,
    TooFewLines,
    Unbalanced,
    WrongCurrency,
)
from ledger.models import Account, JournalEntry, Payment, Posting
from ledger.services import rows
from ledger.services.lines import Line
from ledger.services.refused import in_words
from ledger.services.rows import Bounds, Draft, DraftLine, LockedAccount

Kind = JournalEntry.Kind


def one_transaction() -> AbstractContextManager[Any]:
    """A transaction, unless the caller is in one: every refusal comes before the first write,
    so that no savepoint is needed to take anything back.
    """
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def hold_accounts(accounts: Iterable[Account]) -> None:
    """Lock the balances of all `accounts` until the transaction ends, in the order of their keys.

    For a transaction that posts more than once: locking some accounts with the first entry and
    others with the second, two of them could wait for each other.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("accounts are held within a transaction")
    rows.lock_accounts(account.pk for account in accounts)


def post_entry(
    *,
    day: date,
    kind: str,
    memo: str,
    lines: Iterable[Line],
    reference: str,
    created_by: User | None,
    payment: Payment | None = None,
    reverses: JournalEntry | None = None,
) -> JournalEntry:
    """Write one entry of business day `day`, seal it and bring the balances along.

    The same `reference` again gives the entry that is there, if its content is the same.
    `memo` is sealed for ever: member codes, no names. An entry that takes money out names its
    signed `payment` (or is of a kind that needs none: see `ledger.signatures`).

    Raises ReferenceConflict, Unbalanced, TooFewLines, NotPositive, WrongCurrency, AccountClosed,
    AccountIsHeader, PeriodClosed, BeforeTheBooks, or a refusal of `ledger.signatures`; then
    nothing is written.
    Source: design, what must always hold, 1, 2, 3 and 6.
    """
    draft = Draft(
        day=day,
        kind=str(kind),
        memo=memo,
        reference=reference,
        lines=shape(lines),
        created_by_id=created_by.pk if created_by else None,
        created_at=timezone.now(),
        payment=payment,
        reverses=reverses,
    )
    with one_transaction():
        locked, bounds = rows.lock_accounts(line.account_id for line in draft.lines)
        if not rows.insert_tells() and (there := already_there(draft)):
            return there
        try:
            check(draft, locked, bounds)
            signed = signatures.check(draft, locked)
        except LedgerError:
            # What was refused now may have been written before, when it was right.
            if there := already_there(draft):
                return there
            raise
        return _write(draft, locked, signed)


def shape(lines: Iterable[Line]) -> tuple[DraftLine, ...]:
    """The lines in minor units; what is wrong by itself is refused before any lock."""
    shaped, sums = [], dict[str, int]()
    for line in lines:
        shaped_line = DraftLine.of(line)
        if shaped_line.amount_minor <= 0:
            raise NotPositive(account=line.account.code)
        if shaped_line.currency != line.account.currency:
            raise WrongCurrency(
                account=line.account.code,
                expected=line.account.currency,
                currency=shaped_line.currency,
            )
        sums[shaped_line.currency] = sums.get(shaped_line.currency, 0) + shaped_line.signed_minor
        shaped.append(shaped_line)
    if len(shaped) < 2:
        raise TooFewLines
    for currency, difference in sums.items():
        if difference:
            raise Unbalanced(difference=format_money(from_minor(difference, currency)))
    return tuple(shaped)


def already_there(draft: Draft) -> JournalEntry | None:
    """The entry that already has the draft's reference. Raises ReferenceConflict if it differs."""
    key = rows.key_of(draft.reference)
    if key is None:
        return None
    there = JournalEntry.objects.get(pk=key)
    postings = there.postings.order_by("position").values_list("account_id", "side", "amount_minor")
    same = (
        (there.day, there.kind, there.memo) == (draft.day, draft.kind, draft.memo)
        and there.payment_id == (draft.payment.pk if draft.payment else None)
        and there.reverses_id == (draft.reverses.pk if draft.reverses else None)
        and list(postings) == [(one.account_id, one.side, one.amount_minor) for one in draft.lines]
    )
    if not same:
        raise ReferenceConflict(reference=draft.reference)
    return there


def _check_day(draft: Draft, bounds: Bounds) -> None:
    day, first = draft.day, bounds.first_day
    if bounds.closed_until is not None and day <= bounds.closed_until:
        raise PeriodClosed(day=day, last_day=bounds.closed_until)
    # What was taken over from paper contains all that came before it: an entry of an earlier day
    # would count it twice. Only an opening itself moves the day on which the books begin.
    if first is not None and day < first and draft.kind != Kind.OPENING:
        raise BeforeTheBooks(day=date_format(first, "DATE_FORMAT"))


def check(draft: Draft, locked: dict[int, LockedAccount], bounds: Bounds) -> None:
    """Raises what refuses the draft's day or accounts."""
    _check_day(draft, bounds)
    for account in locked.values():
        if not account.is_open:
            raise AccountClosed(account=account.code)
        if account.is_header:
            raise AccountIsHeader(account=account.code)


def bounds_after(draft: Draft, bounds: Bounds) -> Bounds:
    """The books' bounds once `draft` is in them: an opening may move the day they begin on."""
    if bounds.first_day is not None and bounds.first_day <= draft.day:
        return bounds
    return replace(bounds, first_day=draft.day)


def _write(
    draft: Draft, locked: dict[int, LockedAccount], signed: SealedPayment | None
) -> JournalEntry:
    try:
        # A refusal of the database leaves nothing that the caller could go on with.
        with transaction.atomic(savepoint=False):
            written = rows.write(draft, locked, signed)
    except IntegrityError as refused:
        if (meant := in_words(refused, draft)) is None:
            raise
        raise meant from refused
    there = written or already_there(draft)
    if there is None:
        raise ReferenceConflict(reference=draft.reference)
    return there


@transaction.atomic
def reverse_entry(*, entry: JournalEntry, reason: str, day: date, actor: User) -> JournalEntry:
    """Undo `entry` by its mirror image on business day `day`; `reason` becomes the memo.

    What a grant was told to have paid of it falls with it. Repeating it gives the reversal that is
    there. Raises CannotReverse for a reversal, MadeByClosing for what closing days wrote,
    AlreadyReversed if it was reversed with another content, and what post_entry raises.
    """
    entry = JournalEntry.objects.get(pk=entry.pk)
    if entry.kind == Kind.REVERSAL:
        raise CannotReverse
    if entry.kind in {Kind.REVALUATION, Kind.RESULT}:
        raise MadeByClosing
    there = JournalEntry.objects.filter(reverses=entry).first()
    if there is not None and (there.memo, there.day) != (reason, day):
        raise AlreadyReversed(entry=entry.label)
    recognised = JournalEntry.objects.filter(grant_use__entry=entry, reversed_by=None)
    undone = [entry, *recognised.order_by("pk")]
    if len(undone) > 1:
        hold_accounts(Account.objects.filter(postings__entry__in=undone).distinct())
    reversal = _mirror(entry, reason, day, actor)
    for one in undone[1:]:
        _mirror(one, reason, day, actor)
    return reversal


def _mirror(entry: JournalEntry, reason: str, day: date, actor: User) -> JournalEntry:
    return post_entry(
        day=day,
        kind=Kind.REVERSAL,
        memo=reason,
        lines=mirrored(entry.postings.select_related("account").order_by("position")),
        reference=f"reversal:{entry.reference}"[:200],
        created_by=actor,
        reverses=entry,
    )


def mirrored(postings: Iterable[Posting]) -> Sequence[Line]:
    """Lines that undo `postings`: the same accounts and amounts, the other side."""
    other: dict[str, Any] = {"debit": "credit", "credit": "debit"}
    return [Line(one.account, other[one.side], one.amount) for one in postings]
