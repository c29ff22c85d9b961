"""A new picture or PIN; for whoever signs for money, two of the Junta agree to it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import Crumb, office_page, page_of
from coop.members.forms import PinCardForm
from coop.members.models import Member
from coop.members.office import CONFIRM_PIN, ENROL
from coop.people.access import person, requires
from coop.people.models import PinRequest, User
from coop.people.pins import ask_for_pin, confirm_pin, pins_of_the_junta, withdraw_pin
from coop.people.services import give_pin_card, signs_money


@requires(ENROL)
def pin_card(request: HttpRequest, code: str) -> HttpResponse:
    """A new picture or a new PIN."""
    one = get_object_or_404(Member.objects.select_related("user__pin_card"), code=code)
    form = PinCardForm(request.POST or None, user=one.user)
    needs_two = signs_money(one.user)
    if request.method == "POST" and form.is_valid():
        try:
            sentence = _given(form, one.user, person(request), needs_two=needs_two)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, sentence)
            return redirect("members_office:member", one.code)
    return office_page(
        request,
        "members/office/pin_card.html",
        title=_("Picture and PIN"),
        trail=[*_trail(), (str(one), reverse("members_office:member", args=[one.code]))],
        icon="user",
        member=one,
        form=form,
        needs_two=needs_two,
    )


def _given(form: PinCardForm, user: User, actor: User, *, needs_two: bool) -> str:
    """Give her the PIN, or ask for it; returns what to tell."""
    motif, colour = form.chosen_picture
    pin = form.cleaned_data["pin"]
    if needs_two:
        ask_for_pin(user=user, motif=motif, colour=colour, pin=pin, actor=actor)
        return _("Her new PIN waits for a second woman of the Junta. Until then the old one works.")
    give_pin_card(user=user, motif=motif, colour=colour, pin=pin)
    return _("Her new PIN works from now on.")


@require_safe
@requires(CONFIRM_PIN)
def waiting(request: HttpRequest) -> HttpResponse:
    """New PINs that wait for a second person, and what was decided before."""
    me = person(request)
    asked = _requests().filter(status=PinRequest.Status.WAITING)
    rows = [(one, me.pk not in {one.asked_by_id, one.user_id}) for one in asked]
    decided = _requests().exclude(status=PinRequest.Status.WAITING).order_by("-pk")
    return office_page(
        request,
        "members/office/pins.html",
        title=_("New PINs"),
        trail=_trail(),
        icon="user",
        rows=rows,
        cards=pins_of_the_junta(),
        page=page_of(request, decided),
    )


@require_POST
@requires(CONFIRM_PIN)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person agrees."""
    one = get_object_or_404(_requests(), pk=pk)
    try:
        confirm_pin(request=one, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The new PIN of %(name)s works from now on.") % {"name": one.user}
        )
    return redirect("members_office:pins")


@require_POST
@requires(CONFIRM_PIN)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It was not wanted."""
    one = get_object_or_404(_requests(), pk=pk)
    try:
        withdraw_pin(request=one, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s keeps her old PIN.") % {"name": one.user})
    return redirect("members_office:pins")


def _requests() -> QuerySet[PinRequest]:
    return PinRequest.objects.select_related("user", "asked_by", "decided_by")


def _trail() -> list[Crumb]:
    return [(_("Members"), reverse("members_office:index"))]
