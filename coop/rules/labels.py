"""How a parameter is called and read out, in the active language."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coop.kit.money import format_money, from_minor

LABELS = {
    "places": _("Places"),
    "sample_reviewers": _("Who look at the sample piece"),
    "intake_days": _("Orders counted ahead"),
    "absences_sanction": _("Absence alone has consequences"),
    "majority_basis": _("More than half of"),
    "quorum_percent": _("Members who must be present"),
    "emergency_needs_ratifying": _("The assembly votes on it afterwards"),
    "conflicts_excused": _("Times excused"),
    "notice_days": _("Notice before the due date"),
    "no_new_work_days": _("Time without new work"),
    "take_good_piece_as_stock": _("A good late piece may be taken"),
    "strikes_until_expulsion_vote": _("Strikes until the assembly votes"),
    "kept_confirmations": _("Members of the Junta who confirm it"),
    "fines": _("Fines"),
    "review_months": _("Reviewed after"),
    "max_calls": _("Calls for one woman at most"),
    "callers_each": _("Callers for each woman"),
    "wool_tolerance_percent": _("Waste that belongs to the piece"),
    "pay_shortfall": _("Paid first"),
    "leaving_formula": _("Divided"),
    "share_minor": _("Share (in céntimos)"),
    "dues_minor": _("Dues (in céntimos)"),
    "open_book_pay": _("Others' pay is shown"),
    "names_in_explanations": _("Explanations name people"),
    "wholesale_terms_days": _("Time to pay"),
    "transfer_hold_days": _("Time to wait for a transfer"),
    "handling_days": _("To assign, fetch wool and check"),
    "knitting_minutes_a_day": _("Knitting in a day"),
}

CHOICES = {
    "present": _("the voting members present"),
    "votes_cast": _("the votes cast"),
    "all_members": _("all members"),
    "oldest_first": _("the oldest debts"),
    "pro_rata": _("everyone a part"),
    "equal": _("in equal shares"),
    "by_time": _("by time in the cooperative"),
    "by_production": _("by what each has knitted"),
    "by_order": _("by order, without names"),
    "by_name": _("by name"),
    "totals": _("as totals only"),
}


def label_of(key: str) -> str:
    """What people call the parameter."""
    return str(LABELS[key])


def choice_of(value: str) -> str:
    """What people call a choice."""
    return str(CHOICES[value])


def spoken(key: str, value: Any) -> str:
    """A value with its unit: "2 days", "5 %", "no"."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | tuple):
        return ", ".join(value)
    if isinstance(value, str):
        return choice_of(value)
    return _counted(key, value)


def _time(key: str, number: int) -> str:
    """A time in its unit; nothing for what is none."""
    if key.endswith("_days"):
        return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
    if key.endswith("_minutes_a_day"):
        return ngettext("%(n)d minute", "%(n)d minutes", number) % {"n": number}
    if key.endswith("_months"):
        return ngettext("%(n)d month", "%(n)d months", number) % {"n": number}
    return ""


def _counted(key: str, number: int) -> str:
    time = _time(key, number)
    if time:
        return time
    if key == "quorum_percent" and not number:
        return gettext("no minimum")
    if key.endswith("_percent"):
        return f"{number}\u00a0%"
    if key.endswith("_minor"):
        return format_money(from_minor(number)) if number else gettext("none")
    return str(number)
