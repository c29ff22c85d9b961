"""The kit: tools without a word about the cooperative, on which every floor may stand."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "coop.kit"
    label = "kit"

    def ready(self) -> None:
        # Registers the check and the invariant about triggers.
        from coop.kit import checks
