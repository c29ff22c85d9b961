"""`manage.py verify_receipt FILE`: whether a receipt proves what it says, without the books."""

import sys
from argparse import FileType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from coop.kit.errors import Refusal
from coop.kit.money import format_money, from_minor
from ledger.models import Block, JournalEntry
from ledger.receipts import MOST_PAPER_BYTES, Proven, prove, text_of
from ledger.root_line import first_difference, told_difference


class Command(BaseCommand):
    help = (
        "Check a receipt: its own file, or the PDF of its paper. Its entry leads to its root, whose"
        " line stands in the minute book. Nothing is asked of the database, unless --books is"
        " given. Exit 1 if it does not hold."
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
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["file"]
        content = source.read(MOST_PAPER_BYTES + 1)
        if source is not sys.stdin.buffer:
            source.close()
        with translation.override(options["language"]):
            try:
                proven = prove(text_of(content))
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
            self._tell(proven)
            if options["line"] is not None:
                self._compare_line(proven, options["line"])
            if options["books"]:
                self._compare_books(proven)

    def _tell(self, proven: Proven) -> None:
        entry = proven.entry
        kinds = dict(JournalEntry.Kind.choices)
        number = _("Entry %(label)s") % {"label": proven.number}
        lines = [
            _("Nobody changed this receipt since it was made."),
            f"{number} · {entry['day']} · {entry['reference']}",
            str(kinds.get(entry["kind"], entry["kind"])),
        ]
        sides = {"debit": _("Debit"), "credit": _("Credit")}
        for account, _kind, currency, _money, side, minor, *_rest in entry["postings"]:
            amount = format_money(from_minor(minor, currency))
            lines.append(f"  {sides.get(side, side)}: {amount} · {account}")
        lines += [_("Its line in the minute book") + ":", f"  {proven.line.text}", proven.root]
        self.stdout.write("\n".join(lines))

    def _compare_line(self, proven: Proven, copied: str) -> None:
        where = first_difference(copied, proven.line)
        if where:
            raise CommandError(told_difference(where, proven.line))
        self.stdout.write(_("The line is the same: the minute book says that it is genuine."))

    def _compare_books(self, proven: Proven) -> None:
        number = proven.line.block
        root = Block.objects.filter(number=number).values_list("root", flat=True).first()
        if root != proven.root:
            said = _("Block %(number)s of these books has another root.") % {"number": number}
            raise CommandError(said)
        self.stdout.write(_("These books have the same root."))
