"""Which customers owe what, and what is on its way to the bank: told to the reports of the books."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.days import today
from coop.kit.money import from_minor
from ledger.models import Account, Posting
from ledger.open_items import Item, source
from orders.shop.accounting.orders import payment_reference, sale_reference
from orders.shop.card_queries import on_the_way
from orders.shop.models import Order, ReceivedPayment


@source(Account.Role.RECEIVABLE)
def orders_on_account(account: Account, day: date) -> Iterator[Item]:
    """What each order on account still owed at the end of `day`, as the books have it, the first
    to be due first.
    """
    sent = Order.objects.filter(
        method=Order.Method.TERMS, status=Order.Status.SHIPPED, currency=account.currency
    )
    is_open = Q(paid_minor__lt=F("total_minor") - F("reduced_minor"))
    paid_later = ReceivedPayment.objects.filter(on__gt=day).values("order")
    wanted = list(sent.filter(is_open | Q(pk__in=paid_later)).select_related("buyer"))
    of_reference = {sale_reference(one): one.pk for one in wanted}
    for payment in ReceivedPayment.objects.filter(order__in=wanted):
        of_reference[payment_reference(payment)] = payment.order_id
    owed, due = dict.fromkeys((one.pk for one in wanted), 0), dict[int, date]()
    postings = Posting.objects.filter(
        account=account, day__lte=day, entry__reference__in=list(of_reference)
    ).select_related("entry")
    terms = {one.pk: one.buyer.terms_days if one.buyer else 0 for one in wanted}
    for posting in postings:
        key = of_reference[posting.entry.reference]
        owed[key] += posting.signed_minor
        if posting.side == Posting.Side.DEBIT:
            due[key] = posting.day + timedelta(days=terms[key])
    for one in sorted(wanted, key=lambda order: (due.get(order.pk, day), order.number)):
        if owed[one.pk]:
            yield Item(
                who=str(one.buyer or one.customer_name),
                what=_("order %(number)s") % {"number": one.number},
                amount=from_minor(owed[one.pk], one.currency),
                due=due.get(one.pk),
                url=reverse("shop_office:order", args=[one.number]),
            )


@source(Account.Role.BANK)
def payouts_on_the_way(account: Account, day: date) -> Iterator[Item]:
    """What Stripe sent and the bank has not yet, known of today alone."""
    if day < today():
        return
    for one in on_the_way():
        if one.currency == account.currency:
            yield Item(
                who="Stripe",
                what=_("on its way to the bank"),
                amount=one.amount,
                due=one.arrives_on,
                url=reverse("shop_office:payout", args=[one.pk]),
            )
