"""What waits in the books: payments to sign and to hand over, pay that nobody asked for, rates."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.kit import days
from coop.kit.money import books_currency
from coop.kit.waiting import Waiting, source
from ledger import queries
from ledger.models import Payment

SIGN, WRITE = "ledger.sign_payment", "ledger.write_books"
#: A rate this many days old is marked: the treasurer should look for a newer one.
OLD_RATE = 7


@source(order=20)
def payments(person: AbstractUser) -> Iterator[Waiting]:
    """Payments that she can sign now, and those that she hands over."""
    if not (person.has_perm(SIGN) or person.has_perm(WRITE)):
        return
    hers = Payment.objects.filter(approvals__signer=person.pk).values("pk")
    counts = Payment.objects.waiting().aggregate(
        to_sign=Count(
            "pk",
            filter=Q(status=Payment.Status.REQUESTED)
            & ~Q(pk__in=hers)
            & (Q(payee__isnull=True) | ~Q(payee=person.pk)),
        ),
        to_pay=Count("pk", filter=Q(status=Payment.Status.SIGNED)),
    )
    url = reverse("ledger_office:waiting")
    if person.has_perm(SIGN):
        sentence = ngettext(
            "%(count)s payment waits for your signature.",
            "%(count)s payments wait for your signature.",
            counts["to_sign"],
        )
        yield Waiting(
            count=counts["to_sign"],
            sentence=sentence % {"count": counts["to_sign"]},
            button=_("Read and sign"),
            url=url,
            menu="payments",
            icon="coins",
        )
    if person.has_perm(WRITE):
        sentence = ngettext(
            "%(count)s payment has two signatures: the money can be handed over.",
            "%(count)s payments have two signatures: the money can be handed over.",
            counts["to_pay"],
        )
        yield Waiting(
            count=counts["to_pay"],
            sentence=sentence % {"count": counts["to_pay"]},
            button=_("Hand over"),
            url=url,
            menu="payments",
            icon="coins",
        )


@source(order=25)
def pay(person: AbstractUser) -> Iterator[Waiting]:
    """What members earned and nobody asked to pay yet; rates that grew old."""
    if not person.has_perm(WRITE):
        return
    owed = queries.payable_members().order_by().count()
    sentence = ngettext(
        "%(count)s woman is owed pay that nobody has asked for yet.",
        "%(count)s women are owed pay that nobody has asked for yet.",
        owed,
    )
    yield Waiting(
        count=owed,
        sentence=sentence % {"count": owed},
        button=_("See what is owed"),
        url=reverse("ledger_office:owed"),
        menu="payments",
        icon="women",
    )
    old = len(old_rates())
    sentence = ngettext(
        "%(count)s currency has a rate older than a week, or none.",
        "%(count)s currencies have a rate older than a week, or none.",
        old,
    )
    yield Waiting(
        count=old,
        sentence=sentence % {"count": old},
        button=_("Write today's rate"),
        url=reverse("ledger_office:rates"),
        menu="books",
        icon="ledger",
    )


def old_rates() -> list[str]:
    """The currencies of the house whose newest rate is old, or that have none."""
    known, today = queries.newest_rates(), days.today()
    wanted = sorted({*settings.CURRENCIES} - {books_currency()})
    return [one for one in wanted if one not in known or (today - known[one].day).days > OLD_RATE]
