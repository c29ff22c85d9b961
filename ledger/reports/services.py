"""Writing a budget, and what the assembly decided."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.money import books_currency, to_minor
from coop.people.models import User
from ledger.models import Account
from ledger.reports.decisions import OthersPay, Total
from ledger.reports.errors import (
    DecisionAhead,
    DecisionIncomplete,
    NotABudget,
    NotOfResult,
    UnknownChoice,
)
from ledger.reports.models import BudgetLine, Decision

FIRST_YEAR, LAST_YEAR = 2000, 2200


@transaction.atomic
def write_budget(
    *, account: Account, year: int, month: int, amount: Money, actor: User
) -> BudgetLine | None:
    """Mean to earn or spend `amount` on `account` in a month (0: in the whole year).

    A line that is there takes the new amount; nothing (zero) takes it away, and gives None.
    Raises NotOfResult unless the account is income or expense in the books' currency, NotABudget
    for a negative amount or a year that nobody plans.
    """
    of_result = account.kind in {Account.Kind.INCOME, Account.Kind.EXPENSE}
    if not of_result or account.is_header or account.currency != books_currency():
        raise NotOfResult
    is_sensible = FIRST_YEAR <= year <= LAST_YEAR and 0 <= month <= 12
    if amount.amount < 0 or amount.currency.code != books_currency() or not is_sensible:
        raise NotABudget
    if not amount.amount:
        BudgetLine.objects.filter(account=account, year=year, month=month).delete()
        return None
    line, _made = BudgetLine.objects.update_or_create(
        account=account,
        year=year,
        month=month,
        defaults={"amount_minor": to_minor(amount), "written_by": actor, "at": timezone.now()},
    )
    return line


@transaction.atomic
def write_decision(
    *, subject: str, chosen: Sequence[str], day: date, words: str, acta: str, actor: User
) -> Decision:
    """Type what the assembly decided on `day`: which totals are public (any, or none), or in which
    one way the pay of others is shown. The same again is the decision that holds already.

    Raises DecisionAhead, DecisionIncomplete, UnknownChoice.
    """
    if day > today():
        raise DecisionAhead
    told = {"words": " ".join(words.split()), "acta": acta.strip()}
    if not all(told.values()):
        raise DecisionIncomplete
    is_one = subject == Decision.Subject.OTHERS_PAY
    known = OthersPay.values if is_one else Total.values
    wanted = [one for one in known if one in chosen]
    if subject not in Decision.Subject or len(wanted) != len(set(chosen)):
        raise UnknownChoice
    if is_one and len(wanted) != 1:
        raise UnknownChoice
    values = {"choice": ",".join(wanted), "day": day, **told}
    newest = Decision.objects.filter(subject=subject).first()
    if newest is not None and all(getattr(newest, key) == value for key, value in values.items()):
        return newest
    return Decision.objects.create(subject=subject, typed_by=actor, **values)
