"""What waits in the books: payments to sign and to hand over, pay that nobody asked for, rates;
and for an auditor what the audit found and what is new in the journal.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from coop.kit import days
from coop.kit.money import books_currency
from coop.kit.waiting import Waiting, source
from coop.people.models import User
from ledger import queries
from ledger.models import Account, AccountBalance, Closing, Grant, JournalEntry, Payment

SIGN, WRITE = "ledger.sign_payment", "ledger.write_books"
READ = "ledger.read_books"
#: A rate this many days old is marked: the treasurer should look for a newer one.
OLD_RATE = 7
#: The audit runs once a day: after two days without one something is wrong.
AUDIT_DUE = timedelta(days=2)
#: A grant is named so long before its end; a month should be closed so long after its own.
GRANT_ENDS, CLOSE_WITHIN = timedelta(days=30), timedelta(days=10)


@source(order=20)
def payments(person: AbstractUser) -> Iterator[Waiting]:
    """Payments that she can sign now, and those that she hands over."""
    url = reverse("ledger_office:waiting")
    waiting = Payment.objects.waiting()
    if person.has_perm(SIGN):
        hers = Payment.objects.filter(approvals__signer=person.pk).values("pk")
        not_to_her = Q(payee__isnull=True) | ~Q(payee=person.pk)
        yield Waiting(
            rows=waiting.filter(not_to_her, status=Payment.Status.REQUESTED).exclude(pk__in=hers),
            words=ngettext_lazy(
                "%(count)s payment waits for your signature.",
                "%(count)s payments wait for your signature.",
                "count",
            ),
            button=_("Read and sign"),
            url=url,
            menu="payments",
            icon="coins",
        )
    if person.has_perm(WRITE):
        yield Waiting(
            rows=waiting.filter(status=Payment.Status.SIGNED),
            words=ngettext_lazy(
                "%(count)s payment has two signatures: the money can be handed over.",
                "%(count)s payments have two signatures: the money can be handed over.",
                "count",
            ),
            button=_("Hand over"),
            url=url,
            menu="payments",
            icon="coins",
        )


@source(order=6)
def refusals(person: AbstractUser) -> Iterator[Waiting]:
    """What she asked for and somebody refused, until she has read why."""
    if not (isinstance(person, User) and person.has_perm(READ)):
        return
    yield Waiting(
        rows=queries.refusals_for(person),
        words=ngettext_lazy(
            "%(count)s payment that you asked for was refused.",
            "%(count)s payments that you asked for were refused.",
            "count",
        ),
        button=_("Read why"),
        url=reverse("ledger_office:refused"),
        menu="payments",
        icon="state-wrong",
    )


@source(order=25)
def pay(person: AbstractUser) -> Iterator[Waiting]:
    """What members earned and nobody asked to pay yet; rates that grew old."""
    if not person.has_perm(WRITE):
        return
    yield Waiting(
        rows=queries.payable_members(),
        words=ngettext_lazy(
            "%(count)s woman is owed pay that nobody has asked for yet.",
            "%(count)s women are owed pay that nobody has asked for yet.",
            "count",
        ),
        button=_("See what is owed"),
        url=reverse("ledger_office:owed"),
        menu="payments",
        icon="women",
    )
    yield Waiting(
        rows=len(old_rates()),
        words=ngettext_lazy(
            "%(count)s currency has a rate older than a week, or none.",
            "%(count)s currencies have a rate older than a week, or none.",
            "count",
        ),
        button=_("Write today's rate"),
        url=reverse("ledger_office:rates"),
        menu="books",
        icon="ledger",
    )


@source(order=26)
def closing(person: AbstractUser) -> Iterator[Waiting]:
    """Days to close: a closing that she can sign, months that are over, a result, a grant's end."""
    today = days.today()
    if not (person.has_perm(SIGN) or person.has_perm(WRITE)):
        return
    asked = list(Closing.objects.filter(status=Closing.Status.ASKED))
    stale = [one for one in asked if queries.is_stale(one)]
    if person.has_perm(SIGN):
        to_sign = [one for one in asked if one not in stale]
        yield Waiting(
            rows=sum(not one.signatures.filter(signer=person.pk).exists() for one in to_sign),
            words=ngettext_lazy(
                "%(count)s closing of days waits for your signature.",
                "%(count)s closings of days wait for your signature.",
                "count",
            ),
            button=_("Read and sign"),
            url=reverse("ledger_office:periods"),
            menu="books",
            icon="ledger",
        )
    if not person.has_perm(WRITE):
        return
    yield Waiting(
        rows=len(stale),
        words=ngettext_lazy(
            "%(count)s closing of days no longer fits what is written: ask anew.",
            "%(count)s closings of days no longer fit what is written: ask anew.",
            "count",
        ),
        button=_("Ask anew"),
        url=reverse("ledger_office:periods"),
        menu="books",
        icon="ledger",
    )
    unused = Q(account__kept_balance__amount_minor__lt=0)
    yield Waiting(
        rows=Grant.objects.filter(unused).ending_by(today + GRANT_ENDS),
        words=ngettext_lazy(
            "%(count)s grant ends within a month or is over, and not all of it is used.",
            "%(count)s grants end within a month or are over, and not all of them is used.",
            "count",
        ),
        button=_("See the grants"),
        url=reverse("ledger_office:grants"),
        menu="books",
        icon="scroll",
    )


@source(order=27, has_badge=False)
def months(person: AbstractUser) -> Iterator[Waiting]:
    """Months that are over since a while and still open; a result that the assembly has to share."""
    if not person.has_perm(WRITE):
        return
    over = [one for one in queries.next_last_days() if days.today() - one > CLOSE_WITHIN]
    yield Waiting(
        rows=0 if queries.closing_waiting() else len(over),
        words=ngettext_lazy(
            "%(count)s month is over and not closed yet.",
            "%(count)s months are over and not closed yet.",
            "count",
        ),
        button=_("Close it"),
        url=reverse("ledger_office:periods"),
        menu="",
        icon="ledger",
    )
    held = AccountBalance.objects.filter(account__role=Account.Role.RESULT).exclude(amount_minor=0)
    yield Waiting(
        rows=held,
        words=gettext_lazy("%(count)s result of a year waits for the assembly's decision."),
        button=_("See the result"),
        url=reverse("ledger_office:result"),
        menu="",
        icon="ledger",
    )


def old_rates() -> list[str]:
    """The currencies of the house whose newest rate is old, or that have none."""
    known, today = queries.newest_rates(), days.today()
    wanted = sorted({*settings.CURRENCIES} - {books_currency()})
    return [one for one in wanted if one not in known or (today - known[one].day).days > OLD_RATE]


# For who watches ------------------------------------------------------------------------------
@source(order=5, has_badge=False)
def audit(person: AbstractUser) -> Iterator[Waiting]:
    """Rows that break a rule, for everybody who reads the books; that all holds, for an auditor."""
    if not person.has_perm(READ):
        return
    last = queries.last_audit()
    url = reverse("ledger_office:audit")
    yield Waiting(
        rows=last.broken if last else 0,
        words=ngettext_lazy(
            "%(count)s row breaks a rule of the house.",
            "%(count)s rows break a rule of the house.",
            "count",
        ),
        button=_("See which"),
        url=url,
        menu="",
        icon="state-wrong",
        is_urgent=True,
    )
    if not _only_watches(person):
        return
    is_late = last is None or timezone.now() - last.at > AUDIT_DUE
    if last and not last.broken and not is_late:
        yield Waiting(
            rows=last.checks,
            words=gettext_lazy("%(count)s checks of the audit hold, on %(day)s."),
            facts={"day": date_format(timezone.localtime(last.at), "j F")},
            button=_("Read the audit"),
            url=url,
            menu="",
            icon="state-done",
        )
    yield Waiting(
        rows=int(is_late),
        words=gettext_lazy("1 audit is due: the house has not checked itself for two days."),
        button=_("See the audit"),
        url=url,
        menu="",
        icon="state-wait",
    )


@source(order=30)
def journal(person: AbstractUser) -> Iterator[Waiting]:
    """What was written since an auditor last said how far she had read."""
    if not (isinstance(person, User) and _only_watches(person)):
        return
    new, kind = queries.new_for(person), JournalEntry.Kind
    url = f"{reverse('ledger_office:journal')}?new=on"
    yield Waiting(
        rows=new,
        words=ngettext_lazy(
            "%(count)s entry of the journal is new to you.",
            "%(count)s entries of the journal are new to you.",
            "count",
        ),
        button=_("Read them"),
        url=url,
        menu="books",
        icon="ledger",
    )
    # These two are among the first: no badge counts an entry twice.
    yield Waiting(
        rows=new.filter(kind=kind.HAND),
        words=ngettext_lazy(
            "%(count)s of them was written by hand.",
            "%(count)s of them were written by hand.",
            "count",
        ),
        button=_("Read them"),
        url=f"{url}&kind={kind.HAND}",
        menu="",
        icon="paper",
    )
    yield Waiting(
        rows=new.filter(kind=kind.REVERSAL),
        words=ngettext_lazy(
            "%(count)s of them undoes another one.",
            "%(count)s of them undo other ones.",
            "count",
        ),
        button=_("Read them"),
        url=f"{url}&kind={kind.REVERSAL}",
        menu="",
        icon="state-over",
    )


def _only_watches(person: AbstractUser) -> bool:
    """Whether she reads the books and neither writes nor signs: an auditor."""
    return person.has_perm(READ) and not (person.has_perm(WRITE) or person.has_perm(SIGN))
