"""What waits in production: work without a taker, late work, offers, pieces to check, wool."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Piece
from coop.kit import days
from coop.kit.waiting import Waiting, source
from coop.wool.models import Custody
from orders.production import queries
from orders.production.models import Assignment, WorkOrder

ASSIGN, RECEIVE = "production.assign_work", "production.receive_pieces"
CHECK, ISSUE = "production.check_pieces", "wool.issue_wool"
BUY = "wool.buy_wool"


def _orders(query: str) -> str:
    return f"{reverse('production_office:orders')}?{query}"


@source(order=50)
def work(person: AbstractUser) -> Iterator[Waiting]:
    """Work that is late, due soon, or without a taker."""
    if not person.has_perm(ASSIGN):
        return
    on = days.today()
    counts = WorkOrder.objects.filter(status=WorkOrder.Status.OPEN).aggregate(
        late=Count("pk", filter=queries.late(on)),
        soon=Count("pk", filter=queries.soon(on)),
        free=Coalesce(Sum(F("quantity") - F("assigned")), 0),
    )
    told = [
        (
            "late",
            ngettext(
                "%(count)s piece of work is past its day.",
                "%(count)s pieces of work are past their day.",
                counts["late"],
            ),
            _("See which"),
            _orders("due=late"),
        ),
        (
            "free",
            ngettext(
                "%(count)s piece has no one who knits it yet.",
                "%(count)s pieces have no one who knits them yet.",
                counts["free"],
            ),
            _("Share out"),
            reverse("production_office:share-out"),
        ),
        (
            "soon",
            ngettext(
                "%(count)s piece of work is due within a week.",
                "%(count)s pieces of work are due within a week.",
                counts["soon"],
            ),
            _("See which"),
            _orders("due=soon"),
        ),
    ]
    for key, sentence, button, url in told:
        yield Waiting(
            count=counts[key],
            sentence=sentence % {"count": counts[key]},
            button=button,
            url=url,
            menu="work",
            icon="state-wrong" if key == "late" else "knitting",
            is_urgent=key == "late",
        )


@source(order=55)
def pieces(person: AbstractUser) -> Iterator[Waiting]:
    """Offers without an answer, and pieces to check that are not her own."""
    if person.has_perm(ISSUE):
        offers = Assignment.objects.filter(status=Assignment.Status.OFFERED).count()
        sentence = ngettext(
            "%(count)s offer of work waits for a yes or a no.",
            "%(count)s offers of work wait for a yes or a no.",
            offers,
        )
        yield Waiting(
            count=offers,
            sentence=sentence % {"count": offers},
            button=_("Write down answers"),
            url=reverse("production_office:answers"),
            menu="work",
            icon="women",
        )
    if person.has_perm(CHECK):
        waiting = Piece.objects.filter(place=Piece.Place.CHECKER)
        mine = waiting.exclude(maker__user=person.pk).count()
        sentence = ngettext(
            "%(count)s piece waits to be checked.", "%(count)s pieces wait to be checked.", mine
        )
        yield Waiting(
            count=mine,
            sentence=sentence % {"count": mine},
            button=_("Check pieces"),
            url=reverse("production_office:check"),
            menu="work",
            icon="mitten",
        )


@source(order=60)
def wool(person: AbstractUser) -> Iterator[Waiting]:
    """Wool that work needs and nobody has; wool with women who have no work."""
    if person.has_perm(BUY):
        short = len(queries.short_wool())
        sentence = ngettext(
            "%(count)s wool is not enough for the work that is open.",
            "%(count)s wools are not enough for the work that is open.",
            short,
        )
        yield Waiting(
            count=short,
            sentence=sentence % {"count": short},
            button=_("See the wool"),
            url=reverse("wool_office:stock"),
            menu="wool",
            icon="skein",
        )
    if person.has_perm(ISSUE):
        idle = idle_hands()
        sentence = ngettext(
            "%(count)s woman keeps wool though she has no work.",
            "%(count)s women keep wool though they have no work.",
            idle,
        )
        yield Waiting(
            count=idle,
            sentence=sentence % {"count": idle},
            button=_("See who has wool"),
            url=reverse("wool_office:hands"),
            menu="wool",
            icon="skein",
        )


def idle_hands() -> int:
    """How many women have wool at home and no work taken on."""
    busy = Assignment.objects.filter(status=Assignment.Status.TAKEN, passed__lt=F("quantity"))
    held = Custody.objects.filter(grams__gt=0).exclude(member__in=busy.values("member"))
    return held.order_by().values("member").distinct().count()
