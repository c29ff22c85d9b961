"""Writing the entry that the books miss, from the bank's line itself."""

from datetime import date

from django.db import transaction
from djmoney.money import Money

from coop.kit.money import from_minor, to_minor
from coop.people.models import User
from ledger.bank.errors import AlreadyMatched, SayHowMuch, WrittenBefore, WrongDirection
from ledger.bank.kinds import COMING, LEAVING
from ledger.bank.models import BankLine, Match
from ledger.bank.queries.late import day_to_write
from ledger.bank.queries.open import open_rows
from ledger.bank.reading.raw import Remark
from ledger.bank.services.importing import BANK
from ledger.bank.services.matching import match_lines
from ledger.kept import refuse_kept
from ledger.models import Account, JournalEntry, Payment, Posting
from ledger.services import credit, crossing, debit, move_money, post_entry, request_by_hand
from ledger.services.blocks import one_at_a_time

Kind = JournalEntry.Kind


def reference_of(line: BankLine) -> str:
    """The reference of what is written from a line; each further one gets a number."""
    begin = f"bank:{line.key[:40]}"
    count = JournalEntry.objects.filter(reference__startswith=begin, reverses=None).count()
    return f"{begin}:{count}" if count else begin


@transaction.atomic
def write_entry(
    *,
    line: BankLine,
    kind: str,
    other: Account,
    actor: User,
    memo: str = "",
    on: date | None = None,
    worth: Money | None = None,
    reasons: tuple[Remark, ...] = (),
) -> Match:
    """Write what is open of a line into the books, against `other`, and match it.

    A bank charge and a way between our own places need no signatures; all else that leaves is
    asked for (`ask_payment_for`). `memo` is sealed for ever: member codes, no names. Where `other`
    is kept in another currency, `worth` says how much of it is meant: what the bank's rate made of
    it against ours is a realised gain or loss. What was written from this line before, and waits
    since its match was undone, is matched again. It is written `on` a day, or else on the line's own,
    or on the first that is open where that one is closed.

    Raises WrongDirection, KeptByTheHouse, AlreadyMatched, WrittenBefore, SayHowMuch, and what post_entry and
    move_money raise.
    """
    one_at_a_time(BANK)
    line, amount = open_part(line)
    if kind not in (COMING if line.is_in else LEAVING):
        raise WrongDirection(kind=Kind(kind).label)
    refuse_kept([other], kind)
    if worth is None:
        if other.currency != amount.currency.code:
            raise SayHowMuch(account=other.code, currency=other.currency)
        worth = amount
    posting = _written_before(line, kind, other, amount, worth)
    if posting is None:
        entry = _write(line, kind, other, amount, worth, actor, memo, on or day_to_write(line))
        posting = entry.postings.get(account=line.account)
    return match_lines(
        lines=[line],
        postings=[posting],
        actor=actor,
        how=Match.How.WRITTEN,
        reasons=reasons,
        may_be_written=True,
    )


def _write(
    line: BankLine,
    kind: str,
    other: Account,
    amount: Money,
    worth: Money,
    actor: User,
    memo: str,
    day: date,
) -> JournalEntry:
    came = line.is_in
    gives, takes = (worth, amount) if came else (amount, worth)
    debited, credited = (line.account, other) if came else (other, line.account)
    reference = reference_of(line)
    if kind == Kind.TRANSFER:
        return move_money(
            from_account=credited,
            to_account=debited,
            gives=gives,
            takes=takes,
            actor=actor,
            on=day,
            memo=memo,
            reference=reference,
        )
    return post_entry(
        day=day,
        kind=kind,
        memo=memo,
        lines=[
            debit(debited, takes),
            *crossing(gives=gives, takes=takes, day=day),
            credit(credited, gives),
        ],
        reference=reference,
        created_by=actor,
    )


def _written_before(
    line: BankLine, kind: str, other: Account, amount: Money, worth: Money
) -> Posting | None:
    """What was written from this line and waits again, if it is just this. Raises WrittenBefore
    where it is something else.
    """
    begin = f"bank:{line.key[:40]}"
    rows = open_rows(line.account).filter(entry__reference__startswith=begin)
    waiting = rows.select_related("entry").prefetch_related("entry__postings").first()
    if waiting is None:
        return None
    moved = {(one.account_id, one.amount_minor) for one in waiting.entry.postings.all()}
    wanted = {(line.account_id, to_minor(amount)), (other.pk, to_minor(worth))}
    kinds = {str(kind), str(Kind.EXCHANGE)} if kind == Kind.TRANSFER else {str(kind)}
    if waiting.entry.kind not in kinds or not wanted <= moved:
        raise WrittenBefore
    return waiting


@transaction.atomic
def ask_payment_for(
    *,
    line: BankLine,
    kind: str,
    to_account: Account,
    payee: User | None,
    payee_name: str,
    purpose: str,
    actor: User,
) -> Payment:
    """Ask for the payment that the bank says was made: two must still sign it.

    Once it is written as paid, its posting is suggested for this line.
    Raises WrongDirection, AlreadyMatched, and what request_by_hand raises.
    """
    line, amount = open_part(line)
    if line.is_in:
        raise WrongDirection(kind=Kind(kind).label)
    begin = f"bank:{line.key[:40]}"
    void = Payment.objects.filter(reference__startswith=begin, status=Payment.Status.VOID).count()
    return request_by_hand(
        from_account=line.account,
        to_account=to_account,
        payee=payee,
        payee_name=payee_name,
        amount=amount,
        kind=kind,
        purpose=purpose,
        actor=actor,
        reference=f"{begin}:{void}" if void else begin,
    )


def open_part(line: BankLine) -> tuple[BankLine, Money]:
    """The line with its account, and how much of it is open, as a positive amount.

    Raises AlreadyMatched if nothing is.
    """
    found = BankLine.objects.filter(pk=line.pk).standing().still_open().select_related("account")
    one = found.first()
    if one is None:
        raise AlreadyMatched
    return one, from_minor(abs(one.open_minor), one.account.currency)  # type: ignore[attr-defined]
