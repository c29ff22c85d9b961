"""Signing payments: who receives, how much, drawn so that it can be counted. And others' PINs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.money import total
from coop.people.pins import confirm_pin, withdraw_pin
from coop.portal import queries
from coop.portal.access import check_it_is_she, screen
from coop.portal.looking import Looking
from coop.portal.standing import Standing
from ledger.cash.models import PayDay
from ledger.cash.services import sign_together
from ledger.models import Payment
from ledger.services import sign_payment

PAGE_SIZE = 10
#: A pay day of more women than this is signed in parts.
MOST_AT_ONCE = 100


def may_sign(standing: Standing) -> bool:
    """Those whom the assembly trusts with money."""
    return standing.may_sign


@require_safe
@screen(may_sign)
def waiting(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Payments that wait, those she has not signed first; then whole pay days, one card each."""
    page = Paginator(queries.single_to_sign(standing.user), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    pins = queries.pins_to_confirm(standing.user)
    context = {
        "standing": standing,
        "page": page,
        "papers": queries.papers(page),
        "pay_days": queries.pay_days_to_sign(standing.user),
        "pins": pins,
        "to_count": queries.count_around_boxes(standing.user),
    }
    return render(request, "portal/sign.html", context)


@require_POST
@screen(may_sign)
def pin(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Her word on another's new PIN: she wants it, or it is called off."""
    found = get_object_or_404(queries.pins_to_confirm(standing.user), pk=pk)
    if is_wanted := "yes" in request.POST:
        check_it_is_she(request, standing)
    try:
        if is_wanted:
            confirm_pin(request=found, actor=standing.user)
            messages.success(
                request, _("The new PIN of %(name)s works from now on.") % {"name": found.user}
            )
        else:
            withdraw_pin(request=found, actor=standing.user)
            messages.success(request, _("%(name)s keeps her old PIN.") % {"name": found.user})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:sign")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(may_sign)
def payment(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """One payment, and her signature under it."""
    found = get_object_or_404(queries.not_hers(standing.user), pk=pk)
    if found.status != Payment.Status.REQUESTED:
        messages.info(request, _("This payment waits for nobody any more."))
        return redirect("portal:sign")
    sentence = ""
    if request.method == "POST":
        check_it_is_she(request, standing)
        try:
            sign_payment(payment=found, signer=standing.user)
        except Refusal as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, _said(found))
            return redirect("portal:sign")
    (paper,) = queries.papers([found])
    context = {"standing": standing, "payment": found, "paper": paper, "sentence": sentence}
    return render(request, "portal/sign_payment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(may_sign)
def pay_day(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """A whole pay day: one woman after another, then her signature under all that she saw.

    Her own pay is not among them, nor what came after she looked, nor whom she left out.
    """
    day = get_object_or_404(PayDay.objects.select_related("from_account"), pk=pk)
    payments = queries.of_pay_day(standing.user, day).exclude(approvals__signer=standing.user)
    looking = Looking.at(request, day, queries.papers(payments[:MOST_AT_ONCE]))
    sentence = ""
    if request.method == "POST" and "sign" not in request.POST:
        looking.go_on(request.POST)
        return redirect("portal:sign-day", pk)
    if request.method == "POST" and looking.current is None:
        check_it_is_she(request, standing)
        seen = [one.payment.pk for one in looking.agreed]
        done = sign_together(payments=payments.filter(pk__in=seen), signer=standing.user)
        for refusal_said in done.refusals:
            messages.warning(request, refusal_said)
        if done.count:
            words = ngettext("You have signed %(count)s.", "You have signed %(count)s.", done.count)
            messages.success(request, words % {"count": done.count})
            looking.forget()
            return redirect("portal:sign")
        sentence = _("Nothing was signed: look once more.")
    context = {
        "standing": standing,
        "pay_day": day,
        "looking": looking,
        "total": total([one.payment.amount for one in looking.agreed], day.from_account.currency),
        "sentence": sentence,
    }
    return render(request, "portal/sign_day.html", context)


def _said(found: Payment) -> str:
    found.refresh_from_db()
    if found.status == Payment.Status.REQUESTED:
        return _("You have signed. One other person signs too.")
    return _("You have signed. Now two have signed: it can be paid.")
