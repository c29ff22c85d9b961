"""A report on paper: one document a statement, tagged for screen readers (PDF/UA)."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from coop.kit.pdf import make_pdf
from ledger.reports.papers import Report

#: As many columns of money fit beside each other upright; more lie across.
_UPRIGHT = 4


def as_pdf(report: Report, *, at: datetime | None = None) -> bytes:
    """The report in the active language. Raises coop.kit.pdf.NoPdf."""
    figures = sum(one.sort == "money" for one in report.columns)
    context = {
        "report": report,
        "house": settings.WAGTAIL_SITE_NAME,
        "language": get_language() or settings.LANGUAGE_CODE,
        "at": at or timezone.now(),
        "is_across": figures > _UPRIGHT,
    }
    return make_pdf("reports/paper.html", context, sheets=["paper"])
