"""The shop's list as a visitor asks for it: shelf, words, how soon, order, page."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog import did_you_mean, queries
from catalog.cards import cards
from catalog.queries import Kind, Sort
from coop.kit.words import printable

PRODUCTS_ON_A_PAGE = 12
LONGEST_QUESTION = 80
#: With fewer products than this it is asked whether other words were meant.
LITTLE = 3

WHENS: dict[str, Promise] = {
    Kind.READY: _("Ready now"),
    Kind.TO_ORDER: _("Knitted for you"),
    Kind.UNIQUE: _("One of a kind"),
}
SORTS: dict[str, Promise] = {
    Sort.NEW: _("New"),
    Sort.CHEAP: _("Price"),
    Sort.SOON: _("Ready soonest"),
}


@dataclass(frozen=True)
class Choice:
    """A filter that can be chosen, with the address that chooses it (or takes it back)."""

    label: str | Promise
    address: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True)
class ShopQuery:
    """What a visitor asks of the list. Nonsense in the address is read as no wish."""

    category: str = ""
    words: str = ""
    when: str = ""
    sort: str = Sort.NEW
    page: str = "1"

    @classmethod
    def read(cls, asked: QueryDict) -> "ShopQuery":
        """Read the address."""
        when, sort = asked.get("when", ""), asked.get("sort", "")
        return cls(
            category=asked.get("category", ""),
            words=printable(asked.get("q", "")).strip()[:LONGEST_QUESTION],
            when=when if when in WHENS else "",
            sort=sort if sort in SORTS else Sort.NEW,
            page=asked.get("page", "1"),
        )

    def encoded(self) -> str:
        """The address of this question without its page."""
        wishes = {
            "category": self.category,
            "q": self.words,
            "when": self.when,
            "sort": "" if self.sort == Sort.NEW else self.sort,
        }
        return urlencode({key: value for key, value in wishes.items() if value})

    def context(self) -> dict[str, Any]:
        """Everything the list's template shows."""
        shelves = queries.categories()
        is_shelf = not self.category or self.category in {one.slug for one in shelves}
        asked = self if is_shelf else self._with(category="")
        found = queries.listed_products(
            category=asked.category, words=asked.words, when=asked.when, sort=asked.sort
        )
        paginator = Paginator(found, PRODUCTS_ON_A_PAGE)
        page = paginator.get_page(asked.page)
        first = PRODUCTS_ON_A_PAGE * (page.number - 1)
        return {
            "asked": asked,
            "cards": cards(found[first : first + PRODUCTS_ON_A_PAGE]),
            "page_of_products": page,
            "query": asked.encoded(),
            "shelves": [
                asked.choice(one.name, "category", one.slug, count=one.count) for one in shelves
            ],
            "whens": [asked.choice(label, "when", key) for key, label in WHENS.items()],
            "sorts": [asked.choice(label, "sort", key) for key, label in SORTS.items()],
            "meant": asked.meant(paginator.count),
            "is_filtered": bool(asked.category or asked.words or asked.when),
        }

    def meant(self, found: int) -> Choice | None:
        """Other words, where these find nothing or little; every other wish stays."""
        if not self.words or found >= LITTLE:
            return None
        words = did_you_mean.meant(self.words, found=found)
        address = f"?{self._with(words=words).encoded()}"
        return Choice(words, address, is_chosen=False) if words else None

    def _with(self, **wish: str) -> "ShopQuery":
        return replace(self, page="1", **wish)

    def choice(
        self, label: str | Promise, field: str, value: str, *, count: int | None = None
    ) -> Choice:
        """A filter or an order, and the address that chooses it."""
        is_chosen = getattr(self, field) == value
        # A filter chosen again is taken back; an order stays.
        wanted = "" if is_chosen and field != "sort" else value
        return Choice(label, f"?{self._with(**{field: wanted}).encoded()}", is_chosen, count)
