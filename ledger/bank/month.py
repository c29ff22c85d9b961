"""The bank's part of a month: its statements are here, and they agree with the books."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.kit.money import format_money
from ledger.bank.models import BankLine, Mention, Statement
from ledger.bank.queries import Standing, standing_of
from ledger.models import Account, Posting
from ledger.month_steps import Span, State, Step, month_step
from ledger.queries import balance_on

#: A bank's file ends with its last movement: so many quiet days may follow it.
QUIET = timedelta(days=7)


def _followed(month: Span) -> list[Account]:
    """Accounts of which we have statements; before the first one, our bank accounts in use.

    One that neither held nor moved money in the month has no statement of it to bring.
    """
    told = Statement.objects.standing().values("account")
    accounts = Account.objects.filter(pk__in=told, is_open=True).order_by("code")
    in_use = Account.objects.filter(role=Account.Role.BANK, is_open=True, kept_balance__seq__gt=0)
    rows = list(accounts) or list(in_use.order_by("code"))
    return [one for one in rows if _is_in_use(one, month)]


def _is_in_use(account: Account, month: Span) -> bool:
    days = {"day__gte": month.first, "day__lte": month.last}
    covering = Statement.objects.standing().filter(
        account=account, first_day__lte=month.last, last_day__gte=month.first
    )
    return bool(
        balance_on(account, month.last).amount
        or Posting.objects.filter(account=account, **days).exists()
        or covering.exists()
    )


def _newest(account: Account, month: Span) -> Statement | None:
    """The statement that reaches furthest into the month or beyond it.

    A later one tells of the month only if it goes on from one that began by then: a month without
    movements stands in no file.
    """
    told = Statement.objects.standing().filter(account=account)
    if not told.filter(first_day__lte=month.last).exists():
        return None
    rows = told.filter(last_day__gte=month.first)
    found: Statement | None = rows.select_related("account").order_by("last_day", "number").last()
    return found


def _reaches(one: Statement, last: date) -> bool:
    return one.last_day >= last - QUIET


@month_step(10)
def statement(month: Span) -> Step:
    """Every account has a statement that reaches to the month's end."""
    followed = _followed(month)
    found = {account: _newest(account, month) for account in followed}
    missing = [
        one for one, newest in found.items() if not (newest and _reaches(newest, month.last))
    ]
    state: State = "done"
    if not followed:
        told = _("We have no account at a bank.")
    elif not missing:
        told = _told_until([one for one in found.values() if one])
    elif (part := found[missing[0]]) is not None:
        state = "left"
        told = _("%(account)s: the statement ends on %(day)s.") % {
            "account": missing[0].name,
            "day": date_format(part.last_day, "MONTH_DAY_FORMAT"),
        }
    else:
        state = "left"
        told = _("%(account)s: no statement of this month yet.") % {"account": missing[0].name}
    account = f"?account={missing[0].code}" if missing else ""
    return Step(
        title=gettext_lazy("Bring in the bank's statement"),
        state=state,
        told=told,
        url=reverse("bank_office:import") + account if missing else reverse("bank_office:index"),
        button=gettext_lazy("Import a statement")
        if missing
        else gettext_lazy("See the statements"),
        icon="card",
    )


def _told_until(statements: list[Statement]) -> str:
    last = min(one.last_day for one in statements)
    words = ngettext(
        "The statement is here, until %(day)s.",
        "The statements are here, until %(day)s.",
        len(statements),
    )
    return words % {"day": date_format(last, "MONTH_DAY_FORMAT")}


@month_step(20)
def match(month: Span) -> Step:
    """Every line up to the month's end is matched, and what still differs is explained."""
    lines = BankLine.objects.standing().filter(day__lte=month.last).still_open()
    count = lines.count()
    statements = list(
        Statement.objects.standing()
        .filter(last_day__gte=month.first, first_day__lte=month.last)
        .select_related("account")
        .order_by("number")
    )
    state: State = "left"
    if count:
        words = ngettext(
            "%(count)s line of the bank is not matched yet.",
            "%(count)s lines of the bank are not matched yet.",
            count,
        )
        told = words % {"count": count}
        # The one that holds the oldest of them.
        oldest = lines.order_by("day", "pk").values("pk")[:1]
        mention = Mention.objects.filter(line__in=oldest, statement__withdrawn_at=None)
        statements = [one.statement for one in mention.select_related("statement")[:1]]
    elif not statements:
        state, told = "later", _("When the statement is here.")
    else:
        state, told = _agreement([standing_of(one) for one in statements])
    url = reverse("bank_office:index")
    if statements:
        url = reverse("bank_office:statement", args=[statements[-1].number])
    return Step(
        title=gettext_lazy("Match the bank with our books"),
        state=state,
        told=told,
        url=url,
        button=gettext_lazy("Match them") if count else gettext_lazy("See the statement"),
        icon="ledger",
        if_closed=gettext_lazy(
            "If you close these days first, what the books still miss for them is written on the"
            " first day after."
        )
        if count
        else "",
    )


def _agreement(found: list[Standing]) -> tuple[State, str]:
    """Whether bank and books are the same; or if the difference is one that the next file explains."""
    apart = [one for one in found if not one.is_reconciled]
    if not apart:
        return "done", _("Bank and books agree: the difference is zero.")
    one = apart[-1]
    facts = {"amount": format_money(one.difference)}
    if not one.rest.amount and not one.file_gap.amount:
        words = _("All lines are matched; %(amount)s of our books wait for the next statement.")
        return "done", words % facts
    return "left", _("All lines are matched, and yet %(amount)s differ.") % facts
