"""Money with strings: opening a grant, receiving it, telling what it was used for."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, format_money, to_minor
from coop.people.models import User
from ledger import queries
from ledger.errors import (
    GrantDaysWrong,
    GrantSpent,
    GrantTaken,
    GrantWithoutLines,
    LineNameTaken,
    MoreThanSpent,
    NothingSpent,
    NotPositive,
    OutsideGrant,
    SignedAsItWas,
)
from ledger.models import (
    Account,
    Grant,
    GrantLine,
    GrantPayment,
    GrantUse,
    JournalEntry,
    Payment,
)
from ledger.queries.grants import spent_by
from ledger.services.accounts import open_account
from ledger.services.exchange import becomes_income
from ledger.services.lines import credit, debit
from ledger.services.posting import hold_accounts, post_entry

Role, Kind = Account.Role, JournalEntry.Kind


@transaction.atomic
def open_grant(
    *,
    code: str,
    name: str,
    donor: str,
    purpose: str,
    starts_on: date,
    ends_on: date,
    lines: Sequence[tuple[str, Money]],
    actor: User,
    on: date | None = None,
) -> Grant:
    """Open a grant with its budget and an account of its own.

    Raises GrantTaken, GrantDaysWrong, GrantWithoutLines, LineNameTaken for two lines of one name,
    or AccountMissing without a chart.
    """
    planned = [(what.strip(), amount) for what, amount in lines if what.strip()]
    if ends_on < starts_on:
        raise GrantDaysWrong
    if not planned or any(amount.amount <= 0 for _what, amount in planned):
        raise GrantWithoutLines
    names = [what.casefold() for what, _amount in planned]
    twice = next((what for what, _amount in planned if names.count(what.casefold()) > 1), None)
    if twice is not None:
        raise LineNameTaken(name=twice)
    header = queries.account(Role.GRANTS)
    if (
        Grant.objects.filter(code=code).exists()
        or Account.objects.filter(code=f"{header.code}.{code}").exists()
    ):
        raise GrantTaken(code=code)
    account = open_account(
        code=f"{header.code}.{code}",
        name_es=name,
        name_en=name,
        kind=Account.Kind.LIABILITY,
        currency=books_currency(),
        parent=header,
    )
    grant = Grant.objects.create(
        code=code,
        name=name,
        donor=donor,
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
        account=account,
        opened_by=actor,
        opened_on=on or days.today(),
    )
    GrantLine.objects.bulk_create(
        GrantLine(grant=grant, position=place, name=what, planned_minor=to_minor(amount))
        for place, (what, amount) in enumerate(planned)
    )
    return grant


@transaction.atomic
def receive_grant(
    *, grant: Grant, into: Account, amount: Money, actor: User, on: date, reference: str
) -> JournalEntry:
    """Money of a grant arrived: what it is worth in the books is owed to its purpose.

    Raises NotPositive, RateMissing, and what post_entry raises.
    Source: accounting, "grant received".
    """
    if amount.amount <= 0:
        raise NotPositive(account=into.code)
    worth, lines = becomes_income(amount=amount, day=on)
    return post_entry(
        day=on,
        kind=Kind.GRANT,
        memo=grant.code,
        lines=[debit(into, amount), *lines, credit(grant.account, worth)],
        reference=reference,
        created_by=actor,
    )


@transaction.atomic
def tag_payment(*, payment: Payment, line: GrantLine) -> GrantPayment:
    """Say of a payment that nobody has signed yet that a grant's line pays for it.

    Raises OutsideGrant, GrantSpent, SignedAsItWas.
    """
    there = GrantPayment.objects.filter(payment=payment, line=line).first()
    if there is not None:
        return there
    if payment.approvals.exists() or hasattr(payment, "of_grant"):
        raise SignedAsItWas
    _check_days(line.grant, payment.requested_on)
    left = queries.balance(line.grant.account)
    if payment.amount > left:
        raise GrantSpent(grant=line.grant, left=format_money(left))
    return GrantPayment.objects.create(payment=payment, line=line)


def accounts_of_grant(payment: Payment) -> list[Account]:
    """What the recognition of a payment's grant will move, to be locked with the payment's own."""
    tag = (
        GrantPayment.objects.filter(payment=payment).select_related("line__grant__account").first()
    )
    return [] if tag is None else [tag.line.grant.account, queries.account(Role.GRANT_INCOME)]


def recognise_payment(*, payment: Payment, entry: JournalEntry, actor: User) -> None:
    """A payment that a grant pays for was paid: so much of the grant is income now."""
    tag = (
        GrantPayment.objects.filter(payment=payment).select_related("line__grant__account").first()
    )
    if tag is not None:
        tag_entry(line=tag.line, entry=entry, amount=payment.amount, actor=actor)


@transaction.atomic
def tag_entry(
    *, line: GrantLine, entry: JournalEntry, amount: Money, actor: User, on: date | None = None
) -> GrantUse:
    """Say that a line of a grant paid `amount` of what `entry` spent; so much becomes income.

    It is recognised on the entry's own day, or `on` where that is closed. The same again gives
    what is there. Raises NotPositive, NothingSpent, MoreThanSpent, OutsideGrant, GrantSpent, and
    what post_entry raises. Source: accounting, "grant used for its purpose".
    """
    grant, income = line.grant, queries.account(Role.GRANT_INCOME)
    hold_accounts([grant.account, income])
    there = GrantUse.objects.filter(line=line, entry=entry, amount_minor=to_minor(amount)).first()
    if there is not None and not JournalEntry.objects.filter(reverses=there.recognised_id).exists():
        return there
    _check_use(grant, entry, amount)
    closed = queries.closed_until()
    is_closed = closed is not None and entry.day <= closed
    uses = GrantUse.objects.filter(line=line, entry=entry).count()
    recognised = post_entry(
        day=(on or days.today()) if is_closed else entry.day,
        kind=Kind.GRANT_USED,
        memo=grant.code,
        lines=[debit(grant.account, amount), credit(income, amount)],
        reference=f"grant:{line.pk}:{entry.pk}:{uses + 1}",
        created_by=actor,
    )
    return GrantUse.objects.create(
        line=line,
        entry=entry,
        amount_minor=to_minor(amount),
        recognised=recognised,
        tagged_by=actor,
    )


def _check_days(grant: Grant, day: date) -> None:
    last_day = queries.last_day_of(grant)
    if not grant.starts_on <= day <= last_day:
        raise OutsideGrant(
            grant=grant,
            starts=date_format(grant.starts_on, "DATE_FORMAT"),
            ends=date_format(last_day, "DATE_FORMAT"),
            day=date_format(day, "DATE_FORMAT"),
        )


def _check_use(grant: Grant, entry: JournalEntry, amount: Money) -> None:
    if amount.amount <= 0:
        raise NotPositive(account=grant.account.code)
    spent, tagged = spent_by(entry)
    if not spent.amount:
        raise NothingSpent
    if amount > spent - tagged:
        raise MoreThanSpent(spent=format_money(spent), tagged=format_money(tagged))
    _check_days(grant, entry.day)
    left = queries.balance(grant.account)
    if amount > left:
        raise GrantSpent(grant=grant, left=format_money(left))


def uses_to_undo(entry: JournalEntry) -> list[GrantUse]:
    """The uses of grants that fall with an entry that is undone."""
    uses = GrantUse.objects.filter(entry=entry, recognised__reversed_by=None)
    return list(uses.select_related("recognised", "line__grant__account"))
