"""What waits for a signature, a count or a word, and what everybody reads of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import from_minor
from coop.people.models import PinRequest, User
from coop.wool.models import PurchaseTrip
from ledger import queries as books
from ledger.cash import queries as cash
from ledger.cash.models import Advance, PayDay
from ledger.models import Approval, Payment
from ledger.services import one_time_code
from ledger.services.handing import MOST_TRIES, has_code

#: More than this is not ready for one woman at once.
MOST_READY = 6


def not_hers(signer: User) -> QuerySet[Payment]:
    """Payments that `signer` does not receive; `is_signed` says whether she has signed."""
    hers = Approval.objects.filter(payment=OuterRef("pk"), signer=signer)
    return (
        Payment.objects.exclude(payee=signer)
        .select_related("payee__pin_card", "from_account", "to_account", "requested_by")
        .annotate(is_signed=Exists(hers))
    )


def to_sign(signer: User) -> QuerySet[Payment]:
    """Those that wait for signatures, first those that she has not signed."""
    waiting = not_hers(signer).filter(status=Payment.Status.REQUESTED)
    # is_signed is an annotation, which the type of the rows does not tell.
    return waiting.order_by("is_signed", "requested_on", "pk")  # type: ignore[misc]


def single_to_sign(signer: User) -> QuerySet[Payment]:
    """The same but what she signs as a whole pay day, which is one card (`pay_days_to_sign`)."""
    days_of_hers = [day.pk for day, _many, _sum in pay_days_to_sign(signer)]
    hers = Approval.objects.filter(payment=OuterRef("pk"), signer=signer)
    return to_sign(signer).exclude(~Exists(hers), pay_day_line__pay_day__in=days_of_hers)


def of_pay_day(signer: User, day: PayDay) -> QuerySet[Payment]:
    """The payments of a pay day that wait, but her own."""
    return to_sign(signer).filter(pay_day_line__pay_day=day)


def pay_days_to_sign(signer: User) -> list[tuple[PayDay, int, Money]]:
    """Pay days with two payments or more that want her signature: how many, and what in all."""
    waiting = to_sign(signer).exclude(approvals__signer=signer).filter(pay_day_line__isnull=False)
    sums = waiting.order_by().values("pay_day_line__pay_day", "currency")
    rows = sums.annotate(many=Count("pk"), minor=Sum("amount_minor")).filter(many__gte=2)
    found = {
        row["pay_day_line__pay_day"]: (row["many"], from_minor(row["minor"], row["currency"]))
        for row in rows
    }
    return [(one, *found[one.pk]) for one in PayDay.objects.filter(pk__in=found)]


@dataclass(frozen=True)
class Paper:
    """A payment as it is laid before who signs: beside what the receiver is owed, if a member."""

    payment: Payment
    owed: Money | None

    @property
    def is_too_much(self) -> bool:
        """She is owed less than she would receive."""
        return self.owed is not None and self.payment.amount > self.owed


def papers(payments: Iterable[Payment]) -> list[Paper]:
    """Lay payments before who signs (one query more)."""
    found = list(payments)
    owed = books.owed_beside(found)
    return [Paper(one, owed.get(one.pk)) for one in found]


@dataclass(frozen=True)
class Ready:
    """Money that two have signed for her, and the code that says that she received it.

    No code for what a bank or a wallet brings: nobody puts it into her hand.
    """

    payment: Payment
    code: str
    #: Too many wrong ones were said: it is worth nothing any more.
    is_stopped: bool = False


def count_ready(user: User) -> int:
    """How many payments wait to be handed to her."""
    return _ready(user).count()


def _ready(user: User) -> QuerySet[Payment]:
    return Payment.objects.filter(payee=user, status=Payment.Status.SIGNED)


def ready_for(user: User) -> list[Ready]:
    """What is ready to be handed to her, the oldest first."""
    rows = _ready(user).select_related("from_account")
    signed = rows.annotate(wrong=Count("code_tries")).order_by("pk")
    return [
        Ready(one, one_time_code(one) if has_code(one) else "", is_stopped=one.wrong >= MOST_TRIES)
        for one in signed[:MOST_READY]
    ]


def count_to_sign(signer: User) -> int:
    """How many payments wait for her own signature, and new PINs for her word."""
    payments = to_sign(signer).exclude(approvals__signer=signer).count()
    return payments + pins_to_confirm(signer).count() + count_around_boxes(signer)


def count_around_boxes(person: User) -> int:
    """How many counts of another want her as a second, and boxes want her signature."""
    if not person.has_perm("cash.count_box"):
        return 0
    counts = cash.waiting_counts().exclude(counter=person).count()
    return counts + cash.handings_to_sign(person).count()


def pins_to_confirm(signer: User) -> QuerySet[PinRequest]:
    """New PINs of others in the Junta that somebody else asked for."""
    waiting = PinRequest.objects.filter(status=PinRequest.Status.WAITING)
    others = waiting.exclude(user=signer).exclude(asked_by=signer)
    return others.select_related("user", "asked_by")


#: So many overdue advances are told.
MOST_OVERDUE = 12


@dataclass(frozen=True)
class Overdue:
    """Money that somebody should have accounted for by a day."""

    who: str
    what: str
    due_on: date
    outstanding: Money


def overdue_advances(*, names: bool) -> list[Overdue]:
    """Advances and wool trips whose day has passed, the oldest first; everybody reads them.

    Who it is stands there for readers of names, as everywhere in the book.
    """
    today = days.today()
    advances = Advance.objects.select_related("payment__payee").overdue(today)[:MOST_OVERDUE]
    trips = PurchaseTrip.objects.under_way().filter(due_on__lt=today)
    found = [
        Overdue(one.payment.payee_label, one.payment.purpose, one.due_on, one.outstanding)
        for one in advances
    ] + [
        Overdue(one.carrier.name, one.payment.purpose, one.due_on, one.outstanding)
        for one in trips.select_related("carrier__user", "payment")[:MOST_OVERDUE]
    ]
    told = found if names else [replace(one, who="") for one in found]
    return sorted(told, key=lambda one: one.due_on)
