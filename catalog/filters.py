"""What narrows the office's lists of products and designs."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from catalog.models import Category, Design, Product
from catalog.waiting import MISSING, missing
from coop.quotas.models import Technique


class ProductFilterSet(WagtailFilterSet):
    """By shelf, kind, whether it is in the shop, and what it lacks."""

    missing = django_filters.ChoiceFilter(
        label=_("What is missing"), choices=list(MISSING.items()), method="lacking"
    )
    category = django_filters.ModelChoiceFilter(label=_("Shelf"), queryset=Category.objects.all())

    class Meta:
        model = Product
        fields = ["missing", "category", "kind", "is_listed"]

    def lacking(self, rows: QuerySet[Product], name: str, value: Any) -> QuerySet[Product]:
        """Those that lack it."""
        return rows.filter(missing(value))


class DesignFilterSet(WagtailFilterSet):
    """By technique, whether it is retired, and whether it has a chart."""

    chart = django_filters.ChoiceFilter(
        label=_("Knitting chart"),
        choices=[("none", _("without one")), ("one", _("with one"))],
        method="with_chart",
    )
    technique = django_filters.ModelChoiceFilter(
        label=_("Technique"), queryset=Technique.objects.all()
    )

    class Meta:
        model = Design
        fields = ["chart", "technique", "is_retired"]

    def with_chart(self, rows: QuerySet[Design], name: str, value: Any) -> QuerySet[Design]:
        """Those with a pattern of their own, or without."""
        return rows.filter(pattern="") if value == "none" else rows.exclude(pattern="")
