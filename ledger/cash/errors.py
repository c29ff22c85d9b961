"""What is refused of cash, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from ledger.errors import LedgerError


class CashError(LedgerError):
    """This is not done with cash."""


class NotABox(CashError):
    message = _("{account} is no cash box: a box is one of our money accounts, kept in cash.")


class BoxThere(CashError):
    message = _("{account} is a cash box already.")


class MayNotCount(CashError):
    status = 403
    message = _("Your role does not count cash boxes.")


class NegativeCount(CashError):
    message = _("Count how many there are: a whole number, zero or more.")


class TooMany(CashError):
    message = _("That is more than anybody has in a box: look at the numbers again.")


class CountedAlready(CashError):
    message = _("This was counted already, with another result: count anew.")


class BoxMoved(CashError):
    message = _("Money went in or out since this was counted: count the box once more.")


class CountStands(CashError):
    message = _("Two have counted this already.")


class SamePerson(CashError):
    message = _("Two people count: somebody else than {name} must say that she saw the same.")


class NotDrawnByHer(CashError):
    message = _("{name} draws her name with a finger, or says it on her own phone.")


class NotProvenByHer(CashError):
    status = 403
    message = _(
        "{name} types her own number here, or says it on her own phone: nobody says it for her."
    )


class CountAlone(CashError):
    message = _("Nobody has said yet that she counted the same: that comes first.")


class NotTheHolder(CashError):
    message = _("The box is with {name} now: she gives it, or somebody says why she is not there.")


class ReceiverHasIt(CashError):
    message = _("{name} has the box already.")


class HandingThere(CashError):
    message = _("With this count the box is being handed over to {name}.")


class NotHerTurn(CashError):
    message = _("{name} neither gives nor receives this box.")


class NothingToPay(CashError):
    message = _("There is nothing to pay: nobody is owed anything, or this place holds nothing.")


class PlanChanged(CashError):
    message = _("What is owed, or what is there, has changed since: look at the list once more.")


class AdvanceDueTooEarly(CashError):
    message = _("She accounts for it on {day} or later: choose another day.")


class AdvanceNotOut(CashError):
    message = _("Of this advance no money is out.")


class MoreThanAdvanced(CashError):
    message = _("Of this advance {left} is left: what goes beyond it is another payment.")


class NotAnExpense(CashError):
    message = _("{account} is no expense: choose what the money was spent on.")


class HandingEnded(CashError):
    message = _("This handing over has ended: the box was counted anew since.")


class HandedAlready(CashError):
    message = _("The box was handed over already.")


class HandingCalledOff(CashError):
    message = _("{name} called this handing over off: count the box anew to hand it over.")


class MayNotCallOff(CashError):
    status = 403
    message = _("Who gives or receives the box calls this off, or one of the Junta.")


class NotHerBox(CashError):
    status = 403
    message = _("This was not your box.")
