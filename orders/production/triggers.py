"""What the database itself refuses in production, on SQLite and on PostgreSQL."""

from coop.kit import triggers
from coop.kit.triggers import POSTGRESQL, SQLITE, Rule, Trigger

ASSIGNMENT = "production_assignment"
ORDER = "production_workorder"

_HONORARY = (
    "EXISTS (SELECT 1 FROM members_member m WHERE m.id = NEW.member_id AND m.kind = 'honorary')"
)
_RATE_CHANGES = "OLD.rate_minor IS NOT NULL AND NEW.rate_minor IS DISTINCT FROM OLD.rate_minor"
_MAKER_CHANGES = (
    "NEW.member_id IS DISTINCT FROM OLD.member_id"
    " OR NEW.work_order_id IS DISTINCT FROM OLD.work_order_id"
)


def _refuses(table: str, event: str, *rules: Rule, suffix: str = "rules") -> Trigger:
    return Trigger(
        name=f"{table}_{event.lower()}_{suffix}",
        table=table,
        timing="BEFORE",
        event=event,  # type: ignore[arg-type]
        rules=rules,
    )


def _append_only(table: str) -> list[Trigger]:
    """Rows of `table` are written once."""
    kept = f"{table} keeps what was written"
    return [
        _refuses(table, "UPDATE", Rule(kept)),
        _refuses(table, "DELETE", Rule(kept)),
        Trigger(
            f"{table}_truncate_rules", table, "BEFORE", "TRUNCATE", (Rule(kept),), (), (POSTGRESQL,)
        ),
        Trigger(
            f"{table}_replace_rules",
            table,
            "BEFORE",
            "INSERT",
            (Rule(kept, f"EXISTS (SELECT 1 FROM {table} x WHERE x.id = NEW.id)"),),  # noqa: S608 - our own names
            (),
            (SQLITE,),
        ),
    ]


ALL = [
    # Source: design, what must always hold, 9: honorary members do not earn.
    _refuses(ASSIGNMENT, "INSERT", Rule("an honorary member is given no work", _HONORARY)),
    _refuses(
        ASSIGNMENT,
        "UPDATE",
        Rule("an assignment keeps its member and its work", _MAKER_CHANGES),
        # 7: a later price change touches no rate at which work was taken on.
        Rule("a rate is fixed when work is taken on", _RATE_CHANGES),
    ),
    _refuses(ASSIGNMENT, "DELETE", Rule("an assignment is withdrawn, not deleted")),
    _refuses(ORDER, "DELETE", Rule("work is called off, not deleted")),
    *_append_only("production_workorderevent"),
    *_append_only("production_assignmentevent"),
    *_append_only("production_inspection"),
]
triggers.register("production", ALL)
