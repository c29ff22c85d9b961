"""What reports refuse, each with a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class ReportError(Refusal):
    """A report that is not made as it was asked for."""


class AccountNeeded(ReportError):
    message = _("Choose an account.")


class TooLong(ReportError):
    message = _(
        "That is {count} rows, and a report has at most {most}. Choose fewer days; everything at"
        " once is given by manage.py export_ledger."
    )


class NoPdf(ReportError):
    message = _(
        "This machine cannot make PDFs: it lacks “pango”. The operator's guide says how to get it."
    )


class NotOfResult(ReportError):
    message = _("A budget is for what is earned and spent: choose such an account.")


class NotABudget(ReportError):
    message = _("Write an amount of zero or more, for a year between 2000 and 2200.")


class TooManyRows(ReportError):
    message = _("A sheet holds {most} rows, and the books have more: choose csv instead.")


class DecisionAhead(ReportError):
    message = _("That assembly is still to come: type its decision when it is made.")


class DecisionIncomplete(ReportError):
    message = _("A decision has its words and the number of its acta: write both.")


class UnknownChoice(ReportError):
    message = _("Choose from what the page offers.")
