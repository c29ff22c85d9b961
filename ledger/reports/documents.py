"""Reports as PDF: short ones at once, long ones by the worker."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django_tasks import task

from coop.kit.errors import Refusal
from coop.people.models import User
from ledger.models import JournalEntry
from ledger.reports.asking import AskForm
from ledger.reports.models import Document
from ledger.reports.papers import Report
from ledger.reports.statements import STATEMENTS
from ledger.reports.writers import as_pdf

#: A report of more rows is not waited for: about ten pages, a second or two.
ROWS_AT_ONCE = 250
KEEP_DAYS = 14
#: What the worker has not made by then, it will not make: asked again, it begins anew.
STALE_AFTER = timedelta(minutes=15)
#: So long a long PDF is given again to who asks the same; names and budgets change without entries.
FRESH_FOR = timedelta(minutes=15)


def is_long(report: Report) -> bool:
    """Whether its PDF belongs to the worker."""
    return len(report.rows) > ROWS_AT_ONCE


@transaction.atomic
def ask_for(*, report: Report, query: str, language: str, actor: User) -> Document:
    """Have the worker make the PDF; the same question that still waits is the document there."""
    there = Document.objects.filter(
        report=report.key,
        query=query,
        language=language,
        asked_by=actor,
        status=Document.Status.WAITING,
        asked_at__gt=timezone.now() - STALE_AFTER,
    ).first()
    if there is not None:
        return there
    made = Document.objects.create(
        report=report.key, query=query, title=report.title, language=language, asked_by=actor
    )
    transaction.on_commit(lambda: make.enqueue(made.pk))
    return made


def ready(*, report: Report, query: str, language: str, actor: User) -> Document | None:
    """The PDF that the worker made of the same question, if nothing was written since then."""
    last = JournalEntry.objects.order_by("-pk").values_list("created_at", flat=True).first()
    since = timezone.now() - FRESH_FOR
    return (
        Document.objects.filter(
            report=report.key,
            query=query,
            language=language,
            asked_by=actor,
            status=Document.Status.READY,
            asked_at__gt=max(since, last) if last else since,
        )
        .order_by("-pk")
        .first()
    )


@task()
def make(document_id: int) -> bool:
    """Make a document that waits; whether there is one now. Again, it makes nothing."""
    document = Document.objects.filter(pk=document_id, status=Document.Status.WAITING).first()
    if document is None:
        return False
    with translation.override(document.language):
        try:
            report = _again(document)
            document.content, document.status = as_pdf(report), Document.Status.READY
        except Refusal as refusal:
            document.status, document.why = Document.Status.FAILED, str(refusal)[:300]
    document.save(update_fields=["content", "status", "why"])
    return document.status == Document.Status.READY


def _again(document: Document) -> Report:
    statement = STATEMENTS[document.report]
    form = AskForm(QueryDict(document.query), statement=statement)
    return statement.build(form.asked)


def forget_old() -> int:
    """Documents can be made again: after some days they go. How many went."""
    until = timezone.now() - timedelta(days=KEEP_DAYS)
    count, _by_model = Document.objects.filter(asked_at__lt=until).delete()
    return count


def query_of(values: dict[str, object]) -> str:
    """The question as an address tells it, without what is empty."""
    return urlencode({name: str(value) for name, value in values.items() if value})
