"""What production refuses, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class ProductionError(Refusal):
    """Base of this app's refusals."""


class NothingToKnit(ProductionError):
    message = _("Say how many pieces: at least one.")


class DueTooEarly(ProductionError):
    message = _("The day on which it is due has passed: choose a later one.")


class ReasonMissing(ProductionError):
    message = _("Write why, for whoever reads this later.")


class WorkDiffers(ProductionError):
    message = _("This work was opened already, for another piece or another number.")


class WorkIsClosed(ProductionError):
    message = _("This work is {status}: nothing more can be given out of it.")


class NotSoMuchLeft(ProductionError):
    message = _("Only {left} of {variant} are still to be given out.")


class DoesNotKnit(ProductionError):
    message = _("{member} is an honorary member: she is given no work.")


class NotWorkingNow(ProductionError):
    message = _("{member} takes no work now: choose somebody else.")


class CannotKnitThis(ProductionError):
    message = _("{member} does not know this work well enough yet: choose somebody else.")


class NotHers(ProductionError):
    status = 403
    message = _("This work was offered to somebody else.")


class NoLongerOffered(ProductionError):
    message = _("This work is no longer offered. Ask the storekeeper for other work.")


class TakenAlready(ProductionError):
    message = _("You have taken this work on. Ask the storekeeper if you cannot do it.")


class NotSoManyOffered(ProductionError):
    message = _("Only {offered} are offered to you: take as many or fewer.")


class DayNotLater(ProductionError):
    message = _("Choose a day after the one for which it is asked.")


class DayTooFar(ProductionError):
    message = _("That day is too far away: choose one within {days} days.")


class AskedAlready(ProductionError):
    message = _("You have asked for another day already. The office answers you here.")


class AnsweredAlready(ProductionError):
    message = _("This wish was answered already.")


class NotTaken(ProductionError):
    message = _("She has not taken this work on yet: she says yes first.")


class MoreThanAssigned(ProductionError):
    message = _("She still has {left} to bring of this work, not more.")


class WrittenDownAlready(ProductionError):
    message = _("This delivery was written down already. Look at what is there now.")


class NotForChecking(ProductionError):
    message = _("This piece is not with the checker: it is “{place}”.")


class NotForMending(ProductionError):
    message = _("This piece is not being mended: it is “{place}”.")


class OwnPiece(ProductionError):
    status = 403
    message = _("Nobody checks her own pieces: another checker looks at this one.")


class WoolNotIssued(ProductionError):
    message = _(
        "She has not been given enough wool for this piece: {missing}. Hand the wool out first,"
        " or write what the piece weighs."
    )


class WrongWeight(ProductionError):
    message = _("Write what the piece weighs, in grams: more than nothing.")


class NothingSaid(ProductionError):
    message = _("Say what is to be mended, so that she knows.")
