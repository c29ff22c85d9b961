"""Photographs of papers in the office: looked at, added afterwards, shown to every member or not."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import OfficeForm, office_page
from coop.kit.photographs import PhotographField
from coop.people.access import requires
from ledger import queries
from ledger.models import Voucher
from ledger.office import READ, SIGN, WRITE, books_trail, me
from ledger.services import add_voucher, show_voucher

ICON = "ledger"


class OpenField(forms.BooleanField):
    """Whether every member may look at the photograph."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Everybody may see it"),
            required=False,
            help_text=gettext_lazy(
                "Tick it only if no woman's name, signature or account number can be read on it."
                " Then every member finds it in the book on her phone."
            ),
        )


class PhotoForm(OfficeForm):
    """A photograph of a paper, for an entry that is written already."""

    photo = PhotographField(
        label=gettext_lazy("Photo of the receipt"),
        help_text=gettext_lazy("Where and when it was taken is not kept. It stays for ever."),
    )
    is_open = OpenField()


@requires(WRITE)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a photograph to an entry; who did it and when stands beside it."""
    one = get_object_or_404(queries.entries(), pk=pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoForm(*sent)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            add_voucher(
                entry=one, file=values["photo"], is_open=values["is_open"], actor=me(request)
            )
        except forms.ValidationError as broken:
            form.add_error("photo", broken)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The photograph is with its entry."))
            return redirect("ledger_office:entry", pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Add a photo to entry %(label)s") % {"label": one.label},
        trail=books_trail(
            (_("Journal"), reverse("ledger_office:journal")),
            (one.label, reverse("ledger_office:entry", args=[pk])),
        ),
        icon=ICON,
        form=form,
        lead=queries.described([one], names=True)[one.pk],
        button=_("Add the photo"),
    )


@require_POST
@requires(WRITE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that every member may look at a photograph, or no longer."""
    one = get_object_or_404(Voucher, pk=pk)
    is_open = "yes" in request.POST
    try:
        show_voucher(voucher=one, is_open=is_open, actor=me(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        said = _("Every member may look at it.") if is_open else _("Only the office looks at it.")
        messages.success(request, said)
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, None):
        return redirect(back)
    return redirect("ledger_office:journal")


@require_safe
@requires(READ, SIGN)
def voucher(request: HttpRequest, pk: int) -> HttpResponse:
    """The photograph of a paper, for who reads the books and nobody else."""
    one = get_object_or_404(Voucher, pk=pk)
    try:
        with one.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as gone:
        raise Http404 from gone
    kind = "image/png" if str(one.file.name).endswith(".png") else "image/jpeg"
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
