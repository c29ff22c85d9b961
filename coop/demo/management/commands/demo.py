"""`manage.py demo`: a whole cooperative with its year, to look around in."""

import time
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.formats import date_format

from coop.demo import logins
from coop.demo.build import build
from coop.demo.photographs import hang_pictures
from coop.demo.site import build_pages
from coop.demo.story import Scale
from coop.demo.variety import FEWEST_MEMBERS, FEWEST_PRODUCTS
from coop.kit import days
from coop.kit.errors import Refusal
from coop.people.models import Installation, User
from coop.people.services import installation, show_demo
from ledger.models import Account

_LEAST = {"members": FEWEST_MEMBERS, "months": 1, "products": FEWEST_PRODUCTS, "orders": 0}
_MOST = {"members": 5000, "months": 120, "products": 5000, "orders": 100_000}


class Command(BaseCommand):
    help = (
        "Fill an empty house with the demo cooperative: its members, its shop and its year, ending"
        " today. Prints the demo's log-ins and keeps them in demo-logins.json in the data folder."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        defaults = Scale()
        for name, meaning in (
            ("members", "how many members, the honorary one among them"),
            ("months", "how many months of history"),
            ("products", "how many products the shop has"),
            ("orders", "how many orders of customers in all those months"),
        ):
            parser.add_argument(
                f"--{name}",
                type=int,
                default=getattr(defaults, name),
                metavar="N",
                help=f"{meaning} (default: %(default)s)",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        for name, least in _LEAST.items():
            if not least <= options[name] <= _MOST[name]:
                raise CommandError(
                    f"--{name} goes from {least} to {_MOST[name]}, not {options[name]}."
                )
        self._refuse_what_is_not_empty()
        began = time.monotonic()
        scale = Scale(**{name: options[name] for name in _LEAST})
        try:
            with transaction.atomic():
                people = build(scale=scale, today=days.today(), progress=self._progress)
                hang_pictures()
                build_pages()
                show_demo()
                file = logins.keep(people.logins)
        except Refusal as refusal:
            raise CommandError(
                f"the demo stopped, and nothing of it was kept: {refusal}"
            ) from refusal
        self.stdout.write(f"Ready after {time.monotonic() - began:.0f} s. Log-ins ({file}):")
        for line in logins.in_columns(people.logins):
            self.stdout.write(f"  {line}")

    def _refuse_what_is_not_empty(self) -> None:
        if installation().mode == Installation.Mode.REAL:
            raise CommandError("this house serves a real cooperative: the demo stays outside.")
        if User.objects.exists() or Account.objects.exists():
            raise CommandError(
                "the database is not empty. Give the demo another one, with DATABASE_URL or MINKA_DATA."
            )

    def _progress(self, month: date, done: int, of: int) -> None:
        name = date_format(month, "F Y")
        self.stdout.write(f"  {done}/{of} {name}", ending="\n")
        self.stdout.flush()
