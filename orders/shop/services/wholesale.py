"""A buyer's order from a file: all of it, or nothing."""

from datetime import date

from django.db import transaction

from coop.kit.days import today
from coop.kit.money import to_minor
from coop.people.models import User
from orders.shop import wholesale_files
from orders.shop.errors import FileRefused, PricesChanged
from orders.shop.models import Buyer, Order
from orders.shop.services.placing import order_for_buyer


@transaction.atomic
def order_from_csv(
    *,
    buyer: Buyer,
    data: bytes,
    reference: str,
    actor: User | None,
    seen_total_minor: int | None = None,
    language: str = "",
    on: date | None = None,
) -> Order:
    """Order what the file says, on account, at today's wholesale prices.

    `reference` is the upload's own key: confirmed twice, it is one order. Raises FileRefused
    with every mistake by its line, or PricesChanged if the sum is no longer the one that was
    shown; then nothing is ordered.
    """
    day = on or today()
    already = Order.objects.filter(reference=reference).first()
    if already is not None:
        return already
    reading = wholesale_files.read(data, on=day)
    if not reading.is_good:
        raise FileRefused(problems=[str(problem) for problem in reading.problems])
    if seen_total_minor is not None and seen_total_minor != to_minor(reading.total):
        raise PricesChanged
    return order_for_buyer(
        buyer=buyer,
        wanted=reading.wanted,
        reference=reference,
        actor=actor,
        language=language,
        on=day,
    )
