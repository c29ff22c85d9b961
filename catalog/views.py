"""A piece's own page, reached by the tag sewn into it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalog import queries
from catalog.pictures import piece_picture
from coop.kit import motifs


@require_safe
def piece(request: HttpRequest, tag: str) -> HttpResponse:
    """What a piece is, what its motif means, of which wool, how to care for it.

    No maker, no days: nothing from which somebody could add up what a woman earned. The split of
    the price is that of the design, the same for every piece of it.
    """
    found = queries.piece_by_tag(tag)
    if found is None:
        return render(request, "catalog/piece_unknown.html", {"tag": tag}, status=404)
    if found.tag != tag:
        return redirect(found)
    design = found.variant.design
    context = {
        "piece": found,
        "product": found.variant.product,
        "variant": found.variant,
        "motif": motifs.motifs().get(design.motif),
        "wool": design.wool.all(),
        "parts": queries.where_money_goes(found.variant),
        "picture": piece_picture(found.variant),
    }
    return render(request, "catalog/piece.html", context)
