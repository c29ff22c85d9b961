"""How rows of the reports are called (`ledger.naming`)."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format

from ledger.naming import Name, names, passing
from ledger.reports.models import BudgetLine, Decision, Document, FlowMark, FlowMonth, Printing

passing(Document, FlowMark, FlowMonth, Printing)


@names(BudgetLine)
def _budget(keys: Sequence[int]) -> Mapping[int, Name]:
    page = reverse("reports_office:budget-lines")
    return {
        one.pk: Name(f"{one.account}, {one.year}", f"{page}?year={one.year}")
        for one in BudgetLine.objects.filter(pk__in=keys).select_related("account")
    }


@names(Decision)
def _decisions(keys: Sequence[int]) -> Mapping[int, Name]:
    page = reverse("reports_office:decisions")
    return {
        one.pk: Name(f"{one.get_subject_display()}, {date_format(one.day, 'DATE_FORMAT')}", page)
        for one in Decision.objects.filter(pk__in=keys)
    }
