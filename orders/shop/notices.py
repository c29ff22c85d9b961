"""Telling customers: put into the queue when, and only when, the transaction is committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction

from orders.shop.mail import Notice
from orders.shop.models import Order
from orders.shop.tasks import send_order_mail

__all__ = ["Notice", "quietly", "tell"]

_is_quiet: ContextVar[bool] = ContextVar("shop_is_quiet", default=False)


def tell(order: Order, notice: Notice) -> None:
    """Send `notice` of this order by the background worker, after the commit."""
    if not _is_quiet.get():
        transaction.on_commit(partial(send_order_mail.enqueue, order.pk, notice.value))


@contextmanager
def quietly() -> Iterator[None]:
    """Nobody is told of what happens inside: for history that is written down afterwards."""
    token = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(token)
