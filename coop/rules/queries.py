"""Reading the rules: what is in force on a day, and how it is worded."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format

from coop.kit.days import today
from coop.rules.errors import NoRulesYet
from coop.rules.files import ClauseText
from coop.rules.labels import label_of, spoken
from coop.rules.models import Clause, Parameter, RuleSet
from coop.rules.values import RuleValues, read_values


def rule_set_on(day: date) -> RuleSet:
    """The version in force on `day`. Raises NoRulesYet."""
    found = RuleSet.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if found is None:
        raise NoRulesYet(day=date_format(day, "DATE_FORMAT"))
    return found


def rules_on(day: date) -> RuleValues:
    """The parameters in force on `day`; one small query. Raises NoRulesYet.

    What happened on a day is judged by that day's rules, whatever was voted since.
    """
    rule_set = rule_set_on(day)
    return _values(rule_set.pk, rule_set.digest)


def pay_in_open_book() -> str | None:
    """How the rules in force show the pay of others, as the open book calls it; None without rules."""
    found = RuleSet.objects.filter(valid_from__lte=today()).order_by("-valid_from").first()
    return values_of(found).open_book_pay.removeprefix("by_") if found else None


def values_of(rule_set: RuleSet) -> RuleValues:
    """The parameters of one version."""
    return _values(rule_set.pk, rule_set.digest)


# A version never changes; the digest tells two databases' versions apart.
@lru_cache(maxsize=32)
def _values(rule_set_id: int, digest: str) -> RuleValues:
    rows = Parameter.objects.filter(rule_set_id=rule_set_id).values_list("key", "value")
    return read_values(dict(rows))


def newest_rule_set() -> RuleSet:
    """The version that begins last. Raises NoRulesYet."""
    found = RuleSet.objects.order_by("-valid_from").first()
    if found is None:
        raise NoRulesYet(day=date_format(today(), "DATE_FORMAT"))
    return found


def texts_of(rule_set: RuleSet) -> tuple[RuleValues, tuple[ClauseText, ...]]:
    """A version's values and words, as `adopt_rule_set` takes them."""
    clauses = rule_set.clauses.prefetch_related("parameters").order_by("position")
    texts = tuple(
        ClauseText(
            code=one.code,
            heading_es=one.heading_es,
            heading_en=one.heading_en,
            text_es=one.text_es,
            reading_es=one.reading_es,
            reading_en=one.reading_en,
            keys=tuple(parameter.key for parameter in one.parameters.all()),
        )
        for one in clauses
    )
    return values_of(rule_set), texts


@dataclass(frozen=True)
class ReadableParameter:
    """A parameter as people read it: "Days of notice: 2", and whether this version changed it."""

    key: str
    label: str
    value: str
    before: str | None = None


@dataclass(frozen=True)
class ReadableClause:
    """A clause as a member reads it."""

    code: str
    heading: str
    words: str
    reading: str
    parameters: tuple[ReadableParameter, ...]


def readable(rule_set: RuleSet, *, since: RuleSet | None = None) -> list[ReadableClause]:
    """Every clause in the active language; with `since`, what changed from that version."""
    before = _plain(since) if since else {}
    clauses = rule_set.clauses.prefetch_related(
        Prefetch("parameters", Parameter.objects.order_by("key"))
    ).order_by("position")
    return [
        ReadableClause(
            code=clause.code,
            heading=clause.heading,
            words=clause.text_es,
            reading=clause.reading,
            parameters=tuple(_readable(one, before) for one in clause.parameters.all()),
        )
        for clause in clauses
    ]


def readable_on(day: date) -> list[ReadableClause]:
    """The rules in force on `day`, for the members' pages. Raises NoRulesYet."""
    return readable(rule_set_on(day))


def version_before(rule_set: RuleSet) -> RuleSet | None:
    """The version that was in force until `rule_set` began."""
    return (
        RuleSet.objects.filter(valid_from__lt=rule_set.valid_from).order_by("-valid_from").first()
    )


def _plain(rule_set: RuleSet) -> dict[str, Any]:
    return dict(rule_set.parameters.values_list("key", "value"))


def _readable(parameter: Parameter, before: dict[str, Any]) -> ReadableParameter:
    changed = parameter.key in before and before[parameter.key] != parameter.value
    return ReadableParameter(
        key=parameter.key,
        label=label_of(parameter.key),
        value=spoken(parameter.key, parameter.value),
        before=spoken(parameter.key, before[parameter.key]) if changed else None,
    )


def clause_of(*, rule_set: RuleSet, key: str) -> Clause:
    """The clause that decides the parameter `key`: what a decision under it names."""
    return Clause.objects.get(rule_set=rule_set, parameters__key=key)
