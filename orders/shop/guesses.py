"""A limit on guessing secret order links: so many wrong ones from an address, then a pause."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST_WRONG = 20
PAUSE_SECONDS = 600


def _key(request: HttpRequest) -> str:
    address = f"{settings.SECRET_KEY}:{request.META.get('REMOTE_ADDR', '')}"
    return "order-guess:" + hashlib.sha256(address.encode()).hexdigest()[:32]


def too_many(request: HttpRequest) -> bool:
    """Whether this address guessed too often and has to wait."""
    return int(cache.get(_key(request), 0)) >= MOST_WRONG


def count_wrong(request: HttpRequest) -> None:
    """One more link that does not exist."""
    key = _key(request)
    if not cache.add(key, 1, PAUSE_SECONDS):
        cache.incr(key)
