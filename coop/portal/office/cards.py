"""Printed cards: a QR code, her picture, her code. No name, unless she agreed that it is shown."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import OfficeForm, office_page
from coop.kit.qr import qr_svg
from coop.members.models import Member
from coop.members.office import ENROL
from coop.people.access import person, requires
from coop.people.cards import card_of, give_card, replace_card
from coop.people.models import Card, PinCard, User

#: Two by five cards of the size of a bank card on an A4 sheet.
ON_A_SHEET = 10


@dataclass(frozen=True)
class Printed:
    """A card as it is printed."""

    code: SafeString
    picture: PinCard
    member: str
    name: str


def _printed(member: Member, actor: User) -> Printed:
    """Raises NoPicture for somebody without picture and PIN."""
    card = give_card(user=member.user, actor=actor)
    address = settings.SITE_URL + reverse("portal:card", args=[card.token])
    name = member.name if member.may_show_name else ""
    return Printed(qr_svg(address, _("Card")), member.user.pin_card, member.code, name)


def _with_pictures() -> list[Member]:
    members = Member.objects.filter(status=Member.Status.ACTIVE, user__pin_card__isnull=False)
    return list(members.select_related("user__pin_card").order_by("code"))


class ReplaceForm(OfficeForm):
    """Why the old card is to stop."""

    why = forms.ChoiceField(
        label=gettext_lazy("What happened to the old card?"),
        choices=Card.Why.choices,
        initial=Card.Why.LOST,
        widget=forms.RadioSelect,
    )


@require_safe
@requires(ENROL)
def sheet(request: HttpRequest) -> HttpResponse:
    """The cards of all active members, ten a page, to print and cut."""
    actor = person(request)
    found = [_printed(member, actor) for member in _with_pictures()]
    pages = [found[at : at + ON_A_SHEET] for at in range(0, len(found), ON_A_SHEET)]
    context = {"pages": pages, "back": reverse("members_office:index")}
    return render(request, "portal/office/cards_print.html", context)


@require_safe
@requires(ENROL)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Her card alone, to print."""
    member = get_object_or_404(Member.objects.select_related("user__pin_card"), code=code)
    try:
        found = _printed(member, person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("portal_office:card", code)
    context = {"pages": [[found]], "back": reverse("portal_office:card", args=[code])}
    return render(request, "portal/office/cards_print.html", context)


@require_safe
@requires(ENROL)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Her card: print it, or replace a lost one; and what became of earlier ones."""
    member = get_object_or_404(Member.objects.select_related("user__pin_card"), code=code)
    return office_page(
        request,
        "portal/office/card.html",
        title=_("Card"),
        trail=[
            (_("Members"), reverse("members_office:index")),
            (str(member), reverse("members_office:member", args=[code])),
        ],
        icon="user",
        member=member,
        has_picture=PinCard.objects.filter(user=member.user).exists(),
        works=card_of(member.user),
        earlier=Card.objects.filter(user=member.user, ended_at__isnull=False)
        .select_related("made_by", "ended_by")
        .order_by("-pk")[:ON_A_SHEET],
        form=ReplaceForm(),
    )


@require_POST
@requires(ENROL)
def replace(request: HttpRequest, code: str) -> HttpResponse:
    """The old card stops at once; a new one is there to print."""
    member = get_object_or_404(Member.objects.select_related("user"), code=code)
    form = ReplaceForm(request.POST)
    if form.is_valid():
        try:
            replace_card(user=member.user, actor=person(request), why=form.cleaned_data["why"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The old card no longer works. Print the new one."))
    return redirect("portal_office:card", code)
