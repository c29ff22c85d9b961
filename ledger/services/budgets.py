"""The budget of a grant changes: a new version with its reason, and the old ones stay."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import format_money, from_minor, to_minor
from coop.people.models import User
from ledger import queries
from ledger.errors import (
    BudgetBelowSpent,
    BudgetReasonMissing,
    BudgetUnchanged,
    DecidedAhead,
    GrantDaysWrong,
    GrantUsedLater,
    GrantWithoutLines,
    LineNameTaken,
)
from ledger.models import (
    Grant,
    GrantBudget,
    GrantLine,
    GrantPayment,
    GrantPlan,
    GrantUse,
    Payment,
    Voucher,
)


@transaction.atomic
def change_budget(
    *,
    grant: Grant,
    planned: Sequence[tuple[GrantLine | str, Money]],
    reason: str,
    agreed_on: date,
    ends_on: date | None = None,
    letter: Voucher | None = None,
    actor: User,
) -> GrantBudget:
    """Plan anew what a grant is for, as its donor agreed: a line of it, or a new one by its name.

    A line that is not named gets nothing. `ends_on` is the last day from now on; None leaves it.
    Raises BudgetReasonMissing, DecidedAhead, GrantWithoutLines, LineNameTaken, BudgetBelowSpent
    for less than a line has spent or asked for, GrantDaysWrong, GrantUsedLater for a last day
    before something that is told of the grant, or BudgetUnchanged.
    """
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if not reason.strip():
        raise BudgetReasonMissing
    if agreed_on > days.today():
        raise DecidedAhead
    lines = list(grant.lines.order_by("position"))
    before = queries.planned_now(grant)
    wanted = {one: to_minor(amount) for one, amount in planned if isinstance(one, GrantLine)}
    new = [(one.strip(), amount) for one, amount in planned if isinstance(one, str)]
    _check(grant, lines, wanted, new)
    last_day = None if ends_on == queries.last_day_of(grant) else ends_on
    is_planned_so = not new and {one.pk: minor for one, minor in wanted.items() if minor} == before
    if is_planned_so and last_day is None:
        raise BudgetUnchanged
    _check_last_day(grant, last_day)
    if not grant.budgets.exists():
        first = {one: one.planned_minor for one in lines}
        at = grant.created_at
        _write(grant, first, agreed_on=grant.opened_on, actor=grant.opened_by, at=at)
    added = [
        GrantLine.objects.create(
            grant=grant, position=len(lines) + place, name=name, planned_minor=to_minor(amount)
        )
        for place, (name, amount) in enumerate(new)
    ]
    wanted |= {one: one.planned_minor for one in added}
    return _write(
        grant,
        wanted,
        reason=reason.strip(),
        agreed_on=agreed_on,
        ends_on=last_day,
        letter=letter,
        actor=actor,
    )


def _check_last_day(grant: Grant, last_day: date | None) -> None:
    if last_day is None:
        return
    if last_day < grant.starts_on:
        raise GrantDaysWrong
    uses = GrantUse.objects.filter(line__grant=grant, recognised__reversed_by=None)
    asked = GrantPayment.objects.filter(line__grant=grant, payment__in=Payment.objects.waiting())
    told = [
        uses.aggregate(day=Max("entry__day"))["day"],
        asked.aggregate(day=Max("payment__requested_on"))["day"],
    ]
    newest = max((day for day in told if day), default=None)
    if newest is not None and newest > last_day:
        raise GrantUsedLater(day=date_format(newest, "DATE_FORMAT"))


def _write(
    grant: Grant,
    planned: dict[GrantLine, int],
    *,
    agreed_on: date,
    actor: User,
    reason: str = "",
    ends_on: date | None = None,
    letter: Voucher | None = None,
    at: datetime | None = None,
) -> GrantBudget:
    budget = GrantBudget.objects.create(
        grant=grant,
        number=grant.budgets.count() + 1,
        reason=reason,
        agreed_on=agreed_on,
        ends_on=ends_on,
        letter=letter,
        written_by=actor,
        at=at or timezone.now(),
    )
    GrantPlan.objects.bulk_create(
        GrantPlan(budget=budget, line=one, planned_minor=minor)
        for one, minor in planned.items()
        if minor
    )
    return budget


def _check(
    grant: Grant,
    lines: Sequence[GrantLine],
    wanted: dict[GrantLine, int],
    new: Sequence[tuple[str, Money]],
) -> None:
    names = {one.name.casefold() for one in lines}
    for name, amount in new:
        if not name or amount.amount <= 0:
            raise GrantWithoutLines
        if name.casefold() in names:
            raise LineNameTaken(name=name)
        names.add(name.casefold())
    if any(one.grant_id != grant.pk or minor < 0 for one, minor in wanted.items()):
        raise GrantWithoutLines
    if not new and not any(wanted.values()):
        raise GrantWithoutLines
    for told in queries.grant_report(grant).lines:
        bound = to_minor(told.spent + told.asked)
        if next((minor for one, minor in wanted.items() if one.pk == told.pk), 0) < bound:
            raise BudgetBelowSpent(line=told.name, spent=format_money(from_minor(bound)))
