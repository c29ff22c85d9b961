"""manage.py sync_stripe: compare with Stripe, settle what was missed, say what differs."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from orders.shop.providers.stripe import gateway, sync
from orders.shop.providers.stripe.errors import ProviderError


class Command(BaseCommand):
    """Exit 0 when books and Stripe agree to the cent, 1 when not or when Stripe does not answer."""

    help = (
        "Compares orders, refunds, disputes and payouts with Stripe and books what was missed."
        " Harmless when repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=35, help="how many days to look back (default: 35)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and say it in a few lines."""
        if not gateway.is_connected():
            raise CommandError("STRIPE_SECRET_KEY is not set: the house takes no cards.")
        days: int = options["days"]
        if not 1 <= days <= 3650:
            raise CommandError("--days takes a number from 1 to 3650.")
        since = timezone.now() - timedelta(days=days)
        try:
            report = sync.sync(since=since, say=self._progress)
        except ProviderError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{report.sessions} card pages, {report.movements} movements,"
            f" {report.booked} booked now."
        )
        for name in report.foreign:
            self.stdout.write(f"not the shop's: {name}")
        for line in report.lines:
            self.stderr.write(line)
        if not report.is_equal:
            raise CommandError("Stripe and the books do not agree yet: see above.")
        self.stdout.write("Stripe and the books agree to the cent.")

    def _progress(self, line: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(line)
