"""Template words of the pages about coming in."""

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest

from coop.people import second_step
from coop.people.models import User
from coop.people.second_step import Level

register = template.Library()


@dataclass(frozen=True)
class Step:
    """Where she stands with her second step."""

    has_factor: bool
    is_required: bool
    is_advised: bool
    #: Whether she works in the office, and may go there now.
    works_in_office: bool
    opens_office: bool


@register.simple_tag(takes_context=True)
def second_step_of(context: dict[str, Any]) -> Step | None:
    """`{% second_step_of as step %}`: of whoever is in; None for a visitor."""
    user = context["request"].user
    if not isinstance(user, User):
        return None
    has_factor, level = second_step.has_factor(user), second_step.level_of(user)
    works = user.has_perm("wagtailadmin.access_admin")
    return Step(
        has_factor=has_factor,
        is_required=level == Level.REQUIRED,
        is_advised=level == Level.ADVISED,
        works_in_office=works,
        opens_office=works and (has_factor or level != Level.REQUIRED),
    )


@register.simple_tag(takes_context=True)
def passkeys_elsewhere(context: dict[str, Any]) -> str:
    """Where this page takes passkeys, if not here: browsers want a name, not an address of numbers.

    Empty where they work.
    """
    request: HttpRequest = context["request"]
    here = urlsplit(f"{request.scheme}://{request.get_host()}")
    try:
        address = ipaddress.ip_address(here.hostname or "")
    except ValueError:
        return ""
    name = "localhost" if address.is_loopback else _name()
    return (
        f"{here.scheme}://{name}:{here.port}{request.get_full_path()}"
        if name and here.port
        else "/"
    )


def _name() -> str:
    """A name of this machine that its network may know."""
    return next((one for one in settings.ALLOWED_HOSTS if one.endswith(".local")), "")
