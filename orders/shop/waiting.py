"""What waits in the shop, counted for the office's first page and the badges of its menu."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from coop.kit.days import today
from coop.kit.waiting import Waiting, source
from orders.shop import card_queries
from orders.shop.models import Dispute, Order, OrderMail, PaymentClaim, ProviderEvent, Refund

READ, MANAGE, RECORD = "shop.read_orders", "shop.manage_orders", "shop.record_payments"
Status, Method = Order.Status, Order.Method

#: In the shop's own hands: not sent, not ended.
OPEN = (Status.PLACED, Status.CONFIRMED, Status.READY)
#: Money that somebody has to look for; by card it comes by itself, at pick-up in the hand.
_BY_HAND = (Method.TRANSFER, Method.WALLET)
#: Ready and free to go: paid, or paid later, or paid in the same moment.
FREE_TO_GO = Q(status=Status.READY) & (
    Q(method=Method.TERMS)
    | Q(delivery__is_pick_up=True)
    | Q(paid_minor__gte=F("total_minor") - F("reduced_minor"))
)
UNPAID = Q(status=Status.PLACED, method__in=_BY_HAND)


def late(on: date) -> Q:
    """Not sent though the promised day, or the wanted one, is over."""
    return Q(status__in=(Status.CONFIRMED, Status.READY)) & (
        Q(promised_on__lt=on) | Q(promised_on__isnull=True, wanted_on__lt=on)
    )


#: What the list of orders can be narrowed to, in the words of its filter.
SHOWN = {
    "late": gettext_lazy("past the promised day"),
    "unpaid": gettext_lazy("waiting for money by transfer or phone"),
    "claimed": gettext_lazy("the customer says that it is paid"),
    "to_send": gettext_lazy("complete, can leave"),
    "overdue": gettext_lazy("on account, past its day"),
    "mails": gettext_lazy("with an e-mail that did not go out"),
}


def shown(key: str, on: date) -> Q:
    """The orders of a key of `SHOWN`."""
    claimed = Exists(PaymentClaim.objects.filter(order=OuterRef("pk")))
    wanted: dict[str, Callable[[], Q]] = {
        "late": lambda: late(on),
        "unpaid": lambda: UNPAID & Q(~claimed),
        "claimed": lambda: UNPAID & Q(claimed),
        "to_send": lambda: FREE_TO_GO,
        "overdue": lambda: Q(pk__in=overdue_orders(on)),
        "mails": lambda: Q(pk__in=OrderMail.objects.stuck().values("order")),
    }
    return wanted[key]()


def _orders(query: str) -> str:
    return f"{reverse('shop_office:orders')}?{query}"


@source(order=10)
def orders(person: AbstractUser) -> Iterator[Waiting]:
    """Orders to confirm, to send, and late ones; e-mails that did not go out."""
    if person.has_perm(MANAGE):
        yield _late()
    if person.has_perm(RECORD):
        yield from _money()
    if person.has_perm(MANAGE):
        yield Waiting(
            rows=Order.objects.filter(FREE_TO_GO),
            words=ngettext_lazy(
                "%(count)s order is complete and can leave.",
                "%(count)s orders are complete and can leave.",
                "count",
            ),
            button=_("Send or hand over"),
            url=_orders("show=to_send"),
            menu="orders",
            icon="parcel",
        )
        yield _stuck_mails()


def _late() -> Waiting:
    return Waiting(
        rows=Order.objects.filter(late(today())),
        words=ngettext_lazy(
            "%(count)s order has passed the day it was promised for.",
            "%(count)s orders have passed the day they were promised for.",
            "count",
        ),
        button=_("See which"),
        url=_orders("show=late"),
        menu="orders",
        icon="state-wrong",
        is_urgent=True,
    )


def _money() -> Iterator[Waiting]:
    yield Waiting(
        rows=Order.objects.filter(shown("claimed", today())),
        words=ngettext_lazy(
            "%(count)s customer says that she has paid: is the money there?",
            "%(count)s customers say that they have paid: is the money there?",
            "count",
        ),
        button=_("Look and confirm"),
        url=_orders("show=claimed"),
        menu="orders",
        icon="coins",
    )
    yield Waiting(
        rows=Order.objects.filter(shown("unpaid", today())),
        words=ngettext_lazy(
            "%(count)s order waits for its money by transfer or phone.",
            "%(count)s orders wait for their money by transfer or phone.",
            "count",
        ),
        button=_("Confirm payments"),
        url=_orders("show=unpaid"),
        menu="orders",
        icon="coins",
    )


def _stuck_mails() -> Waiting:
    return Waiting(
        rows=OrderMail.objects.stuck(),
        words=ngettext_lazy(
            "%(count)s e-mail to a customer did not go out.",
            "%(count)s e-mails to customers did not go out.",
            "count",
        ),
        button=_("See and send again"),
        url=_orders("show=mails"),
        menu="orders",
        icon="paper",
    )


@source(order=15)
def owed_on_account(person: AbstractUser) -> Iterator[Waiting]:
    """Invoices of hotels that are past their days."""
    if person.has_perm(RECORD):
        yield Waiting(
            rows=len(overdue_orders(today())),
            words=ngettext_lazy(
                "%(count)s invoice on account is past its day.",
                "%(count)s invoices on account are past their day.",
                "count",
            ),
            button=_("See who owes"),
            url=_orders("show=overdue"),
            menu="orders",
            icon="hotel",
        )


def overdue_orders(on: date) -> list[int]:
    """Orders on account that were sent, are not paid, and whose days to pay are over: their keys.

    Days to pay differ by buyer, and days are not added alike by both databases: added here.
    """
    owing = Order.objects.filter(
        status=Status.SHIPPED,
        method=Method.TERMS,
        paid_minor__lt=F("total_minor") - F("reduced_minor"),
    ).values_list("pk", "shipment__on", "buyer__terms_days")
    return [pk for pk, sent, terms in owing if sent + timedelta(days=terms) < on]


@source(order=40)
def cards(person: AbstractUser) -> Iterator[Waiting]:
    """What cards left to do: refunds on their way or come back, disputes, differences."""
    if not person.has_perm(RECORD):
        return
    comparison = card_queries.last_comparison()
    differs = int(comparison is not None and not comparison.is_equal)
    told: list[tuple[QuerySet[Any] | int, Any, str]] = [
        (differs, gettext_lazy("The books and Stripe do not agree."), _("See the difference")),
        (
            Dispute.objects.filter(outcome=Dispute.Outcome.OPEN),
            ngettext_lazy(
                "%(count)s customer took her payment back through her bank.",
                "%(count)s customers took their payments back through their banks.",
                "count",
            ),
            pgettext("a dispute", "Answer"),
        ),
        (
            Refund.objects.filter(status=Refund.Status.FAILED),
            ngettext_lazy(
                "%(count)s refund came back: give the money another way.",
                "%(count)s refunds came back: give the money another way.",
                "count",
            ),
            _("See which"),
        ),
        (
            Refund.objects.filter(status=Refund.Status.WAITING),
            ngettext_lazy(
                "%(count)s refund waits until Stripe takes it.",
                "%(count)s refunds wait until Stripe takes them.",
                "count",
            ),
            _("See cards"),
        ),
        (
            ProviderEvent.objects.filter(handled_at=None, attempts__gt=0),
            ngettext_lazy(
                "%(count)s message of Stripe led to nothing yet.",
                "%(count)s messages of Stripe led to nothing yet.",
                "count",
            ),
            _("See cards"),
        ),
    ]
    for at, (rows, words, button) in enumerate(told):
        yield Waiting(
            rows=rows,
            words=words,
            button=button,
            url=reverse("shop_office:cards"),
            menu="cards",
            icon="card",
            is_urgent=at < 2,
        )
