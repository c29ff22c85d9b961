"""The paper behind an entry of the book: its photograph, small enough for an old phone.

Who may look at which is one question (`ledger.queries.papers_for`): what the treasurer found free
of names is everybody's, the paper of her own pay is hers, and nobody else's pay is shown.
"""

from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from PIL import Image

from coop.portal.access import screen
from coop.portal.standing import Standing
from ledger import queries as ledger
from ledger.reports.reading import reading_of

#: The longer side on a phone's screen: a receipt can be read, and it weighs about 60 kB.
LONGEST = 900
_QUALITY = 55


def may_look(standing: Standing) -> bool:
    """Who reads the book; who left reads what is hers."""
    return standing.may_read_book or standing.account is not None


@require_safe
@screen(may_look)
def paper(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """An entry of the book with the photographs of its papers."""
    one = get_object_or_404(ledger.entries(), pk=pk)
    reading = reading_of(standing.user)
    papers = ledger.papers_of([one], standing.user).get(one.pk)
    if not papers or not reading.opens(one):
        raise Http404
    context = {
        "standing": standing,
        "entry": one,
        "told": ledger.described([one], names=reading.names)[one.pk],
        "headline": ledger.headline(one),
        "papers": papers,
    }
    return render(request, "portal/paper.html", context)


@require_safe
@screen(may_look)
def picture(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """A photograph, reduced to what a phone shows; never kept on the phone."""
    papers = ledger.papers_for(standing.user).select_related("entry__payment")
    one = get_object_or_404(papers, pk=pk)
    if one.entry and not reading_of(standing.user).opens(one.entry):
        raise Http404
    try:
        with one.file.open("rb") as file, Image.open(file) as opened:
            opened.draft("RGB", (LONGEST, LONGEST))
            small = opened.convert("RGB")
    except FileNotFoundError as gone:
        raise Http404 from gone
    small.thumbnail((LONGEST, LONGEST))
    content = BytesIO()
    small.save(content, "JPEG", quality=_QUALITY, optimize=True)
    return HttpResponse(content.getvalue(), content_type="image/jpeg")
