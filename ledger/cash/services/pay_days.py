"""Asking for everybody's pay, and signing all of a pay day that one does not receive."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from djmoney.money import Money

from coop.kit import days
from coop.kit.errors import Refusal
from coop.kit.money import to_minor
from coop.people.models import User
from ledger import queries
from ledger.cash.errors import NothingToPay, PlanChanged
from ledger.cash.models import PayDay, PayDayLine
from ledger.cash.plans import PayLine, pay_plan
from ledger.errors import SignedAlready
from ledger.models import Account, JournalEntry, Payment
from ledger.services import request_payment, sign_payment
from ledger.services.rows import lock_accounts


@transaction.atomic
def ask_pay_day(
    *,
    from_account: Account,
    purpose: str,
    actor: User,
    on: date | None = None,
    reference: str,
    seen: str = "",
    keep: Money | None = None,
) -> PayDay:
    """Ask that every member be paid what she is owed, one payment each, as far as the cash goes.

    `keep` stays in the place. With too little the rule in force on the day says who gets what; `seen` is the digest of the
    list that was looked at (`pay_plan`). The same `reference` again gives the pay day that is
    there. Raises NothingToPay, PlanChanged, and what request_payment raises.
    Source: accounting, "a pay day with too little cash".
    """
    there = PayDay.objects.filter(reference=reference).first()
    if there is not None:
        return there
    day = on or days.today()
    # All together and in order, as every writer locks; then the list stays as it is read.
    keys = {one.pk for one in queries.payable_members(from_account.currency)}
    lock_accounts({*keys, from_account.pk})
    plan = pay_plan(from_account, day, keep=keep)
    if not plan.gets.amount:
        raise NothingToPay
    if (seen and seen != plan.digest) or {one.account.pk for one in plan.lines} - keys:
        raise PlanChanged
    pay_day = PayDay.objects.create(
        on=day,
        from_account=from_account,
        rule=plan.rule.key,
        rule_source=plan.rule.source[:120],
        available_minor=to_minor(plan.available),
        purpose=purpose,
        reference=reference,
        asked_by=actor,
    )
    for line in plan.lines:
        PayDayLine.objects.create(
            pay_day=pay_day,
            account=line.account,
            owed_minor=to_minor(line.owed),
            gets_minor=to_minor(line.gets),
            payment=_payment(pay_day, line) if line.gets.amount else None,
        )
    return pay_day


def _payment(pay_day: PayDay, line: PayLine) -> Payment:
    return request_payment(
        from_account=pay_day.from_account,
        to_account=line.account,
        payee=line.account.holder,
        payee_name="",
        amount=line.gets,
        kind=JournalEntry.Kind.MEMBER_PAID,
        purpose=pay_day.purpose,
        actor=pay_day.asked_by,
        on=pay_day.on,
        reference=f"{pay_day.reference}:{line.account.code}",
    )


@dataclass
class Signed:
    """How many were signed, and what of the others was refused, by name."""

    count: int = 0
    refusals: list[str] = field(default_factory=list)


def sign_together(*, payments: Iterable[Payment], signer: User, on: date | None = None) -> Signed:
    """Sign each of `payments` by itself: one that is refused holds up no other.

    Each gets a signature of its own under just what it says. What she signed before counts as
    signed; her own pay is refused, as always.
    """
    done = Signed()
    for one in payments:
        try:
            sign_payment(payment=one, signer=signer, on=on)
        except SignedAlready:
            done.count += 1
        except Refusal as refusal:
            done.refusals.append(f"{one.payee_label}: {refusal}")
        else:
            done.count += 1
    return done
