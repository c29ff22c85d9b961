"""What the house learned, read and forgotten one by one."""

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger.bank.models import ForgottenRule, LearnedRule, Part
from ledger.bank.office import ICON, bank_trail
from ledger.bank.services import forget_rule
from ledger.office import READ, WRITE, may, me

#: So many of the forgotten ones are shown, the newest first.
_FORGOTTEN = 50


def _rules() -> QuerySet[LearnedRule]:
    parts = Part.objects.select_related("line").order_by("pk")
    rows = LearnedRule.objects.select_related("account", "other", "learned_from__by")
    return rows.prefetch_related(Prefetch("learned_from__parts", parts))


@require_safe
@requires(READ)
def learned(request: HttpRequest) -> HttpResponse:
    """Every rule: its words, what it suggests, where it came from, how often it helped."""
    return office_page(
        request,
        "bank/rules.html",
        title=_("What the house learned"),
        trail=bank_trail(),
        icon=ICON,
        page=page_of(request, _rules().order_by("-helped", "-times", "pk")),
        forgotten=ForgottenRule.objects.select_related("account", "other", "by")[:_FORGOTTEN],
        **may(request),
    )


@require_POST
@requires(WRITE)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one."""
    rule = get_object_or_404(LearnedRule, pk=pk)
    try:
        forget_rule(rule=rule, actor=me(request), why=request.POST.get("why", "")[:300])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Forgotten: it suggests nothing any more."))
    return redirect("bank_office:rules")
