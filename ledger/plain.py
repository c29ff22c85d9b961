"""What a treasurer writes by hand, in plain words: the templates of `ledger/templates.toml`.

A floor above may know a better page for one of them:

    plain.better_place("hotel_paid", _("If it pays an order …"), "shop_office:orders")
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from djmoney.money import Money

from coop.kit.translated import translated
from ledger import queries
from ledger.errors import UnknownTemplate
from ledger.models import Account
from ledger.services.exchange import crossing
from ledger.services.lines import Line, credit, debit

FILE = Path(__file__).resolve().parent / "templates.toml"
GROUPS = ("spent", "came", "moved")


@dataclass(frozen=True)
class Template:
    """One thing that happens in a cooperative, and what it does to the books."""

    key: str
    group: str
    icon: str
    kind: str
    name_es: str
    name_en: str
    roles: tuple[str, ...] = ()
    place: str = ""
    from_role: str = ""
    to_role: str = ""
    asks_who: bool = False
    hint_es: str = ""
    hint_en: str = ""

    name = translated("name")
    hint = translated("hint")

    @property
    def spends(self) -> bool:
        """Whether money leaves us for somebody else: then two people sign."""
        return self.group == "spent"

    @property
    def is_abroad(self) -> bool:
        """Whether it may be in another currency: where nothing is signed, and a place says which."""
        return bool(self.place) and not self.spends

    def accounts(self, currency: str) -> list[Account]:
        """The accounts between which to choose, in a currency; those that are not there are not."""
        found = Account.objects.filter(role__in=self.roles, currency=currency, is_open=True)
        return sorted(found, key=lambda one: self.roles.index(one.role))

    def lines(
        self,
        *,
        amount: Money,
        account: Account | None,
        place: Account | None,
        to: Account | None,
        day: date,
    ) -> list[Line]:
        """The debits and credits of it; `amount` is in the currency of its place.

        Where the other account is in another currency, it takes what `amount` is worth on `day`.
        Raises RateMissing.
        """
        if self.place == "both" and place and to:
            return [debit(to, amount), credit(place, amount)]
        other = _beside(account, amount) if account else place
        if self.place == "in" and place and other:
            return _came(amount, place, other, day)
        if self.place == "out" and place and other:
            return _left(amount, place, other, day)
        owed = queries.account(Account.Role.SUPPLIER)
        return [debit(other or owed, amount), credit(owed, amount)]


def _beside(account: Account, amount: Money) -> Account:
    """The account itself, or its twin in the currency of `amount`.

    What a customer owes was promised in one currency: if nothing is owed to us in this one, what
    she pays is for what she owes in ours.
    """
    if account.currency == amount.currency.code or not account.role:
        return account
    twin = Account.objects.filter(
        role=account.role, currency=amount.currency.code, is_open=True, is_header=False
    ).first()
    if twin is None:
        return account
    is_owed = queries.balance(twin) >= amount
    return account if account.role == Account.Role.RECEIVABLE and not is_owed else twin


def _came(amount: Money, place: Account, other: Account, day: date) -> list[Line]:
    worth = queries.convert(amount, other.currency, day)
    return [debit(place, amount), *_crossing(worth, amount, day), credit(other, worth)]


def _left(amount: Money, place: Account, other: Account, day: date) -> list[Line]:
    worth = queries.convert(amount, other.currency, day)
    return [debit(other, worth), *_crossing(amount, worth, day), credit(place, amount)]


def _crossing(gives: Money, takes: Money, day: date) -> list[Line]:
    return crossing(gives=gives, takes=takes, day=day) if gives.currency != takes.currency else []


@dataclass(frozen=True)
class BetterPlace:
    """A page of the house that writes more than the books, and when to use it."""

    words: str | Promise
    url_name: str


_better: dict[str, BetterPlace] = {}


def better_place(key: str, words: str | Promise, url_name: str) -> None:
    """Say that a page of a floor above is the better one for a template, and when."""
    _better[key] = BetterPlace(words, url_name)


def better_place_for(key: str) -> BetterPlace | None:
    """The better page for a template, if there is one."""
    return _better.get(key)


@cache
def templates() -> tuple[Template, ...]:
    """All templates, as they stand in the file."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["template"]
    return tuple(
        Template(
            key=row["key"],
            group=row["group"],
            icon=row["icon"],
            kind=row["kind"],
            name_es=row["name_es"],
            name_en=row["name_en"],
            roles=tuple(row.get("account", ())),
            place=row.get("place", ""),
            from_role=row.get("from", ""),
            to_role=row.get("to", ""),
            asks_who=row.get("who", False),
            hint_es=row.get("hint_es", ""),
            hint_en=row.get("hint_en", ""),
        )
        for row in rows
    )


def find(key: str) -> Template:
    """The template of a key. Raises UnknownTemplate."""
    found = next((one for one in templates() if one.key == key), None)
    if found is None:
        raise UnknownTemplate
    return found
