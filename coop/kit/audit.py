"""What must always hold, checked on the live database: a registry that each app fills.

    @invariant(4, _("Wool received = in store + in custody + in pieces + agreed loss"))
    def wool_is_conserved() -> Iterator[str]:
        yield finding("lot {lot}: {grams} g are missing", lot=lot.code, grams=missing)

A check yields one sentence for every offending row. `manage.py audit` runs them all. What is found
is kept as its sentence and what stands in it, so that each reads it in her own language.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Choices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from moneyed import CurrencyDoesNotExist

from coop.kit.money import format_money, from_minor


@dataclass(frozen=True)
class Amount:
    """An amount in a finding; None is nothing at all."""

    minor: int | None
    currency: str | None = None

    def __post_init__(self) -> None:
        if self.minor is not None:  # PostgreSQL's sums of whole numbers are decimals
            object.__setattr__(self, "minor", int(self.minor))

    def __str__(self) -> str:
        if self.minor is None:
            return "–"
        try:
            return format_money(from_minor(self.minor, self.currency))
        except CurrencyDoesNotExist:  # which is what somebody made of it
            return f"{self.minor} {self.currency}"


class Finding(str):
    """A row that breaks a rule: the sentence in English, and what tells it in any language.

    `values` are numbers, texts (codes, references), days, amounts, and findings, which are told in
    the reader's language themselves.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, values: dict[str, Any]) -> "Finding":
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made

    def told(self) -> str:
        """The sentence in the active language."""
        said = gettext(self.template) if self.template else ""
        return said.format(**{key: _told(value) for key, value in self.values.items()})

    def kept(self) -> str:
        """The finding as one line, to be read by `read_finding`."""
        return json.dumps(_as_json(self), separators=(",", ":"))


def finding(template: str, **values: Any) -> Finding:
    """A finding; `template` is a sentence of the catalogue, with `{names}` of `values`."""
    return Finding(template, {key: _plain(value) for key, value in values.items()})


def word(choices: type[Choices], value: str) -> Finding:
    """The label of a status or a kind in a finding; a value that is none is told as it is."""
    with translation.override("en"):
        return _as_it_is(str(dict(choices.choices).get(value, value)))


def read_finding(line: str) -> Finding:
    """A finding as it was kept; one of older runs is a sentence in English."""
    if line.startswith('{"t":'):
        return _from_json(json.loads(line))
    return _as_it_is(line)


def _as_it_is(text: str) -> Finding:
    return Finding(text.replace("{", "{{").replace("}", "}}"), {})


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | date | Amount) else str(value)


def _told(value: Any) -> Any:
    return value.told() if isinstance(value, Finding) else value


def _as_json(value: Any) -> Any:
    if isinstance(value, Finding):
        return {"t": value.template, "v": {key: _as_json(one) for key, one in value.values.items()}}
    if isinstance(value, Amount):
        return {"minor": value.minor, "currency": value.currency}
    return value.isoformat() if isinstance(value, date) else value


def _from_json(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "minor" in value:
        return Amount(value["minor"], value["currency"])
    return Finding(value["t"], {key: _from_json(one) for key, one in value["v"].items()})


Check = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Invariant:
    """One check: the number of the rule it guards, the rule in a sentence, the function."""

    number: int
    sentence: str | Promise
    name: str
    check: Check


_registered: dict[str, Invariant] = {}


def invariant(number: int, sentence: str | Promise) -> Callable[[Check], Check]:
    """Register a check under its dotted name."""

    def register(check: Check) -> Check:
        name = f"{check.__module__}.{check.__name__}"
        _registered[name] = Invariant(number, sentence, name, check)
        return check

    return register


def registered() -> list[Invariant]:
    """Every check, by number and name."""
    return sorted(_registered.values(), key=lambda one: (one.number, one.name))


def found_by(rule: Invariant) -> list[Finding]:
    """Run a check; one finding for every offending row, with the rule's number."""
    rows = (one if isinstance(one, Finding) else read_finding(one) for one in rule.check())
    return [finding("[{rule}] {row}", rule=rule.number, row=row) for row in rows]


def findings() -> list[Finding]:
    """Run every check."""
    return [row for one in registered() for row in found_by(one)]


@dataclass(frozen=True)
class Result:
    """What an audit found: how many checks ran, and a line for every offending row."""

    checks: int
    findings: list[Finding]


Keeper = Callable[[Result], object]
_keepers: list[Keeper] = []


def keeper(function: Keeper) -> Keeper:
    """Register who keeps the result of an audit, for those who look later."""
    _keepers.append(function)
    return function


def keep(found: list[Finding]) -> None:
    """Hand the findings of a whole audit to whoever keeps them."""
    result = Result(len(registered()), found)
    for tell in _keepers:
        tell(result)
