"""The kit: tools without a word about the cooperative, on which every floor may stand."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class KitConfig(AppConfig):
    name = "coop.kit"
    label = "kit"

    def ready(self) -> None:
        from wagtail.images import get_image_model

        # Registers the check and the invariant about triggers.
        from coop.kit import checks
        from coop.kit.tasks import encode_what_was_saved

        post_save.connect(encode_what_was_saved, sender=get_image_model())
