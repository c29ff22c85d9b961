"""What the members' screens refuse, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class PortalError(Refusal):
    """Base of this app's refusals."""


class NotASound(PortalError):
    message = _("That is no recording: choose an MP3, M4A, OGG, WebM or WAV file.")


class SoundTooLong(PortalError):
    message = _("That recording is too large: at most {most} kB, one sentence.")


class UnknownSentence(PortalError):
    message = _("The screens do not say that sentence.")


class NobodySpeaks(PortalError):
    message = _("Say who speaks in the recording.")


class NothingAnswered(PortalError):
    message = _("Write what you answer her.")


class AnsweredAlready(PortalError):
    message = _("This question has been answered already.")


class OwnQuestion(PortalError):
    status = 403
    message = _("It is your own question: somebody else answers it.")


class EarnsNothing(PortalError):
    status = 403
    message = _("An honorary member has no pay to ask about.")


class NotHerWork(PortalError):
    status = 403
    message = _("That work is another's: ask about your own.")
