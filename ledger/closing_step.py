"""The month's own end: its days are closed by two."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger import queries
from ledger.models import Closing
from ledger.models.closing import SIGNATURES_TO_CLOSE
from ledger.month_steps import CLOSING, Span, State, Step, month_step


@month_step(CLOSING)
def close(month: Span) -> Step:
    """Every day of the month is closed."""
    closed, waiting = queries.closed_until(), queries.closing_waiting()
    url, button = reverse("ledger_office:periods"), gettext_lazy("See the closed days")
    state: State = "left"
    if closed is not None and closed >= month.last:
        state, told = "done", _told_closed(month)
    elif waiting is not None and waiting.last_day >= month.last and queries.is_stale(waiting):
        told = _("Something was written since it was asked for: ask anew.")
        url = reverse("ledger_office:closing", args=[waiting.pk])
        button = gettext_lazy("Ask anew")
    elif waiting is not None and waiting.last_day >= month.last:
        missing = SIGNATURES_TO_CLOSE - waiting.signatures.count()
        words = ngettext(
            "Asked for: %(count)s signature is missing.",
            "Asked for: %(count)s signatures are missing.",
            missing,
        )
        told = words % {"count": missing}
        url = reverse("ledger_office:closing", args=[waiting.pk])
        button = gettext_lazy("Read and sign")
    elif month.is_over:
        told = _("Not asked for yet. Two sign it.")
        url = reverse("ledger_office:close", args=[month.last.isoformat()])
        button = gettext_lazy("Look at it")
    else:
        state, day = "later", month.last + timedelta(days=1)
        told = _("From %(day)s on.") % {"day": date_format(day, "MONTH_DAY_FORMAT")}
    return Step(
        title=gettext_lazy("Close the month"),
        state=state,
        told=told,
        url=url,
        button=button,
        icon="scroll",
    )


def _told_closed(month: Span) -> str:
    done = queries.closings().filter(status=Closing.Status.CLOSED, last_day__gte=month.last)
    one = done.order_by("last_day").first()
    if one is None:
        return _("Closed.")
    names = [str(each.signer) for each in one.signatures.all()]
    return _("Closed, signed by %(names)s.") % {"names": ", ".join(names)}
