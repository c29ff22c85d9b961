"""Rules for the tests: those of Titilaca, adopted by the service."""

from datetime import date
from typing import Any

from coop.people.models import User
from coop.rules.models import RuleSet
from coop.rules.services import adopt_shipped_set
from tests.factories.ledger import person

FOUNDED = date(2026, 1, 1)


def secretary() -> User:
    """The one secretary of the tests."""
    return User.objects.filter(first_name="Silvia").first() or person("Silvia", "secretary")


def titilaca(valid_from: date = FOUNDED, **changes: Any) -> RuleSet:
    """The rules of Titilaca in force from `valid_from`, with changes to their parameters."""
    there = RuleSet.objects.filter(name="Titilaca", version=1).first()
    return there or adopt_shipped_set(
        valid_from=valid_from,
        decision="Asamblea de fundación, a mano alzada.",
        actor=secretary(),
        changes=changes,
    )
