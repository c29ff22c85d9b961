"""Template words of the screens' offline side: what a phone may tell later, and what it was told."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coop.portal.offline import acts, queries, saver, seals
from coop.portal.offline.kept import is_being_kept
from coop.portal.standing import Standing
from orders.production.models import Assignment

register = template.Library()


@register.simple_tag
def later(act: str, assignment: Assignment) -> SafeString:
    """`<form method="post" action="…" {% later "take" assignment %}>`: without signal it waits.

    Needs the member's user with the assignment.
    """
    return format_html(
        'data-later="{}" data-number="{}" data-seen="{}"',
        act,
        assignment.pk,
        acts.seal(act, assignment, assignment.member.user),
    )


@register.simple_tag(takes_context=True)
def phone_marks(context: Context) -> dict[str, str | int]:
    """`{% phone_marks as phone %}`: whose screen this is, in names that say nothing; when and
    where it was made.
    """
    if context.get("is_away"):
        return {"source": "away"}
    marks: dict[str, str | int] = {
        "source": "house",
        "made": int(timezone.now().timestamp() * 1000),
    }
    request: HttpRequest | None = context.get("request")
    if request and saver.saves_data(request):
        marks["saver"] = "on"
    standing: Standing | None = context.get("standing")
    if standing is not None:
        marks["whose"] = seals.name_of(standing.user)
        marks["kept"] = seals.seal_kept(standing.user)
    return marks


@register.inclusion_tag("portal/offline/answers.html", takes_context=True)
def answers(context: Context) -> dict[str, Any]:
    """`{% answers %}`: what the house answered while she was away, until she has read it."""
    standing: Standing | None = context.get("standing")
    if standing is None or is_being_kept():
        return {"rows": []}
    return {"rows": queries.unread(standing.user), "csrf_token": context.get("csrf_token")}
