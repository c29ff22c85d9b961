"""Parts of the shop's pages that are kept as they were rendered, and never longer than they are true.

The key of a part holds how the shop window stands in the database at that moment (`standing`), the
language and the day. Any committed change of a price, a piece or a word makes another standing, in
every process at once; what was kept before is not found any more. It is read before what is
rendered, so that a change in between can only make a part newer than its key.
"""

from collections.abc import Callable
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Sum
from django.utils.translation import get_language

from cms.changes import WindowChange
from coop.kit.days import today

_A_WHILE = 3600
#: So many changes are remembered; the sum of their keys tells those of other transactions apart.
KEEP = 1000
_Part = TypeVar("_Part")


def standing() -> str:
    """How the shop window stands: another word after every committed change. One small query."""
    changes = WindowChange.objects.aggregate(last=Max("pk"), many=Count("pk"), sum=Sum("pk"))
    return f"{changes['last']}.{changes['many']}.{changes['sum']}"


def kept(name: str, render: Callable[[], _Part]) -> _Part:
    """What `render` makes, from before if nothing that it could show has changed since.

    Inside a transaction nothing is kept: it may see what nobody else ever will.
    """
    if connection.in_atomic_block:
        return render()
    facts = (_release(), standing(), today().isoformat(), get_language() or "", name)
    key = f"window:{sha256('|'.join(facts).encode()).hexdigest()}"
    part: _Part | None = cache.get(key)
    if part is None:
        part = render()
        cache.set(key, part, _A_WHILE)
    return part


@once
def _release() -> str:
    """The templates that render: a cache shared by two releases must not mix them."""
    files = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
    told = [f"{file.name}:{file.stat().st_mtime_ns}:{file.stat().st_size}" for file in files]
    return sha256("|".join(told).encode()).hexdigest()[:12]


def forget_old_changes() -> None:
    """Keep the newest thousand: they only have to differ."""
    last = WindowChange.objects.aggregate(last=Max("pk"))["last"] or 0
    WindowChange.objects.filter(pk__lte=last - KEEP).delete()
