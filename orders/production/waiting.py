"""What waits in production: work without a taker, late work, offers, pieces to check, wool."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from catalog.models import Piece
from coop.kit import days
from coop.kit.waiting import SumOf, Waiting, source
from coop.wool.queries import in_hands
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
    yield Waiting(
        rows=WorkOrder.objects.filter(queries.late(on)),
        words=ngettext_lazy(
            "%(count)s piece of work is past its day.",
            "%(count)s pieces of work are past their day.",
            "count",
        ),
        button=_("See which"),
        url=_orders("due=late"),
        menu="work",
        icon="state-wrong",
        is_urgent=True,
    )
    yield Waiting(
        rows=SumOf(queries.open_orders().order_by().values(summed=F("quantity") - F("assigned"))),
        words=ngettext_lazy(
            "%(count)s piece has no one who knits it yet.",
            "%(count)s pieces have no one who knits them yet.",
            "count",
        ),
        button=_("Share out"),
        url=reverse("production_office:share-out"),
        menu="work",
        icon="knitting",
    )
    yield Waiting(
        rows=WorkOrder.objects.filter(queries.soon(on)),
        words=ngettext_lazy(
            "%(count)s piece of work is due within a week.",
            "%(count)s pieces of work are due within a week.",
            "count",
        ),
        button=_("See which"),
        url=_orders("due=soon"),
        menu="work",
        icon="knitting",
    )


@source(order=55)
def pieces(person: AbstractUser) -> Iterator[Waiting]:
    """Offers without an answer, pieces that should be here, and pieces to check, not her own."""
    if person.has_perm(ISSUE):
        yield Waiting(
            rows=Assignment.objects.filter(status=Assignment.Status.OFFERED),
            words=ngettext_lazy(
                "%(count)s offer of work waits for a yes or a no.",
                "%(count)s offers of work wait for a yes or a no.",
                "count",
            ),
            button=_("Write down answers"),
            url=reverse("production_office:answers"),
            menu="work",
            icon="women",
        )
    if person.has_perm(CHECK):
        yield Waiting(
            rows=Piece.objects.filter(place=Piece.Place.CHECKER).exclude(maker__user=person.pk),
            words=ngettext_lazy(
                "%(count)s piece waits to be checked.",
                "%(count)s pieces wait to be checked.",
                "count",
            ),
            button=_("Check pieces"),
            url=reverse("production_office:check"),
            menu="work",
            icon="mitten",
        )


@source(order=56)
def wishes(person: AbstractUser) -> Iterator[Waiting]:
    """Women who would bring their work later than it was promised."""
    if person.has_perm(ASSIGN):
        yield Waiting(
            rows=queries.waiting_wishes(),
            words=ngettext_lazy(
                "%(count)s woman asks for a later day.",
                "%(count)s women ask for a later day.",
                "count",
            ),
            button=_("Answer"),
            url=reverse("production_office:answers"),
            menu="work",
            icon="women",
        )


@source(order=57, has_badge=False)
def coming(person: AbstractUser) -> Iterator[Waiting]:
    """What should be at the store's table by today, and what is being mended."""
    url = reverse("production_office:deliveries")
    if person.has_perm(RECEIVE):
        knitted = queries.being_knitted().filter(due_on__lte=days.today())
        left = knitted.order_by().values(summed=F("quantity") - F("delivered"))
        yield Waiting(
            rows=SumOf(left),
            words=ngettext_lazy(
                "%(count)s piece should be brought by today.",
                "%(count)s pieces should be brought by today.",
                "count",
            ),
            button=_("See from whom"),
            url=f"{url}?due=today",
            menu="",
            icon="sun",
        )
        yield Waiting(
            rows=Piece.objects.filter(place=Piece.Place.MAKER),
            words=ngettext_lazy(
                "%(count)s piece is being mended.", "%(count)s pieces are being mended.", "count"
            ),
            button=_("See which"),
            url=f"{url}#mending",
            menu="",
            icon="tools",
        )


@source(order=60)
def wool(person: AbstractUser) -> Iterator[Waiting]:
    """Wool that work needs and nobody has; wool with women who have no work."""
    if person.has_perm(BUY):
        yield Waiting(
            rows=len(queries.short_keys()),
            words=ngettext_lazy(
                "%(count)s wool is not enough for the work that is open.",
                "%(count)s wools are not enough for the work that is open.",
                "count",
            ),
            button=_("See the wool"),
            url=f"{reverse('wool_office:stock')}?sort=store",
            menu="wool",
            icon="skein",
        )
    if person.has_perm(ISSUE):
        yield Waiting(
            rows=in_hands(is_idle=True),
            words=ngettext_lazy(
                "%(count)s woman keeps wool though she has no work.",
                "%(count)s women keep wool though they have no work.",
                "count",
            ),
            button=_("See who has wool"),
            url=f"{reverse('wool_office:hands')}?show=idle",
            menu="wool",
            icon="skein",
        )


@source(order=62, has_badge=False)
def wool_to_hand_out(person: AbstractUser) -> Iterator[Waiting]:
    """Women who said yes and wait for their wool: a long look, so only on the first page."""
    if person.has_perm(ISSUE):
        yield Waiting(
            rows=len({want.assignment.member_id for want in queries.wool_wanted()}),
            words=ngettext_lazy(
                "%(count)s woman waits for wool for work that she took on.",
                "%(count)s women wait for wool for work that they took on.",
                "count",
            ),
            button=_("Hand out wool"),
            url=reverse("production_office:wool"),
            menu="",
            icon="skein",
        )
