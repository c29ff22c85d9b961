"""What the house says when a phone tells it something that it cannot take."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class OfflineError(Refusal):
    """Base of this room's refusals."""


class NotHerPhone(OfflineError):
    """What waits on a phone belongs to whoever pressed, and is told for nobody else."""

    status = 403
    message = _("Somebody else pressed this. It waits until she comes in.")


class SameKeyOtherWords(OfflineError):
    message = _("This was told before, and in other words. Look at your work and press again.")


class CannotBeTold(OfflineError):
    status = 400
    message = _("The house did not understand the phone. Look at your work and press again.")


class TooOld(OfflineError):
    message = _("You pressed this too long ago. Look at it again, please.")


class WorkChanged(OfflineError):
    """Her rate is the one on the day the house hears her yes; it is not what she had seen."""

    message = _("This work has changed: its pay or its day. Look at it, and answer again.")


class NotYourWorkNow(OfflineError):
    status = 403
    message = _("No work is offered to you now.")


class TooMuch(OfflineError):
    status = 429
    message = _("The phone tells too much at once. It goes on later.")
