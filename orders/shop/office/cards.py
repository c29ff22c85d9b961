"""Cards in the office: what Stripe holds, what it paid out and why, disputes, and what is stuck."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import AmountField, Crumb, DayField, OfficeForm, office_page, page_of
from coop.people.access import person, requires
from ledger.bank.queries import address_of
from orders.shop import card_queries, errors
from orders.shop.fields import OneLineField
from orders.shop.models import Payout, ShopSettings
from orders.shop.office import READ, RECORD
from orders.shop.providers.stripe import gateway
from orders.shop.providers.stripe.payouts import record_forward
from orders.shop.providers.stripe.tasks import compare_now

ICON = "card"


class ForwardForm(OfficeForm):
    """Money that the partner sent on to our bank."""

    amount = AmountField(label=gettext_lazy("Amount"))
    reference = OneLineField(
        label=gettext_lazy("Operation number"),
        max_length=80,
        help_text=gettext_lazy("As our bank writes it."),
    )
    on = DayField(label=gettext_lazy("Day on which it came"))
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    blames = {
        errors.AmountWrong: "amount",
        errors.OperationMissing: "reference",
        errors.OperationTaken: "reference",
        errors.DayInTheFuture: "on",
    }


def _trail(*more: Crumb) -> list[Crumb]:
    return [(_("Cards"), reverse("shop_office:cards")), *more]


@require_safe
@requires(READ, RECORD)
def index(request: HttpRequest) -> HttpResponse:
    """Everything about cards on one page."""
    return _page(request, ForwardForm())


def _page(request: HttpRequest, form: ForwardForm) -> HttpResponse:
    partner = ShopSettings.current().card_partner
    may_record = request.user.has_perm(RECORD)
    return office_page(
        request,
        "shop/office/cards.html",
        title=_("Cards"),
        icon=ICON,
        is_connected=gateway.is_connected(),
        is_live=gateway.is_connected() and gateway.is_live(),
        partner=partner,
        places=card_queries.places(with_partner=bool(partner)),
        on_the_way=card_queries.on_the_way(),
        payouts=page_of(request, Payout.objects.all()),
        disputes=card_queries.newest_disputes(),
        stuck=card_queries.stuck_events(),
        failed=card_queries.failed_refunds(),
        comparison=card_queries.last_comparison(),
        form=form if partner and may_record else None,
        may_record=may_record,
    )


@require_safe
@requires(READ, RECORD)
def payout(request: HttpRequest, pk: int) -> HttpResponse:
    """One payout, down to the orders it came from."""
    found = get_object_or_404(Payout, pk=pk)
    return office_page(
        request,
        "shop/office/payout.html",
        title=_("Payout of %(day)s") % {"day": date_format(found.arrives_on, "DATE_FORMAT")},
        trail=_trail(),
        icon=ICON,
        payout=found,
        rows=card_queries.parts_of(found),
        sums=card_queries.sums_of(found),
        bank_lines=[(one, address_of(one)) for one in card_queries.bank_lines_of(found)],
    )


@require_POST
@requires(RECORD)
def forward(request: HttpRequest) -> HttpResponse:
    """The partner sent money on."""
    form = ForwardForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            record_forward(
                amount=values["amount"],
                reference=values["reference"],
                actor=person(request),
                on=values["on"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is in the books."))
            return redirect("shop_office:cards")
    return _page(request, form)


@require_POST
@requires(RECORD)
def compare(request: HttpRequest) -> HttpResponse:
    """Compare with Stripe in the background."""
    if gateway.is_connected():
        compare_now.enqueue()
        messages.success(request, _("We are comparing with Stripe. Look here again in a minute."))
    return redirect("shop_office:cards")
