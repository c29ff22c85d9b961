"""What the database itself keeps: an honorary member offers no hours; holds fit; traces stay."""

from coop.kit import triggers
from coop.kit.triggers import Rule, Trigger, append_only, never, no_replacing

_IS_HONORARY = (
    "EXISTS (SELECT 1 FROM members_member m WHERE m.id = NEW.member_id AND m.kind = 'honorary')"
)

ALL = [
    *append_only("quotas_quotaevent"),
    *(
        Trigger(
            name=f"quotas_{table}_{event.lower()}_rules",
            table=f"quotas_{table}",
            timing="AFTER",
            event=event,  # type: ignore[arg-type]
            rules=(Rule("an honorary member gets no work", _IS_HONORARY),),
        )
        for table in ("skill", "capacity")
        for event in ("INSERT", "UPDATE")
    ),
]
triggers.register("quotas", ALL)


def _sum(column: str, table: str, more: str = "") -> str:
    return f"(SELECT COALESCE(SUM({column}), 0) FROM {table} WHERE month = NEW.month{more})"  # noqa: S608 - our own names


# After the row went in, so that the sum counts it. Promises do not look here: see `hold_hours`.
_TOO_MUCH = (
    "NEW.status = 'held' AND "
    + _sum("minutes", "quotas_hourshold", " AND status = 'held'")
    + " + "
    + _sum("promised_minutes", "quotas_capacity")
    + " > "
    + _sum("offered_minutes", "quotas_capacity")
)
_AGREED = ("id", "reference", "round", "month", "minutes", "held_on", "at")

HOLDS = [
    *append_only("quotas_hoursmonth", ("month",)),
    *never("quotas_hourshold", "DELETE", "TRUNCATE", why="a hold is ended, never taken out"),
    no_replacing("quotas_hourshold", ("id",), ("reference", "round", "month")),
    Trigger(
        name="quotas_hourshold_fits",
        table="quotas_hourshold",
        timing="AFTER",
        event="INSERT",
        rules=(Rule("more hours held and promised than offered", _TOO_MUCH),),
    ),
    Trigger(
        name="quotas_hourshold_update_rules",
        table="quotas_hourshold",
        timing="BEFORE",
        event="UPDATE",
        rules=(
            Rule("a hold that has ended stays as it is", "OLD.status <> 'held'"),
            Rule(
                "what was held never changes",
                " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in _AGREED),
            ),
        ),
    ),
]
triggers.register("quotas", HOLDS)
