"""What must always hold of the rules."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant
from coop.kit.errors import Refusal
from coop.rules.files import digest
from coop.rules.models import RuleSet
from coop.rules.queries import texts_of


@invariant(8, _("Every rule set is complete, readable, and word for word as it was adopted"))
def rule_sets_are_as_adopted() -> Iterator[str]:
    """Counts and digest of each version, over the rows that are there now."""
    for rule_set in RuleSet.objects.order_by("pk"):
        try:
            values, clauses = texts_of(rule_set)
        except Refusal as problem:
            yield finding("rule set {rule_set}: {problem}", rule_set=rule_set, problem=problem)
            continue
        if digest(rule_set.name, rule_set.version, values, clauses) != rule_set.digest:
            yield finding(
                "rule set {rule_set}: its words or numbers are not those adopted", rule_set=rule_set
            )


@invariant(8, _("Later rules begin on the day of their adoption or after it"))
def rules_do_not_reach_back() -> Iterator[str]:
    """The first rules alone may be older than their writing down."""
    for rule_set in RuleSet.objects.order_by("valid_from")[1:]:
        if rule_set.valid_from < rule_set.adopted_on:
            yield finding(
                "rule set {rule_set} is in force from before {adopted_on}",
                rule_set=rule_set,
                adopted_on=rule_set.adopted_on,
            )
