"""What the treasurer writes by hand: from a template, or line by line."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from djmoney.money import Money

from coop.people.models import User
from ledger import queries
from ledger.errors import BooksHaveBegun, SpendsMoney
from ledger.kept import refuse_kept, refuse_undoing
from ledger.models import Account, GrantLine, JournalEntry, Payment, Voucher
from ledger.plain import Template
from ledger.services.grants import tag_payment
from ledger.services.lines import Line
from ledger.services.payments import request_payment
from ledger.services.posting import post_entry, reverse_entry
from ledger.services.vouchers import give_vouchers

Kind = JournalEntry.Kind


class PaymentAsked(TypedDict):
    """What else `request_payment` takes."""

    from_account: Account
    payee_name: str
    amount: Money
    kind: str
    purpose: str
    actor: User
    on: NotRequired[date | None]
    reference: str


@transaction.atomic
def write_by_hand(
    *,
    lines: Sequence[Line],
    kind: str,
    day: date,
    memo: str,
    vouchers: Iterable[Voucher] = (),
    actor: User,
    reference: str,
) -> JournalEntry:
    """Post an entry of any lines, with the photographs of its papers.

    Raises KeptByTheHouse for an account that only events write, BooksHaveBegun for an opening where
    something else is in the books, VoucherTaken and what post_entry raises.
    """
    refuse_kept((line.account for line in lines), kind)
    if kind == Kind.OPENING and not queries.may_open():
        raise BooksHaveBegun
    entry = post_entry(
        day=day, kind=kind, memo=memo, lines=lines, reference=reference, created_by=actor
    )
    give_vouchers(vouchers=vouchers, entry=entry)
    return entry


@transaction.atomic
def undo_by_hand(*, entry: JournalEntry, reason: str, day: date, actor: User) -> JournalEntry:
    """Undo an entry from its page in the journal, as `reverse_entry` does.

    Raises CountedElsewhere for wool and a provider's money, and what reverse_entry raises.
    """
    if not JournalEntry.objects.filter(reverses=entry).exists():
        refuse_undoing(entry)
    return reverse_entry(entry=entry, reason=reason, day=day, actor=actor)


def write_from_template(
    *,
    template: Template,
    amount: Money,
    account: Account | None,
    place: Account | None,
    to: Account | None,
    day: date,
    memo: str,
    vouchers: Iterable[Voucher] = (),
    actor: User,
    reference: str,
) -> JournalEntry:
    """Post what a template says; `amount` is in the currency of its place.

    Raises SpendsMoney for one that asks for a payment instead, and RateMissing.
    """
    if template.spends:
        raise SpendsMoney
    return write_by_hand(
        lines=template.lines(amount=amount, account=account, place=place, to=to, day=day),
        kind=template.kind,
        day=day,
        memo=memo,
        vouchers=vouchers,
        actor=actor,
        reference=reference,
    )


def request_by_hand(
    *, to_account: Account, payee: User | None, **what: Unpack[PaymentAsked]
) -> Payment:
    """Ask for a payment that no event of the house brings about; what a member is owed is hers.

    Raises KeptByTheHouse and what request_payment raises.
    """
    if payee is None or to_account.holder_id != payee.pk:
        refuse_kept([to_account])
    return request_payment(to_account=to_account, payee=payee, **what)


@transaction.atomic
def ask_from_template(
    *,
    template: Template,
    amount: Money,
    account: Account,
    place: Account,
    payee: User | None,
    payee_name: str,
    purpose: str,
    grant_line: GrantLine | None = None,
    vouchers: Iterable[Voucher] = (),
    actor: User,
    on: date,
    reference: str,
) -> Payment:
    """Ask for the payment that a template says, with the photographs of its papers.

    Raises KeptByTheHouse, VoucherTaken, what request_payment raises and what tag_payment raises; then
    nothing was asked for.
    """
    payment = request_by_hand(
        from_account=place,
        to_account=account,
        payee=payee,
        payee_name=payee_name,
        amount=amount,
        kind=template.kind,
        purpose=purpose,
        actor=actor,
        on=on,
        reference=reference,
    )
    if grant_line is not None:
        tag_payment(payment=payment, line=grant_line)
    give_vouchers(vouchers=vouchers, payment=payment)
    return payment
