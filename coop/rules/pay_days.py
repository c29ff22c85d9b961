"""Tells the ledger by which rule a pay day with too little cash pays."""

from datetime import date

from coop.rules.errors import NoRulesYet
from coop.rules.queries import rule_set_on, values_of
from ledger.cash.pay_rule import PayRule, told_by


@told_by
def pay_rule(day: date) -> PayRule:
    """As the rule set in force on `day` has it; its default before there are any rules."""
    try:
        rule_set = rule_set_on(day)
    except NoRulesYet:
        return PayRule()
    return PayRule(values_of(rule_set).pay_shortfall, str(rule_set))
