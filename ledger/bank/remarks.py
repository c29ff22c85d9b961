"""Sentences about how a file was read and why two things belong together.

What is stored is a key and facts, so that everyone reads it in her language.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from ledger.bank.reading.raw import Remark

Facts = dict[str, Any]


def say(remark: Remark) -> str:
    """A remark as a sentence; an unknown key (of a newer version) is shown as it is."""
    told = _SENTENCES.get(remark.get("key", ""), str(remark.get("key", "")))
    if callable(told):
        return told(remark)
    return str(told % remark)


def say_all(remarks: Iterable[Remark]) -> list[str]:
    """Every remark as a sentence."""
    return [say(one) for one in remarks]


def _days_apart(facts: Facts) -> str:
    days = int(facts["days"])
    if days == 0:
        return gettext("the same day")
    return ngettext("%(days)s day apart", "%(days)s days apart", days) % {"days": days}


def _sum_of(facts: Facts) -> str:
    count = int(facts["count"])
    return ngettext("%(count)s makes it up", "%(count)s together make it up", count) % {
        "count": count
    }


def _batch_of(facts: Facts) -> str:
    count = int(facts["count"])
    told = ngettext(
        "the bank gathered %(count)s payment", "the bank gathered %(count)s payments", count
    )
    return told % {"count": count}


_SENTENCES: dict[str, Promise | str | Callable[[Facts], str]] = {
    # How a file was read
    "opening_reckoned": _(
        "The file says only the closing balance: the opening balance is reckoned from it."
    ),
    "balance_decides": _(
        "Line %(at)s contradicts itself: it says %(told)s, and its balance says %(taken)s. The"
        " balance decides."
    ),
    "balance_jumps": _(
        "Line %(at)s: its balance does not follow from the line before and its amount (%(told)s)."
    ),
    "sign_contradicts": _(
        "Line %(at)s contradicts itself: it says %(told)s and marks it as money that came in. It"
        " was taken as %(taken)s."
    ),
    "foreign": _(
        "Line %(at)s: %(currency)s %(taken)s was taken, the amount in its own currency; the bank"
        " also writes %(told)s."
    ),
    "rounded": _(
        "Line %(at)s: %(told)s has more digits than %(currency)s; it was taken as %(taken)s."
    ),
    "batch_differs": _(
        "Line %(at)s gathers payments of %(taken)s, and is itself %(told)s: something was kept"
        " back, or is not told."
    ),
    "no_amount": _("Line %(at)s moves nothing and was passed over."),
    "other_currency": _("Lines in %(currency)s went to account %(account)s."),
    "file_gap": _(
        "Opening and lines do not make up the closing balance of the file: %(difference)s is"
        " missing. Does the file hold every movement?"
    ),
    "looks_imported": ngettext_lazy(
        "%(count)s line looks like one that is here already under other words. If it is here twice,"
        " open it and say that the two are one.",
        "%(count)s lines look like ones that are here already under other words. If they are here"
        " twice, open each and say that the two are one.",
        "count",
    ),
    "renamed": _(
        "Line %(at)s, “%(told)s”, is here already as “%(taken)s”: both files hold the whole day. It"
        " was not added again."
    ),
    "renamed_more": ngettext_lazy(
        "and %(count)s line more that is here under other words.",
        "and %(count)s lines more that are here under other words.",
        "count",
    ),
    "other_number": _(
        "The file is of account %(number)s at the bank, which does not go with account %(account)s."
        " Somebody insisted. If it is the wrong place, withdraw this statement."
    ),
    # Why two things belong together
    "amount": _("same amount"),
    "day": _days_apart,
    "reference": _("“%(told)s” stands on both"),
    "counterparty": _("%(told)s is named on both"),
    "learned": ngettext_lazy(
        "lines like this were “%(account)s” %(times)s time before",
        "lines like this were “%(account)s” %(times)s times before",
        "times",
    ),
    "sum": _sum_of,
    "payout": _("payout of Stripe"),
    "batch": _batch_of,
    "part": _("pays a part of it"),
    "changed": _("near the day's rate"),
    "operation": _("the customer named operation %(told)s"),
    "order_number": _("order %(told)s is named"),
    "asked": _("the payment was asked for from this line"),
    "says": _("the bank says “%(told)s”"),
}
