"""The page that checks receipts. The open book itself stands in `ledger.reports`."""

from csp.decorators import csp_exempt
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from ledger import checker


@require_safe
@csp_exempt()
def check_receipt(request: HttpRequest) -> HttpResponse:
    """The page that checks receipts, also without us: kept, it works from disk.

    Its own policy, in it and beside it, is stricter than the site's.
    """
    keeps = "keep" in request.GET
    text, policy = checker.page(back="" if keeps else reverse("open-book"))
    answer = HttpResponse(text)
    answer["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    if keeps:
        name = pgettext("file name", "check-a-receipt")
        answer["Content-Disposition"] = f'attachment; filename="{name}.html"'
    return answer
