"""Yarn, lots, custody by weight, purchase trips."""

from django.apps import AppConfig


class WoolConfig(AppConfig):
    name = "coop.wool"
    label = "wool"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself when it is imported.
        from django.utils.translation import gettext_lazy

        from ledger.kept import keep
        from ledger.plain import better_place

        keep("wool_store", "wool_members")
        keep("trip_advances", undone_by_hand=True)
        better_place(
            "bought_wool",
            gettext_lazy("The wool itself is written down where it came."),
            "wool_office:bought",
        )
        from coop.wool import audit, figures, holdings, open_items, triggers, waiting
