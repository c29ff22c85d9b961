"""Was she paid wrong? One question with pictures; the treasurer answers on her pay screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.kit.errors import Refusal
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
    """What is wrong? A touch asks; asked twice it is one question."""
    if request.method == "POST" and request.POST.get("what") in What.values:
        try:
            ask_about_pay(member=standing.her, what=request.POST["what"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The treasurer looks at it and answers you here."))
        return redirect("portal:earnings")
    choices = [(what.value, what.label, *look) for what, look in PICTURES.items()]
    return render(request, "portal/ask_pay.html", {"standing": standing, "choices": choices})
