"""What the database itself keeps: rules are written once, complete, and never reach back."""

from coop.kit import triggers
from coop.kit.triggers import Rule, Trigger, append_only

ALL = [
    *append_only("rules_ruleset", ("valid_from",), ("name", "version")),
    Trigger(
        name="rules_ruleset_insert_rules",
        table="rules_ruleset",
        timing="AFTER",
        event="INSERT",
        rules=(
            Rule(
                "rules do not reach back",
                "EXISTS (SELECT 1 FROM rules_ruleset r WHERE r.id <> NEW.id"
                " AND (r.valid_from >= NEW.valid_from OR NEW.valid_from < NEW.adopted_on))",
            ),
        ),
    ),
    *append_only("rules_clause", ("rule_set_id", "code")),
    Trigger(
        name="rules_clause_insert_rules",
        table="rules_clause",
        timing="AFTER",
        event="INSERT",
        rules=(
            Rule(
                "a rule set takes no more clauses than it was adopted with",
                "(SELECT COUNT(*) FROM rules_clause c WHERE c.rule_set_id = NEW.rule_set_id)"
                " > (SELECT r.clause_count FROM rules_ruleset r WHERE r.id = NEW.rule_set_id)",
            ),
        ),
    ),
    *append_only("rules_parameter", ("rule_set_id", "key")),
    Trigger(
        name="rules_parameter_insert_rules",
        table="rules_parameter",
        timing="AFTER",
        event="INSERT",
        rules=(
            Rule(
                "a parameter stands under a clause of its own rule set",
                "NOT EXISTS (SELECT 1 FROM rules_clause c"
                " WHERE c.id = NEW.clause_id AND c.rule_set_id = NEW.rule_set_id)",
            ),
            Rule(
                "a rule set takes no more parameters than it was adopted with",
                "(SELECT COUNT(*) FROM rules_parameter p WHERE p.rule_set_id = NEW.rule_set_id)"
                " > (SELECT r.parameter_count FROM rules_ruleset r WHERE r.id = NEW.rule_set_id)",
            ),
        ),
    ),
]
triggers.register("rules", ALL)
