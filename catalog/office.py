"""The office's pages about pieces: their tags, one by one and as a sheet to print."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.charts import chart_of
from catalog.models import Design, Piece, PieceQuerySet
from coop.kit.lists import (
    MOST_ROWS,
    ListFilter,
    Sorting,
    csv_answer,
    csv_url,
    wants_csv,
)
from coop.kit.office import DayField, office_page, page_of
from coop.kit.qr import qr_svg
from coop.people.access import requires

TAGS_ON_A_SHEET = 24
#: Pieces that passed together are printed together, on as many sheets as they fill.
MOST_NAMED = 10 * TAGS_ON_A_SHEET


_COLUMNS = {
    "tag": ["tag"],
    "piece": ["variant__sku", "-pk"],
    "place": ["place", "-pk"],
    "passed": ["passed_on", "pk"],
}


class TagSearch(ListFilter):
    """Which tags to show."""

    q = forms.CharField(label=_("Tag or product"), required=False, max_length=80)
    place = forms.ChoiceField(
        label=_("Where"), required=False, choices=[("", _("everywhere")), *Piece.Place.choices]
    )
    since = DayField(label=_("Checked from"), required=False, initial=None, may_be_ahead=True)
    until = DayField(label=_("Checked until"), required=False, initial=None, may_be_ahead=True)


def _found(request: HttpRequest) -> tuple[TagSearch, Sorting, PieceQuerySet]:
    """What is looked for, in which order, and the pieces with a tag that it finds."""
    form = TagSearch(request.GET)
    sorting = Sorting(request, _COLUMNS, default="-passed")
    pieces = Piece.objects.exclude(tag=None).select_related("variant__product", "variant__colour")
    chosen = form.chosen
    if words := chosen["q"].strip():
        named = Q(variant__product__name_es__icontains=words) | Q(
            variant__product__name_en__icontains=words
        )
        pieces = pieces.filter(named | Q(tag__iexact=words) | Q(variant__sku__iexact=words))
    if chosen["place"]:
        pieces = pieces.filter(place=chosen["place"])
    if chosen["since"]:
        pieces = pieces.filter(passed_on__gte=chosen["since"])
    if chosen["until"]:
        pieces = pieces.filter(passed_on__lte=chosen["until"])
    return form, sorting, pieces.order_by(*sorting.fields)


def sheet_of(tags: Sequence[str]) -> str:
    """Where exactly these tags are printed."""
    query = urlencode({"tag": tags[:MOST_NAMED]}, doseq=True)
    return f"{reverse('catalog_office:sheet')}?{query}"


def _address(piece: Piece) -> str:
    """Without a language: whoever scans it is taken to her own."""
    return f"{settings.SITE_URL}/piece/{piece.tag}/"


@require_safe
@requires("catalog.view_piece")
def tags(request: HttpRequest) -> HttpResponse:
    """Every piece that passed, the newest first; as a page or as a table."""
    form, sorting, pieces = _found(request)
    if wants_csv(request):
        return _table(pieces)
    return office_page(
        request,
        "catalog/office/tags.html",
        title=_("Tags"),
        icon="hangtag",
        form=form,
        is_filtered=any(form.chosen.values()),
        page=page_of(request, pieces),
        sorting=sorting,
        csv_url=csv_url(request),
        sheet_address=f"{reverse('catalog_office:sheet')}?{request.GET.urlencode()}",
    )


def _table(pieces: PieceQuerySet) -> HttpResponse:
    head = [gettext("Tag"), gettext("Code"), gettext("Piece"), gettext("Options")]
    head += [gettext("Where it is"), gettext("Checked on"), gettext("Its page")]
    rows = (
        [
            one.tag,
            one.variant.sku,
            one.variant.product.name,
            one.variant.options,
            one.get_place_display(),
            one.passed_on,
            _address(one),
        ]
        for one in pieces[:MOST_ROWS]
    )
    return csv_answer(pgettext("file name", "tags"), head, rows)


@require_safe
@requires("catalog.view_piece")
def tag(request: HttpRequest, tag: str) -> HttpResponse:
    """One tag's QR code as a picture."""
    piece = get_object_or_404(Piece, tag=tag)
    svg = qr_svg(_address(piece), piece.tag or "")
    drawn = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{piece.tag}.svg"'
    return response


@require_safe
@requires("catalog.view_piece")
def sheet(request: HttpRequest) -> HttpResponse:
    """The tags that are named as sheets to print and cut; else the first of the list as one."""
    pieces = _found(request)[2]
    if named := request.GET.getlist("tag")[:MOST_NAMED]:
        pieces = pieces.filter(tag__in=named).order_by("pk")
    else:
        pieces = pieces[:TAGS_ON_A_SHEET]
    context = {
        "tags": [(piece, qr_svg(_address(piece), piece.tag or "")) for piece in pieces],
        "house": settings.WAGTAIL_SITE_NAME,
    }
    return render(request, "catalog/office/tag_sheet.html", context)


@require_safe
@requires("catalog.view_design")
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """A design's chart alone on a page, to print on A4."""
    design = get_object_or_404(Design, pk=pk)
    context = {"design": design, "chart": chart_of(design)}
    return render(request, "catalog/office/chart.html", context)
