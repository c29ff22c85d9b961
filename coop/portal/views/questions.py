"""Was she paid wrong? One question with pictures; the treasurer answers on her pay screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.kit.errors import Refusal
from coop.portal import queries
from coop.portal.access import screen
from coop.portal.models import PayQuestion
from coop.portal.services import ask_about_pay
from coop.portal.standing import Standing
from coop.portal.views.earnings import has_record

What = PayQuestion.What
#: Each thing that can be wrong: its picture and dye.
PICTURES = {
    What.TOO_LITTLE: ("less", "qolle"),
    What.PIECE_MISSING: ("knit", "pink"),
    What.NOT_RECEIVED: ("hand", "lake"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@screen(has_record)
def ask(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What is wrong, and of which work? Asked twice it is one question."""
    what, _of, work = request.POST.get("what", "").partition(":")
    if request.method == "POST" and what in What.values:
        hers = standing.her.assignments.filter(pk=int(work)) if work.isdecimal() else None
        try:
            ask_about_pay(member=standing.her, what=what, assignment=hers.first() if hers else None)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The treasurer looks at it and answers you here."))
        return redirect("portal:earnings")
    context = {
        "standing": standing,
        "choices": [(what.value, what.label, *look) for what, look in PICTURES.items()],
        # A piece is missing: of which work? Nothing to choose from, and she asks without.
        "works": queries.brought_by(standing.her) if What.PIECE_MISSING in request.GET else [],
    }
    return render(request, "portal/ask_pay.html", context)
