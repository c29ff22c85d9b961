"""What the database itself refuses in the catalogue: a changed trace, a piece that vanishes."""

from coop.kit.triggers import Rule, Trigger, append_only, register

_NO_VANISHING = "a piece is never deleted: it is moved"

ALL = [
    *append_only("catalog_piecemove"),
    *append_only("catalog_pricechange"),
    Trigger("catalog_piece_no_delete", "catalog_piece", "BEFORE", "DELETE", (Rule(_NO_VANISHING),)),
    Trigger(
        "catalog_piece_stays_itself",
        "catalog_piece",
        "BEFORE",
        "UPDATE",
        (
            Rule(
                "a piece keeps its variant, its maker and its tag",
                "NEW.variant_id <> OLD.variant_id OR NEW.maker_id <> OLD.maker_id"
                " OR (OLD.tag IS NOT NULL AND NEW.tag IS DISTINCT FROM OLD.tag)",
            ),
        ),
    ),
]

register("catalog", ALL)
