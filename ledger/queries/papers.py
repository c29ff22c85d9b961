"""Photographs of papers that somebody who is not of the office may look at."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery

from coop.people.models import User
from ledger.models import JournalEntry, Voucher, VoucherWord


def with_word() -> QuerySet[Voucher]:
    """Photographs with `is_open`: what was said last of who may look; None where nothing was."""
    words = VoucherWord.objects.filter(voucher=OuterRef("pk")).order_by("-pk")
    rows = Voucher.objects.annotate(is_open=Subquery(words.values("is_open")[:1]))
    return rows.select_related("uploaded_by")


def papers_for(reader: User) -> QuerySet[Voucher]:
    """Those that every member may look at, and those of money that `reader` received herself.

    The paper of what another woman was paid is never among the first, whatever was said: her
    name stands on it.
    """
    hers = Q(payment__payee=reader) | Q(entry__payment__payee=reader)
    of_somebody = Q(payment__payee__isnull=False) | Q(entry__payment__payee__isnull=False)
    # is_open is an annotation, which the type of the rows does not tell.
    everybodys = Q(is_open=True) & ~of_somebody
    return with_word().filter(hers | everybodys)


def papers_of(entries: Iterable[JournalEntry], reader: User) -> dict[int, list[Voucher]]:
    """The photographs of `entries` that `reader` may look at, by entry (one query)."""
    shown = list(entries)
    by_payment = {one.payment_id: one.pk for one in shown if one.payment_id}
    mine = Q(entry__in=[one.pk for one in shown]) | Q(payment__in=list(by_payment))
    found: dict[int, list[Voucher]] = defaultdict(list)
    for one in papers_for(reader).filter(mine).order_by("pk"):
        key = one.entry_id or by_payment.get(one.payment_id or 0)
        if key is not None:
            found[key].append(one)
    return dict(found)


def papers_of_entry(entry: JournalEntry) -> list[Voucher]:
    """All photographs of an entry and of its payment, with what was said of them (one query)."""
    mine = Q(entry=entry) | Q(payment=entry.payment_id) if entry.payment_id else Q(entry=entry)
    return list(with_word().filter(mine).order_by("pk"))
