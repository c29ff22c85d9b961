"""Rule sets that the house ships: one TOML file each, in `coop/rules/sets/`.

A file has `name`, `version` and clauses in order; each clause has its words, its reading and the
parameters that it decides.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from coop.kit.translated import translated
from coop.rules.errors import KeyTwice, KeyWithoutClause, UnknownSet
from coop.rules.values import RuleValues, as_plain, read_values

SETS = Path(__file__).resolve().parent / "sets"


@dataclass(frozen=True)
class ClauseText:
    """A clause: the women's own words (Spanish), the reading, and the keys that it decides."""

    code: str
    heading_es: str
    heading_en: str
    text_es: str = ""
    reading_es: str = ""
    reading_en: str = ""
    keys: tuple[str, ...] = field(default=())

    heading = translated("heading")


@dataclass(frozen=True)
class RuleSetText:
    """A whole rule set before it is adopted."""

    name: str
    version: int
    values: RuleValues
    clauses: tuple[ClauseText, ...]


def shipped_sets() -> list[str]:
    """The rule sets that the house ships, by the name of their file."""
    return sorted(path.stem for path in SETS.glob("*.toml"))


def read_shipped_set(name: str) -> RuleSetText:
    """The shipped rule set `name` ("titilaca_1", or "titilaca-1"). Raises UnknownSet."""
    name = name.replace("-", "_")
    if name not in shipped_sets():
        raise UnknownSet(name=name)
    return read_rule_set_file(SETS / f"{name}.toml")


def read_rule_set_file(path: Path) -> RuleSetText:
    """A rule set from a file. Raises UnknownKey, BadValue or KeyTwice, which name the key."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    values: dict[str, Any] = {}
    clauses = []
    for one in raw["clause"]:
        parameters = one.pop("parameters", {})
        for key in parameters:
            if key in values:
                raise KeyTwice(key=key)
        values |= parameters
        clauses.append(ClauseText(**one, keys=tuple(parameters)))
    return RuleSetText(raw["name"], raw["version"], read_values(values), tuple(clauses))


def check_clauses(values: RuleValues, clauses: tuple[ClauseText, ...]) -> None:
    """Every parameter under exactly one clause, every clause once.

    Raises KeyTwice or KeyWithoutClause.
    """
    _check_once(clause.code for clause in clauses)
    keys = _check_once(key for clause in clauses for key in clause.keys)
    for key in as_plain(values):
        if key not in keys:
            raise KeyWithoutClause(key=key)


def _check_once(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise KeyTwice(key=name)
        seen.add(name)
    return seen


def with_newer(clauses: tuple[ClauseText, ...]) -> tuple[ClauseText, ...]:
    """`clauses`, and with them what the house knew nothing of when they were adopted: each newer
    parameter under its clause of the shipped set, so that the next version says it in words too.
    """
    missing = set(RuleValues.model_fields) - {key for one in clauses for key in one.keys}
    newer = {
        one.code: replace(one, keys=tuple(key for key in one.keys if key in missing))
        for name in shipped_sets()[:1]
        for one in read_shipped_set(name).clauses
        if missing.intersection(one.keys)
    }
    known = [
        replace(one, keys=(*one.keys, *newer.pop(one.code).keys)) if one.code in newer else one
        for one in clauses
    ]
    return (*known, *newer.values())


def digest(name: str, version: int, values: RuleValues, clauses: tuple[ClauseText, ...]) -> str:
    """SHA-256 over every word and number, in a form that any program can make again.

    Only what a clause decides counts: a parameter that the house learned later changes no older
    version.
    """
    decided = {key for clause in clauses for key in clause.keys}
    content = {
        "name": name,
        "version": version,
        "clauses": [{**vars(clause), "keys": sorted(clause.keys)} for clause in clauses],
        "values": {key: one for key, one in as_plain(values).items() if key in decided},
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
