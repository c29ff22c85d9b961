"""Who shares a surplus equally: the women who knit, each once. Registered with the ledger."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from coop.members.models import Member
from ledger import weights


@weights.formula(
    "equal",
    label=_("the same for each"),
    why=_("Every member who was there on the last day gets the same."),
)
def equal(since: date, until: date) -> dict[int, int]:
    """One for each member who knits and had joined by `until`; honorary members earn nothing."""
    there = Member.objects.knitters().filter(joined_on__lte=until, account__isnull=False)
    keys = there.exclude(status=Member.Status.LEFT).values_list("account_id", flat=True)
    return dict.fromkeys(keys, 1)
