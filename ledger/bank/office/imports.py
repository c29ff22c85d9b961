"""Bringing in a bank's file, and saying which of its columns is what."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from djmoney.money import Money

from coop.kit.errors import Refusal
from coop.kit.office import office_page
from coop.people.access import requires
from ledger.bank.errors import AskColumns
from ledger.bank.forms import ColumnsForm, UploadForm
from ledger.bank.models import Upload
from ledger.bank.office import ICON, bank_trail
from ledger.bank.reading import Columns, Hints
from ledger.bank.reading.columns import head_of
from ledger.bank.reading.read import rows_of
from ledger.bank.services import Imported, Typed, import_file
from ledger.models import Account
from ledger.office import WRITE, me

#: A file whose columns nobody said is thrown away after so long.
KEPT = timedelta(days=1)
_ROWS_SHOWN = 6


@requires(WRITE)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the file; where its columns are known it is imported at once."""
    initial = {"account": request.GET.get("account", "")}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        data, name = values["file"].read(), values["file"].name
        typed = {
            "closing": "" if values["closing"] is None else str(values["closing"].amount),
            "anyway": values["anyway"],
        }
        try:
            found = import_file(
                data=data,
                name=name,
                account=values["account"],
                actor=me(request),
                hints=Hints(order=values["order"] or None),
                typed=_typed(typed, values["account"]),
                insisted=values["anyway"],
            )
        except AskColumns:
            Upload.objects.filter(at__lt=timezone.now() - KEPT).delete()
            kept = Upload.objects.create(
                name=name[-200:],
                content=data,
                account=values["account"],
                by=me(request),
                typed=typed,
            )
            return redirect("bank_office:columns", kept.pk)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _done(request, found)
    return office_page(
        request,
        "bank/import.html",
        title=_("Import a statement"),
        trail=bank_trail(),
        icon=ICON,
        form=form,
    )


@requires(WRITE)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is what; it is remembered for this bank."""
    kept = get_object_or_404(Upload.objects.select_related("account"), pk=pk, by=me(request))
    data = bytes(kept.content)
    rows = rows_of(data)
    header = head_of(rows) or (rows[0].cells if rows else [])
    form = ColumnsForm(header, Columns.guess(header), request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            found = import_file(
                data=data,
                name=kept.name,
                account=kept.account,
                actor=me(request),
                hints=form.cleaned_data["hints"],
                typed=_typed(kept.typed, kept.account),
                insisted=bool(kept.typed.get("anyway")) or form.cleaned_data["anyway"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            kept.delete()
            return _done(request, found)
    width = len(header)
    return office_page(
        request,
        "bank/columns.html",
        title=_("Which column is what?"),
        trail=bank_trail(),
        icon=ICON,
        form=form,
        file_name=kept.name,
        header=header,
        rows=[(one.cells + [""] * width)[:width] for one in rows if one.cells != header][
            :_ROWS_SHOWN
        ],
    )


def _typed(typed: dict[str, Any], account: Account) -> Typed:
    told = typed.get("closing")
    if not told:
        return Typed()
    return Typed(closing=Money(Decimal(told), account.currency))


def _done(request: HttpRequest, found: list[Imported]) -> HttpResponse:
    for one in found:
        if one.is_again:
            said = _("All of it is here already, in statement %(number)s: nothing was added.")
            messages.info(request, said % {"number": one.statement.number})
        else:
            said = ngettext(
                "Statement %(number)s: %(new)s new line of account %(account)s.",
                "Statement %(number)s: %(new)s new lines of account %(account)s.",
                one.new,
            )
            facts = {
                "number": one.statement.number,
                "new": one.new,
                "account": one.statement.account.code,
            }
            messages.success(request, said % facts)
    return redirect("bank_office:statement", found[0].statement.number)
