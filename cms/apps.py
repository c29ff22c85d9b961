"""Wagtail pages, site settings, navigation."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def _put_back_triggers(using: str, **_facts: Any) -> None:
    """On SQLite a table that a migration remade has lost its triggers; then nothing would be noted.

    Tables that do not stand yet (while only some migrations run) get theirs when they do.
    """
    from cms import triggers as window
    from coop.kit import triggers

    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "cms_windowchange" not in tables:
        return
    lost = " ".join(triggers.problems(connection, "cms"))
    with connection.schema_editor() as schema_editor:
        triggers.install(
            schema_editor,
            [one for one in window.ALL if one.name in lost.split() and one.table in tables],
        )
    with connection.cursor() as cursor:
        # Whatever the migrations changed while nobody noted it.
        cursor.execute(window.note("migration"))


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The first two register themselves when they are imported.
        from cms import triggers, waiting
        from cms.window import forget_old_changes
        from coop.kit.chores import once_a_day

        once_a_day(forget_old_changes)
        post_migrate.connect(_put_back_triggers, sender=self)
