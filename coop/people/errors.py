"""Why someone is not let in, in words that tell nothing to a stranger."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class PeopleError(Refusal):
    """Base of this app's refusals."""


class WrongPin(PeopleError):
    status = 403
    message = _("That is not the right number. Try again.")


class TooManyTries(PeopleError):
    status = 429
    message = _(
        "Too many tries. Rest a while and try again, or ask the secretary for a new number."
    )


class BadPin(PeopleError):
    message = _("A PIN has four to six digits, not all the same and not in a row.")


class PictureTaken(PeopleError):
    message = _("Another member has this picture. Choose another one.")


class SecondPersonNeeded(PeopleError):
    message = _(
        "She signs for the cooperative's money: a second woman of the Junta has to agree to"
        " her new PIN."
    )


class AskedByYou(PeopleError):
    message = _("You asked for this PIN yourself: another woman of the Junta has to confirm it.")


class OwnPin(PeopleError):
    message = _("It is your own PIN: another woman of the Junta has to confirm it.")


class NotInJunta(PeopleError):
    message = _("Only a woman of the Junta can do that.")


class PinDecided(PeopleError):
    message = _("This new PIN waits for nobody any more.")


class DemoIsOver(PeopleError):
    message = _("This house already serves a real cooperative.")


class PinIsKnown(PeopleError):
    status = 403
    message = _(
        "Whoever gave you your PIN may know it. Choose one of your own; then your signature counts."
    )


class NoPinOfHers(PeopleError):
    message = _("{name} has no number of her own: she says it on her own phone.")


class PinOfHersIsKnown(PeopleError):
    status = 403
    message = _(
        "Another may know the number of {name}. She comes in on a phone and chooses one of her own."
    )


class SamePin(PeopleError):
    message = _("That is the PIN which others may know. Choose another one.")


class PinNotNeeded(PeopleError):
    message = _("Your PIN is your own already.")


class NoSuchDoor(PeopleError):
    message = _("This role does not come into the office.")


class DemoElsewhere(PeopleError):
    status = 403
    message = _("The demo's log-ins work on the machine where it runs.")


class UnknownLanguage(PeopleError):
    message = _("The house does not speak this language yet.")


class NoPicture(PeopleError):
    message = _("Give her a picture and a PIN first: the card shows the picture.")


class CardStopped(PeopleError):
    status = 404
    message = _("This card no longer works. Ask for a new one, or touch your picture.")
