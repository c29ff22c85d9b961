"""How long it takes until a piece that is ordered today has been knitted and checked."""

from dataclasses import dataclass
from datetime import date

from catalog.models import Design
from coop.kit.days import today
from coop.rules.errors import NoRulesYet
from coop.rules.queries import rules_on
from coop.rules.values import RuleValues


@dataclass(frozen=True)
class LeadTime:
    """What the rules of a day say of it; read once for a whole page."""

    handling_days: int
    knitting_minutes_a_day: int

    def days_for(self, design: Design) -> int:
        """Days from an order to a checked piece, for one who is not in a hurry."""
        return self.handling_days + -(-design.minutes // self.knitting_minutes_a_day)


def lead_time(on: date | None = None) -> LeadTime:
    """As the rules in force on a day say; one small query.

    A house that has adopted none yet can show its shop too: what the rules say by default.
    Source: rule set, "handling_days" and "knitting_minutes_a_day".
    """
    try:
        rules = rules_on(on or today())
    except NoRulesYet:
        fields = RuleValues.model_fields
        return LeadTime(fields["handling_days"].default, fields["knitting_minutes_a_day"].default)
    return LeadTime(rules.handling_days, rules.knitting_minutes_a_day)
