"""How a kept object leaves the house: without what is the fake's own, and expanded as asked."""

from collections.abc import Sequence
from typing import Any

from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World

_PAYMENT = {"payment_intent": "payment_intent", "charge": "charge"}
_BALANCE = {
    "balance_transaction": "balance_transaction",
    "failure_balance_transaction": "balance_transaction",
}
# What may be expanded, and the kind of object that stands behind it.
_EXPANDABLE: dict[str, dict[str, str]] = {
    "checkout.session": {"payment_intent": "payment_intent", "line_items": "list"},
    "payment_intent": {"latest_charge": "charge"},
    "charge": {"payment_intent": "payment_intent", "refunds": "list", **_BALANCE},
    "refund": {**_PAYMENT, **_BALANCE},
    "dispute": _PAYMENT,
    "payout": _BALANCE,
    "balance_transaction": {"source": "source"},
}
_SOURCES = {"ch_": "charge", "re_": "refund", "du_": "dispute", "po_": "payout"}
_DEEPEST = 4

Tree = dict[str, Any]


def public(world: World, thing: Thing) -> Thing:
    """The object as Stripe would show it, nothing expanded."""
    shown = {key: value for key, value in thing.items() if not key.startswith("_")}
    if thing["object"] == "balance_transaction":
        shown["status"] = "available" if thing["available_on"] <= world.store.now() else "pending"
    if thing["object"] == "dispute":
        shown["balance_transactions"] = [
            public(world, world.store.get("balance_transaction", entry))
            for entry in thing["balance_transactions"]
        ]
    return shown


def shown(world: World, thing: Thing, expand: Sequence[str] = ()) -> Thing:
    return _expanded(world, thing, _tree(expand), ())


def shown_list(world: World, things: list[Thing], url: str, expand: Sequence[str]) -> Thing:
    """One page of a list; its paths begin with `data.`."""
    for path in expand:
        if not path.startswith("data."):
            raise _cannot(path)
    tree = _tree([path.removeprefix("data.") for path in expand])
    rows = [_expanded(world, thing, tree, ("data",)) for thing in things]
    return {"object": "list", "data": rows, "has_more": False, "url": url}


def _tree(paths: Sequence[str]) -> Tree:
    tree: Tree = {}
    for path in paths:
        parts = path.split(".")
        if len(parts) > _DEEPEST:
            raise Refusal(
                f"You cannot expand more than {_DEEPEST} levels of a property ({path}).",
                param="expand",
            )
        here = tree
        for part in parts:
            here = here.setdefault(part, {})
    return tree


def _cannot(path: str) -> Refusal:
    return Refusal(f"This property cannot be expanded ({path}).", param="expand")


def _expanded(world: World, thing: Thing, tree: Tree, above: tuple[str, ...]) -> Thing:
    result = public(world, thing)
    kinds = _EXPANDABLE.get(thing["object"], {})
    for name, inner in tree.items():
        here = (*above, name)
        if name not in kinds:
            raise _cannot(".".join(here))
        if kinds[name] == "list":
            result[name] = _inner_list(world, thing, name)
        elif result.get(name) is not None:
            behind = _behind(world, kinds[name], result[name])
            result[name] = _expanded(world, behind, inner, here)
    return result


def _behind(world: World, kind: str, thing_id: str) -> Thing:
    return world.store.get(_SOURCES[thing_id[:3]] if kind == "source" else kind, thing_id)


def _inner_list(world: World, thing: Thing, name: str) -> Thing:
    if name == "line_items":
        rows, url = thing["_lines"], f"/v1/checkout/sessions/{thing['id']}/line_items"
    else:
        rows = [
            public(world, refund)
            for refund in world.store.all("refund")
            if refund["charge"] == thing["id"]
        ]
        url = f"/v1/charges/{thing['id']}/refunds"
    return {"object": "list", "data": rows, "has_more": False, "url": url}
