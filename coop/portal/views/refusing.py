"""Saying no to a payment, with a picture or in words; whoever asked for it hears why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coop.kit.errors import Refusal
from coop.portal import queries
from coop.portal.access import anyone, check_it_is_she, screen
from coop.portal.standing import Standing
from coop.portal.views.sign import may_sign
from ledger.models import Payment, PaymentEvent
from ledger.services import hear_refusal, refuse_payment

Why = PaymentEvent.Why
#: Each reason: its picture and dye, and what is spoken of it.
PICTURES = {
    Why.AMOUNT: ("coins", "qolle", "amount-not-right"),
    Why.RECEIVER: ("hand", "lake", "for-somebody-else"),
    Why.PURPOSE: ("ask", "pink", "unknown-purpose"),
    Why.TWICE: ("two", "chilca", "paid-already"),
}
MOST_LETTERS = 300


@require_http_methods(["GET", "HEAD", "POST"])
@screen(may_sign)
def refuse(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Why does she not sign it? Then nobody does any more, and it is asked for anew."""
    found = get_object_or_404(queries.not_hers(standing.user), pk=pk)
    if found.status != Payment.Status.REQUESTED:
        messages.info(request, _("This payment waits for nobody any more."))
        return redirect("portal:sign")
    sentence = ""
    if request.method == "POST":
        check_it_is_she(request, standing)
        try:
            refuse_payment(
                payment=found,
                actor=standing.user,
                why=request.POST.get("why", ""),
                note=request.POST.get("note", "")[:MOST_LETTERS],
            )
        except Refusal as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, _("You refused it. Whoever asked for it reads why."))
            return redirect("portal:sign")
    (paper,) = queries.papers([found])
    context = {
        "standing": standing,
        "payment": found,
        "paper": paper,
        "choices": [(why.value, why.label, *look) for why, look in PICTURES.items()],
        "note": request.POST.get("note", ""),
        "most": MOST_LETTERS,
        "sentence": sentence,
    }
    return render(request, "portal/refuse_payment.html", context)


@require_POST
@screen(anyone)
def heard(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """She has read why what she asked for was refused."""
    found = get_object_or_404(Payment, pk=pk, requested_by=standing.user)
    try:
        hear_refusal(payment=found, actor=standing.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:home")
