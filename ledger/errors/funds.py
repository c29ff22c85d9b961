"""What is refused of grants, of a year's result and of receipts."""

from django.utils.translation import gettext_lazy as _

from ledger.errors.base import LedgerError


# Grants ---------------------------------------------------------------------------------------
class GrantTaken(LedgerError):
    message = _("There is a grant with the short name “{code}” already.")


class GrantWithoutLines(LedgerError):
    message = _("A grant needs at least one line of its budget, with an amount above zero.")


class GrantDaysWrong(LedgerError):
    message = _("The grant ends before it begins.")


class OutsideGrant(LedgerError):
    message = _("“{grant}” is for days from {starts} to {ends}: {day} is none of them.")


class GrantSpent(LedgerError):
    message = _("“{grant}” holds only {left} that is not used yet.")


class MoreThanSpent(LedgerError):
    message = _("This entry spent {spent}, of which {tagged} is told of a grant already.")


class NothingSpent(LedgerError):
    message = _("This entry spends nothing that a grant could have paid for.")


class SignedAsItWas(LedgerError):
    message = _("Somebody has signed this payment already: ask for it anew.")


class GrantUsedLater(LedgerError):
    message = _("Something of {day} is told of this grant: it ends then at the earliest.")


class BudgetReasonMissing(LedgerError):
    message = _("Write why the budget changes, and what the donor wrote about it.")


class BudgetUnchanged(LedgerError):
    message = _("Neither the budget nor the last day is another than before.")


class BudgetBelowSpent(LedgerError):
    message = _("On “{line}” {spent} is spent or asked for already: plan that much at least.")


class LineNameTaken(LedgerError):
    message = _("The budget has a line “{name}” already: write its amount there.")


# A year's result ------------------------------------------------------------------------------
class NoResult(LedgerError):
    message = _("There is no result to share: close the year first.")


class MoreThanResult(LedgerError):
    message = _("The result not shared yet is {result}: these parts are {parts} together.")


class NothingShared(LedgerError):
    message = _("Say how much goes where.")


class NothingToShareBy(LedgerError):
    message = _("By “{formula}” nobody has a part in these days: choose another formula.")


class UnknownFormula(LedgerError):
    message = _("Choose by what the members' part is shared.")


class DecisionMissing(LedgerError):
    message = _("Write what the assembly decided, and the number of its acta.")


class DecidedAhead(LedgerError):
    message = _("That day is still to come: write down what was decided, not what will be.")


class Miscopied(LedgerError):
    message = _("Look at the line again: {where}.")


class NotAReceipt(LedgerError):
    message = _("This is no receipt of this house, or a part of it is missing.")


class PaperWithoutReceipt(NotAReceipt):
    message = _(
        "This PDF has no receipt of this house inside: it was made or saved by another program."
        " Give the receipt's own file, or read the square code on the paper with a phone and put"
        " in what it says."
    )


class PictureIsNoReceipt(NotAReceipt):
    message = _(
        "This is a picture, and it cannot be checked. Read the square code on the paper with a"
        " phone, copy what it says and put it in; or give the receipt's file."
    )


class ReceiptBroken(LedgerError):
    message = _("This receipt was changed after it was made. Do not believe it.")
