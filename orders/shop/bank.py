"""What the bank's lines were, as far as the shop knows: orders paid, payouts down to their orders.

Registered with the ledger's bank (`ledger.bank.explain`), which asks for many entries at once.
"""

import re
from collections.abc import Mapping, Sequence

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit.money import format_money
from ledger.bank.explain import Explanation, Piece, explainer
from ledger.models import JournalEntry
from orders.shop.card_queries import order_of
from orders.shop.models import BalanceMovement, PartnerForward, Payout, ReceivedPayment, Refund

_PAID = re.compile(r"order:\d+:paid:(\d+)")
_REFUNDED = re.compile(r"order:(\d+):refunded:(.+)")
_MOVED = re.compile(r"stripe:([^:]+)")
_FORWARDED = re.compile(r"partner:(.+)")


@explainer
def explain(entries: Sequence[JournalEntry]) -> Mapping[int, Explanation]:
    """Those of `entries` that the shop wrote."""
    found: dict[int, Explanation] = {}
    for tell, pattern in (
        (_payments, _PAID),
        (_refunds, _REFUNDED),
        (_payouts, _MOVED),
        (_forwards, _FORWARDED),
    ):
        named = {
            match: entry.pk
            for entry in entries
            if (match := pattern.fullmatch(entry.reference)) is not None
        }
        if named:
            found.update(tell(named))
    return found


Named = Mapping[re.Match[str], int]


def _order_url(number: int) -> str:
    return reverse("shop_office:order", args=[number])


def _payments(named: Named) -> dict[int, Explanation]:
    """Transfers and wallets that customers sent."""
    rows = ReceivedPayment.objects.select_related("order").in_bulk([int(one[1]) for one in named])
    return {
        key: Explanation(
            title=_("Order %(order)s of %(name)s")
            % {"order": one.order, "name": one.order.customer_name},
            url=_order_url(one.order.number),
            numbers=frozenset({str(one.order.number), one.operation}),
            names=one.order.customer_name,
        )
        for match, key in named.items()
        if (one := rows.get(int(match[1]))) is not None
    }


def _refunds(named: Named) -> dict[int, Explanation]:
    """What was given back by hand."""
    keys = {match[2] for match in named}
    rows = Refund.objects.filter(key__in=keys).select_related("payment__order")
    by_key = {(str(one.payment.order_id), one.key): one.payment.order for one in rows}
    return {
        key: Explanation(
            title=_("Given back for order %(order)s of %(name)s")
            % {"order": order, "name": order.customer_name},
            url=_order_url(order.number),
            numbers=frozenset({str(order.number)}),
            names=order.customer_name,
        )
        for match, key in named.items()
        if (order := by_key.get((match[1], match[2]))) is not None
    }


def _payouts(named: Named) -> dict[int, Explanation]:
    """What Stripe sent on, down to the orders in it."""
    parts = BalanceMovement.objects.select_related(
        "payment__order", "refund__payment__order", "dispute__payment__order"
    )
    rows = BalanceMovement.objects.filter(
        stripe_id__in=[match[1] for match in named], is_payout__isnull=False
    )
    rows = rows.select_related("is_payout").prefetch_related(
        Prefetch("is_payout__movements", queryset=parts)
    )
    by_id = {one.stripe_id: one.is_payout for one in rows}
    return {
        key: explanation_of(payout)
        for match, key in named.items()
        if (payout := by_id.get(match[1])) is not None
    }


def explanation_of(payout: Payout) -> Explanation:
    """A payout and what it is made of (its movements and their orders are read)."""
    return Explanation(
        title=_("Payout of Stripe, arriving on %(day)s")
        % {"day": date_format(payout.arrives_on, "DATE_FORMAT")},
        url=reverse("shop_office:payout", args=[payout.pk]),
        numbers=frozenset({payout.stripe_id}),
        names="Stripe",
        is_payout=True,
        pieces=[_piece(one) for one in payout.movements.all()],
        is_whole=payout.is_explained,
    )


def _piece(movement: BalanceMovement) -> Piece:
    order = order_of(movement)
    kind = movement.get_kind_display()
    label = _("Order %(order)s, %(kind)s") % {"order": order, "kind": kind} if order else kind
    note = _("%(amount)s less a fee of %(fee)s") % {
        "amount": _told(movement.amount),
        "fee": _told(movement.fee),
    }
    return Piece(
        label=label,
        amount=movement.net,
        url=_order_url(order.number) if order else "",
        note=note if movement.fee_minor else "",
    )


def _told(amount: Money) -> str:
    return format_money(amount)


def _forwards(named: Named) -> dict[int, Explanation]:
    """What the partner sent on; the ledger's bank follows it to its payouts."""
    rows = PartnerForward.objects.filter(reference__in=[match[1] for match in named])
    there = {one.reference for one in rows}
    return {
        key: Explanation(
            title=_("Sent on by the partner, operation %(number)s") % {"number": match[1]},
            url=reverse("shop_office:cards"),
            numbers=frozenset({match[1]}),
        )
        for match, key in named.items()
        if match[1] in there
    }
