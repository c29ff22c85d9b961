"""What the database itself refuses in production, on SQLite and on PostgreSQL."""

from coop.kit import triggers
from coop.kit.triggers import Rule, Trigger, append_only, no_replacing

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


def _refuses(table: str, event: str, *rules: Rule) -> Trigger:
    return Trigger(
        name=f"{table}_{event.lower()}_rules",
        table=table,
        timing="BEFORE",
        event=event,  # type: ignore[arg-type]
        rules=rules,
    )


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
    no_replacing(ASSIGNMENT, ("id",)),
    no_replacing(ORDER, ("id",), ("reference",)),
    *append_only("production_workorderevent"),
    *append_only("production_assignmentevent"),
    *append_only("production_inspection"),
]

WISH = "production_daywish"
_ASKED_CHANGES = " OR ".join(
    f"NEW.{column} IS DISTINCT FROM OLD.{column}"
    for column in ("assignment_id", "wanted_on", "rate_minor", "asked_by_id", "asked_on")
)

WISHES = [
    _refuses(
        WISH,
        "UPDATE",
        Rule("a wish keeps what was asked", _ASKED_CHANGES),
        Rule("an answered wish stays answered", "OLD.status <> 'waiting'"),
    ),
    _refuses(WISH, "DELETE", Rule("a wish is answered, not deleted")),
    no_replacing(WISH, ("id",)),
]
triggers.register("production", [*ALL, *WISHES])
