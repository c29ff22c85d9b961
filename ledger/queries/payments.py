"""Payments, looked for."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from djmoney.money import Money

from coop.kit.money import books_currency, from_minor
from coop.people.models import User
from ledger.models import Account, JournalEntry, Payment, PaymentEvent
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


def refusals_for(person: User) -> QuerySet[PaymentEvent]:
    """Refusals of what she asked for, which she has not read yet, the newest first."""
    heard = PaymentEvent.objects.filter(payment=OuterRef("payment"), verb=PaymentEvent.Verb.HEARD)
    rows = PaymentEvent.objects.filter(
        ~Exists(heard), payment__requested_by=person, verb=PaymentEvent.Verb.REFUSED
    )
    return rows.select_related("payment__payee", "actor").order_by("-pk")


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


def place_of_pay() -> Account | None:
    """Out of which place members are paid: as the last time, else where most of the money is."""
    asked = Payment.objects.filter(
        kind=JournalEntry.Kind.MEMBER_PAID,
        from_account__is_open=True,
        status__in=[Payment.Status.REQUESTED, Payment.Status.SIGNED, Payment.Status.PAID],
    )
    if last := asked.select_related("from_account").order_by("-pk").first():
        return last.from_account
    places = Account.objects.money().filter(is_open=True, currency=books_currency())
    ours = places.filter(role__in=[Account.Role.CASH, Account.Role.BANK])
    return ours.order_by("-kept_balance__amount_minor", "code").first()
