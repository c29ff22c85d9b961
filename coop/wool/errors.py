"""What the store refuses."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class WoolError(Refusal):
    """Base of this app's refusals."""


class NoWeight(WoolError):
    message = _("The weight must be at least one gram.")


class NotEnoughInStore(WoolError):
    message = _(
        "There are only {has} of {wool} in the store, not {asked}. Take less, or another lot."
    )


class NotHereYet(WoolError):
    message = _("{wool} came on {day}: it cannot have been handed out before.")


class NotEnoughInHand(WoolError):
    message = _("{member} has only {has} of {wool} in her hands, not {asked}.")


class NothingNeeded(WoolError):
    message = _("Say which wool, and how much.")


class NoWoolForHonorary(WoolError):
    message = _("{member} is an honorary member: she does not knit, so she gets no wool.")


class NotWorking(WoolError):
    message = _("{member} is “{status}”: wool goes to active members only. She can give wool back.")


class AlreadyDone(WoolError):
    message = _("“{reference}” is written down already, with another content.")


class NoAmount(WoolError):
    message = _("The amount must be more than zero.")


class WrongCurrency(WoolError):
    message = _("The books are kept in {currency}: write the amount in {currency}.")


class SupplierMissing(WoolError):
    message = _("Write where the wool was bought.")


class DueTooEarly(WoolError):
    message = _("The day to settle it must be on or after {day}.")


class CarrierNotActive(WoolError):
    message = _("{member} is “{status}”: choose an active member to carry the money.")


class TripNotUnderWay(WoolError):
    message = _("This trip is “{status}”: nothing can be booked on it now.")


class MoreThanAdvance(WoolError):
    message = _(
        "Only {left} of the advance is still to be accounted for, not {asked}."
        " Ask for a payment of the difference."
    )


class LotCodeTaken(WoolError):
    message = _("Another lot is called {code}. Choose another name for this one.")


class WhyMissing(WoolError):
    message = _("Write what happened to the wool.")
