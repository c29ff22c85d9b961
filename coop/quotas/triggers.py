"""What the database itself keeps: an honorary member offers no hours; the trace stays."""

from coop.kit import triggers
from coop.kit.triggers import Rule, Trigger, append_only

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
