"""Checkout sessions: made by the shop, paid by the customer, or expired."""

from typing import Any

from tests.fake_stripe import balance, disputes, payments, shipping
from tests.fake_stripe.cards import Card
from tests.fake_stripe.currencies import check_amount, check_least, written
from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.events import record
from tests.fake_stripe.params import (
    EXPAND,
    PAGE,
    Rules,
    choice,
    currency,
    email,
    integer,
    metadata,
    need,
    text,
    url,
    when,
)
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World, new_id

_SOONEST, _LATEST, _USUAL = 30 * 60, 24 * 60 * 60, 24 * 60 * 60
_MOST = 99_999_999
# fmt: off
_LOCALES = (
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr",
    "fr-CA", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt",
    "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
)
# fmt: on
CREATE: Rules = EXPAND | {
    "mode": choice("payment"),
    "line_items": [
        {
            "quantity": integer(1, 999_999),
            "price_data": {
                "currency": currency,
                "unit_amount": integer(1, _MOST),
                "product_data": {
                    "name": text(),
                    "description": text(),
                    "images": [url],
                    "metadata": metadata,
                },
            },
        }
    ],
    "client_reference_id": text(200),
    "customer_email": email,
    "metadata": metadata,
    "payment_intent_data": {
        "capture_method": choice("automatic", "automatic_async"),
        "description": text(1000),
        "metadata": metadata,
    },
    "payment_method_types": [choice("card")],
    "locale": choice(*_LOCALES),
    "expires_at": integer(0),
    "success_url": url,
    "cancel_url": url,
    "shipping_options": shipping.OPTIONS,
    "submit_type": choice("auto", "book", "donate", "pay"),
}
LIST: Rules = PAGE | {
    "created": when,
    "payment_intent": text(),
    "status": choice("complete", "expired", "open"),
}

# What Stripe's example fills and a plain session leaves empty.
_EMPTY: dict[str, Any] = dict.fromkeys(
    (
        "after_expiration",
        "collected_information",
        "consent",
        "consent_collection",
        "currency_conversion",
        "customer_details",
        "invoice_creation",
        "payment_intent",
        "payment_method_configuration_details",
        "permissions",
        "saved_payment_method_options",
        "shipping_address_collection",
        "shipping_cost",
        "wallet_options",
    )
)


def create(world: World, values: dict[str, Any]) -> Thing:
    need(values, "mode", "line_items", "success_url")
    expires_at = _expiry(world, values)
    lines = [_line(world, line, place) for place, line in enumerate(values["line_items"])]
    _check_count(lines)
    session_id = new_id("cs_test_a1", 56)
    session = world.begin(
        "checkout.session",
        "",
        **_EMPTY,
        **_totals(lines),
        **shipping.of_session(values.get("shipping_options", []), lines[0]["currency"]),
        adaptive_pricing={"enabled": False},
        cancel_url=values.get("cancel_url"),
        client_reference_id=values.get("client_reference_id"),
        customer_creation="if_required",
        customer_email=values.get("customer_email"),
        expires_at=expires_at,
        locale=values.get("locale"),
        managed_payments={"enabled": False},
        metadata=values.get("metadata", {}),
        payment_method_collection="if_required",
        status="open",
        submit_type=values.get("submit_type"),
        success_url=values["success_url"],
        ui_mode="hosted_page",
        url=f"{world.url}/c/pay/{session_id}",
        _lines=lines,
        _intent_data=values.get("payment_intent_data", {}),
    )
    session["id"] = session_id
    session["automatic_tax"]["liability"] = None
    shipping.choose(session, 0)
    _check_total(world, session)
    session["custom_text"] = dict.fromkeys(session["custom_text"])
    if session["customer_email"]:
        session["customer_details"] = _details(world, session["customer_email"], None)
    return world.store.add(session)


def _expiry(world: World, values: dict[str, Any]) -> int:
    now = world.store.now()
    expires_at = int(values.get("expires_at", now + _USUAL))
    if expires_at < now + _SOONEST:
        raise Refusal(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session "
            "creation.",
            param="expires_at",
        )
    if expires_at > now + _LATEST:
        raise Refusal(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return expires_at


def _line(world: World, line: dict[str, Any], place: int) -> Thing:
    inside = f"line_items[{place}]"
    need(line, "price_data", "quantity", inside=inside)
    price = line["price_data"]
    need(price, "currency", "unit_amount", "product_data", inside=f"{inside}[price_data]")
    need(price["product_data"], "name", inside=f"{inside}[price_data][product_data]")
    check_amount(price["unit_amount"], price["currency"], f"{inside}[price_data][unit_amount]")
    total = price["unit_amount"] * line["quantity"]
    item = world.shape("item") | {
        "id": new_id("li_"),
        "adjustable_quantity": None,
        "amount_subtotal": total,
        "amount_total": total,
        "currency": price["currency"],
        "description": price["product_data"]["name"],
        "quantity": line["quantity"],
    }
    item["price"] |= {
        "id": new_id("price_"),
        "active": False,
        "created": world.store.now(),
        "currency": price["currency"],
        "custom_unit_amount": None,
        "product": new_id("prod_", 14),
        "recurring": None,
        "transform_quantity": None,
        "unit_amount": price["unit_amount"],
        "unit_amount_decimal": str(price["unit_amount"]),
    }
    return item


def _check_count(lines: list[Thing]) -> None:
    if not 1 <= len(lines) <= 100:
        raise Refusal("You must pass between 1 and 100 line items.", param="line_items")
    if len({line["currency"] for line in lines}) > 1:
        raise Refusal("All line items must have the same currency.", param="line_items")


def _check_total(world: World, session: Thing) -> None:
    total, money, what = session["amount_total"], session["currency"], "line_items"
    if total > _MOST:
        raise Refusal(
            f"The Checkout Session's total amount must be no more than {written(_MOST, money)}.",
            code="amount_too_large",
            param=what,
        )
    as_settled = balance.settled(world, total, money)[:2]
    check_least(total, money, as_settled, what, "The Checkout Session's total amount")


def _totals(lines: list[Thing]) -> dict[str, Any]:
    total = sum(line["amount_total"] for line in lines)
    return {
        "amount_subtotal": total,
        "amount_total": total,
        "currency": lines[0]["currency"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
    }


def _details(world: World, address: str | None, name: str | None) -> dict[str, Any]:
    details: dict[str, Any] = world.shape("checkout.session")["customer_details"]
    return details | {"email": address, "name": name}


def expire(world: World, session: Thing) -> Thing:
    """By the shop or by the clock; a customer who comes later finds a kind page."""
    if session["status"] != "open":
        raise Refusal(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of {session['status']}.",
            kept=True,
        )
    session |= {"status": "expired", "url": None}
    world.store.save(session)
    if session["payment_intent"]:
        payments.cancel(world, world.store.get("payment_intent", session["payment_intent"]))
    record(world, "checkout.session.expired", session)
    return session


def expire_due(world: World) -> None:
    for account, session_id in world.store.overdue():
        with world.store.within(account):
            expire(world, world.store.get("checkout.session", session_id))


def pay(world: World, session: Thing, card: Card, *, authenticated: bool = False) -> str:
    """`paid`, `declined` or `authenticate`; a session that is no longer open stays as it is."""
    if session["status"] != "open":
        return str(session["status"])
    intent = _intent(world, session)
    billing = {"email": session["customer_email"], "name": None}
    if card.code:
        payments.decline(world, intent, card, billing)
        return "declined"
    if card.needs_authentication and not authenticated:
        payments.ask_authentication(world, intent, f"{session['url']}/3ds")
        return "authenticate"
    payments.pay(world, intent, card, billing)
    session |= {
        "status": "complete",
        "payment_status": "paid",
        "url": None,
        "customer_details": _details(
            world, session["customer_email"] or "customer@example.com", None
        ),
    }
    world.store.save(session)
    record(world, "checkout.session.completed", session)
    if card.opens_dispute:
        disputes.begin(world, world.store.get("payment_intent", intent["id"]))
    return "paid"


def choose_shipping(world: World, session: Thing, place: int) -> None:
    """The customer's choice, kept although her card may then be declined."""
    if session["status"] == "open":
        shipping.choose(session, place)
        world.store.save(session)


def _intent(world: World, session: Thing) -> Thing:
    if session["payment_intent"]:
        intent = world.store.get("payment_intent", session["payment_intent"])
        # She may have chosen another way of shipping since her last attempt.
        return world.store.save(intent | {"amount": session["amount_total"]})
    intent = payments.new_intent(
        world,
        amount=session["amount_total"],
        currency=session["currency"],
        data=session["_intent_data"],
        session=session["id"],
    )
    session["payment_intent"] = intent["id"]
    world.store.save(session)
    return intent


def refuse_authentication(world: World, session: Thing) -> None:
    if session["status"] == "open" and session["payment_intent"]:
        intent = world.store.get("payment_intent", session["payment_intent"])
        if intent["status"] == "requires_action":
            payments.fail_authentication(world, intent)
