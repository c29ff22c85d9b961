"""Cash boxes in the office: who has each, what was counted, who had it before.

Counting and handing over happen around one screen, `/m/count/`, which the office opens too.
"""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import DayField, OfficeForm, office_page, page_of
from coop.people.access import requires
from coop.people.models import User
from ledger.account_field import AccountField
from ledger.cash import errors, queries
from ledger.cash.models import Box, Count, HandingOver
from ledger.cash.services import agree, hear_of_handing_over, open_box
from ledger.models import Account
from ledger.office import READ, WRITE, may, me, payment_tabs, payments_trail

ICON = "coins"
COUNT = "cash.count_box"


class OpenForm(OfficeForm):
    """A money account that lies in a box, and who has it from which day."""

    account = AccountField(
        label=gettext_lazy("Which money"),
        queryset=Account.objects.none(),
        with_unused=True,
        help_text=gettext_lazy("One of our money accounts, kept in notes and coins."),
    )
    holder = forms.ModelChoiceField(
        label=gettext_lazy("Who has it"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("choose"),
    )
    on = DayField(label=gettext_lazy("Since"))
    blames = {errors.NotABox: "account", errors.BoxThere: "account"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        keys = [one.pk for one in queries.accounts_without_box()]
        accounts = Account.objects.filter(pk__in=keys)
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]
        self.fields["holder"].queryset = queries.people_at_hand()  # type: ignore[attr-defined]


@require_safe
@requires(READ, COUNT)
def index(request: HttpRequest) -> HttpResponse:
    """Every box, with whom it is, what is in it and when two counted it."""
    return office_page(
        request,
        "cash/office/boxes.html",
        title=_("Cash boxes"),
        trail=payments_trail(),
        icon=ICON,
        tabs=payment_tabs("cash_office:boxes"),
        boxes=queries.boxes(),
        waiting=queries.waiting_counts(),
        handings=queries.open_handings()[:20],
        gone=queries.boxes_gone_from(me(request))[:20],
        may_open=request.user.has_perm(WRITE) and bool(queries.accounts_without_box()),
        may_count=request.user.has_perm(COUNT),
        **may(request),
    )


@requires(WRITE)
def open_one(request: HttpRequest) -> HttpResponse:
    """Say that a money account is a box, and who has it."""
    form = OpenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            box = open_box(**form.cleaned_data, actor=me(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The box has its holder. Count it now, by two."))
            return redirect("cash_office:box", box.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Open a cash box"),
        trail=payments_trail((_("Cash boxes"), reverse("cash_office:boxes"))),
        icon=ICON,
        form=form,
        lead=_("From now on this money has one holder, by name, until she hands it over."),
        button=_("Open the box"),
    )


@require_safe
@requires(READ, COUNT)
def box(request: HttpRequest, pk: int) -> HttpResponse:
    """One box: its holders one after another, and its counts."""
    found = get_object_or_404(Box.objects.select_related("account"), account__id=pk)
    counts = Count.objects.filter(box=found).select_related(
        "box__account", "counter", "agreement__person"
    )
    line = next((one for one in queries.boxes() if one.box.pk == found.pk), None)
    holdings = found.holdings.select_related("holder", "handing_over__giver").order_by("-number")
    return office_page(
        request,
        "cash/office/box.html",
        title=str(found),
        trail=payments_trail((_("Cash boxes"), reverse("cash_office:boxes"))),
        icon=ICON,
        box=found,
        line=line,
        holdings=holdings,
        page=page_of(request, counts),
        may_count=request.user.has_perm(COUNT),
        me_key=me(request).pk,
    )


@require_POST
@requires(COUNT)
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that she counted the same."""
    count = get_object_or_404(Count, pk=pk)
    try:
        agree(count=count, person=me(request), actor=me(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Two have counted it. It is in the books."))
    return redirect("cash_office:box", count.box_id)


@require_POST
@requires(COUNT)
def heard(request: HttpRequest, pk: int) -> HttpResponse:
    """She has read that her box went to another while she was away."""
    try:
        hear_of_handing_over(handing_over=get_object_or_404(HandingOver, pk=pk), actor=me(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("cash_office:boxes")
