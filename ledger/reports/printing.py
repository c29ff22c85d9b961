"""Which papers of a month were printed: by whom, and when for the last time.

A paper counts as printed when its PDF is taken; what happens to the sheet afterwards nobody knows.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from coop.kit.days import month_of
from coop.people.models import User
from ledger.reports.asked import Asked
from ledger.reports.asking import AskForm
from ledger.reports.models import Document, Printing
from ledger.reports.papers import Report
from ledger.reports.statements import STATEMENTS


@transaction.atomic
def printed(*, report: Report, asked: Asked, actor: User) -> Printing | None:
    """Write down that the PDF of a month's report was taken; of other days nothing is kept."""
    return _write(report.key, asked, actor, timezone.now())


@transaction.atomic
def printed_document(document: Document) -> Printing | None:
    """The same of a PDF that the worker made: it says what stood in the books when it was asked."""
    form = AskForm(QueryDict(document.query), statement=STATEMENTS[document.report])
    return _write(document.report, form.asked, document.asked_by, document.asked_at)


def _write(key: str, asked: Asked, actor: User, at: datetime) -> Printing | None:
    first, last = month_of(asked.until), asked.until
    is_month = month_of(last + timedelta(days=1)) != first
    if STATEMENTS[key].wants != "day":
        is_month = is_month and asked.span.since == first
    if not is_month or asked.account is not None:
        return None
    newer = Printing.objects.filter(report=key, month=first, at__gt=at).first()
    if newer is not None:
        return newer
    told = {"by": actor, "at": at}
    return Printing.objects.update_or_create(report=key, month=first, defaults=told)[0]
