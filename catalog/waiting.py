"""What waits in the catalogue: products and designs that lack words, pictures or a chart."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from catalog.models import Design, Product, Variant
from coop.kit.waiting import Waiting, source

#: The Junta may write words too, but it is the editor's day: she does not price and design.
WRITE, DRAW = "cms.change_cooperativesettings", "catalog.change_design"

#: What the list of products can be narrowed to, in the words of its filter.
MISSING = {
    "picture": gettext_lazy("a picture"),
    "en": gettext_lazy("words in English"),
    "es": gettext_lazy("words in Spanish"),
    "story": gettext_lazy("a story"),
}


def missing(key: str) -> Q:
    """The products that lack a key of `MISSING`."""
    pictured = Exists(Variant.objects.filter(product=OuterRef("pk"), image__isnull=False))
    wanted = {
        "picture": Q(image__isnull=True) & ~Q(pictured),
        "en": _untranslated("en", "es"),
        "es": _untranslated("es", "en"),
        "story": Q(story_es="", story_en=""),
    }
    return wanted[key]


def _untranslated(language: str, other: str) -> Q:
    """Without its name, or without a line or a story that the other language has."""
    found = Q(**{f"name_{language}": ""})
    for words in ("lead", "story"):
        found |= Q(**{f"{words}_{language}": ""}) & ~Q(**{f"{words}_{other}": ""})
    return found


@source(order=82)
def words(person: AbstractUser) -> Iterator[Waiting]:
    """Products in the shop that lack something, each kind with the way to its list."""
    if not person.has_perm(WRITE) or person.has_perm(DRAW):
        return
    told = {
        "picture": ngettext_lazy(
            "%(count)s product in the shop has no picture.",
            "%(count)s products in the shop have no picture.",
            "count",
        ),
        "en": ngettext_lazy(
            "%(count)s product lacks words in English.",
            "%(count)s products lack words in English.",
            "count",
        ),
        "es": ngettext_lazy(
            "%(count)s product lacks words in Spanish.",
            "%(count)s products lack words in Spanish.",
            "count",
        ),
        "story": ngettext_lazy(
            "%(count)s product has no story yet.",
            "%(count)s products have no story yet.",
            "count",
        ),
    }
    url = reverse("wagtailsnippets_catalog_product:list")
    for key, sentence in told.items():
        yield Waiting(
            rows=Product.objects.listed().filter(missing(key)),
            words=sentence,
            button=_("See which"),
            url=f"{url}?missing={key}&is_listed=true",
            menu="catalogue",
            icon="picture" if key == "picture" else "paper",
        )


@source(order=84)
def charts(person: AbstractUser) -> Iterator[Waiting]:
    """Designs that are knitted and have no chart."""
    if person.has_perm(DRAW):
        url = reverse("wagtailsnippets_catalog_design:list")
        yield Waiting(
            rows=Design.objects.filter(is_retired=False, pattern=""),
            words=ngettext_lazy(
                "%(count)s design has no knitting chart.",
                "%(count)s designs have no knitting chart.",
                "count",
            ),
            button=_("See which"),
            url=f"{url}?chart=none&is_retired=false",
            menu="catalogue",
            icon="chart",
        )
