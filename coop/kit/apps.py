"""The kit: tools without a word about the cooperative, on which every floor may stand."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "coop.kit"
    label = "kit"
