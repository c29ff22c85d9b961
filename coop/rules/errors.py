"""What the rules refuse."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class RulesError(Refusal):
    """Base of this app's refusals."""


class NoRulesYet(RulesError):
    message = _(
        "No rules are in force on {day}. The secretary writes down the adopted rules first."
    )


class UnknownKey(RulesError):
    message = _("The rules have no parameter “{key}”. Correct its name or leave it out.")


class BadValue(RulesError):
    message = _("The parameter “{key}” cannot have this value: {why}.")


class KeyWithoutClause(RulesError):
    message = _("The parameter “{key}” stands under no clause. Every number has its clause.")


class KeyTwice(RulesError):
    message = _("“{key}” stands twice in this rule set. Keep it once.")


class NoClauses(RulesError):
    message = _("A rule set needs the words of its clauses.")


class DecisionMissing(RulesError):
    message = _("Say which assembly decided this, and how.")


class VersionTaken(RulesError):
    message = _("{name} {version} is written down already, with other words or numbers.")


class VersionGoesBack(RulesError):
    message = _("The last version of these rules is {last}: the next one needs a higher number.")


class ReachesBack(RulesError):
    message = _(
        "Rules do not reach back: the rules of {last_day} are in force already. Choose a day from"
        " {earliest} on."
    )


class UnknownSet(RulesError):
    message = _("The house ships no rule set called “{name}”.")
