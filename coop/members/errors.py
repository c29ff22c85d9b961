"""What membership refuses."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class MembersError(Refusal):
    """Base of this app's refusals."""


class CodeTaken(MembersError):
    message = _("Another member has the code {code}. Choose another one.")


class CodeUnreadable(MembersError):
    message = _("A code has letters, digits and hyphens only, eight at most.")


class NameMissing(MembersError):
    message = _("Write her name.")


class AlreadyMember(MembersError):
    message = _("{name} is a member already, with the code {code}.")


class OutsideThePlaces(MembersError):
    message = _("{settlement} is not one of the places from which members come: {places}.")


class RulesNotInForce(MembersError):
    message = _("These rules begin on {valid_from}, after the day on which she joins.")


class NotActive(MembersError):
    message = _("{member} is “{status}”: only active members can do this.")


class NotSuspended(MembersError):
    message = _("{member} is “{status}”: only who is suspended is taken back.")


class HasLeft(MembersError):
    message = _("{member} has left already.")


class PostHeld(MembersError):
    message = _("{holder} is {post}. End her office first, by the decision of the assembly.")


class HoldsPostAlready(MembersError):
    message = _("{member} holds this office already.")


class UnknownPost(MembersError):
    message = _("There is no office called “{post}”.")


class JuntaNeedsVote(MembersError):
    message = _("An honorary member has no vote, so she cannot be in the Junta.")


class NotYet(MembersError):
    message = _("{day} has not come yet. Write it down on the day.")


class BeforeSheJoined(MembersError):
    message = _("She joined on {joined_on}: choose a day from then on.")


class OfficeEnded(MembersError):
    message = _("This office ended on {until_on} already.")


class EndsBeforeItBegan(MembersError):
    message = _("This office began on {from_on}: choose a day from then on.")


class StillHolds(MembersError):
    message = _("{member} still holds: {things}. Settle that first.")


class WhyMissing(MembersError):
    message = _("Write why, and who decided it.")
