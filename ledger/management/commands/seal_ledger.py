"""`manage.py seal_ledger`: gather sealed entries into blocks, which gives them their numbers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger import queries, tasks
from ledger.services import gather_block


class Command(BaseCommand):
    help = "Gather every sealed entry that waits into blocks, and print the newest root."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--schedule",
            action="store_true",
            help="let the background worker do it every few minutes from now on",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        while block := gather_block():
            self.stdout.write(
                f"block {block.number}: entries {block.first_number} to {block.last_number}"
            )
        newest = queries.newest_block()
        self.stdout.write(f"newest root: {newest.root}" if newest else "nothing to gather yet")
        if options["schedule"]:
            tasks.keep_gathering(after=tasks.EVERY)
            self.stdout.write("the worker gathers every few minutes")
