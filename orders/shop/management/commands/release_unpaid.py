"""`manage.py release_unpaid`: unpaid transfers are let go, forgotten carts swept away."""

from typing import Any

from django.core.management.base import BaseCommand

from orders.shop.services import forget_old_carts, release_unpaid


class Command(BaseCommand):
    help = (
        "Cancel transfer orders of which nothing was paid within the days that the rules give,"
        " so that their pieces are free again; sweep away forgotten carts. Run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for order in release_unpaid():
            self.stdout.write(f"Order {order}: cancelled, not paid in time.")
        self.stdout.write(f"{forget_old_carts()} forgotten carts swept away.")
