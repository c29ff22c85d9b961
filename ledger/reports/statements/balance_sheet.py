"""The balance sheet: what the house has, what it owes, and what is left as its own."""

from datetime import date

from django.utils.translation import gettext as _

from ledger.models import Account
from ledger.reports.asked import Asked
from ledger.reports.papers import Check, Line, Part, Report, Section, Total, columns_for, rows_of
from ledger.reports.spans import Span
from ledger.reports.statements.wording import line_of, rates_note
from ledger.reports.valuing import House, Position, closings, earned_and_spent

Kind, Role = Account.Kind, Account.Role
_OWED_TO_US = {Role.RECEIVABLE, Role.DISPUTED}
_ADVANCES = {Role.TRIP_ADVANCES, Role.MEMBER_ADVANCES}
_GOODS = {Role.WOOL_STORE, Role.WOOL_MEMBERS, Role.FINISHED_PIECES, Role.PIECES_CONSIGNED}


def build(asked: Asked) -> Report:
    """The balance sheet at the end of a day; sides, and each currency by itself, must be equal."""
    span, other = asked.state, asked.state.compared(asked.compare)
    now = Position(asked.house, span.until)
    parts = parts_of(asked.house, now)
    before = parts_of(asked.house, Position(asked.house, other.until)) if other else None
    return Report(
        key="balance-sheet",
        title=_("Balance sheet"),
        question=_("What do we have, what do we owe, and what is left as our own?"),
        words=span.words,
        columns=columns_for(_("What"), span.label, other.label if other else None),
        rows=rows_of(parts, before),
        notes=rates_note(asked.house, now),
        checks=[
            Check(_("What we have is what we owe and what is ours."), is_even(parts)),
            Check(_("Every debit has its credit, in each currency."), _has_credits(now)),
        ],
    )


def parts_of(house: House, position: Position) -> list[Part]:
    """Everything on the balance sheet at the end of the position's day."""
    have, owe = _assets(house, position), _debts(house, position)
    own = Section("own", _("What is ours"), _("Ours together"), _equity(house, position))
    assets, debts = sum(one.minor for one in have), sum(one.minor for one in owe)
    return [
        *have,
        Total("assets", _("All that we have"), assets, "total"),
        *owe,
        own,
        Total("both", _("What we owe and what is ours"), debts + own.minor, "total"),
    ]


def is_even(parts: list[Part]) -> bool:
    """Whether both sides are the same."""
    minor = {one.key: one.minor for one in parts}
    return minor["assets"] == minor["both"]


def _has_credits(position: Position) -> bool:
    sums: dict[str, int] = {}
    for one in position.house.accounts:
        sums[one.currency] = sums.get(one.currency, 0) + position.nets.get(one.pk, 0)
    return not any(sums.values())


def _place_of(account: Account) -> str:
    """Under which heading of what we have an account stands."""
    if account.is_money:
        return "1-money"
    for key, roles in (("2-owed", _OWED_TO_US), ("3-advances", _ADVANCES), ("4-goods", _GOODS)):
        if account.role in roles:
            return key
    return "5-other"


def _assets(house: House, position: Position) -> list[Section]:
    titles = {
        "1-money": (_("Money"), _("Money together")),
        "2-owed": (_("Owed to us"), _("Owed to us together")),
        "3-advances": (_("Advances not accounted for yet"), _("Advances together")),
        "4-goods": (_("Wool and pieces"), _("Wool and pieces together")),
        "5-other": (_("Other things"), _("Other things together")),
    }
    lines: dict[str, list[Line]] = {key: [] for key in titles}
    for one in house.of_kind(Kind.ASSET):
        if one.role != Role.EXCHANGE and position.nets.get(one.pk):
            told = line_of(one, position.worth(one), position.nets[one.pk])
            lines[_place_of(one)].append(told)
    return [Section(key, *words, lines[key]) for key, words in titles.items()]


def _debts(house: House, position: Position) -> list[Section]:
    members, others = 0, []
    for one in house.of_kind(Kind.LIABILITY):
        if one.parent is not None and one.parent.role == Role.MEMBERS_PAYABLE:
            members -= position.worth(one)
        elif position.nets.get(one.pk):
            others.append(line_of(one, -position.worth(one), position.nets[one.pk]))
    hers = Line("members", _("To members, for their work"), members)
    return [Section("debts-lines", _("What we owe"), _("All that we owe"), [hers, *others])]


def _equity(house: House, position: Position) -> list[Line]:
    """Funds and shares, and results by when they were made."""
    lines = [
        line_of(one, -position.worth(one), position.nets[one.pk])
        for one in house.of_kind(Kind.EQUITY)
        if position.nets.get(one.pk)
    ]
    year = Span(position.day, date(position.day.year, 1, 1))
    this_year = -sum(earned_and_spent(house, year).values())
    moved = -sum(closings(house, year).values())
    return [
        *lines,
        # ~ stands after every code: these come last, in this order.
        Line(
            "~1", _("Result of earlier years, not shared yet"), position.result - this_year - moved
        ),
        Line("~2", _("Result of this year so far"), this_year),
        Line("~3", _("Of it, closed into the accounts above"), moved),
        Line(
            "~4", _("Gained or lost on other currencies, not exchanged yet"), position.exchange_gain
        ),
    ]


def equity_minor(house: House, day: date) -> int:
    """What is the house's own at the end of `day`, in minor units of the books' currency."""
    own = next(one for one in parts_of(house, Position(house, day)) if one.key == "own")
    return own.minor
