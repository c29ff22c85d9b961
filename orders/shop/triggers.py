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
    *append_only("shop_receivedpayment", ("reference",)),
    *append_only("shop_refund", ("payment_id",)),
    *append_only("shop_shipment", ("order_id",), ("receipt_number",)),
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
        "shop_orderline", ("id", "order_id", "variant_id", "quantity", "unit_price_minor")
    ),
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

register("shop", [*ALL, *MAILS])
