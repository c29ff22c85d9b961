"""`manage.py audit`: every rule that must always hold, on the live database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from coop.kit import audit


class Command(BaseCommand):
    help = "Check everything that must always hold; name every offending row; exit 1 if any."

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[str] = []
        for rule in audit.registered():
            rows = list(rule.check())
            found += [f"[{rule.number}] {row}" for row in rows]
            mark = self.style.SUCCESS("holds ") if not rows else self.style.ERROR("BROKEN")
            # One language for the operator: that of the findings.
            with translation.override("en"):
                self.stdout.write(f"{mark} {rule.number:>2}  {rule.sentence}")
            for row in rows:
                self.stdout.write(f"           {row}")
        audit.keep(found)
        if found:
            raise CommandError(f"{len(found)} rows break a rule.")
        self.stdout.write(f"All {len(audit.registered())} checks hold.")
