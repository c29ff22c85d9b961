"""Where is our money? Every cent, by place and by who holds it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from djmoney.money import Money

from coop.kit.money import books_currency, from_minor, zero
from ledger import open_items
from ledger.models import Account
from ledger.open_items import Item
from ledger.reports.asked import Asked
from ledger.reports.papers import Cell, Check, Column, Report, Row
from ledger.reports.statements.wording import address_of, rates_note
from ledger.reports.valuing import House, Position

Role = Account.Role
_ADVANCES = (Role.TRIP_ADVANCES, Role.MEMBER_ADVANCES)


@dataclass(frozen=True)
class Place:
    """A place of money: which, who holds it, how much, and what that is worth in the books.

    `worth` is None where nobody knows what its currency costs. `items` are what is known about
    parts of it: an advance in somebody's hands, a payout on its way to the bank.
    """

    account: Account
    kind: str
    holder: str
    amount: Money
    worth: Money | None
    items: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the place is called."""
        return self.account.name

    @property
    def sort(self) -> str:
        """What sort of place it is, as `_ORDER` names them."""
        return _sort(self.account)


def money_places_with_holders(day: date, house: House | None = None) -> list[Place]:
    """Every place where the house's money is at the end of `day`, advances in hands too.

    Empty places are left out. Boxes first, then banks and wallets, what others hold for us, and
    advances; in each of them the books' currency first.
    """
    position = Position(house or House(), day)
    found = [
        _place(position, one)
        for one in position.house.accounts
        if (one.is_money or one.role in _ADVANCES) and position.nets.get(one.pk)
    ]
    return sorted(found, key=_by_sort)


_ORDER = ("box", "bank", "wallet", "others", "hands")


_SORTS: dict[str, str] = {
    Role.CASH: "box",
    Role.BANK: "bank",
    Role.WALLET: "wallet",
    Role.STRIPE: "others",
    Role.PARTNER: "others",
    Role.TRIP_ADVANCES: "hands",
    Role.MEMBER_ADVANCES: "hands",
}


def _sort(account: Account) -> str:
    """What sort of place it is; one without a role is a box if somebody holds it, else a bank."""
    return _SORTS.get(account.role, "box" if account.holder_id else "bank")


def _place(position: Position, account: Account) -> Place:
    kinds = {
        "box": pgettext("place of money", "Cash box"),
        "bank": pgettext("place of money", "Bank"),
        "wallet": pgettext("place of money", "Phone wallet"),
        "others": pgettext("place of money", "Held for us by others"),
        "hands": pgettext("place of money", "In somebody's hands, to account for"),
    }
    is_known = account.currency not in position.unknown
    return Place(
        account=account,
        kind=kinds[_sort(account)],
        holder=str(account.holder) if account.holder else "",
        amount=from_minor(account.natural_sign * position.nets[account.pk], account.currency),
        worth=from_minor(position.worth(account)) if is_known else None,
        items=list(open_items.of(account, position.day)),
    )


def build(asked: Asked) -> Report:
    """The places as a report, with their sum in the books' currency."""
    span, other = asked.state, asked.state.compared(asked.compare)
    now = Position(asked.house, span.until)
    places = money_places_with_holders(span.until, asked.house)
    past = money_places_with_holders(other.until, asked.house) if other else None
    rows = _rows(places, past)
    return Report(
        key="places",
        title=_("Where is our money?"),
        question=_("In which box, bank or hand is every cent, and who answers for it?"),
        words=span.words,
        columns=[
            Column(_("Place")),
            Column(_("Held by")),
            Column(_("Amount"), "money"),
            Column(_("Worth in the books"), "money"),
            *([Column(other.label, "money", is_extra=True)] if other else []),
        ],
        rows=rows,
        notes=rates_note(asked.house, now),
        checks=[
            Check(
                _("It is as much as the balance sheet says."),
                _sum(places) == from_minor(_on_accounts(now)),
            )
        ],
    )


def _rows(places: Sequence[Place], past: Sequence[Place] | None) -> list[Row]:
    before = {one.account.pk: one for one in past or ()}
    here = {one.account.pk for one in places}
    gone = [_emptied(one) for one in past or () if one.account.pk not in here]
    rows: list[Row] = []
    heading = ""
    for place in sorted([*places, *gone], key=_by_sort):
        if place.kind != heading:
            heading = place.kind
            rows.append(Row(_cells(heading, "", None, None, past, None), "heading"))
        was = before.get(place.account.pk)
        worths = place.worth, was.worth if was else zero()
        cells = _cells(place.name, place.holder, place.amount, worths[0], past, worths[1])
        rows.append(Row(cells, url=address_of(place.account)))
        rows += [
            Row(_cells(one.words, one.who, one.amount, None, past, None), "part", one.url)
            for one in place.items
        ]
    if rows:
        cells = _cells(_("All our money"), "", None, _sum(places), past, _sum(past or ()))
        rows.append(Row(cells, "total"))
    return rows


def _cells(
    name: str,
    holder: str,
    amount: Money | None,
    worth: Money | None,
    past: Sequence[Place] | None,
    was: Money | None,
) -> tuple[Cell, ...]:
    cells = (name, holder, amount, worth)
    return cells if past is None else (*cells, was)


def _emptied(place: Place) -> Place:
    """A place that held something on the day before, and nothing now."""
    nothing = zero(place.account.currency)
    return replace(place, amount=nothing, worth=zero(), items=[])


def _by_sort(place: Place) -> tuple[int, bool, str]:
    account = place.account
    return _ORDER.index(_sort(account)), account.currency != books_currency(), account.code


def _sum(places: Iterable[Place]) -> Money:
    return sum((one.worth for one in places if one.worth is not None), zero())


def _on_accounts(position: Position) -> int:
    return sum(
        position.worth(one)
        for one in position.house.accounts
        if one.is_money or one.role in _ADVANCES
    )
