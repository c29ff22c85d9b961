"""What a phone keeps of her screens: her work with its charts, the orders she knitted for, her wool.
No amount, no book, no signature: of an order it keeps which of her pieces are paid, not how much.

Pages are rendered by the screens themselves, while `hiding_amounts` tells everything that would
write an amount to write none.
"""

import copy
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus

from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils import timezone

from coop.kit.money import amounts_are_hidden, hiding_amounts
from coop.portal.offline.seals import undated
from coop.portal.standing import PAY, WOOL, WORK, Standing
from orders.production import queries as production
from orders.production.models import Assignment

#: So long a phone keeps them without hearing from the house.
KEPT = timedelta(hours=72)
#: At most so many pages of single works.
MOST_WORKS = 12
MOST_PICTURES = 40
MOST_SOUNDS = 60

_TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]*">')
_SOUND = re.compile(r"/(?:static|media)/audio/[\w./-]+")
_PICTURE = re.compile(r'src="(/(?:media|motif)/[^"]+)"')


def is_being_kept() -> bool:
    """Whether the page that is being rendered will lie on a phone."""
    return amounts_are_hidden()


@dataclass(frozen=True)
class Kept:
    """Pages by address, pictures and sounds on them, and until when a phone may show them."""

    pages: dict[str, str]
    pictures: list[str]
    sounds: list[str]
    until: datetime

    @property
    def hash(self) -> str:
        """The same as long as the pages are, but for the moment at which they were made."""
        text = "\0".join(f"{path}\0{undated(html)}" for path, html in self.pages.items())
        return sha256(text.encode()).hexdigest()[:16]


def pages_to_keep(request: HttpRequest, standing: Standing) -> Kept:
    """Her pages as a phone keeps them. The request is that of somebody who is in."""
    with hiding_amounts():
        found = {path: _render(request, path) for path in _addresses(standing)}
    pages = {path: html for path, html in found.items() if html}
    pictures = dict.fromkeys(one for html in pages.values() for one in _PICTURE.findall(html))
    sounds = dict.fromkeys(one for html in pages.values() for one in _SOUND.findall(html))
    return Kept(
        pages,
        list(pictures)[:MOST_PICTURES],
        list(sounds)[:MOST_SOUNDS],
        timezone.now() + KEPT,
    )


def _addresses(standing: Standing) -> list[str]:
    found = [reverse("portal:home")]
    if WORK in standing.screens:
        works = production.of_member(standing.her).values_list("pk", "status")[:MOST_WORKS]
        found.append(reverse("portal:work"))
        found.extend(reverse("portal:assignment", args=[pk]) for pk, _status in works)
        # She knits from it where there is no signal.
        taken = [pk for pk, status in works if status == Assignment.Status.TAKEN]
        found.extend(reverse("portal:chart", args=[pk]) for pk in taken)
    if PAY in standing.screens:
        found.append(reverse("portal:by-order"))
    if WOOL in standing.screens:
        found.append(reverse("portal:wool"))
    return found


def _render(request: HttpRequest, path: str) -> str:
    """A screen as it would be answered; nothing if it is not shown."""
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET = QueryDict()
    # Her messages wait for a page that she sees.
    asked._messages = []  # type: ignore[attr-defined] # noqa: SLF001 - Django's own place for them
    found = resolve(path)
    asked.resolver_match = found
    response = found.func(asked, *found.args, **found.kwargs)
    if response.status_code != HTTPStatus.OK:
        return ""
    return _TOKEN.sub("", response.content.decode())
