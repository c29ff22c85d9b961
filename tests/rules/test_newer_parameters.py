"""A house learns a new parameter: rules that were adopted before it stay as they are."""

from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist

from coop.rules import services
from coop.rules.audit import rule_sets_are_as_adopted
from coop.rules.files import read_shipped_set
from coop.rules.models import RuleSet
from coop.rules.queries import clause_of, readable, rules_on
from coop.rules.services import adopt_rule_set, change_parameters
from tests.factories.office import browser_of
from tests.factories.rules import FOUNDED, secretary

pytestmark = pytest.mark.django_db
LATER = date(2099, 1, 1)


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> RuleSet:
    """Rules from before the house knew anything of lead times."""
    shipped = read_shipped_set("titilaca_1")
    with monkeypatch.context() as patch:
        patch.setattr(services, "check_clauses", lambda values, clauses: None)
        return adopt_rule_set(
            name=shipped.name,
            version=shipped.version,
            valid_from=FOUNDED,
            decision="By hand.",
            values=shipped.values,
            clauses=[one for one in shipped.clauses if one.code != "lead_time"],
            actor=secretary(),
        )


def test_older_rules_stay_valid_and_read_as_the_house_did_before(older: RuleSet):
    assert (rules_on(FOUNDED).handling_days, rules_on(FOUNDED).knitting_minutes_a_day) == (7, 120)
    assert list(rule_sets_are_as_adopted()) == []
    assert "lead_time" not in [one.code for one in readable(older)]
    with pytest.raises(ObjectDoesNotExist):
        clause_of(rule_set=older, key="handling_days")


def test_the_next_version_says_it_in_words(older: RuleSet):
    newer = change_parameters(
        changes={"handling_days": 10}, valid_from=LATER, decision="18 of 24.", actor=secretary()
    )

    assert clause_of(rule_set=newer, key="handling_days").code == "lead_time"
    assert (rules_on(FOUNDED).handling_days, rules_on(LATER).handling_days) == (7, 10)
    assert list(rule_sets_are_as_adopted()) == []


def test_the_office_offers_it_for_the_next_version(older: RuleSet):
    page = browser_of(secretary()).get("/office/rules/change/").content.decode()

    assert 'name="handling_days"' in page
    assert 'name="knitting_minutes_a_day"' in page
