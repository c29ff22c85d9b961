"""What the database itself keeps of the shop: traces stay, agreed prices stay, numbers count."""

from coop.kit.triggers import Rule, Trigger, append_only, register


def _kept(table: str, *keys: tuple[str, ...]) -> list[Trigger]:
    """Rows that may change, but are never deleted nor replaced."""
    return [one for one in append_only(table, *keys) if one.event != "UPDATE"]


def _never_changes(table: str, columns: tuple[str, ...], *rules: Rule) -> Trigger:
    changed = " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns)
    agreed = Rule(f"{table}: what was agreed stays", changed)
    return Trigger(f"{table}_agreed", table, "BEFORE", "UPDATE", (agreed, *rules))


ALL: list[Trigger] = [
    *append_only("shop_orderevent"),
    *append_only("shop_shipment", ("order_id",), ("receipt_number",)),
    *_kept("shop_numberseries", ("key",)),
    _never_changes(
        "shop_numberseries", ("key",), Rule("numbers have no gaps", "NEW.last <> OLD.last + 1")
    ),
]

# Installed by a later migration than the rest.
MAILS: list[Trigger] = [
    *_kept("shop_ordermail", ("message_id",), ("order_id", "notice", "key")),
    _never_changes(
        "shop_ordermail",
        ("id", "order_id", "notice", "key", "message_id", "created_at"),
        Rule(
            "a mail that was sent stays sent",
            "OLD.status = 'sent' AND (NEW.status <> 'sent' OR NEW.sent_at <> OLD.sent_at)",
        ),
    ),
]

# What came with card payments, and what changed with them: orders, lines, payments, refunds.
CARDS: list[Trigger] = [
    *append_only("shop_receivedpayment", ("reference",)),
    *_kept("shop_order", ("number",), ("token",), ("reference",)),
    _never_changes(
        "shop_order",
        (
            "id",
            "number",
            "token",
            "reference",
            "kind",
            "buyer_id",
            "currency",
            "shipping_minor",
            "total_minor",
            "placed_on",
        ),
        Rule(
            "an order that left or was cancelled keeps its status",
            "OLD.status IN ('shipped', 'cancelled') AND NEW.status <> OLD.status",
        ),
    ),
    *_kept("shop_orderline"),
    _never_changes(
        "shop_orderline",
        ("id", "order_id", "variant_id", "quantity", "unit_price_minor"),
        Rule(
            "what was taken off a line stays off",
            "NEW.cancelled < OLD.cancelled OR NEW.returned < OLD.returned",
        ),
    ),
    *_kept("shop_refund", ("key",), ("credit_note",), ("provider_id",)),
    _never_changes(
        "shop_refund",
        (
            "id",
            "payment_id",
            "key",
            "goods_minor",
            "shipping_minor",
            "amount_minor",
            "reason",
            "is_after_shipping",
            "credit_note",
            '"on"',
            "actor_id",
        ),
        Rule(
            "what was given back stays given back",
            "OLD.status = 'done' AND NEW.status NOT IN ('done', 'failed')",
        ),
        Rule(
            "a refund that came back is asked for anew",
            "OLD.status = 'failed' AND NEW.status <> 'failed'",
        ),
    ),
    # The last word on "refunded ≤ paid". The service holds the order's lock while it asks.
    Trigger(
        "shop_refund_within_payment",
        "shop_refund",
        "BEFORE",
        "INSERT",
        (
            Rule(
                "no more is given back than came",
                "NEW.amount_minor + COALESCE((SELECT SUM(r.amount_minor) FROM shop_refund r"
                " WHERE r.payment_id = NEW.payment_id AND r.status <> 'failed'), 0)"
                " > (SELECT p.amount_minor FROM shop_receivedpayment p"
                " WHERE p.id = NEW.payment_id)",
            ),
        ),
    ),
    *append_only("shop_refundline"),
    *append_only("shop_paymentclaim"),
    *append_only("shop_partnerforward", ("reference",)),
    *append_only("shop_cardcomparison"),
    *_kept("shop_cardsession", ("key",), ("stripe_id",)),
    _never_changes(
        "shop_cardsession",
        ("id", "order_id", "attempt", "key", "amount_minor", "currency", "expires_at"),
        Rule(
            "a session keeps its name",
            "OLD.stripe_id IS NOT NULL AND NEW.stripe_id IS DISTINCT FROM OLD.stripe_id",
        ),
        Rule("what was paid stays paid", "OLD.status = 'complete' AND NEW.status <> 'complete'"),
    ),
    *_kept("shop_providerevent", ("event_id",)),
    _never_changes("shop_providerevent", ("id", "event_id", "kind", "object_kind", "object_id")),
    *_kept("shop_payout", ("stripe_id",)),
    _never_changes("shop_payout", ("id", "stripe_id", "amount_minor", "currency")),
    *_kept("shop_dispute", ("stripe_id",)),
    _never_changes(
        "shop_dispute",
        ("id", "stripe_id", "payment_id", "amount_minor", "currency", "opened_at"),
    ),
    *_kept("shop_balancemovement", ("stripe_id",)),
    _never_changes(
        "shop_balancemovement",
        (
            "id",
            "stripe_id",
            "kind",
            "source_id",
            "amount_minor",
            "fee_minor",
            "net_minor",
            "currency",
            "booked_on",
            "payment_id",
            "refund_id",
            "dispute_id",
            "is_payout_id",
        ),
        Rule(
            "a movement stays in its payout",
            "OLD.payout_id IS NOT NULL AND NEW.payout_id IS DISTINCT FROM OLD.payout_id",
        ),
    ),
]

register("shop", [*ALL, *MAILS, *CARDS])
