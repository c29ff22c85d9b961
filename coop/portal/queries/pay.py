"""What a member earned and was paid, and the wool in her hands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from djmoney.money import Money

from catalog.models import Piece
from catalog.pictures import with_pictures
from coop.kit.money import from_minor
from coop.members.models import Member
from coop.portal.models import PayQuestion
from coop.wool.models import Custody
from ledger.models import Account, JournalEntry, Posting
from orders.production import queries as production
from orders.production.models import Assignment


@dataclass(frozen=True)
class Pay:
    """Earned less paid is owed: the balance of her account. Invariant 7."""

    owed: Money
    earned: Money
    paid: Money

    @property
    def i_owe(self) -> Money:
        """What she owes the house, where it is that way round."""
        return -self.owed


def pay_of(account: Account) -> Pay:
    """What her account says; an entry that was undone counts for nothing."""
    kinds = (
        Posting.objects.filter(account=account)
        .annotate(what=Coalesce("entry__reverses__kind", "entry__kind"))
        .order_by()
        .values("what")
        .annotate(
            credits=Sum("amount_minor", filter=Q(side=Posting.Side.CREDIT), default=0),
            debits=Sum("amount_minor", filter=Q(side=Posting.Side.DEBIT), default=0),
        )
    )
    nets = {row["what"]: row["credits"] - row["debits"] for row in kinds}
    paid = -nets.pop(JournalEntry.Kind.MEMBER_PAID, 0)
    earned = sum(nets.values())
    owed, earned_money, paid_money = (
        from_minor(amount, account.currency) for amount in (earned - paid, earned, paid)
    )
    return Pay(owed, earned_money, paid_money)


def last_question(member: Member) -> PayQuestion | None:
    """What she last asked about her pay, with the answer if there is one."""
    return PayQuestion.objects.filter(member=member).first()


#: So many works are shown to choose the one of which a piece is missing.
MOST_WORKS = 12


def brought_by(member: Member) -> list[Assignment]:
    """The works of which she brought pieces, the newest first, with their pictures."""
    brought = production.assignments().filter(member=member, delivered__gt=0)
    found = list(brought.order_by("-pk")[:MOST_WORKS])
    with_pictures(one.work_order.variant for one in found)
    return found


def piece_id_of(entry: JournalEntry) -> int | None:
    """The piece whose passing an entry books: "piece:12:passed"."""
    source = entry.reverses if entry.reverses_id and entry.reverses else entry
    kind, _, rest = source.reference.partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind == "piece" and number.isdigit() else None


def pieces_of(entries: Iterable[JournalEntry]) -> dict[int, Piece]:
    """The pieces that entries book with their pictures, by the entry's key (three queries)."""
    wanted = {entry.pk: piece_id_of(entry) for entry in entries}
    pieces = Piece.objects.select_related(
        "variant__design", "variant__product", "variant__colour"
    ).in_bulk({pk for pk in wanted.values() if pk})
    with_pictures(piece.variant for piece in pieces.values())
    return {entry: pieces[pk] for entry, pk in wanted.items() if pk in pieces}


@dataclass(frozen=True)
class WoolRow:
    """Yarn of a colour in her hands."""

    colour: object
    yarn: object
    grams: int


def wool_of(member: Member) -> list[WoolRow]:
    """What she has in her hands, by yarn and colour."""
    rows = Custody.objects.filter(member=member, grams__gt=0).select_related(
        "lot__yarn", "lot__colour"
    )
    found: dict[tuple[int, int], WoolRow] = {}
    for row in rows.order_by("lot__colour_id", "lot__yarn_id", "pk"):
        key = (row.lot.colour_id, row.lot.yarn_id)
        before = found[key].grams if key in found else 0
        found[key] = WoolRow(row.lot.colour, row.lot.yarn, before + row.grams)
    return list(found.values())
