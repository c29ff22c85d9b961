"""Rules are adopted by a decision, version after version, and never reach back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kit import days
from coop.rules.audit import rule_sets_are_as_adopted, rules_do_not_reach_back
from coop.rules.errors import (
    BadValue,
    DecisionMissing,
    KeyWithoutClause,
    NoClauses,
    NoRulesYet,
    ReachesBack,
    VersionGoesBack,
    VersionTaken,
)
from coop.rules.files import read_shipped_set
from coop.rules.models import Clause, Parameter, RuleSet
from coop.rules.queries import clause_of, readable_on, rule_set_on, rules_on
from coop.rules.services import adopt_rule_set, adopt_shipped_set, change_parameters
from coop.rules.values import as_plain
from tests.factories.rules import FOUNDED, secretary, titilaca

pytestmark = pytest.mark.django_db


def changed(day: date = date(2026, 6, 1), version_day: date | None = None, **changes: object):
    """The next version, adopted and in force on `day`."""
    return change_parameters(
        changes=changes,
        valid_from=version_day or day,
        decision=f"Asamblea del {day}: por mayoría.",
        actor=secretary(),
        on=day,
    )


def counted() -> tuple[int, int, int]:
    return RuleSet.objects.count(), Clause.objects.count(), Parameter.objects.count()


def test_the_rules_of_titilaca_are_adopted_whole():
    rule_set = titilaca()

    shipped = read_shipped_set("titilaca_1")
    assert str(rule_set) == "Titilaca 1"
    assert rules_on(FOUNDED) == shipped.values
    assert rule_set.clauses.count() == len(shipped.clauses)
    assert rule_set.parameters.count() == len(as_plain(shipped.values))
    assert clause_of(rule_set=rule_set, key="notice_days").code == "notice"
    assert list(rule_sets_are_as_adopted()) == []


def test_worked_example_10_a_change_does_not_reach_back():
    # N is changed from 2 to 5 by a vote on 1 June; late on 30 May with 3 days' notice.
    titilaca()
    changed(date(2026, 6, 1), notice_days=5)

    notice_given = 3
    assert rules_on(date(2026, 5, 30)).notice_days == 2
    assert notice_given >= rules_on(date(2026, 5, 30)).notice_days, "still excused"
    assert rules_on(date(2026, 6, 1)).notice_days == 5
    assert notice_given < rules_on(date(2026, 6, 1)).notice_days
    assert rule_set_on(date(2026, 5, 30)).version == 1
    assert rule_set_on(date(2026, 6, 1)).version == 2


def test_a_new_version_keeps_every_clause_and_all_other_numbers():
    first = titilaca()
    second = changed(notice_days=5)

    before, after = rules_on(FOUNDED), rules_on(second.valid_from)
    assert after.model_dump() == before.model_dump() | {"notice_days": 5}
    words = [list(one.clauses.values_list("code", "text_es")) for one in (first, second)]
    assert words[0] == words[1]


def test_members_read_the_rules_with_what_each_number_is():
    titilaca()

    clauses = {clause.code: clause for clause in readable_on(FOUNDED)}

    assert clauses["notice"].words == "Si avisa antes con tiempo, hay disculpa"
    assert [one.key for one in clauses["notice"].parameters] == ["notice_days"]
    assert clauses["misuse"].words == ""
    assert clauses["misuse"].reading


def test_before_the_first_rules_there_are_none():
    titilaca()

    with pytest.raises(NoRulesYet):
        rules_on(FOUNDED - timedelta(days=1))


@pytest.mark.parametrize(
    ("adopted_on", "valid_from"),
    [
        (date(2026, 6, 5), date(2026, 5, 15)),
        (date(2026, 6, 5), date(2026, 6, 4)),
        (date(2026, 1, 1), FOUNDED),
        (date(2025, 6, 1), date(2025, 6, 1)),
    ],
)
def test_later_rules_do_not_begin_before_their_adoption_or_before_the_last(
    adopted_on: date, valid_from: date
):
    titilaca()
    before = counted()

    with pytest.raises(ReachesBack):
        changed(adopted_on, valid_from, notice_days=5)

    assert counted() == before
    assert rules_on(FOUNDED + timedelta(days=200)).notice_days == 2


def test_the_first_rules_may_have_begun_before_they_were_written_down():
    rule_set = titilaca()

    assert rule_set.valid_from < rule_set.adopted_on == days.today()
    assert list(rules_do_not_reach_back()) == []


def test_adopting_the_same_again_changes_nothing():
    first = titilaca()
    before = counted()

    again = adopt_shipped_set(valid_from=FOUNDED, decision="otra vez", actor=secretary())

    assert again == first
    assert counted() == before


def test_the_same_version_with_other_numbers_is_refused():
    titilaca()
    before = counted()

    with pytest.raises(VersionTaken):
        adopt_shipped_set(
            valid_from=FOUNDED, decision="x", actor=secretary(), changes={"notice_days": 9}
        )

    assert counted() == before


def test_versions_only_grow():
    titilaca()
    changed(notice_days=5)
    shipped = read_shipped_set("titilaca_1")

    with pytest.raises(VersionGoesBack, match="2"):
        adopt_rule_set(
            name="Titilaca",
            version=0,
            valid_from=date(2026, 9, 1),
            decision="x",
            values=shipped.values,
            clauses=shipped.clauses,
            actor=secretary(),
            on=date(2026, 9, 1),
        )

    assert RuleSet.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"decision": "  "}, DecisionMissing),
        ({"clauses": ()}, NoClauses),
        ({"values": {"places": ["Titilaca"], "notice_days": 99}}, BadValue),
    ],
)
def test_rules_without_decision_words_or_sense_are_refused(change: dict, refusal: type):
    shipped = read_shipped_set("titilaca_1")
    values = {
        "name": "Titilaca",
        "version": 1,
        "valid_from": FOUNDED,
        "decision": "a mano alzada",
        "values": shipped.values,
        "clauses": shipped.clauses,
        "actor": secretary(),
    }

    with pytest.raises(refusal):
        adopt_rule_set(**(values | change))

    assert counted() == (0, 0, 0)


def test_every_number_has_its_clause():
    shipped = read_shipped_set("titilaca_1")
    without = tuple(clause for clause in shipped.clauses if clause.code != "notice")

    with pytest.raises(KeyWithoutClause, match="notice_days"):
        adopt_rule_set(
            name="Titilaca",
            version=1,
            valid_from=FOUNDED,
            decision="x",
            values=shipped.values,
            clauses=without,
            actor=secretary(),
        )

    assert counted() == (0, 0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rules_parameter SET value = '5' WHERE key = 'notice_days'",
        "DELETE FROM rules_parameter WHERE key = 'notice_days'",
        "UPDATE rules_clause SET text_es = 'otra cosa'",
        "DELETE FROM rules_clause",
        "UPDATE rules_ruleset SET valid_from = '2020-01-01'",
        "DELETE FROM rules_ruleset",
    ],
)
def test_the_database_keeps_adopted_rules_as_they_are(statement: str):
    titilaca()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert rules_on(FOUNDED).notice_days == 2
    assert list(rule_sets_are_as_adopted()) == []


def test_the_database_takes_no_more_clauses_or_numbers_into_adopted_rules():
    rule_set = titilaca()
    clause = rule_set.clauses.get(code="misuse")

    with pytest.raises(IntegrityError), transaction.atomic():
        Clause.objects.create(
            rule_set=rule_set, position=99, code="x", heading_es="x", heading_en="x"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Parameter.objects.create(rule_set=rule_set, clause=clause, key="x", value=1)

    assert list(rule_sets_are_as_adopted()) == []


def test_the_database_itself_lets_no_rules_reach_back():
    titilaca()
    values = {
        "name": "Titilaca",
        "version": 2,
        "decision": "x",
        "adopted_by": secretary(),
        "clause_count": 0,
        "parameter_count": 0,
        "digest": "x",
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.create(**values, valid_from=date(2026, 5, 15), adopted_on=date(2026, 6, 5))

    assert RuleSet.objects.count() == 1
