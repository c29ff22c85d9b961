"""`manage.py install_triggers`: put back the rules that the database keeps by itself."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from coop.kit import triggers


class Command(BaseCommand):
    help = "Put every trigger in place again, as after a restore or a remade table."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = list(triggers.problems(connection))
        with connection.schema_editor() as schema_editor:
            triggers.install(schema_editor, triggers.registered())
        for one in missing:
            self.stdout.write(f"put right: {one}")
        self.stdout.write(f"{len(triggers.registered())} triggers are in place.")
