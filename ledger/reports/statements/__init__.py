"""Every report that there is: what it answers, what it asks for, and who builds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.reports.asked import Asked
from ledger.reports.papers import Report
from ledger.reports.statements import (
    aged,
    balance_sheet,
    budget,
    cash_flow,
    income,
    journal,
    members,
    places,
    trial,
)

#: What a report asks for: the end of a day; days; days and an account.
Wants = Literal["day", "days", "account"]


@dataclass(frozen=True)
class Statement:
    """A report as it is offered: its name, the question it answers, what it needs to know."""

    key: str
    title: str | Promise
    question: str | Promise
    wants: Wants
    build: Callable[[Asked], Report]
    icon: str = "ledger"
    group: str | Promise = ""


_FIRST, _OWED, _BOOKS = _("How we stand"), _("Who owes whom"), _("The books themselves")

STATEMENTS: dict[str, Statement] = {
    one.key: one
    for one in (
        Statement(
            "places",
            _("Where is our money?"),
            _("In which box, bank or hand is every cent, and who answers for it?"),
            "day",
            places.build,
            "coins",
            group=_FIRST,
        ),
        Statement(
            "balance-sheet",
            _("Balance sheet"),
            _("What do we have, what do we owe, and what is left as our own?"),
            "day",
            balance_sheet.build,
            "shelf",
            group=_FIRST,
        ),
        Statement(
            "income-statement",
            _("Income statement"),
            _("Did we earn more than we spent, and on what?"),
            "days",
            income.build,
            "chart",
            group=_FIRST,
        ),
        Statement(
            "cash-flow",
            _("Cash flow"),
            _("Where did our money come from, and where did it go?"),
            "days",
            cash_flow.build,
            "coins",
            group=_FIRST,
        ),
        Statement(
            "budget",
            _("Budget and what came of it"),
            _("Did we earn and spend as we had meant to?"),
            "days",
            budget.build,
            "scroll",
            group=_FIRST,
        ),
        Statement(
            "members",
            _("Members' balances"),
            _("What do we owe to each member, and what did she earn and receive?"),
            "days",
            members.build,
            "women",
            group=_OWED,
        ),
        Statement(
            "receivables",
            _("Owed to us, by age"),
            _("Who owes us money, and since when?"),
            "day",
            aged.build_receivables,
            "hotel",
            group=_OWED,
        ),
        Statement(
            "payables",
            _("Owed by us, by age"),
            _("To whom do we owe money, and how long has she been waiting?"),
            "day",
            aged.build_payables,
            "women",
            group=_OWED,
        ),
        Statement(
            "trial-balance",
            _("Trial balance"),
            _("What stands on each account, and are both sides equal?"),
            "day",
            trial.build,
            "sheet",
            group=_BOOKS,
        ),
        Statement(
            "journal",
            _("Journal"),
            _("What was written in the books, day by day?"),
            "days",
            journal.build,
            "paper",
            group=_BOOKS,
        ),
        Statement(
            "account",
            _("Page of an account"),
            _("What came onto an account and what left it, and what was on it each time?"),
            "account",
            journal.build_account,
            "ledger",
            group=_BOOKS,
        ),
    )
}
