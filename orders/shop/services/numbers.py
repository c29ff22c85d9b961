"""Numbers without gaps, given in the transaction that uses them."""

from django.db import transaction

from orders.shop.models import NumberSeries

ORDERS = "orders"
RECEIPTS = "receipts"
CREDIT_NOTES = "credit notes"


def next_number(key: str) -> int:
    """The next number of the series `key`. The row stays locked until the transaction ends.

    Rolled back, the number is given again: so there is never a gap.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number needs the transaction that uses it")
    NumberSeries.objects.get_or_create(key=key)
    series = NumberSeries.objects.select_for_update().get(key=key)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
