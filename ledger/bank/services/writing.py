"""Writing the entry that the books miss, from the bank's line itself."""

from datetime import date

from django.db import transaction
from djmoney.money import Money

from coop.kit.money import from_minor
from coop.people.models import User
from ledger.bank.errors import AlreadyMatched, WrongDirection
from ledger.bank.models import BankLine, Match
from ledger.bank.services.importing import BANK
from ledger.bank.services.matching import match_lines
from ledger.models import Account, JournalEntry, Payment
from ledger.services import credit, debit, move_money, post_entry, request_payment
from ledger.services.blocks import one_at_a_time

Kind = JournalEntry.Kind

#: What may be written at once when money came; and when it left, without signatures.
COMING = (Kind.RECEIVABLE_SETTLED, Kind.SHARES, Kind.GRANT, Kind.HAND, Kind.TRANSFER)
LEAVING = (Kind.BANK_CHARGE, Kind.TRANSFER)


def reference_of(line: BankLine) -> str:
    """The reference of what is written from a line; one that was undone leaves its name."""
    begin = f"bank:{line.key[:40]}"
    undone = JournalEntry.objects.filter(reference__startswith=begin, reversed_by__isnull=False)
    count = undone.count()
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
) -> Match:
    """Write what is open of a line into the books, against `other`, and match it.

    A bank charge and a way between our own places need no signatures; all else that leaves is
    asked for (`ask_payment_for`). `memo` is sealed for ever: member codes, no names.

    Raises WrongDirection, AlreadyMatched, and what post_entry and move_money raise.
    """
    one_at_a_time(BANK)
    line, amount = _open(line)
    if kind not in (COMING if line.is_in else LEAVING):
        raise WrongDirection(kind=Kind(kind).label)
    day = on or line.day
    debited, credited = (line.account, other) if line.is_in else (other, line.account)
    if kind == Kind.TRANSFER:
        entry = move_money(
            from_account=credited,
            to_account=debited,
            gives=amount,
            takes=amount,
            actor=actor,
            on=day,
            memo=memo,
            reference=reference_of(line),
        )
    else:
        entry = post_entry(
            day=day,
            kind=kind,
            memo=memo,
            lines=[debit(debited, amount), credit(credited, amount)],
            reference=reference_of(line),
            created_by=actor,
        )
    posting = entry.postings.get(account=line.account)
    return match_lines(lines=[line], postings=[posting], actor=actor, how=Match.How.WRITTEN)


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
    Raises WrongDirection, AlreadyMatched, and what request_payment raises.
    """
    line, amount = _open(line)
    if line.is_in:
        raise WrongDirection(kind=Kind(kind).label)
    begin = f"bank:{line.key[:40]}"
    void = Payment.objects.filter(reference__startswith=begin, status=Payment.Status.VOID).count()
    return request_payment(
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


def _open(line: BankLine) -> tuple[BankLine, Money]:
    """The line with its account, and how much of it is open, as a positive amount."""
    found = BankLine.objects.filter(pk=line.pk).standing().still_open().select_related("account")
    one = found.first()
    if one is None:
        raise AlreadyMatched
    return one, from_minor(abs(one.open_minor), one.account.currency)  # type: ignore[attr-defined]
