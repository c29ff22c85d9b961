"""What waits about hours: who has not said what she offers in the month that comes."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from coop.kit.days import next_month, today
from coop.kit.waiting import Waiting, source
from coop.members.models import Member
from coop.quotas.models import Capacity

SET = "quotas.set_skill"
#: From this day on the coming month is asked for.
ASKED_FROM = 20


@source(order=75)
def hours(person: AbstractUser) -> Iterator[Waiting]:
    """Knitters without hours in the coming month, in the last days of this one."""
    if not person.has_perm(SET) or today().day < ASKED_FROM:
        return
    month = next_month(today())
    said = Capacity.objects.filter(month=month, offered_minutes__gt=0)
    yield Waiting(
        rows=Member.objects.active().knitters().exclude(pk__in=said.values("member")),
        words=ngettext_lazy(
            "%(count)s knitter has not said her hours for %(month)s.",
            "%(count)s knitters have not said their hours for %(month)s.",
            "count",
        ),
        facts={"month": date_format(month, "F")},
        button=_("Write down hours"),
        url=f"{reverse('quotas_office:table')}?month={month:%Y-%m}",
        menu="hours",
        icon="sun",
    )
