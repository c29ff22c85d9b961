"""What a phone keeps of her screens, in two drawers that it seals apart.

`pages`: her work with its charts, the orders she knitted for, her wool. No amount stands in them:
they are rendered by the screens themselves, while `hiding_amounts` tells everything that would
write an amount to write none. They may outlive the lock, if she chose so.

`money`: our book, this month and her pay, with amounts; it goes with the lock unless she chose
otherwise, knowingly and apart. In neither drawer stands another woman's name or a signature.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus

from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils import timezone

from coop.kit import days
from coop.kit.money import hiding_amounts
from coop.portal.offline.seals import undated
from coop.portal.standing import BOOK, PAY, WOOL, WORK, Standing
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


_keeping: ContextVar[bool] = ContextVar("page_is_being_kept", default=False)


def is_being_kept() -> bool:
    """Whether the page that is being rendered will lie on a phone."""
    return _keeping.get()


@contextmanager
def _being_kept() -> Iterator[None]:
    token = _keeping.set(True)
    try:
        yield
    finally:
        _keeping.reset(token)


@dataclass(frozen=True)
class Kept:
    """Pages by address, those without any amount and those with; pictures and sounds on the
    former, and until when a phone may show them.
    """

    pages: dict[str, str]
    money: dict[str, str]
    pictures: list[str]
    sounds: list[str]
    until: datetime

    @property
    def hash(self) -> str:
        """The same as long as the pages are, but for the moment at which they were made."""
        both = [*self.pages.items(), *self.money.items()]
        text = "\0".join(f"{path}\0{undated(html)}" for path, html in both)
        return sha256(text.encode()).hexdigest()[:16]


def pages_to_keep(request: HttpRequest, standing: Standing) -> Kept:
    """Her pages as a phone keeps them. The request is that of somebody who is in."""
    pages = _rendered(request, _addresses(standing), has_amounts=False)
    money = _rendered(request, _addresses_with_money(standing), has_amounts=True)
    pictures = dict.fromkeys(one for html in pages.values() for one in _PICTURE.findall(html))
    sounds = dict.fromkeys(one for html in pages.values() for one in _SOUND.findall(html))
    return Kept(
        pages,
        money,
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


def _addresses_with_money(standing: Standing) -> list[str]:
    """What she may read without signal while she is in; more of it as she opens it (`vault.js`)."""
    found: list[str] = []
    if BOOK in standing.screens:
        book = reverse("portal:book")
        found += [book, f"{book}?month={days.today():%Y-%m}"]
    if PAY in standing.screens:
        found += [reverse("portal:earnings"), reverse("portal:by-order")]
    return found


def _rendered(
    request: HttpRequest, addresses: Iterable[str], *, has_amounts: bool
) -> dict[str, str]:
    with _being_kept(), nullcontext() if has_amounts else hiding_amounts():
        found = {one: _render(request, one) for one in addresses}
    return {one: html for one, html in found.items() if html}


def _render(request: HttpRequest, address: str) -> str:
    """A screen as it would be answered; nothing if it is not shown."""
    path, _mark, query = address.partition("?")
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET = QueryDict(query)
    # Her messages wait for a page that she sees.
    asked._messages = []  # type: ignore[attr-defined] # noqa: SLF001 - Django's own place for them
    found = resolve(path)
    asked.resolver_match = found
    response = found.func(asked, *found.args, **found.kwargs)
    if response.status_code != HTTPStatus.OK:
        return ""
    return _TOKEN.sub("", response.content.decode())
