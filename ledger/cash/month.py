"""The cash's part of a month: every box counted by two, every woman paid what she earned."""

from collections import Counter

from django.db.models import Max, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.kit.money import books_currency
from ledger import queries as books
from ledger.cash.models import PayDayLine
from ledger.cash.queries import not_counted_since, standing_counts, waiting_counts
from ledger.models import JournalEntry, Payment, Posting
from ledger.month_steps import Span, State, Step, month_step

Status = Payment.Status


@month_step(30)
def count(month: Span) -> Step:
    """Each box was counted by two in this month, or since."""
    left = list(not_counted_since(month.first).select_related("account").order_by("account__code"))
    waiting = [one for one in waiting_counts() if one.box in left] if left else []
    state: State = "left" if left else "done"
    url = reverse("cash_office:boxes")
    if waiting:
        told = _("%(box)s: a second person must say that she counted the same.")
        told %= {"box": waiting[0].box}
    elif left:
        words = ngettext(
            "%(count)s box was not counted by two yet.",
            "%(count)s boxes were not counted by two yet.",
            len(left),
        )
        told = words % {"count": len(left)}
    else:
        told = _told_counted()
    if len(left) == 1:
        url = reverse("cash_office:box", args=[left[0].pk])
    return Step(
        title=gettext_lazy("Count the cash"),
        state=state,
        told=told,
        url=url,
        button=gettext_lazy("Count it") if left else gettext_lazy("See the boxes"),
        icon="coins",
    )


def _told_counted() -> str:
    counted = standing_counts().order_by().aggregate(day=Max("on"))["day"]
    if counted is None:
        return _("We keep no cash box.")
    day = date_format(counted, "MONTH_DAY_FORMAT")
    return _("Counted by two, the last time on %(day)s.") % {"day": day}


@month_step(40)
def pay(month: Span) -> Step:
    """What members earned until the month's end is paid, or was left owed by a pay day's rule."""
    asked = Payment.objects.waiting().filter(kind=JournalEntry.Kind.MEMBER_PAID)
    by_status = Counter(asked.values_list("status", flat=True))
    to_sign, to_hand = by_status[Status.REQUESTED], by_status[Status.SIGNED]
    unasked = _unasked(month)
    state: State = "left"
    url, button = reverse("ledger_office:waiting"), gettext_lazy("See the payments")
    if unasked:
        words = ngettext(
            "%(count)s woman is owed pay that nobody asked for.",
            "%(count)s women are owed pay that nobody asked for.",
            unasked,
        )
        told = words % {"count": unasked}
        url, button = reverse("cash_office:pay-day"), gettext_lazy("Ask for the pay")
    elif to_sign:
        words = ngettext(
            "%(count)s payment waits for signatures.",
            "%(count)s payments wait for signatures.",
            to_sign,
        )
        told = words % {"count": to_sign}
    elif to_hand:
        words = ngettext(
            "%(count)s payment is signed: hand the money over.",
            "%(count)s payments are signed: hand the money over.",
            to_hand,
        )
        told, button = words % {"count": to_hand}, gettext_lazy("Hand over")
    else:
        state = "done"
        told = _("Everybody has what she earned until %(day)s.")
        told %= {"day": date_format(month.last, "MONTH_DAY_FORMAT")}
        url, button = reverse("cash_office:pay-days"), gettext_lazy("See the pay days")
    return Step(
        title=gettext_lazy("Pay the members"),
        state=state,
        told=told,
        url=url,
        button=button,
        icon="women",
    )


def _unasked(month: Span) -> int:
    """How many were owed something at the month's end that is neither paid nor asked for.

    What they earned since belongs to the next month; whom a pay day since then gave a part, the
    rule has answered.
    """
    payable = set(books.payable_members(books_currency()).values_list("pk", flat=True))
    if not payable:
        return 0
    answered = PayDayLine.objects.filter(pay_day__on__gte=month.first, account__in=payable)
    answered = answered.exclude(payment__status=Status.VOID)
    payable -= set(answered.values_list("account", flat=True))
    nets = books.nets_as_of(month.last)
    paid = Posting.objects.filter(
        account__in=payable, day__gt=month.last, side=Posting.Side.DEBIT
    ).order_by()
    since = dict(paid.values_list("account").annotate(sum=Sum("amount_minor")))
    return sum(1 for key in payable if -nets.get(key, 0) - since.get(key, 0) > 0)
