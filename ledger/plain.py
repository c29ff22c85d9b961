"""What a treasurer writes by hand, in plain words: the templates of `ledger/templates.toml`.

A floor above may know a better page for one of them:

    plain.better_place("hotel_paid", _("If it pays an order …"), "shop_office:orders")
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from djmoney.money import Money

from coop.kit.translated import translated
from ledger import queries
from ledger.errors import UnknownTemplate
from ledger.models import Account
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

    def accounts(self, currency: str) -> list[Account]:
        """The accounts between which to choose, in a currency; those that are not there are not."""
        found = Account.objects.filter(role__in=self.roles, currency=currency, is_open=True)
        return sorted(found, key=lambda one: self.roles.index(one.role))

    def lines(
        self, *, amount: Money, account: Account | None, place: Account | None, to: Account | None
    ) -> list[Line]:
        """The debits and credits of it."""
        if self.place == "both" and place and to:
            return [debit(to, amount), credit(place, amount)]
        other = account or place
        if self.place == "in" and place and other:
            return [debit(place, amount), credit(other, amount)]
        if self.place == "out" and place and other:
            return [debit(other, amount), credit(place, amount)]
        owed = queries.account(Account.Role.SUPPLIER)
        return [debit(other or owed, amount), credit(owed, amount)]


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
