"""What the database itself keeps: wool moves by movements, and movements stay.

That grams and value are conserved in every lot is a check constraint of the lot.
"""

from coop.kit import triggers
from coop.kit.triggers import Rule, Trigger, append_only

ALL = [
    *append_only("wool_woolmovement", ("reference", "part")),
    Trigger(
        name="wool_woollot_update_rules",
        table="wool_woollot",
        timing="BEFORE",
        event="UPDATE",
        rules=(
            Rule(
                "a lot keeps what came, and what it cost",
                "NEW.code <> OLD.code OR NEW.yarn_id <> OLD.yarn_id"
                " OR NEW.colour_id <> OLD.colour_id OR NEW.received_g <> OLD.received_g"
                " OR NEW.cost_minor <> OLD.cost_minor OR NEW.received_on <> OLD.received_on"
                " OR NEW.trip_id IS DISTINCT FROM OLD.trip_id",
            ),
            Rule(
                "wool in pieces and lost wool stay there",
                "NEW.used_g < OLD.used_g OR NEW.lost_g < OLD.lost_g",
            ),
        ),
    ),
    Trigger(
        name="wool_woollot_no_delete",
        table="wool_woollot",
        timing="BEFORE",
        event="DELETE",
        rules=(Rule("a lot stays written"),),
    ),
    Trigger(
        name="wool_purchasetrip_update_rules",
        table="wool_purchasetrip",
        timing="BEFORE",
        event="UPDATE",
        rules=(
            Rule(
                "a trip keeps who carries how much, and what is accounted for only grows",
                "NEW.carrier_id <> OLD.carrier_id OR NEW.payment_id <> OLD.payment_id"
                " OR NEW.amount_minor <> OLD.amount_minor"
                " OR NEW.accounted_minor < OLD.accounted_minor",
            ),
            Rule(
                "only money that was handed over is accounted for",
                "NEW.accounted_minor > OLD.accounted_minor AND NOT EXISTS (SELECT 1"
                " FROM ledger_payment p WHERE p.id = NEW.payment_id AND p.status = 'paid')",
            ),
        ),
    ),
]
triggers.register("wool", ALL)
