"""Coming in with a picture and a PIN, going out, and the language of the screens."""

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth import login as open_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from coop.people import services as people
from coop.people.cards import picture_of_card
from coop.people.errors import CardStopped, PeopleError, TooManyTries
from coop.people.models import PinCard, User
from coop.portal import access, queries
from coop.portal.audio.phrases import LANGUAGES
from coop.portal.audio.voice import COOKIE as VOICE
from coop.portal.pad import PIN_DIGITS, pad, press

PIN_BACKEND = "coop.people.backends.PinBackend"


def _next(request: HttpRequest) -> str:
    """Where she wanted to go, if that is a page of ours; else nothing."""
    return access.ours(request, request.POST.get("next") or request.GET.get("next", ""))


@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """Every woman's picture: she touches hers. No names."""
    after = _next(request)
    if isinstance(request.user, User):
        return access.private(redirect(after or "portal:home"))
    cards = list(queries.open_cards())
    motif = request.GET.get("motif", "")
    motifs: list[str] = []
    if len(cards) > queries.GRID_MOST:
        motifs = [] if motif else sorted({card.motif for card in cards})
        cards = [card for card in cards if card.motif == motif]
    query = urlencode({"next": after}) if after else ""
    here = f"{request.path}?{query}" if query else request.path
    context = {"cards": cards, "motifs": motifs, "motif": motif, "query": query, "here": here}
    return access.private(render(request, "portal/login.html", context))


@sensitive_post_parameters("pin")
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """The keypad. Its keys are buttons of the form, so that it works without script too."""
    card = get_object_or_404(queries.open_cards(), pk=pk)
    after = _next(request)
    typed = request.POST.get("pin", "")[:PIN_DIGITS]
    told, is_tired = "", False
    if "press" in request.POST:
        typed = press(typed, request.POST["press"])
    elif request.method == "POST" and not card.is_locked() and not typed.isdigit():
        # Nothing was tried, so nothing is counted.
        typed, told = "", _("Type your number, digit by digit.")
    elif request.method == "POST":
        try:
            return _come_in(request, card, typed, after)
        except PeopleError as refusal:
            typed, told = "", str(refusal)
            card.refresh_from_db()
            is_tired = isinstance(refusal, TooManyTries)
    context = pad(card, typed=typed, told=told, is_tired=is_tired) | {"next": after}
    return access.private(render(request, "portal/pin.html", context))


def _come_in(request: HttpRequest, card: PinCard, typed: str, after: str) -> HttpResponse:
    """Raises WrongPin or TooManyTries."""
    user = authenticate(request, card=card, pin=typed)
    if user is None:
        raise TooManyTries
    # Back to the screen that she locked, if it was she; another begins at the first.
    whose, address = access.place_on_phone(request)
    place = address if whose == card.pk else ""
    open_session(request, user, backend=PIN_BACKEND)
    access.keep_open(request)
    response = redirect(after or place or "portal:home")
    access.forget_place(response)
    return access.private(response)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Go out, and leave nothing behind."""
    logout(request)
    response = redirect("portal:login")
    access.forget_place(response)
    return access.private(response)


@require_safe
def card(request: HttpRequest, token: str) -> HttpResponse:
    """The code of a printed card: it finds her picture; her PIN still opens the door."""
    try:
        found = picture_of_card(token)
    except CardStopped as refusal:
        context = {"sentence": str(refusal)}
        answer = render(request, "portal/card_stopped.html", context, status=refusal.status)
        return access.private(answer)
    return access.private(redirect("portal:pin", pk=found.pk))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: with her, or on this phone before she comes in."""
    wanted = request.POST.get("language", "")
    response = redirect(_next(request) or reverse("portal:login"))
    if wanted in LANGUAGES:
        # Quechua and Aymara are heard; the words on the screen stay Spanish.
        written = wanted if wanted in User.Language.values else User.Language.SPANISH
        if isinstance(request.user, User):
            people.speak(user=request.user, language=written)
            people.hear(user=request.user, language=wanted)
        for cookie, value in ((settings.LANGUAGE_COOKIE_NAME, written), (VOICE, wanted)):
            response.set_cookie(
                cookie,
                value,
                max_age=31_536_000,
                samesite="Lax",
                secure=request.is_secure(),
                httponly=True,
            )
    return access.private(response)
