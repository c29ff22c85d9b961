"""The shop's list as a visitor asks for it: shelf, words, how soon, dye, order, page."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog import did_you_mean, queries
from catalog.cards import cards
from catalog.models import Product, ProductQuerySet
from catalog.queries import Counts, DyeCount, Kind, Sort
from catalog.vocabulary import dyes_meant
from cms import window
from coop.kit.words import printable

#: One wide and ten others: full rows of two on a phone, of three on a desk.
PRODUCTS_ON_A_PAGE = 11
LONGEST_QUESTION = 80
#: A number of a page has no more digits; what is longer is nonsense, and means the last page.
LONGEST_PAGE = 6
#: How many wishes of one sort an address may hold; nobody has more shelves or dyes in mind.
MOST_WISHES = 20
#: Lists with more wishes than this are asked for too seldom to be kept.
MOST_KEPT_WISHES = 3

WHENS: dict[str, Promise] = {
    Kind.READY: _("Ready now"),
    Kind.TO_ORDER: _("Knitted for you"),
    Kind.UNIQUE: _("One of a kind"),
}
SORTS: dict[str, Promise] = {
    # With a context: Wagtail says "New" of what is being made in the office.
    Sort.NEW: pgettext_lazy("order of the shop's list", "New"),
    Sort.CHEAP: _("Price"),
    Sort.SOON: _("Ready soonest"),
}


class _Counted(Paginator[Product]):
    """A paginator of a list that was counted already."""

    def __init__(self, found: ProductQuerySet, size: int, count: int) -> None:
        super().__init__(found, size)
        self.count = count


@dataclass(frozen=True)
class Choice:
    """A filter that can be chosen, with the address that chooses it (or takes it back)."""

    label: str | Promise
    address: str
    is_chosen: bool
    count: int | None = None
    hex: str = ""

    @property
    def is_idle(self) -> bool:
        """Whether choosing it would leave nothing; what is chosen can always be taken back."""
        return self.count == 0 and not self.is_chosen


@dataclass(frozen=True)
class ShopQuery:
    """What a visitor asks of the list. Nonsense in the address is read as no wish."""

    category: tuple[str, ...] = ()
    words: str = ""
    when: tuple[str, ...] = ()
    dye: tuple[str, ...] = ()
    sort: str = Sort.NEW
    page: str = "1"
    #: Whether more was asked than is read.
    is_cut: bool = False

    @classmethod
    def read(cls, asked: QueryDict) -> "ShopQuery":
        """Read the address."""
        sort = asked.get("sort", "")
        # What was no letter in any writing came as this sign: nobody asked for it.
        typed = printable(asked.get("q", "")).replace("\ufffd", "")
        words = " ".join(typed.split())
        return cls(
            category=_wishes(asked, "category"),
            words=words[:LONGEST_QUESTION].strip(),
            is_cut=len(words) > LONGEST_QUESTION,
            when=tuple(one for one in _wishes(asked, "when") if one in WHENS),
            dye=_wishes(asked, "dye"),
            sort=sort if sort in SORTS else Sort.NEW,
            page=asked.get("page", "1")[:LONGEST_PAGE],
        )

    def encoded(self) -> str:
        """The address of this question without its page."""
        wishes = {
            "category": self.category,
            "q": self.words,
            "when": self.when,
            "dye": self.dye,
            "sort": "" if self.sort == Sort.NEW else self.sort,
        }
        return urlencode({key: value for key, value in wishes.items() if value}, doseq=True)

    @property
    def is_filtered(self) -> bool:
        """Whether anything may be left out of the list."""
        return bool(self.category or self.words or self.when or self.dye)

    def rendered(self) -> SafeString:
        """The list as a page shows it; kept where more than one visitor may ask the same."""
        wishes = len(self.category) + len(self.when) + len(self.dye)
        if self.words or wishes > MOST_KEPT_WISHES:
            return self._render()
        return window.kept(f"list?{self.encoded()}#{self.page}", self._render)

    def _render(self) -> SafeString:
        return render_to_string("cms/shop_list.html", self.context())

    def context(self) -> dict[str, Any]:
        """Everything the list's template shows."""
        counts = queries.counts(words=self.words, dye=self.dye)
        asked = self.but(category=_known(self.category, {one.slug for one in counts.shelves}))
        dyes = queries.dye_counts(category=asked.category, words=self.words, when=self.when)
        asked = asked.but(dye=_known(self.dye, {one.colour.key for one in dyes}))
        if asked.dye != self.dye:
            counts = queries.counts(words=self.words, dye=asked.dye)
        many = counts.found(category=asked.category, when=asked.when)
        gone = 0 if asked.when else counts.gone(category=asked.category)
        products = asked.products(many + gone, self.page)
        return {
            "asked": asked,
            "many": many,
            "gone": gone,
            **asked.choices(counts, dyes),
            **products,
        }

    def choices(self, counts: Counts, dyes: list[DyeCount]) -> dict[str, Any]:
        """Every filter and order, and which of them are chosen."""
        shelves = [
            self.choice(
                one.name,
                "category",
                one.slug,
                count=counts.found(category=[one.slug], when=self.when),
            )
            for one in counts.shelves
        ]
        whens = [
            self.choice(label, "when", key, count=counts.found(category=self.category, when=[key]))
            for key, label in WHENS.items()
        ]
        circles = [
            replace(
                self.choice(one.colour.name, "dye", one.colour.key, count=one.count),
                hex=one.colour.hex,
            )
            for one in dyes
        ]
        everything = [*whens, *shelves, *circles]
        return {
            "shelves": shelves,
            "whens": whens,
            "dyes": circles,
            "sorts": [self.choice(label, "sort", key) for key, label in SORTS.items()],
            "chosen": [one for one in everything if one.is_chosen],
            "often": [one for one in (whens[0], *shelves) if not one.is_chosen and one.count],
            "is_filtered": self.is_filtered,
        }

    def products(self, count: int, page_number: str) -> dict[str, Any]:
        found = queries.listed_products(
            category=self.category,
            words=self.words,
            when=self.when,
            dye=self.dye,
            sort=self.sort,
        )
        paginator = _Counted(found, PRODUCTS_ON_A_PAGE, count)
        page = paginator.get_page(page_number)
        first = PRODUCTS_ON_A_PAGE * (page.number - 1)
        return {
            "cards": cards(
                found[first : first + PRODUCTS_ON_A_PAGE],
                dyes=self.dye or dyes_meant(self.words),
            ),
            "page_of_products": page,
            "query": self.encoded(),
            "meant": self.meant(count),
        }

    def meant(self, found: int) -> Choice | None:
        """Other words, where these find nothing; every other wish stays."""
        if not self.words or found:
            return None
        words = did_you_mean.meant(self.words, found=found)
        address = f"?{self.but(words=words).encoded()}"
        return Choice(words, address, is_chosen=False) if words else None

    def but(self, **wish: Any) -> "ShopQuery":
        """The same question with another wish, from its first page."""
        return replace(self, page="1", **wish)

    def choice(
        self, label: str | Promise, field: str, value: str, *, count: int | None = None
    ) -> Choice:
        """A filter or an order, and the address that chooses it (or takes a filter back)."""
        now = getattr(self, field)
        is_chosen = now == value if isinstance(now, str) else value in now
        wanted: str | tuple[str, ...] = value
        if not isinstance(now, str):
            wanted = tuple(one for one in now if one != value) if is_chosen else (*now, value)
        return Choice(label, f"?{self.but(**{field: wanted}).encoded()}", is_chosen, count)


def _wishes(asked: QueryDict, field: str) -> tuple[str, ...]:
    """Each wish once, in the order of the address."""
    return tuple(dict.fromkeys(one for one in asked.getlist(field)[:MOST_WISHES] if one))


def _known(wishes: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    return tuple(one for one in wishes if one in known)
