"""A PIN of her own: typed, then typed once more. Asked of whoever signs with one that others know."""

from django.contrib import messages
from django.contrib.auth import login as open_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coop.people.errors import PeopleError
from coop.people.models import PinCard
from coop.people.pins import choose_pin
from coop.people.services import check_pin
from coop.portal import access
from coop.portal.access import anyone, screen
from coop.portal.pad import PIN_DIGITS, press
from coop.portal.standing import Standing
from coop.portal.views.login import PIN_BACKEND


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("pin", "first")
@screen(anyone)
def own_pin(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The keypad twice. Its keys are buttons of the form, so that it works without script too."""
    card = get_object_or_404(PinCard.objects.select_related("user"), user=standing.user)
    if not card.is_known:
        return redirect("portal:home")
    typed = request.POST.get("pin", "")[:PIN_DIGITS]
    first = request.POST.get("first", "")[:PIN_DIGITS]
    sentence = ""
    if "press" in request.POST:
        typed = press(typed, request.POST["press"])
    elif request.method == "POST":
        try:
            if _is_chosen(request, card, first, typed):
                return redirect("portal:sign" if standing.may_sign else "portal:home")
            first, typed = ("", "") if first else (typed, "")
            sentence = "" if first else _("The two are not the same. Begin again.")
        except PeopleError as refusal:
            first, typed, sentence = "", "", str(refusal)
    context = {
        "standing": standing,
        "card": card,
        "typed": typed,
        "first": first,
        "sentence": sentence,
        "digits": PIN_DIGITS,
    }
    return render(request, "portal/own_pin.html", context)


def _is_chosen(request: HttpRequest, card: PinCard, first: str, typed: str) -> bool:
    """Write it down when she typed the same twice; whether she did.

    Raises BadPin, SamePin or PinNotNeeded.
    """
    check_pin(typed)
    if first != typed:
        return False
    choose_pin(user=card.user, pin=typed)
    # Every session of hers has ended; this one goes on.
    card.user.refresh_from_db()
    open_session(request, card.user, backend=PIN_BACKEND)
    access.keep_open(request)
    messages.success(request, _("Only you know your PIN now. Your signature counts."))
    return True
