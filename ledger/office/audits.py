"""What the audit found, for who watches over the books."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.kit import audit
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger.models import AuditRun
from ledger.office import READ, book_tabs, books_trail


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """The last run with every row that breaks a rule, what is checked, and the runs before."""
    runs = AuditRun.objects.all()
    last = runs.first()
    return office_page(
        request,
        "ledger/office/audit.html",
        title=_("Audit"),
        trail=books_trail(),
        icon="ledger",
        tabs=book_tabs("audit"),
        last=last,
        findings=[audit.read_finding(one).told() for one in last.findings.splitlines()]
        if last
        else [],
        rules=sorted({(one.number, str(one.sentence)) for one in audit.registered()}),
        page=page_of(request, runs),
    )
