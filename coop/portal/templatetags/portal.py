"""Template words of the members' kit: pictures, numbers that can be counted, loudspeakers, actions.

Each is shown in every state on /m/kit/ (in development, and in a demo on this machine).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.core import signing
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.people.models import User
from coop.portal import drawing
from coop.portal.access import HELP_COOKIE, came_with_pin, ours
from coop.portal.audio import spoken
from coop.portal.audio.phrases import LANGUAGES, WRITTEN
from coop.portal.audio.voice import Utterance, Voice, languages_to_choose
from coop.portal.offline import saver
from coop.portal.offline.kept import is_being_kept
from coop.portal.queries import Progress
from coop.portal.templatetags import portal_drawn, portal_said

register = template.Library()
# One load for a template: what is drawn, and the filters of what is said, belong to these words.
register.filters.update(portal_said.register.filters)
register.tags.update(portal_drawn.register.tags)

#: The dyes of members' pictures, as they are spoken.
DYES: dict[str, Promise] = {
    "cream": _("cream"),
    "undyed_white": _("white"),
    "fawn": _("fawn"),
    "brown": _("brown"),
    "near_black": _("black"),
    "cochineal": _("red"),
    "pink": _("pink"),
    "indigo": _("dark blue"),
    "lake": _("light blue"),
    "qolle": _("yellow"),
    "chilca": _("green"),
    "orange": _("orange"),
}


#: How wide a picture is shown, for the browser to choose its file; a file for who saves data.
WIDTHS = {
    "square": "92px",
    "large": "148px",
    "stage": "(min-width: 640px) 420px, 72vw",
}
SMALLEST = "80px"
#: More pieces than this are not said one by one: the phone's own voice says the number.
MOST_SAID = 61


@register.inclusion_tag("portal/parts/cash.html")
def cash(amount: Money) -> dict[str, Any]:
    """`{% cash amount %}`: an amount in notes and coins."""
    return {"kinds": drawing.cash(amount)}


@register.inclusion_tag("portal/parts/skeins.html")
def skeins(rows: Sequence[Any], *, total: int = 0) -> dict[str, Any]:
    """`{% skeins rows %}`: wool by colour; each row has a colour and grams.

    With `total` the colours only, and the grams of all of them together.
    """
    return {"rows": rows, "total": total}


@register.inclusion_tag("portal/kit/cloth.html")
def cloth(amount: Money, label: str = "", *, big: bool = False) -> dict[str, Any]:
    """`{% cloth amount "owed" %}`: an amount under the cloth; a tap lifts it. `label` is spoken."""
    return {"amount": amount, "label": label, "big": big}


@register.inclusion_tag("portal/parts/picture.html", takes_context=True)
def picture(context: Context, variant: Any, look: str = "square") -> dict[str, Any]:
    """`{% picture variant "large" %}`: what is to be knitted: its photograph, else its motif.

    `catalog.pictures.with_pictures` fetched it before. Who saves data gets the smallest file; a
    page that a phone keeps names one file only, which the phone fetches with it.
    """
    request = _request(context)
    is_small = request is not None and saver.saves_data(request)
    return {
        "picture": variant.shown_picture,
        "look": look,
        "sizes": SMALLEST if is_small else WIDTHS[look],
        "is_kept": is_being_kept(),
    }


@register.simple_tag(takes_context=True)
def numbers_said(context: Context, most: int) -> list[tuple[int, Utterance]]:
    """`{% numbers_said part.of as numbers %}`: how each number of pieces below `most` is said."""
    voice = Voice.of(_request(context))
    return [(one, voice.say(spoken.count(one, "pieces"))) for one in range(1, min(most, MOST_SAID))]


@register.simple_tag
def dye_name(key: str) -> str:
    """`{% dye_name card.colour %}`: the dye of a picture, in a word."""
    return str(DYES.get(key, key))


# Sounds ------------------------------------------------------------------------------------------
#: What is spoken is signed into the address of a loudspeaker that needs several files.
SAY_SALT = "portal.say"


def _request(context: Context) -> HttpRequest | None:
    # Also inside `{% include … only %}`, which takes the variables away but not the request.
    return getattr(context, "request", None)


def _address(said: Utterance, language: str) -> str:
    """Where a loudspeaker leads without script: its file, or a page that has all of them."""
    if len(said.addresses) == 1:
        return said.addresses[0]
    what = [list(said.addresses), said.words, language]
    return reverse("portal:say", args=[signing.dumps(what, salt=SAY_SALT, compress=True)])


def _loudspeaker(voice: Voice, *things: Any) -> dict[str, Any]:
    said = voice.say(*things)
    return {"said": said, "address": _address(said, voice.language)}


@register.inclusion_tag("portal/kit/say.html", takes_context=True)
def say(context: Context, *things: Any) -> dict[str, Any]:
    """`{% say "owed" pay.owed %}`: a loudspeaker; see `spoken.parts` for what it can say."""
    return _loudspeaker(Voice.of(_request(context)), *things)


@register.inclusion_tag("portal/kit/say.html", takes_context=True)
def say_progress(context: Context, progress: Progress) -> dict[str, Any]:
    """How many pieces are where, one after another."""
    parts = [
        (progress.passed, "found-good"),
        (progress.checking, "looked-at"),
        (progress.mending, "to-mend"),
        (progress.left, "still-to-knit"),
    ]
    things = [[key, spoken.count(number, "pieces")] for number, key in parts if number]
    return _loudspeaker(Voice.of(_request(context)), *things)


@register.simple_tag(takes_context=True)
def speaks(context: Context, *things: Any) -> SafeString:
    """`<a {% speaks "home" %}>`: in help mode the first touch says this, the second goes."""
    said = Voice.of(_request(context)).say(*things)
    marks = format_html('data-speak="{}" data-words="{}"', " ".join(said.addresses), said.words)
    if said.is_typed:
        marks += SafeString(" data-typed")
    if said.spanish == said.words:
        return marks
    return format_html('{} data-spanish="{}"', marks, said.spanish)


@register.filter
def missing_of(assignment: Any) -> str:
    """`value=one|missing_of`: a piece of this work is missing; read by `views.questions`."""
    return f"missing:{assignment.pk}"


@register.filter
def as_choice(person: User, name: str) -> str:
    """`href=one|as_choice:"with"`: this page again, with her chosen."""
    return f"?{name}={person.pk}"


@register.filter
def as_turn(person: User, name: str) -> str:
    """The same, and at once where she draws her name: below the sums nobody looks for it."""
    return f"{as_choice(person, name)}#other"


# Actions -----------------------------------------------------------------------------------------
@register.inclusion_tag("portal/kit/action.html", takes_context=True)
def action(
    context: Context,
    kind: str,
    picture: str,
    word: str,
    *,
    dye: str = "qolle",
    href: str = "",
    post: str = "",
    name: str = "",
    value: str = "",
    number: int = 0,
    spoken: Any = None,
    marks: str = "",
    face: User | None = None,
) -> dict[str, Any]:
    """`{% action "go" "yes" word post=address %}`: icon, colour, short text, own loudspeaker.

    With `post` a form of its own, with `href` a link, with neither a button of the form around
    it. It says `spoken`, or the word that stands on it. `marks` are attributes of its form, such
    as those of `{% later %}`.
    """
    return {
        "kind": kind,
        "picture": picture,
        "dye": dye,
        "word": word,
        "href": href,
        "post": post,
        "submits": not href,
        "name": name,
        "value": value,
        "number": number,
        "spoken": spoken or word,
        "marks": marks,
        "face": face,
        "csrf_token": context.get("csrf_token"),
        "request": _request(context),
    }


@register.inclusion_tag("portal/parts/face.html")
def face(person: User | None, size: int, picture: str = "", dye: str = "qolle") -> dict[str, Any]:
    """`{% face payment.payee 48 "hand" %}`: the picture with which she comes in, by which all know
    her; without one `picture` is drawn. Her card is fetched with her (`select_related("pin_card")`).
    """
    card = getattr(person, "pin_card", None) if person else None
    return {"card": card, "size": size, "picture": picture, "dye": dye}


@register.inclusion_tag("portal/kit/sure.html", takes_context=True)
def sure(
    context: Context,
    kind: str,
    icon: str,
    word: str,
    sentence: str,
    *,
    post: str,
    yes_word: str,
    dye: str = "qolle",
    yes_kind: str = "go",
    yes_icon: str = "yes",
    picture: Any = None,
    amount: Money | None = None,
    name: str = "",
    value: str = "",
    marks: str = "",
    spoken: Any = None,
    asked: Any = None,
) -> dict[str, Any]:
    """`{% sure "no" "no" word sentence yes_word=yes post=address picture=variant %}`.

    An action that asks once more: what will happen, a picture or an amount; yes, or back. It says
    `spoken` and asks `asked`, or what stands there.
    """
    return {
        "kind": kind,
        "icon": icon,
        "dye": dye,
        "word": word,
        "sentence": sentence,
        "spoken": spoken or word,
        "asked": asked or sentence,
        "picture": picture,
        "amount": amount,
        "yes_kind": yes_kind,
        "yes_icon": yes_icon,
        "yes_dye": "chilca" if yes_kind == "go" else "pink",
        "yes_word": yes_word,
        "post": post,
        "name": name,
        "value": value,
        "marks": marks,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("portal/kit/bar_keys.html", takes_context=True)
def bar_keys(context: Context) -> dict[str, Any]:
    """The right of the bar: help, and the lock for whoever came in with her PIN."""
    request = _request(context)
    return {
        "is_in": request is not None and came_with_pin(request),
        "helps": _helps(request),
        "next": _here(request),
        "csrf_token": context.get("csrf_token"),
    }


def _here(request: HttpRequest | None) -> str:
    """This page, to come back to; nothing that somebody else put into its address."""
    if request is None or request.method != "GET":
        return ""
    query = request.GET.copy()
    if "next" in query:
        query["next"] = ours(request, request.GET["next"])
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def helping(context: Context) -> bool:
    """`{% helping as helps %}`: whether the first touch speaks and the second goes."""
    return _helps(_request(context))


def _helps(request: HttpRequest | None) -> bool:
    return request is not None and request.COOKIES.get(HELP_COOKIE) == "on"


@dataclass(frozen=True)
class Choice:
    """A language to choose: one of the written ones, or one that is only heard."""

    key: str
    name: str
    is_current: bool
    picture: str
    dye: str
    said: Utterance
    address: str


@register.inclusion_tag("portal/kit/languages.html", takes_context=True)
def languages(context: Context, after: str) -> dict[str, Any]:
    """`{% languages request.path %}`: each language says its name aloud, in its own words."""
    request = _request(context)
    heard = Voice.of(request).language
    shown = (get_language() or "es").split("-")[0]
    current = heard if heard not in WRITTEN else shown
    choices = [
        Choice(
            key, LANGUAGES[key], key == current, *_LANGUAGE_LOOKS[key], said, _address(said, key)
        )
        for key, said in languages_to_choose().items()
    ]
    return {"choices": choices, "next": after, "csrf_token": context.get("csrf_token")}


#: Pictures by which languages are told apart without letters.
_LANGUAGE_LOOKS = {
    "es": ("tongue", "qolle"),
    "en": ("tongue", "lake"),
    "qu": ("tongue", "pink"),
    "ay": ("tongue", "chilca"),
}
