"""Adopting rules: the only way into this app's tables."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from coop.kit import days
from coop.people.models import User
from coop.rules.errors import (
    DecisionMissing,
    NoClauses,
    ReachesBack,
    VersionGoesBack,
    VersionTaken,
)
from coop.rules.files import ClauseText, check_clauses, digest, read_shipped_set, with_newer
from coop.rules.models import Clause, Parameter, RuleSet
from coop.rules.queries import newest_rule_set, texts_of
from coop.rules.values import RuleValues, as_plain, read_values


@transaction.atomic
def adopt_rule_set(
    *,
    name: str,
    version: int,
    valid_from: date,
    decision: str,
    values: RuleValues | dict[str, Any],
    clauses: Iterable[ClauseText],
    actor: User,
    on: date | None = None,
) -> RuleSet:
    """Write down rules that the assembly adopted, in force from `valid_from`.

    `on` is the day on which they are adopted (today). The first rules may have begun before it,
    since a group comes with a past; later ones begin on it or after it, so that nothing already
    decided changes. The same version again, word for word, gives the one that is there.
    Raises UnknownKey, BadValue, KeyWithoutClause, KeyTwice, NoClauses, DecisionMissing,
    VersionTaken, VersionGoesBack or ReachesBack.
    Source: rules, "Changing a parameter never changes what was already decided".
    """
    typed = values if isinstance(values, RuleValues) else read_values(values)
    texts = tuple(clauses)
    if not texts:
        raise NoClauses
    if not decision.strip():
        raise DecisionMissing
    check_clauses(typed, texts)
    mark = digest(name, version, typed, texts)
    there = RuleSet.objects.filter(name=name, version=version).first()
    if there is not None:
        if (there.digest, there.valid_from) != (mark, valid_from):
            raise VersionTaken(name=name, version=version)
        return there
    day = on or days.today()
    _check_follows(name, version, valid_from, day)
    rule_set = RuleSet.objects.create(
        name=name,
        version=version,
        valid_from=valid_from,
        decision=decision.strip(),
        adopted_on=day,
        adopted_by=actor,
        clause_count=len(texts),
        parameter_count=len(as_plain(typed)),
        digest=mark,
    )
    _write_clauses(rule_set, typed, texts)
    return rule_set


def _check_follows(name: str, version: int, valid_from: date, day: date) -> None:
    """Later than every version there is. The lock keeps two adoptions one after the other."""
    there = list(RuleSet.objects.select_for_update().order_by("pk"))
    if not there:
        return
    last_version = max((one.version for one in there if one.name == name), default=0)
    if version <= last_version:
        raise VersionGoesBack(last=last_version)
    newest = max(one.valid_from for one in there)
    earliest = max(newest + timedelta(days=1), day)
    if valid_from < earliest:
        raise ReachesBack(last_day=newest, earliest=earliest)


def _write_clauses(rule_set: RuleSet, values: RuleValues, clauses: tuple[ClauseText, ...]) -> None:
    plain = as_plain(values)
    written = Clause.objects.bulk_create(
        Clause(
            rule_set=rule_set,
            position=position,
            code=text.code,
            heading_es=text.heading_es,
            heading_en=text.heading_en,
            text_es=text.text_es,
            reading_es=text.reading_es,
            reading_en=text.reading_en,
        )
        for position, text in enumerate(clauses, start=1)
    )
    Parameter.objects.bulk_create(
        Parameter(rule_set=rule_set, clause=clause, key=key, value=plain[key])
        for clause, text in zip(written, clauses, strict=True)
        for key in text.keys
    )


def adopt_shipped_set(
    *,
    name: str = "titilaca_1",
    valid_from: date,
    decision: str,
    actor: User,
    on: date | None = None,
    changes: dict[str, Any] | None = None,
) -> RuleSet:
    """Adopt a rule set that the house ships, with `changes` to its parameters.

    Raises UnknownSet and what adopt_rule_set raises.
    """
    shipped = read_shipped_set(name)
    return adopt_rule_set(
        name=shipped.name,
        version=shipped.version,
        valid_from=valid_from,
        decision=decision,
        values=as_plain(shipped.values) | (changes or {}),
        clauses=shipped.clauses,
        actor=actor,
        on=on,
    )


def change_parameters(
    *,
    changes: dict[str, Any],
    valid_from: date,
    decision: str,
    actor: User,
    on: date | None = None,
) -> RuleSet:
    """Adopt the next version of the newest rules: the same clauses, other numbers.

    Raises NoRulesYet and what adopt_rule_set raises.
    """
    newest = newest_rule_set()
    values, clauses = texts_of(newest)
    return adopt_rule_set(
        name=newest.name,
        version=newest.version + 1,
        valid_from=valid_from,
        decision=decision,
        values=as_plain(values) | changes,
        clauses=with_newer(clauses),
        actor=actor,
        on=on,
    )
