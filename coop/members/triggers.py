"""What the database itself keeps: who earns, and that a membership leaves its trace."""

from coop.kit import triggers
from coop.kit.triggers import Rule, Trigger, append_only

_HELD_BY_HONORARY = (
    "NEW.kind = 'liability' AND NEW.holder_id IS NOT NULL AND EXISTS (SELECT 1"
    " FROM members_member m WHERE m.user_id = NEW.holder_id AND m.kind = 'honorary')"
)


def _no_pay(event: str) -> Trigger:
    return Trigger(
        name=f"members_no_pay_for_honorary_{event.lower()}",
        table="ledger_account",
        timing="AFTER",
        event=event,  # type: ignore[arg-type]
        rules=(Rule("an honorary member earns nothing", _HELD_BY_HONORARY),),
    )


ALL = [
    *append_only("members_memberevent"),
    Trigger(
        name="members_member_update_rules",
        table="members_member",
        timing="BEFORE",
        event="UPDATE",
        rules=(
            Rule(
                "a member keeps her code, her person and the rules she accepted",
                "NEW.code IS DISTINCT FROM OLD.code OR NEW.user_id IS DISTINCT FROM OLD.user_id"
                " OR NEW.joined_on IS DISTINCT FROM OLD.joined_on"
                " OR NEW.rule_set_id IS DISTINCT FROM OLD.rule_set_id",
            ),
            Rule(
                "a member keeps her account",
                "OLD.account_id IS NOT NULL AND NEW.account_id IS DISTINCT FROM OLD.account_id",
            ),
        ),
    ),
    Trigger(
        name="members_member_no_delete",
        table="members_member",
        timing="BEFORE",
        event="DELETE",
        rules=(Rule("a member's row stays: it holds her code, and her name can be erased"),),
    ),
    Trigger(
        name="members_office_update_rules",
        table="members_office",
        timing="BEFORE",
        event="UPDATE",
        rules=(
            Rule(
                "an office keeps who held it and from when, and ends once",
                "NEW.member_id <> OLD.member_id OR NEW.post <> OLD.post"
                " OR NEW.from_on <> OLD.from_on OR OLD.until_on IS NOT NULL",
            ),
        ),
    ),
    Trigger(
        name="members_office_no_delete",
        table="members_office",
        timing="BEFORE",
        event="DELETE",
        rules=(Rule("an office that was held stays written"),),
    ),
    _no_pay("INSERT"),
    _no_pay("UPDATE"),
]
triggers.register("members", ALL)
