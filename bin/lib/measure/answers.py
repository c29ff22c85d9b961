"""How long pages take to be answered, beside a constant page of the same server."""

import http.client
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from look.eyes import Eyes
from look.kinds import BY_NAME
from measure.row import Row, less_is_better, median

#: It touches no database and no template: what server and middleware take by themselves.
CONSTANT = "/healthz"
#: Kinds by the name of their figure.
PAGES = {"shop.list": "list", "shop.detail": "product", "portal.home": "m-home"}


def rows(eyes: Eyes, names: list[str], *, is_quick: bool) -> Iterator[Row]:
    """Each page and the constant one in turns, so that both meet the same weather."""
    rounds = 20 if is_quick else 120
    constant = eyes.place.url + CONSTANT
    for name in names:
        kind = BY_NAME[PAGES[name]]
        cookie = eyes.cookie_for(kind, "es") if kind.role else ""
        address = eyes.place.address(kind, "es")
        for _warm in range(3):
            _milliseconds(address, cookie)
            _milliseconds(constant, "")
        pairs = [
            (_milliseconds(address, cookie), _milliseconds(constant, "")) for _ in range(rounds)
        ]
        mine, least = (median(side) for side in zip(*pairs, strict=True))
        yield less_is_better(name, mine, "ms", (f"constant {least:.2f} ms", least), rounds)


def _milliseconds(url: str, cookie: str) -> float:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    headers = {"Accept-Encoding": "gzip", "Accept": "text/html"}
    headers |= {"Cookie": cookie} if cookie else {}
    began = time.perf_counter()
    connection.request("GET", f"{parts.path}?{parts.query}".rstrip("?"), headers=headers)
    response = connection.getresponse()
    response.read()
    spent = time.perf_counter() - began
    connection.close()
    if response.status != http.client.OK:
        raise ConnectionError(f"{url} answers {response.status}")
    return spent * 1000
