"""All reports on one page, and each on its own: as screen, PDF, spreadsheet, table."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page
from coop.kit.pdf import why_not
from coop.people.access import requires
from ledger.office import READ, WRITE, me
from ledger.reports import documents
from ledger.reports.asking import AskForm
from ledger.reports.models import Document
from ledger.reports.office import reports_trail
from ledger.reports.papers import Report
from ledger.reports.printing import printed, printed_document
from ledger.reports.statements import STATEMENTS, Statement
from ledger.reports.writers import as_csv, as_pdf, as_xlsx

ICON = "chart"
#: Rows on a screen: a statement is one page, a year's journal is many.
ROWS = 200


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """Every report, with the question that it answers; the documents that the worker made."""
    groups: dict[str, list[Statement]] = {}
    for one in STATEMENTS.values():
        groups.setdefault(str(one.group), []).append(one)
    return office_page(
        request,
        "reports/office/index.html",
        title=_("Money reports"),
        icon=ICON,
        groups=list(groups.items()),
        documents=Document.objects.filter(asked_by=me(request)).defer("content")[:10],
        may_write=request.user.has_perm(WRITE),
    )


def _statement(key: str) -> Statement:
    if key not in STATEMENTS:
        raise Http404
    return STATEMENTS[key]


@require_safe
@requires(READ)
def report(request: HttpRequest, key: str) -> HttpResponse:
    """One report, as the address asks for it."""
    statement = _statement(key)
    form = AskForm(request.GET, statement=statement)
    form.is_valid()
    try:
        found = statement.build(form.asked)
    except Refusal as refusal:
        return _page(request, statement, form, refusal=refusal)
    return _as_file(request, found, form) or _page(request, statement, form, found=found)


def _as_file(request: HttpRequest, found: Report, form: AskForm) -> HttpResponse | None:
    """The report as a file, if the address asks for one."""
    wanted, name = request.GET.get("as"), file_name(found)
    if wanted == "csv":
        return as_csv(found, name)
    if wanted == "xlsx":
        return as_xlsx(found, name)
    if wanted != "pdf" or why_not():
        return None
    if documents.is_long(found):
        return _long_pdf(request, found, form)
    printed(report=found, asked=form.asked, actor=me(request))
    return pdf_answer(as_pdf(found), name)


def _long_pdf(request: HttpRequest, found: Report, form: AskForm) -> HttpResponse:
    """A long PDF belongs to the worker: the one it made, or word that it is being made."""
    question = _question(request, found, form)
    made = documents.ready(**question)
    if made is None:
        return _being_made(request, documents.ask_for(**question))
    printed_document(made)
    return pdf_answer(bytes(made.content or b""), file_name(found))


def _question(request: HttpRequest, found: Report, form: AskForm) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    query = form.asked.query
    return {"report": found, "query": query, "language": language, "actor": me(request)}


def _being_made(request: HttpRequest, document: Document) -> HttpResponse:
    words = _("“%(title)s” is being made as PDF. It will be on this page in a minute or two.")
    messages.success(request, words % {"title": document.title})
    return redirect(f"{reverse('reports_office:index')}#documents")


def file_name(found: Report) -> str:
    """What its file is called: in the reader's language, with the last day."""
    return slugify(f"{found.title} {found.words}")[:80] or found.key


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at or to keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _page(
    request: HttpRequest,
    statement: Statement,
    form: AskForm,
    *,
    found: Report | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    query = form.asked.query
    page = Paginator(found.rows if found else [], ROWS).get_page(request.GET.get("p"))
    return office_page(
        request,
        "reports/office/report.html",
        title=found.title if found else str(statement.title),
        trail=reports_trail(),
        icon=ICON,
        statement=statement,
        form=form,
        report=replace(found, rows=list(page)) if found else None,
        refusal=refusal,
        page=page,
        is_filtered=bool(set(request.GET) - {"p"}),
        query=query,
        files={kind: f"?{query}&as={kind}" for kind in ("pdf", "xlsx", "csv")},
        is_long=bool(found) and documents.is_long(found) if found else False,
        why_no_pdf=why_not(),
        may_write=request.user.has_perm(WRITE),
    )


@require_POST
@requires(READ)
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Have the worker make a long PDF."""
    statement = _statement(key)
    form = AskForm(request.POST, statement=statement)
    form.is_valid()
    try:
        found = statement.build(form.asked)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reports_office:report", key)
    return _being_made(request, documents.ask_for(**_question(request, found, form)))


@require_safe
@requires(READ)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A PDF that the worker made, for who asked for it."""
    found = get_object_or_404(Document, pk=pk, asked_by=me(request), status=Document.Status.READY)
    printed_document(found)
    return pdf_answer(bytes(found.content or b""), slugify(found.title) or found.report)
