"""The journal, read."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models import Account, Block, JournalEntry, Posting
from ledger.queries.sides import Sides

#: Money that stays in the house.
BETWEEN = (JournalEntry.Kind.TRANSFER, JournalEntry.Kind.EXCHANGE, JournalEntry.Kind.PAYOUT)


def entries(
    *,
    since: date | None = None,
    until: date | None = None,
    kind: str = "",
    kinds: Collection[str] = (),
    came_in: bool | None = None,
    account: Account | None = None,
    words: str = "",
    after: int = 0,
) -> QuerySet[JournalEntry]:
    """Entries, the newest day first, with all that a list or a sentence about them needs.

    `kinds` are several at once, what undid them with them; `came_in` asks for money that came to
    the house (True) or left it (False), without what only went from one of its places to another.
    `after` is the key of an entry: only what was written later.
    A page of them costs two queries, however many rows it has.
    """
    found = JournalEntry.objects.select_related("payment__payee", "reverses").prefetch_related(
        Prefetch(
            "postings",
            Posting.objects.select_related("account__holder", "account__parent").order_by(
                "position"
            ),
        )
    )
    if after:
        found = found.filter(pk__gt=after)
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    if kind:
        found = found.filter(kind=kind)
    if kinds:
        found = found.filter(Q(kind__in=kinds) | Q(reverses__kind__in=kinds))
    if came_in is not None:
        found = found.exclude(kind__in=BETWEEN).exclude(reverses__kind__in=BETWEEN)
        found = found.filter(_moved_money(came_in=came_in))
    if words:
        found = found.filter(_has_words(words))
    if account:
        found = found.filter(
            pk__in=Posting.objects.filter(account=account).values_list("entry_id", flat=True)
        )
    return found.order_by("-day", "-id")


def _has_words(words: str) -> Q:
    """In the memo or the reference; a number is also an entry's."""
    told = Q(memo__icontains=words) | Q(reference__icontains=words)
    is_number = words.isascii() and words.isdigit() and len(words) < 10
    return told | Q(number=int(words)) if is_number else told


def _moved_money(*, came_in: bool) -> Exists:
    side = Posting.Side.DEBIT if came_in else Posting.Side.CREDIT
    return Exists(Posting.objects.filter(entry=OuterRef("pk"), side=side, account__is_money=True))


def entry_in_full() -> QuerySet[JournalEntry]:
    """Entries with everything that stands on an entry's own page."""
    return (
        entries()
        .select_related(
            "seal", "block_item__block", "created_by", "payment__requested_by", "reversed_by"
        )
        .prefetch_related("payment__approvals__signer")
    )


def newest_block() -> Block | None:
    """The newest block: its root vouches for every entry that has a number."""
    return Block.objects.order_by("-number").first()


def sides_of(entry: JournalEntry) -> list[tuple[str, Money]]:
    """Each currency of an entry with the sum of its debits, which is that of its credits."""
    sums: dict[str, int] = {}
    for one in entry.postings.all():
        if one.side == Posting.Side.DEBIT:
            code = one.account.currency
            sums[code] = sums.get(code, 0) + one.amount_minor
    return [(code, from_minor(amount, code)) for code, amount in sorted(sums.items())]


def total_of(entry: JournalEntry) -> Money:
    """What an entry moved, in the books' currency if it has any."""
    return Sides.of(entry).moved
