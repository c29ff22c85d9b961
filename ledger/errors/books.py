"""What is refused of the chart, of closing and of what is written by hand."""

from django.utils.translation import gettext_lazy as _

from ledger.errors.base import LedgerError
from ledger.errors.journal import CannotReverse


# The chart ------------------------------------------------------------------------------------
class AccountOutOfPlan(LedgerError):
    message = _(
        "{code} is no number for “{kind}” in this chart: such numbers begin with {fit}. Choose"
        " another number, or another kind."
    )


class AccountParentDiffers(LedgerError):
    message = _("Account {parent} groups others of another kind or currency: choose another.")


class AccountIsNeeded(LedgerError):
    message = _("The house itself writes on account {account} ({role}): it stays open.")


class NameMissing(LedgerError):
    message = _("An account needs a name.")


# Closing --------------------------------------------------------------------------------------
class YearFirst(LedgerError):
    message = _(
        "The year {year} is not closed yet: close it first, up to its last day, so that its"
        " result is written."
    )


class ClosingAsked(LedgerError):
    message = _("Closing up to {last_day} was asked for already: sign that, or call it off first.")


class ClosingOver(LedgerError):
    message = _("This closing is “{status}”: that can no longer be done.")


class ClosingChanged(LedgerError):
    message = _(
        "Something was written in these days since the closing was asked for: it is called off,"
        " and so are its signatures. Look again and ask anew."
    )


class ClosingSignedAlready(LedgerError):
    message = _("You have signed this closing already: somebody else must sign too.")


class ClosingSignerNotAllowed(LedgerError):
    status = 403
    message = _("Your role does not sign the closing of days.")


class MadeByClosing(CannotReverse):
    message = _("This entry was made by closing days: it stays, as they do.")


# By hand, vouchers ----------------------------------------------------------------------------
class UnknownTemplate(LedgerError):
    message = _("There is no such kind of thing to write.")


class SpendsMoney(LedgerError):
    message = _("Money that leaves us is asked for, and two people sign it.")


class KeptByTheHouse(LedgerError):
    message = _(
        "Account {account} ({name}) is written by the house itself, when wool, work or a payment"
        " is written down on its own page. By hand it would no longer agree with them."
    )


class CountedElsewhere(LedgerError):
    message = _(
        "What this entry says of account {account} ({name}) is counted on a page of its own too, and"
        " undone here alone the two would disagree for ever. Put it right there: wool is written"
        " off and brought in anew, a provider's money follows what the provider tells."
    )


class BooksHaveBegun(LedgerError):
    message = _("Balances are taken over from paper before anything else is in the books.")


class VoucherTaken(LedgerError):
    message = _("This photograph belongs to another entry already: take a new one.")


class TooManyVouchers(LedgerError):
    message = _("This entry has {count} photographs already: more are not kept.")


class PaperOfPerson(LedgerError):
    message = _(
        "This money went to one of us: the paper is hers, and only she and those who read the"
        " books look at it."
    )
