"""How many bytes a page brings over the wire, as Chromium counts them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from look.eyes import Eyes
from look.kinds import Kind

KB = 1000
#: What script fetches once the page is seen, such as her pages for where there is no signal.
_FOR_LATER = {"fetch", "xhr", "ping"}
#: A phone as members and customers hold it.
PHONE: Mapping[str, Any] = {"device_scale_factor": 3, "is_mobile": True, "has_touch": True}


@dataclass(frozen=True)
class Limit:
    """The most that a first view may weigh, in bytes. Source: issue 4, "Figures"."""

    all: int
    script: int
    with_pictures: bool = True


LIMITS: Mapping[str, Limit] = {
    "home": Limit(150 * KB, 30 * KB),
    "list": Limit(150 * KB, 30 * KB),
    "product": Limit(150 * KB, 30 * KB),
    "m-home": Limit(60 * KB, 20 * KB, with_pictures=False),
}


@dataclass(frozen=True)
class Weight:
    """Bytes by kind of thing: document, stylesheet, font, script, image, other."""

    by_kind: Mapping[str, int]
    #: The page itself came compressed.
    is_compressed: bool

    @property
    def all(self) -> int:
        """Everything."""
        return sum(self.by_kind.values())

    @property
    def script(self) -> int:
        """Script alone."""
        return self.by_kind.get("script", 0)

    @property
    def without_pictures(self) -> int:
        """Everything but pictures."""
        return self.all - self.by_kind.get("image", 0)


# Chromium loads lazy pictures long before somebody scrolls to them: they are not the first view.
_BELOW_THE_FOLD = """() => {
  const isSeen = (one) => one.getBoundingClientRect().top < innerHeight;
  const seen = new Set([...document.images].filter(isSeen).map((one) => one.currentSrc));
  return [...document.images].map((one) => one.currentSrc).filter((url) => !seen.has(url));
}"""


class _Scale:
    """Listens to Chromium's own count of what came in."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.urls: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.is_compressed = False

    def came(self, event: dict[str, Any]) -> None:
        """Headers arrived: what is it?"""
        is_picture = str(event["response"]["mimeType"]).startswith("image/")
        kind = "image" if is_picture else str(event["type"]).lower()
        self.kinds[event["requestId"]] = kind
        self.urls[event["requestId"]] = event["response"]["url"]
        if kind == "document":
            headers = {name.lower(): text for name, text in event["response"]["headers"].items()}
            self.is_compressed = headers.get("content-encoding") in {"br", "gzip", "zstd"}

    def ended(self, event: dict[str, Any]) -> None:
        """All of it is here: headers and body, as they were on the wire."""
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def weight(self, below: set[str]) -> Weight:
        """The sums, without the pictures `below` the fold."""
        sums: Counter[str] = Counter()
        for request, size in self.sizes.items():
            is_later = self.kinds.get(request) in _FOR_LATER or self.urls.get(request) in below
            if not is_later:
                sums[self.kinds.get(request, "other")] += size
        return Weight(dict(sums), self.is_compressed)


def weigh(eyes: Eyes, kind: Kind, language: str) -> Weight:
    """The first view of a page on a phone that has never been here."""
    with eyes.blank(kind, language, width=360, **PHONE) as page:
        scale = _Scale()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", scale.came)
        session.on("Network.loadingFinished", scale.ended)
        page.goto(eyes.place.address(kind, language))
        page.wait_for_load_state("networkidle")
        below: list[str] = page.evaluate(_BELOW_THE_FOLD)
        return scale.weight(set(below))
