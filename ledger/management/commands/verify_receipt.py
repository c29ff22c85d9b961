"""`manage.py verify_receipt FILE`: whether a receipt proves what it says, without the books."""

import sys
from argparse import FileType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.kit.errors import Refusal
from ledger.models import Block
from ledger.receipts import MOST_BYTES, Proven, check_receipt, read_receipt
from ledger.root_line import read_line


class Command(BaseCommand):
    help = (
        "Check a receipt: its entry leads to its root, whose line stands in the minute book."
        " Nothing is asked of the database, unless --books is given. Exit 1 if it does not hold."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=FileType("rb"), help="the receipt's file; - reads it")
        parser.add_argument(
            "--line", help="the line as it was copied from the minute book: it must be the same"
        )
        parser.add_argument(
            "--books", action="store_true", help="these books must have the same root, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["file"]
        text = source.read(MOST_BYTES + 1)
        if source is not sys.stdin.buffer:
            source.close()
        try:
            proven = check_receipt(read_receipt(_text(text)))
            self._tell(proven)
            if options["line"]:
                _compare_line(proven, options["line"])
                self.stdout.write("The line of the minute book is the same.")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["books"]:
            _compare_books(proven)
            self.stdout.write("These books have the same root.")

    def _tell(self, proven: Proven) -> None:
        entry = proven.entry
        self.stdout.write(f"entry {proven.number} of {entry['day']}, {entry['reference']}")
        for account, _kind, currency, _money, side, minor, *_rest in entry["postings"]:
            self.stdout.write(f"  {side:<6} {minor} minor units of {currency} on {account}")
        self.stdout.write(f"root {proven.root}")
        self.stdout.write(f"minute book: {proven.line.text}")
        self.stdout.write("The receipt is whole: nothing in it was altered.")


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise CommandError("No receipt is as long as that.")
    try:
        return content.decode()
    except UnicodeDecodeError as wrong:
        raise CommandError("The file is no text, so it is no receipt.") from wrong


def _compare_line(proven: Proven, line: str) -> None:
    if read_line(line) != proven.line:
        raise CommandError("The line of the minute book is another: it is of another root.")


def _compare_books(proven: Proven) -> None:
    root = Block.objects.filter(number=proven.line.block).values_list("root", flat=True).first()
    if root != proven.root:
        raise CommandError(f"Block {proven.line.block} of these books has another root.")
