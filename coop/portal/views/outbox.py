"""Where phones tell what waited for signal. Programs ask here: the answers are JSON, always 200,
so that a phone can tell an answer of the house from one of a tired network.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.portal.access import anyone, ours, private, screen, who_is_in
from coop.portal.offline import seals, services
from coop.portal.offline.acts import ACTS
from coop.portal.offline.errors import NotHerPhone, TooMuch
from coop.portal.offline.forms import WordForm
from coop.portal.offline.models import Told
from coop.portal.standing import Standing


@require_safe
def knock(request: HttpRequest) -> HttpResponse:
    """Is there signal, who is in, and may what this phone keeps (`?kept=`) stay? Not a tap."""
    mark = request.GET.get("kept", "")
    standing = who_is_in(request)
    answer = {
        "whose": seals.name_of(standing.user) if standing else "",
        "token": get_token(request) if standing else "",
        "keep": not mark or seals.may_be_kept(mark),
    }
    return private(JsonResponse(answer))


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Hear one thing. "stays": the phone keeps it for later, or for her whose it is."""
    form = WordForm(request.POST)
    standing = who_is_in(request)
    if not form.is_valid():
        return _answer("gone")
    if standing is None or form.cleaned_data["whose"] != seals.name_of(standing.user):
        return _answer("stays")
    word = form.word()
    try:
        told = services.hear(standing=standing, word=word)
    except (NotHerPhone, TooMuch):
        return _answer("stays")
    except Refusal as refusal:
        return _answer("gone", sentence=str(refusal))
    if not word.is_late:
        _say(request, told)
    act = ACTS.get(told.act)
    after = act.after(told.number) if act and not told.was_refused else ""
    return _answer(told.outcome, sentence=told.sentence, after=after)


def _say(request: HttpRequest, told: Told) -> None:
    """She waits before the page: the next one says it, as after any form."""
    level = messages.ERROR if told.was_refused else messages.SUCCESS
    messages.add_message(request, level, told.sentence)


def _answer(outcome: str, **facts: str) -> HttpResponse:
    return private(JsonResponse({"outcome": outcome, **facts}))


@require_POST
@screen(anyone)
def understood(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """She has read an answer, and stays on the screen on which she read it."""
    services.read(standing=standing, pk=pk)
    return redirect(ours(request, request.headers.get("Referer", "")) or "portal:home")
