"""The office's pages about pieces: their tags, one by one and as a sheet to print."""

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.charts import chart_of
from catalog.models import Design, Piece, PieceQuerySet
from coop.kit.office import office_page, page_of
from coop.kit.qr import qr_svg
from coop.people.access import requires

TAGS_ON_A_SHEET = 24


class TagSearch(forms.Form):
    """Which tags to show."""

    q = forms.CharField(label=_("Tag or product"), required=False, max_length=80)
    place = forms.ChoiceField(
        label=_("Where"), required=False, choices=[("", _("everywhere")), *Piece.Place.choices]
    )


def _found(form: TagSearch) -> PieceQuerySet:
    pieces = Piece.objects.exclude(tag=None).select_related("variant__product", "variant__colour")
    if not form.is_valid():
        return pieces.order_by("-pk")
    words, place = form.cleaned_data["q"].strip(), form.cleaned_data["place"]
    if words:
        named = Q(variant__product__name_es__icontains=words) | Q(
            variant__product__name_en__icontains=words
        )
        pieces = pieces.filter(named | Q(tag__iexact=words) | Q(variant__sku__iexact=words))
    if place:
        pieces = pieces.filter(place=place)
    return pieces.order_by("-pk")


def _address(piece: Piece) -> str:
    """Without a language: whoever scans it is taken to her own."""
    return f"{settings.SITE_URL}/piece/{piece.tag}/"


@require_safe
@requires("catalog.view_piece")
def tags(request: HttpRequest) -> HttpResponse:
    """Every piece that passed, the newest first."""
    form = TagSearch(request.GET)
    return office_page(
        request,
        "catalog/office/tags.html",
        title=_("Tags"),
        icon="hangtag",
        form=form,
        is_filtered=any(request.GET.get(name) for name in form.fields),
        page=page_of(request, _found(form)),
        linkurl=reverse("catalog_office:tags"),
        sheet_address=f"{reverse('catalog_office:sheet')}?{request.GET.urlencode()}",
    )


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
    """The first tags of the list as a sheet to print and cut."""
    pieces = _found(TagSearch(request.GET))[:TAGS_ON_A_SHEET]
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
