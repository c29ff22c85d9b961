"""`manage.py import_statement FILE --account CODE`: a bank's file, from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from djmoney.money import Money

from coop.kit.errors import Refusal
from coop.kit.money import format_money, minor_digits
from ledger.bank.errors import AccountUnknown
from ledger.bank.queries import standing_of
from ledger.bank.reading import Columns, Hints, values
from ledger.bank.reading.plan import ROLES
from ledger.bank.reading.read import check_size
from ledger.bank.remarks import say_all
from ledger.bank.services import Imported, Typed, import_file
from ledger.bank.services.lines import MOST
from ledger.models import Account


class Command(BaseCommand):
    help = (
        "Import a bank's statement (OFX, QIF, CAMT.053, MT940, CSV or XLSX) into one of our money"
        " accounts. The same file again adds nothing; a file with a wrong line is refused whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the bank's file")
        parser.add_argument(
            "--account", required=True, metavar="CODE", help="the account's code in the books"
        )
        parser.add_argument(
            "--columns",
            metavar="day=1,text=2,…",
            help=(
                "which column of a table is what, counted from 1; it is remembered for this bank."
                f" Roles: {', '.join(ROLES)}"
            ),
        )
        parser.add_argument(
            "--days", choices=values.ORDERS, help="in which order day, month and year stand"
        )
        parser.add_argument(
            "--opening", metavar="AMOUNT", help="the opening balance, if the file says none"
        )
        parser.add_argument(
            "--closing", metavar="AMOUNT", help="the closing balance, if the file says none"
        )

        parser.add_argument(
            "--anyway",
            action="store_true",
            help="import it although it is of another account, or contradicts itself",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = self._import(options)
        except OSError as wrong:
            raise CommandError(f"{options['file']}: {wrong.strerror}.") from wrong
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for one in found:
            self._tell(one)

    def _import(self, options: dict[str, Any]) -> list[Imported]:
        account = Account.objects.filter(code=options["account"]).first()
        if account is None:
            raise AccountUnknown(account=options["account"])
        path = Path(options["file"])
        check_size(path.stat().st_size)
        return import_file(
            data=path.read_bytes(),
            name=path.name,
            account=account,
            actor=None,
            hints=Hints(columns=_columns(options["columns"]), order=options["days"]),
            typed=Typed(
                opening=_amount(options["opening"], account),
                closing=_amount(options["closing"], account),
            ),
            insisted=options["anyway"],
        )

    def _tell(self, one: Imported) -> None:
        statement = one.statement
        standing = standing_of(statement)
        if one.is_again:
            self.stdout.write(
                f"{statement.account}: nothing new, statement {statement.number} holds these"
                f" {one.known} lines already."
            )
        else:
            self.stdout.write(
                f"{statement.account}: statement {statement.number}, {one.new} new lines,"
                f" {one.known} known before."
            )
        for remark in say_all(statement.remarks):
            self.stdout.write(f"  {remark}")
        self.stdout.write(
            f"  {format_money(standing.opening)} + {format_money(standing.lines)} ="
            f" {format_money(standing.closing)}; the books say {format_money(standing.book)}:"
            f" difference {format_money(standing.difference)}."
        )


def _columns(told: str | None) -> Columns | None:
    if not told:
        return None
    places = {}
    for one in told.split(","):
        role, _equals, place = one.strip().partition("=")
        if role not in ROLES or not place.isdigit() or int(place) < 1:
            raise CommandError(f"--columns: “{one}” is not like day=1. Roles: {', '.join(ROLES)}.")
        places[role] = int(place) - 1
    columns = Columns(places)
    if not columns.is_enough:
        raise CommandError("--columns: it takes day, and amount or in and out.")
    return columns


def _amount(told: str | None, account: Account) -> Money | None:
    if told is None:
        return None
    amount = values.number(told)
    if amount is not None and abs(amount) > MOST:
        raise CommandError(f"“{told}” is too much.")
    if amount is None or amount != round(amount, minor_digits(account.currency)):
        raise CommandError(f"“{told}” is no amount in {account.currency}.")
    return Money(amount, account.currency)
