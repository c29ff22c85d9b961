"""Membership, settlements, offices, and what each member holds."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "coop.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself when it is imported.
        from coop.members import audit, shares, triggers, waiting
