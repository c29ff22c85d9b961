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


_HELD = (
    "(SELECT COALESCE(SUM(h.minutes), 0) FROM quotas_hourshold h"
    " WHERE h.month = NEW.month AND h.status = 'held')"
)
_LEFT = (
    "(SELECT COALESCE(SUM(c.offered_minutes - c.promised_minutes), 0) FROM quotas_capacity c"
    " JOIN members_member m ON m.id = c.member_id"
    " WHERE c.month = NEW.month AND m.status = 'active' AND m.kind = 'full')"
)
# After the row went in, so that the sum counts it. Promises do not look here: see `hold_hours`.
_TOO_MUCH = f"NEW.status = 'held' AND {_HELD} > {_LEFT}"
_NO_MONTH = "NOT EXISTS (SELECT 1 FROM quotas_hoursmonth x WHERE x.month = NEW.month)"
# On PostgreSQL two writers do not see each other's rows: whoever comes second waits here, and
# then the sum counts what the first has committed. SQLite lets one write at a time.
_WAIT = "PERFORM 1 FROM quotas_hoursmonth x WHERE x.month = NEW.month FOR UPDATE"
_AGREED = ("id", "reference", "round", "month", "minutes", "held_on", "at")

HOLDS = [
    *append_only("quotas_hoursmonth", ("month",)),
    *never("quotas_hourshold", "DELETE", "TRUNCATE", why="a hold is ended, never taken out"),
    no_replacing("quotas_hourshold", ("id",), ("reference", "round", "month")),
    Trigger(
        name="quotas_hourshold_month",
        table="quotas_hourshold",
        timing="BEFORE",
        event="INSERT",
        rules=(Rule("hours are held in a month that can be locked", _NO_MONTH),),
    ),
    Trigger(
        name="quotas_hourshold_waits",
        table="quotas_hourshold",
        timing="BEFORE",
        event="INSERT",
        rules=(),
        then=(_WAIT,),
        vendors=(triggers.POSTGRESQL,),
    ),
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
