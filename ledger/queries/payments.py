"""Payments, looked for."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Sum
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models import Account, Payment
from ledger.queries.balances import balances


def payments_matching(
    *, who: str = "", status: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Payment]:
    """Payments by part of a name, of what it is for or of the account, by status and by day."""
    found = Payment.objects.all()
    for word in who.split():
        found = found.filter(
            Q(payee__first_name__icontains=word)
            | Q(payee__last_name__icontains=word)
            | Q(payee_name__icontains=word)
            | Q(purpose__icontains=word)
            | Q(to_account__code__icontains=word)
        )
    if status:
        found = found.filter(status=status)
    if since:
        found = found.filter(requested_on__gte=since)
    if until:
        found = found.filter(requested_on__lte=until)
    return found


def is_of_a_member(account: Account) -> bool:
    """Whether what is on it is owed to one member."""
    return account.parent is not None and account.parent.role == Account.Role.MEMBERS_PAYABLE


def waiting_for(account: Account) -> Money:
    """What is asked for on an account and not yet paid."""
    waiting = Payment.objects.waiting().filter(to_account=account)
    minor = waiting.aggregate(total=Sum("amount_minor", default=0))["total"]
    return from_minor(minor, account.currency)


def owed_beside(payments: Iterable[Payment]) -> dict[int, Money]:
    """What the receiver of each payment is owed now, by the payment's key; members only."""
    accounts = {one.pk: one.to_account_id for one in payments}
    owed = balances(Account.objects.of_members().filter(pk__in=set(accounts.values())))
    return {pk: owed[account] for pk, account in accounts.items() if account in owed}
