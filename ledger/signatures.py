"""When money may leave the house: the rule of two signatures, said kindly.

The trigger on `ledger_seal` keeps the same rule in the database.
Source: design, what must always hold, 3.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ledger.canonical import SealedPayment
from ledger.errors import (
    MoneyNeedsPayment,
    NotSigned,
    OnlyExpenses,
    OnlyOwnMoney,
    PaymentDiffers,
)
from ledger.models import Account, Approval, JournalEntry, Payment
from ledger.models.payments import SIGNATURES_NEEDED

if TYPE_CHECKING:
    from ledger.services.rows import Draft, LockedAccount

Kind = JournalEntry.Kind

#: Kinds whose entries take money out without signatures, each with a rule of its own.
EXEMPT = (
    Kind.REFUND,
    Kind.FEE,
    Kind.DISPUTE,
    Kind.PAYOUT,
    Kind.BANK_CHARGE,
    Kind.TRANSFER,
    Kind.REVERSAL,
)
#: Of these, the ones that may only be an expense.
ONLY_EXPENSES = (Kind.FEE, Kind.BANK_CHARGE)


def check(draft: Draft, locked: dict[int, LockedAccount]) -> SealedPayment | None:
    """Whether the draft may take money out; the payment it carries out, if it names one.

    Raises MoneyNeedsPayment, PaymentDiffers, NotSigned, OnlyOwnMoney or OnlyExpenses.
    """
    if draft.kind == Kind.TRANSFER and not all(one.is_money for one in locked.values()):
        raise OnlyOwnMoney
    if draft.payment is not None:
        return _signed_payment(draft, draft.payment)
    out = [
        locked[line.account_id]
        for line in draft.lines
        if line.side == "credit" and locked[line.account_id].is_money
    ]
    if out and draft.kind in ONLY_EXPENSES:
        debited = [locked[line.account_id] for line in draft.lines if line.side == "debit"]
        if any(one.kind != Account.Kind.EXPENSE for one in debited):
            raise OnlyExpenses
    if out and draft.kind not in EXEMPT:
        raise MoneyNeedsPayment(account=out[0].code)
    return None


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
    ).order_by("signer_id")
    signed = approvals.values_list("signer_id", "signed_on")
    return tuple(one for one in signed if one[0] != payment.payee_id)
