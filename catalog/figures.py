"""A chart of the shop's words and pictures for who writes them: what every product has."""

from django.contrib.auth.models import AbstractUser
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.waiting import WRITE, missing
from coop.kit import charts


def words_chart() -> charts.Rows:
    """How many products of the shop have each thing that a page needs; one query."""
    told = {
        "picture": _("With a picture"),
        "es": _("With words in Spanish"),
        "en": _("With words in English"),
        "story": _("With a story"),
    }
    counts = Product.objects.listed().aggregate(
        all=Count("pk"), **{key: Count("pk", filter=missing(key)) for key in told}
    )
    whole = counts["all"]
    return charts.Rows(
        key="words",
        title=_("What the shop tells"),
        lead=_("Of the products in the shop, how many are complete."),
        rows=[
            charts.Row(
                label=label,
                value=whole - counts[key],
                told=_("%(some)s of %(all)s") % {"some": whole - counts[key], "all": whole},
                of=whole,
            )
            for key, label in told.items()
        ],
        url=reverse("wagtailsnippets_catalog_product:list"),
        link=_("See the products"),
    )


@charts.source(order=45)
def words(person: AbstractUser) -> charts.Chart | None:
    """For who writes the shop's words."""
    return words_chart() if person.has_perm(WRITE) else None
