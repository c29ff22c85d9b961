"""Ways to send a parcel, among which the customer chooses on the hosted page."""

from typing import Any

from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.params import Rules, choice, currency, integer, metadata, need, text
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import new_id

_SPAN: Rules = {"unit": choice("hour", "day", "business_day", "week", "month"), "value": integer(1)}
OPTIONS: list[Rules] = [
    {
        "shipping_rate_data": {
            "display_name": text(100),
            "type": choice("fixed_amount"),
            "fixed_amount": {"amount": integer(0, 99_999_999), "currency": currency},
            "delivery_estimate": {"minimum": _SPAN, "maximum": _SPAN},
            "metadata": metadata,
        }
    }
]


def of_session(options: list[dict[str, Any]], money: str) -> dict[str, Any]:
    """The fields of a session with these ways; the first is chosen until the customer says."""
    if len(options) > 5:
        raise Refusal("You can pass at most 5 shipping options.", param="shipping_options")
    rows = [_row(option, place, money) for place, option in enumerate(options)]
    return {"_ways": rows, "shipping_options": [_shown(row) for row in rows]}


def _row(option: dict[str, Any], place: int, money: str) -> dict[str, Any]:
    inside = f"shipping_options[{place}]"
    need(option, "shipping_rate_data", inside=inside)
    rate = option["shipping_rate_data"]
    inside += "[shipping_rate_data]"
    need(rate, "display_name", "fixed_amount", inside=inside)
    need(rate["fixed_amount"], "amount", "currency", inside=f"{inside}[fixed_amount]")
    if rate["fixed_amount"]["currency"] != money:
        raise Refusal(
            f"Shipping must be in the currency of the line items ({money}).",
            param=f"{inside}[fixed_amount][currency]",
        )
    return {
        "id": new_id("shr_"),
        "name": rate["display_name"],
        "amount": rate["fixed_amount"]["amount"],
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {"shipping_amount": row["amount"], "shipping_rate": row["id"]}


def choose(session: Thing, place: int) -> None:
    """Changes what the session costs in all."""
    ways = session["_ways"]
    if not ways:
        return
    if not 0 <= place < len(ways):
        raise Refusal("There is no such way of shipping.", param="shipping")
    way = ways[place]
    session["shipping_cost"] = {
        "amount_subtotal": way["amount"],
        "amount_tax": 0,
        "amount_total": way["amount"],
        "shipping_rate": way["id"],
    }
    session["total_details"]["amount_shipping"] = way["amount"]
    session["amount_total"] = session["amount_subtotal"] + way["amount"]
    session["_way"] = place
