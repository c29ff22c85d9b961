"""Advances: asked for and signed as every payment, then receipts, then the rest brought back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import format_money, to_minor
from coop.people.models import User
from ledger import queries
from ledger.cash.errors import AdvanceDueTooEarly, AdvanceNotOut, MoreThanAdvanced, NotAnExpense
from ledger.cash.models import Advance, AdvancePart
from ledger.errors import NotMoney, NotPositive
from ledger.models import Account, JournalEntry, Voucher
from ledger.services import (
    Line,
    credit,
    debit,
    give_vouchers,
    post_entry,
    request_payment,
    show_voucher,
)

Kind = JournalEntry.Kind


@transaction.atomic
def ask_advance(
    *,
    person: User,
    amount: Money,
    purpose: str,
    due_on: date,
    from_account: Account,
    actor: User,
    on: date | None = None,
    reference: str,
) -> Advance:
    """Ask that `person` takes `amount` along, to account for by `due_on`; two sign it.

    The same `reference` again gives the advance that is there. Raises AdvanceDueTooEarly, and
    what request_payment raises. Source: accounting, "advance for a wool trip".
    """
    day = on or days.today()
    if due_on < day:
        raise AdvanceDueTooEarly(day=date_format(day))
    payment = request_payment(
        from_account=from_account,
        to_account=queries.account(Account.Role.TRIP_ADVANCES, from_account.currency),
        payee=person,
        payee_name="",
        amount=amount,
        kind=Kind.ADVANCE_PAID,
        purpose=purpose,
        actor=actor,
        on=day,
        reference=reference,
    )
    there = Advance.objects.filter(payment=payment).first()
    return there or Advance.objects.create(payment=payment, due_on=due_on)


@transaction.atomic
def add_receipt(
    *,
    advance: Advance,
    amount: Money,
    account: Account,
    what: str,
    actor: User,
    on: date | None = None,
    photos: Iterable[Voucher] = (),
    is_open: bool = False,
    reference: str,
) -> AdvancePart:
    """A receipt that she brought: what it cost goes to `account`, an expense.

    `photos` of it were kept before (`ledger.services.keep_voucher`); with `is_open` every member
    may look at them. The same `reference` again gives the receipt that is there. Raises
    AdvanceNotOut, MoreThanAdvanced, NotAnExpense, VoucherTaken, or what post_entry raises.
    """
    if account.kind != Account.Kind.EXPENSE:
        raise NotAnExpense(account=account)
    part = _settle(
        advance, amount, debit(account, amount), Kind.ADVANCE_SETTLED, what, actor, on, reference
    )
    pictures = list(photos)
    give_vouchers(vouchers=pictures, entry=part.entry)
    for one in pictures if is_open else ():
        show_voucher(voucher=one, is_open=True, actor=actor)
    return part


@transaction.atomic
def bring_back(
    *,
    advance: Advance,
    amount: Money,
    to_account: Account,
    actor: User,
    on: date | None = None,
    reference: str,
) -> AdvancePart:
    """Money that she brought back, into one of our places.

    Raises AdvanceNotOut, MoreThanAdvanced, NotMoney, or what post_entry raises.
    """
    if not to_account.is_money:
        raise NotMoney(account=to_account)
    line = debit(to_account, amount)
    return _settle(advance, amount, line, Kind.ADVANCE_RETURNED, "", actor, on, reference)


def _settle(
    advance: Advance,
    amount: Money,
    line: Line,
    kind: str,
    what: str,
    actor: User,
    on: date | None,
    reference: str,
) -> AdvancePart:
    rows = Advance.objects.select_for_update(of=("self",)).select_related("payment__to_account")
    advance = rows.get(pk=advance.pk)
    there = AdvancePart.objects.filter(entry__reference=reference, advance=advance).first()
    if there is not None and there.minor == to_minor(amount):
        return there
    if amount.amount <= 0:
        raise NotPositive(account=line.account.code)
    if not advance.is_out:
        raise AdvanceNotOut
    if amount > advance.outstanding:
        raise MoreThanAdvanced(left=format_money(advance.outstanding))
    entry = post_entry(
        day=on or days.today(),
        kind=kind,
        # Sealed for ever: what it was for stands in the part, which names nobody either.
        memo="",
        lines=[line, credit(advance.payment.to_account, amount)],
        reference=reference,
        created_by=actor,
    )
    return AdvancePart.objects.create(
        advance=advance, entry=entry, minor=to_minor(amount), what=what.strip(), written_by=actor
    )
