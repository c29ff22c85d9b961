"""`manage.py audit`: every rule that must always hold, on the live database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from coop.kit import audit


class Command(BaseCommand):
    help = "Check everything that must always hold; name every offending row; exit 1 if any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="in which rules and findings are told; the house's own unless said",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[audit.Finding] = []
        with translation.override(options["language"]):
            for rule in audit.registered():
                rows = audit.found_by(rule)
                found += rows
                holds = (
                    self.style.SUCCESS(_("holds ")) if not rows else self.style.ERROR(_("BROKEN"))
                )
                self.stdout.write(f"{holds} {rule.number:>2}  {rule.sentence}")
                for row in rows:
                    self.stdout.write(f"           {row.told()}")
            audit.keep(found)
            if found:
                raise CommandError(_("%(count)s rows break a rule.") % {"count": len(found)})
            self.stdout.write(_("All %(count)s checks hold.") % {"count": len(audit.registered())})
