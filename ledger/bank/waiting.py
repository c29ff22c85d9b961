"""What waits at the bank: lines that nobody has matched."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from coop.kit import days
from coop.kit.waiting import Waiting, source
from ledger.bank.models import BankLine, Statement
from ledger.models import Account

WRITE = "ledger.write_books"
#: So long after its last statement an account should have a new one.
DUE = timedelta(days=40)


@source(order=27)
def bank_lines(person: AbstractUser) -> Iterator[Waiting]:
    """Lines that are matched with nothing; accounts without a new statement."""
    if not person.has_perm(WRITE):
        return
    url = reverse("bank_office:index")
    yield Waiting(
        rows=BankLine.objects.standing().still_open(),
        words=ngettext_lazy(
            "%(count)s line of the bank is not matched with the books.",
            "%(count)s lines of the bank are not matched with the books.",
            "count",
        ),
        button=_("Match them"),
        url=url,
        menu="bank",
        icon="card",
    )
    fresh = Statement.objects.standing().filter(last_day__gte=days.today() - DUE)
    followed = Account.objects.filter(bank_statements__withdrawn_at=None)
    followed = followed.filter(bank_statements__isnull=False, is_open=True)
    yield Waiting(
        rows=followed.exclude(pk__in=fresh.values("account")).distinct(),
        words=ngettext_lazy(
            "%(count)s account has no bank statement since more than a month.",
            "%(count)s accounts have no bank statement since more than a month.",
            "count",
        ),
        button=_("Import a statement"),
        url=url,
        menu="",
        icon="card",
    )
