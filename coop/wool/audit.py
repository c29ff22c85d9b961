"""What must always hold of the wool: grams and céntimos, in every lot and against the books."""

from collections.abc import Iterator

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from coop.kit.audit import Amount, finding, invariant, word
from coop.kit.money import to_minor
from coop.wool import accounting
from coop.wool.models import Custody, WoolLot, WoolMovement
from ledger.errors import AccountMissing
from ledger.models import Account
from ledger.queries import balance

Kind = WoolMovement.Kind
Role = Account.Role

#: How each kind of movement changes store, hands, pieces and loss; a lost gram leaves the store
#: when no member had it.
_CHANGES = {
    Kind.RECEIVED: {"store": 1},
    Kind.ISSUED: {"store": -1, "held": 1},
    Kind.RETURNED: {"store": 1, "held": -1},
    Kind.USED: {"held": -1, "used": 1},
    Kind.WASTED: {"held": -1, "lost": 1},
    Kind.LOST: {"held": -1, "lost": 1},
}
_BUCKETS = ("store", "held", "used", "lost")
_SAID = {
    "store": finding("in the store"),
    "held": finding("with members"),
    "used": finding("in pieces"),
    "lost": finding("lost"),
}


@invariant(
    4, _("Wool, in grams, for every lot: received = in store + in custody + in pieces + lost")
)
def wool_is_conserved() -> Iterator[str]:
    """Each lot's sum, in grams and in value."""
    for lot in WoolLot.objects.order_by("pk"):
        grams = lot.store_g + lot.held_g + lot.used_g + lot.lost_g
        if grams != lot.received_g:
            yield finding(
                "lot {lot}: {received_g} g came, and {grams} g are accounted for",
                lot=lot,
                received_g=lot.received_g,
                grams=grams,
            )
        value = sum(getattr(lot, f"{bucket}_value_minor") for bucket in _BUCKETS)
        if value != lot.cost_minor:
            yield finding(
                "lot {lot}: it cost {cost}, and {value} are accounted for",
                lot=lot,
                cost=Amount(lot.cost_minor),
                value=Amount(value),
            )


@invariant(4, _("What members hold of a lot adds up to the lot's wool with members"))
def custody_adds_up() -> Iterator[str]:
    """Custody rows against each lot's bucket."""
    sums = {
        row["lot_id"]: (row["grams_held"], row["value_held"])
        for row in Custody.objects.values("lot_id")
        .annotate(grams_held=Sum("grams"), value_held=Sum("value_minor"))
        .order_by()
    }
    for lot in WoolLot.objects.order_by("pk"):
        if sums.get(lot.pk, (0, 0)) != (lot.held_g, lot.held_value_minor):
            yield finding(
                "lot {lot}: its members' wool does not add up to {held_g} g",
                lot=lot,
                held_g=lot.held_g,
            )


@invariant(4, _("The movements of a lot lead to where its wool is now"))
def movements_add_up() -> Iterator[str]:
    """Every bucket again from the movements alone."""
    rows = (
        WoolMovement.objects.values_list("lot_id", "kind", "member_id")
        .annotate(moved_g=Sum("grams"), moved_value=Sum("value_minor"))
        .order_by()
    )
    found: dict[int, dict[str, list[int]]] = {}
    for lot_id, kind, member_id, grams, value in rows:
        changes = dict(_CHANGES[Kind(kind)])
        if kind == Kind.LOST and member_id is None:
            changes = {"store": -1, "lost": 1}
        buckets = found.setdefault(lot_id, {bucket: [0, 0] for bucket in _BUCKETS})
        for bucket, sign in changes.items():
            buckets[bucket][0] += sign * grams
            buckets[bucket][1] += sign * value
    for lot in WoolLot.objects.order_by("pk"):
        for bucket in _BUCKETS:
            now = [getattr(lot, f"{bucket}_g"), getattr(lot, f"{bucket}_value_minor")]
            moved = found.get(lot.pk, {}).get(bucket, [0, 0])
            if now != moved:
                yield finding(
                    "lot {lot}: {grams} g worth {value} are “{bucket}”, and its movements lead to"
                    " {moved_grams} g worth {moved_value}",
                    lot=lot,
                    bucket=_SAID[bucket],
                    grams=now[0],
                    value=Amount(now[1]),
                    moved_grams=moved[0],
                    moved_value=Amount(moved[1]),
                )


@invariant(4, _("The value of the wool is what the books say"))
def value_is_in_the_books() -> Iterator[str]:
    """The store and the members' wool against their accounts."""
    sums = WoolLot.objects.aggregate(store=Sum("store_value_minor"), held=Sum("held_value_minor"))
    for role, key in ((Role.WOOL_STORE, "store"), (Role.WOOL_MEMBERS, "held")):
        there = sums[key] or 0
        try:
            booked = to_minor(balance(accounting.place(role)))
        except AccountMissing:
            booked = 0
        if booked != there:
            yield finding(
                "account “{role}”: {booked} in the books, {there} in the lots",
                role=word(Role, role),
                booked=Amount(booked),
                there=Amount(there),
            )
