"""Closing days: asked for, signed by two, done with the second signature."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils.formats import date_format
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor, to_minor, zero
from coop.people.models import User
from ledger import queries
from ledger.errors import (
    ClosingAsked,
    ClosingChanged,
    ClosingOver,
    ClosingSignedAlready,
    ClosingSignerNotAllowed,
    PeriodAhead,
    PeriodGoesBack,
    YearFirst,
)
from ledger.models import (
    Account,
    Closing,
    ClosingEntry,
    ClosingSignature,
    JournalEntry,
    Period,
)
from ledger.models.closing import SIGNATURES_TO_CLOSE
from ledger.queries.closing import ClosingPlan, is_as_asked, plan_closing, results_by_currency
from ledger.services.blocks import one_at_a_time
from ledger.services.exchange import becomes_expense, becomes_income
from ledger.services.lines import Line, credit, debit
from ledger.services.posting import hold_accounts, post_entry

Role, Kind, Status = Account.Role, JournalEntry.Kind, Closing.Status
MAY_SIGN = "ledger.sign_payment"


@transaction.atomic
def request_closing(
    *, last_day: date, actor: User, note: str = "", on: date | None = None
) -> Closing:
    """Ask that every day up to `last_day` be closed, as the books stand now.

    Asked again while nothing changed, it is the closing that is there; one that no longer fits
    is called off by itself. Raises PeriodAhead unless the day is over, PeriodGoesBack if it is
    closed already, YearFirst beyond an end of a year that is not closed, ClosingAsked while
    another waits, RateMissing for a currency that cannot be revalued.
    """
    today = on or days.today()
    if last_day >= today:
        raise PeriodAhead
    _alone_with_the_journal()
    _check_last_day(last_day)
    plan = plan_closing(last_day)
    there = queries.closing_waiting()
    if there is not None and there.last_day != last_day:
        raise ClosingAsked(last_day=date_format(there.last_day, "DATE_FORMAT"))
    if there is not None and is_as_asked(there, plan):
        return there
    if there is not None:
        _void(there, str(ClosingChanged.message))
    return Closing.objects.create(
        scope=plan.scope,
        last_day=last_day,
        entries=plan.entries,
        gain_minor=to_minor(plan.gain),
        result_minor=to_minor(plan.result),
        note=note,
        requested_by=actor,
        requested_on=today,
    )


def sign_closing(*, closing: Closing, signer: User, on: date | None = None) -> Closing:
    """Sign a closing as it stands; with the second signature its entries are written and it holds.

    Raises ClosingOver unless it waits, ClosingSignerNotAllowed, ClosingSignedAlready, RateMissing,
    or ClosingChanged if the books of those days are not what they were: then it is called off.
    """
    with transaction.atomic():
        _alone_with_the_journal()
        closing = Closing.objects.select_for_update().get(pk=closing.pk)
        _check_signer(closing, signer)
        plan = plan_closing(closing.last_day)
        is_the_same = is_as_asked(closing, plan)
        if not is_the_same:
            _void(closing, str(ClosingChanged.message))
        else:
            _sign(closing, signer, on or days.today())
            if closing.signatures.count() >= SIGNATURES_TO_CLOSE:
                _close(closing, plan, signer)
    if not is_the_same:
        raise ClosingChanged
    return closing


@transaction.atomic
def void_closing(*, closing: Closing, actor: User, reason: str) -> Closing:
    """Call a closing off before it is done. Raises ClosingOver once it is done or called off."""
    closing = Closing.objects.select_for_update().get(pk=closing.pk)
    if closing.status != Status.ASKED:
        raise ClosingOver(status=closing.get_status_display())
    _void(closing, f"{actor}: {reason}"[:200])
    return closing


def _alone_with_the_journal() -> None:
    """Nobody posts meanwhile: what is counted here is all that there is until this is committed.

    Who posts at this moment is waited for; who comes later meets the closed days. What is locked
    is what every writer locks first, the balances: were it the journal, a writer who holds a
    balance would wait for us, and we for the balance. On SQLite a transaction that writes is
    alone anyway.
    """
    one_at_a_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ledger_accountbalance IN EXCLUSIVE MODE")


def _check_last_day(last_day: date) -> None:
    closed = queries.closed_until()
    if closed is not None and last_day <= closed:
        raise PeriodGoesBack(last_day=closed)
    opened = closed + timedelta(days=1) if closed else queries.first_day()
    if opened is not None and last_day > date(opened.year, 12, 31):
        raise YearFirst(year=opened.year)


def _check_signer(closing: Closing, signer: User) -> None:
    if closing.status != Status.ASKED:
        raise ClosingOver(status=closing.get_status_display())
    # Read anew: who lost her office a moment ago must not sign with what was remembered.
    if not User.objects.get(pk=signer.pk).has_perm(MAY_SIGN):
        raise ClosingSignerNotAllowed
    if closing.signatures.filter(signer=signer).exists():
        raise ClosingSignedAlready


def _void(closing: Closing, why: str) -> None:
    closing.status, closing.why_void = Status.VOID, why[:200]
    closing.save(update_fields=["status", "why_void"])


def _sign(closing: Closing, signer: User, on: date) -> None:
    ClosingSignature.objects.create(
        closing=closing,
        signer=signer,
        scope=closing.scope,
        last_day=closing.last_day,
        entries=closing.entries,
        gain_minor=closing.gain_minor,
        result_minor=closing.result_minor,
        signed_on=on,
    )


def _close(closing: Closing, plan: ClosingPlan, signer: User) -> None:
    lines = revaluation_lines(plan.gain)
    if lines:
        _write(closing, Kind.REVALUATION, lines, signer)
    if plan.is_year:
        lines = _result_lines(closing.last_day)
        if lines:
            _write(closing, Kind.RESULT, lines, signer)
    Period.objects.create(last_day=closing.last_day, closed_by=signer, note=closing.note)
    closing.status = Status.CLOSED
    closing.save(update_fields=["status"])


def _write(closing: Closing, kind: str, lines: list[Line], signer: User) -> None:
    entry = post_entry(
        day=closing.last_day,
        kind=kind,
        memo=closing.note,
        lines=lines,
        reference=f"closing:{closing.pk}:{kind}",
        created_by=signer,
    )
    ClosingEntry.objects.create(closing=closing, entry=entry)


def revaluation_lines(gain: Money) -> list[Line]:
    """What makes the exchange accounts, valued at the day's rates, come to nothing.

    The difference is not turned back next month: the next closing books what came since, so that
    all of them together are what was gained. Source: accounting, "Two currencies".
    """
    if not gain.amount:
        return []
    exchange = queries.account(Role.EXCHANGE)
    if gain > zero():
        return [debit(exchange, gain), credit(queries.account(Role.EXCHANGE_GAIN), gain)]
    return [debit(queries.account(Role.EXCHANGE_LOSS), -gain), credit(exchange, -gain)]


def _result_lines(last_day: date) -> list[Line]:
    """Every account of income and expense comes to zero; what is left over is the result."""
    by_currency = results_by_currency(last_day)
    lines: list[Line] = []
    result = zero()
    for currency in sorted(by_currency, key=lambda one: (one != books_currency(), one)):
        held = by_currency[currency]
        lines += [_against(account, net) for account, net in held]
        earned = from_minor(-sum(net for _account, net in held), currency)
        worth, crossing = _in_books(earned, last_day)
        result += worth
        lines += crossing
    if result.amount:
        place = queries.account(Role.RESULT)
        lines.append(credit(place, result) if result > zero() else debit(place, -result))
    if lines:
        hold_accounts(line.account for line in lines)
    return lines


def _against(account: Account, net: int) -> Line:
    """The line that brings an account with `net` debits to zero."""
    amount = from_minor(abs(net), account.currency)
    return credit(account, amount) if net > 0 else debit(account, amount)


def _in_books(earned: Money, day: date) -> tuple[Money, list[Line]]:
    """What was earned in a currency, in the books' own, and the lines by which it gets there."""
    if not earned.amount or earned.currency.code == books_currency():
        return (earned, []) if earned.amount else (zero(), [])
    if earned.amount > 0:
        return becomes_income(amount=earned, day=day)
    worth, lines = becomes_expense(amount=-earned, day=day)
    return -worth, lines
