"""A mail server that refuses for a while, and what the tests of mails share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core import mail
from django.core.mail.backends import locmem
from django.db.models import F
from django.test import override_settings
from django.utils import timezone

from orders.shop.models import Order, OrderMail
from orders.shop.sweeping import sweep_mails
from tests.factories.shop import Shop


class StubbornBackend(locmem.EmailBackend):
    """Fails with each of `failures` in turn, then takes what comes."""

    failures: list[OSError] = []

    def send_messages(self, messages) -> int:
        if self.failures:
            raise self.failures.pop(0)
        return super().send_messages(messages)


@contextmanager
def failing(*failures: OSError) -> Iterator[None]:
    """A mail server that fails in these ways, one after the other."""
    path = f"{StubbornBackend.__module__}.{StubbornBackend.__name__}"
    StubbornBackend.failures = list(failures)
    try:
        with override_settings(EMAIL_BACKEND=path):
            yield
    finally:
        StubbornBackend.failures = []


def no_answer(times: int = 1) -> list[OSError]:
    """So many times nobody answers."""
    return [ConnectionRefusedError(111, "Connection refused") for _time in range(times)]


def told_order(shop: Shop) -> OrderMail:
    """An order whose first mail is written down, and not yet sent."""
    order: Order = shop.order((shop.chullo, 1))
    mail.outbox.clear()
    return order.mails.get()


def later(**time: int) -> None:
    """Time goes by: what was to be done in it is due."""
    open_ones = OrderMail.objects.filter(status__in=OrderMail.OPEN)
    open_ones.update(next_try_at=F("next_try_at") - timedelta(**time))


def sweep_after(**time: int) -> int:
    """Time goes by, and the sweep comes; how many mails it found."""
    later(**time)
    return sweep_mails.func()


def minutes_to_go(one: OrderMail) -> int:
    """In how many minutes it is tried again."""
    assert one.next_try_at is not None
    return round((one.next_try_at - timezone.now()).total_seconds() / 60)
