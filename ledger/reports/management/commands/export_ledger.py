"""`manage.py export_ledger`: the whole books for another program."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from coop.kit.errors import Refusal
from ledger.reports.export import FORMATS, write


class Command(BaseCommand):
    help = "Write the whole books for beancount, hledger or a spreadsheet, of one moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format", required=True, choices=FORMATS, help="which program reads it"
        )
        parser.add_argument("--output", metavar="FILE", help="where to; without it, to the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        form, output = options["format"], options["output"]
        target = Path(output) if output else sys.stdout.buffer
        with translation.override(settings.LANGUAGE_CODE):
            try:
                count = write(form, target, progress=self.stderr.write)
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
            except OSError as problem:
                raise CommandError(f"{output or 'the screen'}: {problem.strerror}") from problem
        if output:
            self.stderr.write(f"{count} entries written to {output} ({form})")
