"""When money may leave the house: the rule of two signatures, said kindly.

The trigger on `ledger_seal` keeps the same rule in the database.
Source: design, what must always hold, 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ledger import evidence
from ledger.canonical import SealedPayment
from ledger.errors import (
    DifferenceAlone,
    MoneyNeedsPayment,
    NotSigned,
    OnlyExpenses,
    OnlyOwnMoney,
    PaymentDiffers,
    WrongSource,
    WrongTarget,
)
from ledger.models import Account, Approval, JournalEntry, Payment
from ledger.models.payments import SIGNATURES_NEEDED
from ledger.ways import WAYS, Way

if TYPE_CHECKING:
    from ledger.services.rows import Draft, LockedAccount

Kind = JournalEntry.Kind
Role = Account.Role

#: What two currencies' amounts differed by. They stand beside an exchange account, but where
#: books are taken over from paper and where a year's result is shared.
DIFFERENCES = {Role.EXCHANGE_GAIN, Role.EXCHANGE_LOSS}
SETTLING = {Kind.OPENING, Kind.RESULT, Kind.SURPLUS}


def check(draft: Draft, locked: dict[int, LockedAccount]) -> SealedPayment | None:
    """Whether the draft may take money out; the payment it carries out, if it names one.

    Raises MoneyNeedsPayment, PaymentDiffers, NotSigned, OnlyOwnMoney, OnlyExpenses, WrongSource,
    WrongTarget or DifferenceAlone.
    """
    if draft.kind == Kind.TRANSFER and not all(one.is_money for one in locked.values()):
        raise OnlyOwnMoney
    evidence.check(draft, locked)
    roles = {one.role for one in locked.values()}
    if roles & DIFFERENCES and Role.EXCHANGE not in roles and draft.kind not in SETTLING:
        raise DifferenceAlone
    if draft.payment is not None:
        return _signed_payment(draft, draft.payment)
    out = [
        locked[line.account_id]
        for line in draft.lines
        if line.side == "credit" and locked[line.account_id].is_money
    ]
    if out and draft.kind in WAYS:
        debited = [locked[line.account_id] for line in draft.lines if line.side == "debit"]
        _check_way(WAYS[draft.kind], draft.kind, out, debited)
    elif out and draft.kind != Kind.REVERSAL:
        raise MoneyNeedsPayment(account=out[0].code)
    return None


def _check_way(
    way: Way, kind: str, out: Sequence[LockedAccount], debited: Sequence[LockedAccount]
) -> None:
    """Whether money goes as the table of ways says."""
    label = Kind(kind).label
    for one in out:
        if not way.takes_from(one.role):
            raise WrongSource(kind=label, account=one.code)
    for one in debited:
        if not way.leads_to(role=one.role, kind=one.kind, is_money=one.is_money):
            if way.into_kinds == (Account.Kind.EXPENSE,):
                raise OnlyExpenses
            raise WrongTarget(kind=label, account=one.code)


def _signed_payment(draft: Draft, named: Payment) -> SealedPayment:
    payment = Payment.objects.get(pk=named.pk)
    agreed = {
        ("debit", payment.to_account_id, payment.amount_minor),
        ("credit", payment.from_account_id, payment.amount_minor),
    }
    entered = {(line.side, line.account_id, line.amount_minor) for line in draft.lines}
    if entered != agreed or len(draft.lines) != 2 or draft.kind != payment.kind:
        raise PaymentDiffers
    signed = valid_signatures(payment)
    if payment.status != Payment.Status.SIGNED or len(signed) < SIGNATURES_NEEDED:
        raise NotSigned(signatures=len(signed))
    return SealedPayment(
        payment.reference, payment.payee_id, payment.requested_by_id, payment.requested_on, signed
    )


def valid_signatures(payment: Payment) -> tuple[tuple[int, date], ...]:
    """Who signed just this payment, and when; never the payee."""
    approvals = Approval.objects.filter(
        payment=payment,
        from_account=payment.from_account_id,
        to_account=payment.to_account_id,
        payee=payment.payee_id,
        payee_name=payment.payee_name,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        purpose=payment.purpose,
    ).order_by("signer_id")
    signed = approvals.values_list("signer_id", "signed_on")
    return tuple(one for one in signed if one[0] != payment.payee_id)
