"""Writing a budget."""

from django.db import transaction
from django.utils import timezone
from djmoney.money import Money

from coop.kit.money import books_currency, to_minor
from coop.people.models import User
from ledger.models import Account
from ledger.reports.errors import NotABudget, NotOfResult
from ledger.reports.models import BudgetLine

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
