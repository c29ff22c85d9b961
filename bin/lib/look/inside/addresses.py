"""Where each kind of page stands: its address in every language."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from catalog.models import Variant
from coop.kit.days import today
from coop.people.models import PinCard
from look.inside.examples import EXAMPLES, member
from look.kinds import ALL, LANGUAGES, Kind


def everything() -> dict[str, Any]:
    """Addresses by kind and language, pages by template, and who comes in with which picture."""
    found: dict[str, dict[str, str]] = {}
    rendered: dict[str, dict[str, str]] = {}
    for kind in ALL:
        for language in LANGUAGES:
            with translation.override(language):
                if kind.template:
                    rendered.setdefault(kind.name, {})[language] = _render(kind.template)
                address = _address(kind, language)
            if address:
                found.setdefault(kind.name, {})[language] = address
    one = member()
    return {
        "addresses": found,
        "rendered": rendered,
        "cards": _cards(),
        "member": one.code if one else "",
        "list": _list(),
    }


def _address(kind: Kind, language: str) -> str:
    if kind.template:
        return f"/{language}/{kind.name}/"
    known = EXAMPLES[kind.example]() if kind.example else {}
    if known is None:
        return ""
    query = known.pop("?", kind.query) if kind.example else kind.query
    if kind.pattern:
        address = reverse(kind.pattern, kwargs=known)
    else:
        address = kind.path.format(language=language, **known)
    return f"{address}?{query}" if query else address


def _render(template: str) -> str:
    request = RequestFactory().get("/")
    words = {"sentence": "Esta pieza ya encontró dueño."} if template == "refusal.html" else {}
    standing_alone = template.startswith(("400", "403_csrf", "429", "500"))
    return render_to_string(
        template, words, request=None if standing_alone else _anonymous(request)
    )


def _anonymous(request: Any) -> Any:
    request.user, request.session, request.csp_nonce = AnonymousUser(), {}, "none"
    return request


def _cards() -> dict[str, int]:
    """The picture of each member, by her code."""
    rows = PinCard.objects.values_list("user__member__code", "pk")
    return {code: pk for code, pk in rows if code}


def _list() -> str:
    """A hotel's list that is right: five of three designs, in two months."""
    day = today() + timedelta(days=60)
    skus = Variant.objects.exclude(wholesale_price_minor=None).values_list("sku", flat=True)
    lines = [f"{sku},5,{day.isoformat()}" for sku in skus.order_by("sku")[:3]]
    return "\n".join(["design,quantity,date", *lines]) + "\n"
