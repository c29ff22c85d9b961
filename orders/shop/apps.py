"""Cart, order, payment, shipping, wholesale."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class ShopConfig(AppConfig):
    name = "orders.shop"
    label = "shop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from ledger.kept import keep
        from ledger.plain import better_place
        from orders.production.hooks import piece_passed, promised_day
        from orders.shop import (
            audit,
            audit_cards,
            audit_mails,
            awaiting,
            bank,
            open_items,
            telling,
            triggers,
            waiting,
        )
        from orders.shop.providers import all as ways_to_pay
        from orders.shop.queries import day_promised_for
        from orders.shop.services import receive_passed_piece

        keep("stripe")
        better_place(
            "hotel_paid",
            gettext_lazy("If it pays an order, write it at that order: then it counts as paid."),
            "shop_office:orders",
        )
        piece_passed.register(receive_passed_piece)
        promised_day.register(day_promised_for)
        post_migrate.connect(_start_rounds, sender=self)


def _start_rounds(**_facts: Any) -> None:
    """After a migration the worker's rounds for mails and cards begin, unless they run already."""
    from orders.shop.providers.stripe.tasks import ROUND, keep_looking
    from orders.shop.sweeping import MAILS_EVERY, keep_sweeping_mails

    keep_sweeping_mails(after=MAILS_EVERY)
    keep_looking(after=ROUND)
