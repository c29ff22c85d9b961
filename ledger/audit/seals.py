"""Seals verify: every column of every entry is what was sealed. Invariant 2."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant
from ledger.audit.read import name
from ledger.canonical import SealedEntry, SealedPayment, SealedPosting, leaf_hash
from ledger.models import Approval, JournalEntry, Posting, Seal

PIECE = 1000


@invariant(2, _("Every seal verifies: nothing in a sealed entry was changed."))
def seals_verify() -> Iterator[str]:
    """Names every entry whose seal is missing or does not fit what is stored."""
    last = 0
    while piece := list(
        JournalEntry.objects.filter(pk__gt=last)
        .select_related("seal", "payment", "reverses")
        .order_by("pk")[:PIECE]
    ):
        postings = _postings(piece[0].pk, piece[-1].pk)
        signatures = _signatures(piece)
        for entry in piece:
            yield from _verify(entry, postings.get(entry.pk, []), signatures)
        last = piece[-1].pk
    lost = Seal.objects.exclude(pk__in=JournalEntry.objects.values("pk"))
    for key in lost.order_by("pk").values_list("pk", flat=True):
        yield finding("the seal of entry {key} has no entry", key=key)


def _verify(
    entry: JournalEntry, postings: list[SealedPosting], signatures: dict[int, list[Any]]
) -> Iterator[str]:
    named = name(entry.pk, entry.reference, entry.number)
    if not hasattr(entry, "seal"):
        yield finding("{named} has no seal", named=named)
        return
    seal = entry.seal
    try:
        leaf = leaf_hash(sealed_entry(entry, postings, signatures), seal.salt, seal.version)
    except ValueError:
        yield finding("{named} has a seal that cannot be read", named=named)
        return
    if leaf != seal.leaf:
        yield finding("{named} is not what was sealed", named=named)


def sealed_entry(
    entry: JournalEntry, postings: list[SealedPosting], signatures: dict[int, list[Any]]
) -> SealedEntry:
    """`entry` as its seal must have seen it."""
    payment = entry.payment
    return SealedEntry(
        reference=entry.reference,
        day=entry.day,
        kind=entry.kind,
        memo=entry.memo,
        reverses=entry.reverses.reference if entry.reverses else None,
        created_by=entry.created_by_id,
        created_at=entry.created_at,
        payment=SealedPayment(
            payment.reference,
            payment.payee_id,
            payment.requested_by_id,
            payment.requested_on,
            tuple(signatures.get(payment.pk, [])),
        )
        if payment
        else None,
        postings=postings,
        id=entry.pk,
    )


def _postings(first: int, last: int) -> dict[int, list[SealedPosting]]:
    rows = (
        Posting.objects.filter(entry_id__gte=first, entry_id__lte=last)
        .order_by("entry_id", "position")
        .values_list(
            "entry_id",
            "account__code",
            "account__kind",
            "account__currency",
            "account__is_money",
            "side",
            "amount_minor",
            "seq",
            "balance_after",
            "pk",
        )
    )
    return {
        key: [SealedPosting(*row[1:]) for row in group]
        for key, group in groupby(rows, key=itemgetter(0))
    }


def _signatures(entries: list[JournalEntry]) -> dict[int, list[Any]]:
    paid = [entry.payment_id for entry in entries if entry.payment_id]
    found: dict[int, list[Any]] = {}
    rows = Approval.objects.filter(payment__in=paid).order_by("payment_id", "signer_id")
    for payment_id, signer, day in rows.values_list("payment_id", "signer_id", "signed_on"):
        found.setdefault(payment_id, []).append((signer, day))
    return found


def sealed_postings(entry: JournalEntry) -> list[SealedPosting]:
    """The postings of one entry as its seal saw them."""
    return _postings(entry.pk, entry.pk).get(entry.pk, [])


def sealed_signatures(entry: JournalEntry) -> dict[int, list[Any]]:
    """The signatures under the payment of one entry as its seal saw them."""
    return _signatures([entry])
