"""What a phone keeps of the house itself: the offline page, the page that checks receipts, and
the files on which they stand.

Nothing of any woman is in it. It is the same for everybody, and says neither whose house it is
nor that there is money in it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from coop.portal.offline.seals import undated
from ledger import checker

MODULES = "js/portal/offline"
WORKER = f"{MODULES}/worker.js"
#: What pages that she keeps need beside the files of the offline page.
BESIDE = ("css/components/knitting-chart.css", "js/portal/chart.js")

_STATIC_ADDRESS = re.compile(r'(?:href|src)="(/static/[^"?#]+)"')
_SOUND_ADDRESS = re.compile(r'"(/media/audio/[^"?#]+)"')
_IMPORT = re.compile(r'(?:from|import)\s*"(\./[^"]+|\.\./[^"]+)"')


@dataclass(frozen=True)
class Shell:
    """Addresses that a phone keeps, under a version that changes with any of them."""

    version: str
    files: tuple[str, ...]
    away: dict[str, str]

    def as_json(self) -> dict[str, object]:
        """For the worker."""
        return {"version": self.version, "shell": list(self.files), "away": self.away}


def away_page(language: str) -> str:
    """The offline page, as whoever has come in from nowhere sees it."""
    request = HttpRequest()
    request.method, request.path = "GET", reverse("portal:away", args=[language])
    request.user = AnonymousUser()
    with translation.override(language):
        return render_to_string("portal/offline/away.html", {"is_away": True}, request)


def check_page(language: str, *, is_stranger: bool = False) -> tuple[str, str]:
    """The page that checks receipts, and its policy; with a way back to her screens, or for a
    stranger to the open book.
    """
    with translation.override(language):
        return checker.page(back=reverse("open-book" if is_stranger else "portal:home"))


def shell() -> Shell:
    """Today's shell; made once, unless a developer is at work."""
    return _make() if settings.DEBUG else _made()


@lru_cache(maxsize=1)
def _made() -> Shell:
    return _make()


def _make() -> Shell:
    pages = {code: away_page(code) for code, _name in settings.LANGUAGES}
    files: dict[str, None] = {}
    for html in pages.values():
        files.update(dict.fromkeys(_STATIC_ADDRESS.findall(html)))
        files.update(dict.fromkeys(_SOUND_ADDRESS.findall(html)))
    contents = sha256()
    for name in BESIDE:
        files.setdefault(static(name))
        contents.update(_source(name).encode())
    modules = ["js/portal/portal.js", f"{MODULES}/main.js", f"{MODULES}/away.js", WORKER]
    for name in _with_imports(modules):
        files.setdefault(static(name))
        contents.update(_source(name).encode())
    contents.update("".join([*files, *map(undated, pages.values())]).encode())
    for code in pages:
        files.setdefault(reverse("portal:check", args=[code]))
        contents.update(check_page(code)[0].encode())
    away = {code: reverse("portal:away", args=[code]) for code in pages}
    return Shell(contents.hexdigest()[:12], tuple(files), away)


def _with_imports(names: list[str]) -> list[str]:
    """Modules, and all that they import."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = None
        folder = Path("/") / Path(name).parent
        imports = _IMPORT.findall(_source(name))
        waiting.extend(str((folder / one).resolve().relative_to("/")) for one in imports)
    return list(found)


def _source(name: str) -> str:
    """Raises LookupError for a file that does not exist."""
    path = finders.find(name)
    if not path:
        raise LookupError(name)
    return Path(str(path)).read_text(encoding="utf-8")
