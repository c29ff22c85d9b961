"""Telling customers: written down with what happened, sent when that is committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from orders.shop.mail import Notice
from orders.shop.models import Order, OrderMail
from orders.shop.outbox import put_down
from orders.shop.tasks import deliver_mail

__all__ = ["Notice", "quietly", "send_after_commit", "tell"]

_is_quiet: ContextVar[bool] = ContextVar("shop_is_quiet", default=False)


def tell(order: Order, notice: Notice, key: str = "") -> None:
    """Write down in this transaction that the customer is told of `notice`; send it after.

    `key` says what it is about where an order may have several of a kind: "payment:12". Told
    twice, it is one mail. Who has no address (a buyer may have none) is not told.
    """
    if _is_quiet.get() or not order.customer_email:
        return
    mail = put_down(order, notice, key)
    if mail is not None:
        send_after_commit(mail)


def send_after_commit(mail: OrderMail) -> None:
    """Ask the worker to send it. If the queue does not take it, the sweep finds it."""

    def ask() -> None:
        deliver_mail.enqueue(mail.pk)

    # Robust: what was committed is not answered with an error page for want of a queue. Not a
    # `partial`: Django wants the name of what failed.
    transaction.on_commit(ask, robust=True)


@contextmanager
def quietly() -> Iterator[None]:
    """Nobody is told of what happens inside: for history that is written down afterwards."""
    token = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(token)
