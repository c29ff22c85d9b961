"""Sharing a year's result as the assembly decided, or letting the funds bear a loss."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, format_money, from_minor, to_minor, total, zero
from coop.people.models import User
from ledger import queries, weights
from ledger.errors import (
    DecidedAhead,
    DecisionMissing,
    MoreThanResult,
    NoResult,
    NotEnoughMoney,
    NothingShared,
    NothingToShareBy,
    NotPositive,
)
from ledger.models import Account, JournalEntry, Period, SurplusDecision, SurplusShare
from ledger.services.lines import Line, credit, debit
from ledger.services.posting import hold_accounts, post_entry
from ledger.sharing import share

Role = Account.Role
#: The funds inside the equity among which a result is shared.
FUNDS = (Role.COMMON_FUND, Role.WOOL_FUND, Role.SOLIDARITY_FUND, Role.RESERVE)


@dataclass(frozen=True)
class Part:
    """What one account gets (or bears); `weight` is a member's, None for a fund."""

    account: Account
    weight: int | None
    amount: Money


@dataclass(frozen=True)
class Decision:
    """What the assembly decided: its words, the day, and the number of the acta."""

    decided_on: date
    words: str
    acta: str


def year_of_result() -> date:
    """The last day of the newest year that was closed. Raises NoResult."""
    closed = Period.objects.filter(last_day__month=12, last_day__day=31).order_by("-last_day")
    newest = closed.first()
    if newest is None:
        raise NoResult
    return newest.last_day


def parts_of_surplus(
    *, to_funds: Mapping[str, Money], to_members: Money, formula: str, until: date
) -> list[Part]:
    """Who gets how much: the funds by role, and each member by the formula, to the cent.

    Raises NotPositive, NothingShared, UnknownFormula or NothingToShareBy.
    """
    parts = []
    for role, amount in to_funds.items():
        if amount.amount < 0:
            raise NotPositive(account=queries.account(role).code)
        if amount.amount:
            parts.append(Part(queries.account(role), None, amount))
    if to_members.amount < 0:
        raise NotPositive(account=queries.account(Role.RESULT).code)
    if to_members.amount:
        parts += _members(to_members, formula, until)
    if not parts:
        raise NothingShared
    return parts


def _members(amount: Money, formula: str, until: date) -> list[Part]:
    chosen = weights.find(formula)
    found = chosen.weigh(date(until.year, 1, 1), until)
    accounts = Account.objects.of_members().filter(
        pk__in=[key for key, weight in found.items() if weight > 0],
        is_open=True,
        currency=books_currency(),
    )
    members = list(accounts.select_related("holder", "parent").order_by("code"))
    if not members:
        raise NothingToShareBy(formula=chosen.label)
    weighed = [found[one.pk] for one in members]
    shared = share(to_minor(amount), weighed)
    return [
        Part(one, weight, from_minor(minor, amount.currency.code))
        for one, weight, minor in zip(members, weighed, shared, strict=True)
    ]


@transaction.atomic
def share_surplus(
    *,
    to_funds: Mapping[str, Money],
    to_members: Money,
    formula: str,
    decision: Decision,
    actor: User,
    on: date | None = None,
    reference: str,
) -> SurplusDecision:
    """Share the result of the newest closed year among funds and members; what is theirs is owed.

    The same `reference` again gives what is there. Raises NoResult, MoreThanResult,
    DecisionMissing, DecidedAhead, what parts_of_surplus raises and what post_entry raises.
    Source: accounting, "year's result, by vote".
    """
    there = SurplusDecision.objects.filter(entry__reference=reference).first()
    if there is not None:
        return there
    day = on or days.today()
    _check(decision, day)
    until = year_of_result()
    parts = parts_of_surplus(to_funds=to_funds, to_members=to_members, formula=formula, until=until)
    result = queries.account(Role.RESULT)
    hold_accounts([result, *(one.account for one in parts)])
    shared, held = total(one.amount for one in parts), queries.balance(result)
    if held.amount <= 0:
        raise NoResult
    if shared > held:
        raise MoreThanResult(result=format_money(held), parts=format_money(shared))
    given = [one for one in parts if one.amount.amount]
    lines = [debit(result, shared), *(credit(one.account, one.amount) for one in given)]
    facts = {"until": until, "formula": formula if to_members.amount else ""}
    return _record(lines, given, shared, facts, decision, actor, day, reference)


@transaction.atomic
def bear_loss(
    *,
    from_funds: Mapping[str, Money],
    decision: Decision,
    actor: User,
    on: date | None = None,
    reference: str,
) -> SurplusDecision:
    """Let funds bear a loss of the newest closed year, as the assembly decided.

    Raises NoResult, MoreThanResult, NotEnoughMoney for a fund that holds less, DecisionMissing,
    DecidedAhead, and what parts_of_surplus and post_entry raise.
    """
    there = SurplusDecision.objects.filter(entry__reference=reference).first()
    if there is not None:
        return there
    day = on or days.today()
    _check(decision, day)
    until = year_of_result()
    parts = parts_of_surplus(to_funds=from_funds, to_members=zero(), formula="", until=until)
    result = queries.account(Role.RESULT)
    hold_accounts([result, *(one.account for one in parts)])
    borne, lost = total(one.amount for one in parts), -queries.balance(result)
    if lost.amount <= 0:
        raise NoResult
    if borne > lost:
        raise MoreThanResult(result=format_money(-lost), parts=format_money(borne))
    for one in parts:
        held = queries.balance(one.account)
        if held < one.amount:
            raise NotEnoughMoney(account=one.account, held=format_money(held))
    lines = [*(debit(one.account, one.amount) for one in parts), credit(result, borne)]
    taken = [Part(one.account, None, -one.amount) for one in parts]
    facts = {"until": until, "formula": ""}
    return _record(lines, taken, -borne, facts, decision, actor, day, reference)


def _check(decision: Decision, day: date) -> None:
    if not decision.words.strip() or not decision.acta.strip():
        raise DecisionMissing
    if decision.decided_on > day:
        raise DecidedAhead


def _record(
    lines: list[Line],
    parts: list[Part],
    amount: Money,
    facts: dict[str, object],
    decision: Decision,
    actor: User,
    day: date,
    reference: str,
) -> SurplusDecision:
    entry = post_entry(
        day=day,
        kind=JournalEntry.Kind.SURPLUS,
        memo=f"Acta {decision.acta}",
        lines=lines,
        reference=reference,
        created_by=actor,
    )
    made = SurplusDecision.objects.create(
        entry=entry,
        amount_minor=to_minor(amount),
        decided_on=decision.decided_on,
        words=decision.words.strip(),
        acta=decision.acta.strip(),
        recorded_by=actor,
        recorded_on=day,
        **facts,
    )
    SurplusShare.objects.bulk_create(
        SurplusShare(
            decision=made,
            account=one.account,
            weight=one.weight,
            amount_minor=to_minor(one.amount),
        )
        for one in parts
    )
    return made
