"""What the database itself keeps of PINs, of second steps, and of printed cards."""

from coop.kit import triggers
from coop.kit.triggers import Rule, Trigger, append_only, never, no_replacing

TABLE = "people_pinrequest"
_ASKED = ("user_id", "motif", "colour", "asked_by_id", "asked_at")
_ASKED_CHANGES = " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in _ASKED)

ALL = [
    *never(TABLE, "DELETE", "TRUNCATE", why="a request for a PIN is decided, not deleted"),
    no_replacing(TABLE, ("id",)),
    Trigger(
        name=f"{TABLE}_update_rules",
        table=TABLE,
        timing="BEFORE",
        event="UPDATE",
        rules=(
            Rule("a decided request stays decided", "OLD.status <> 'waiting'"),
            Rule("what was asked for stays", _ASKED_CHANGES),
            Rule(
                "the PIN that is confirmed is the one that was asked for",
                "NEW.pin_hash <> '' AND NEW.pin_hash <> OLD.pin_hash",
            ),
        ),
    ),
]
SECOND_STEP = append_only("people_secondsteprule", why="what was decided stays written")
PIN_EVENTS = append_only("people_pinevent", why="what became of a PIN stays written")

CARDS = "people_card"
_CARD = ("user_id", "token", "made_by_id", "made_at")
_CARD_CHANGES = " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in _CARD)

#: A card that was ended never works again, and whose it was stays written.
OF_CARDS = [
    no_replacing(CARDS, ("id",)),
    Trigger(
        name=f"{CARDS}_update_rules",
        table=CARDS,
        timing="BEFORE",
        event="UPDATE",
        rules=(
            Rule("a card that was ended stays ended", "OLD.ended_at IS NOT NULL"),
            Rule("whose card it is stays", _CARD_CHANGES),
        ),
    ),
]
triggers.register("people", [*ALL, *SECOND_STEP, *PIN_EVENTS, *OF_CARDS])
