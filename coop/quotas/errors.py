"""What quotas refuse."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class QuotasError(Refusal):
    """Base of this app's refusals."""


class HonoraryDoesNotKnit(QuotasError):
    message = _("{member} is an honorary member: she gets no work, so she offers no hours.")


class NotWorking(QuotasError):
    message = _("{member} is “{status}”: only active members offer hours and take work.")


class UnknownLevel(QuotasError):
    message = _("A level is one of: {levels}.")


class TooManyHours(QuotasError):
    message = _("A month has no more than {most} to offer. Write fewer.")


class LessThanPromised(QuotasError):
    message = _("{member} has promised {promised} in this month already: she cannot offer less.")


class NotEnoughHours(QuotasError):
    message = _(
        "{member} has only {free} left in {month}, not {asked}."
        " Give her less, or ask her to offer more hours."
    )


class NotPromised(QuotasError):
    message = _("{member} has only {promised} promised in {month}, not {asked}.")


class NoTime(QuotasError):
    message = _("The time must be at least one minute.")
