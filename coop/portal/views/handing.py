"""A cash box changes hands: who gives, who receives, their signatures; or it is called off."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from coop.kit.errors import Refusal
from coop.people.models import User
from coop.portal.access import anyone, check_it_is_she, screen
from coop.portal.standing import Standing
from coop.portal.views.count import COUNT, READS, may_look
from coop.portal.views.other import Other
from ledger.cash import queries
from ledger.cash.models import HandingOver
from ledger.cash.services import (
    call_off_handing_over,
    hear_of_handing_over,
    sign_handing_over,
)


def _found(standing: Standing, pk: int) -> HandingOver:
    """Those of the Junta and who has the box see it, and who gives or receives it."""
    rows = HandingOver.objects.select_related(
        "count__box__account", "giver__pin_card", "receiver__pin_card"
    )
    if not standing.user.has_perm(COUNT):
        hers = Q(giver=standing.user) | Q(receiver=standing.user)
        rows = rows.filter(hers | Q(count__box__account__holder=standing.user))
    return get_object_or_404(rows, pk=pk)


def _able(found: HandingOver) -> list[User]:
    """Who may sign in the place of a giver who is away: others of the Junta."""
    parties = {found.giver_id, found.receiver_id}
    people = queries.people_at_hand().exclude(pk__in=parties)
    return list(people.filter(groups__permissions__codename="count_box"))


@require_http_methods(READS)
@sensitive_post_parameters("pin")
@screen(may_look)
def handing(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Who gives and who receives the box, and their signatures."""
    found = _found(standing, pk)
    signer = Other.of(request, "who", standing)
    if request.method == "POST" and not signer.goes_on(request):
        check_it_is_she(request, standing)
        try:
            sign_handing_over(
                handing_over=found,
                person=signer.person or standing.user,
                actor=standing.user,
                drawing=signer.drawing,
                typed=signer.typed_pin(request),
            )
            return redirect("portal:hand-box", found.pk)
        except Refusal as refusal:
            signer.refuse(refusal)
    signed = {one.person_id: one for one in found.signs.select_related("person__pin_card")}
    parties = [found.giver, found.receiver]
    is_absent, is_done = found.is_without_giver, hasattr(found, "holding")
    is_ended = not queries.open_handings().filter(pk=found.pk).exists()
    context: dict[str, Any] = {
        "standing": standing,
        "handing": found,
        "parties": [(one, signed.get(one.pk)) for one in parties],
        "others": [one for one in signed.values() if one.person not in parties],
        "is_done": is_done,
        "is_ended": is_ended,
        "is_void": is_ended and not is_done,
        "end": queries.end_of(found),
        "signer": signer.person,
        "is_other": signer.person is not None and signer.person not in parties,
        "chooses": "who" in request.GET and signer.person is None,
        "people": [one for one in _able(found) if one.pk not in signed] if is_absent else [],
        "other": signer,
        "is_absent": is_absent,
        "may_sign_too": is_absent
        and standing.user.pk not in signed
        and standing.user not in parties
        and standing.user.has_perm(COUNT),
        "sentence": signer.sentence,
    }
    return render(request, "portal/hand_box.html", context)


@require_POST
@screen(may_look)
def call_off(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """The box stays where it is."""
    found = _found(standing, pk)
    check_it_is_she(request, standing)
    try:
        call_off_handing_over(handing_over=found, actor=standing.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is called off. The box stays where it is."))
    return redirect("portal:hand-box", pk)


@require_POST
@screen(anyone)
def heard(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """She has read that her box went to another while she was away."""
    found = get_object_or_404(HandingOver, pk=pk, giver=standing.user)
    try:
        hear_of_handing_over(handing_over=found, actor=standing.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:home")
