"""Money that a partner sent on, explained by what had come to the partner: the oldest first.

A partner (an NGO, a hotel) holds the card provider's account where the cooperative cannot have one:
payouts reach the partner, and what she sends on is a sum of hers. First come, first sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from django.utils.translation import gettext as _

from coop.kit.money import from_minor
from ledger.bank.explain import Explanation, Piece, explain
from ledger.models import Account, JournalEntry, Posting

#: So many movements of a partner's account are followed back.
_MOST = 5000


@dataclass
class _Arrived:
    entry_id: int
    left: int


def sources_of(entry: JournalEntry) -> list[tuple[int, int]]:
    """Out of which entries on the partner's account the money of `entry` came, and how much.

    Empty unless it leaves a partner's account (its postings and accounts are read).
    """
    out = next((one for one in entry.postings.all() if _leaves_partner(one)), None)
    if out is None:
        return []
    waiting: list[_Arrived] = []
    rows = Posting.objects.filter(account=out.account_id, seq__lte=out.seq).order_by("seq")
    for one in rows[:_MOST]:
        if one.side == Posting.Side.DEBIT:
            waiting.append(_Arrived(one.entry_id, one.amount_minor))
            continue
        taken = _take(waiting, one.amount_minor)
        if one.pk == out.pk:
            return taken
    return []


def _leaves_partner(one: Posting) -> bool:
    return one.side == Posting.Side.CREDIT and one.account.role == Account.Role.PARTNER


def _take(waiting: list[_Arrived], amount: int) -> list[tuple[int, int]]:
    taken = []
    while amount and waiting:
        part = min(amount, waiting[0].left)
        taken.append((waiting[0].entry_id, part))
        amount -= part
        waiting[0].left -= part
        if not waiting[0].left:
            waiting.pop(0)
    return taken


def explained(entries: Iterable[JournalEntry]) -> dict[int, Explanation]:
    """As `explain`, and what a partner sent on is followed down to the payouts and their orders."""
    asked = list(entries)
    found = explain(asked)
    for entry in asked:
        taken = sources_of(entry)
        if taken:
            found[entry.pk] = _forward(entry, taken, found.get(entry.pk))
    return found


def _forward(
    entry: JournalEntry, taken: list[tuple[int, int]], known: Explanation | None
) -> Explanation:
    sources = JournalEntry.objects.in_bulk([key for key, _amount in taken])
    told = explain(cast("list[JournalEntry]", list(sources.values())))
    out = next(one for one in entry.postings.all() if _leaves_partner(one))
    pieces = []
    for key, amount in taken:
        source, one = sources[key], told.get(key)
        whole = source.postings.get(account=out.account_id, side=Posting.Side.DEBIT).amount_minor
        pieces.append(
            Piece(
                label=one.title if one else str(source),
                amount=from_minor(amount, out.account.currency),
                url=one.url if one else "",
                note="" if amount == whole else _("a part of it"),
                pieces=one.pieces if one else (),
            )
        )
    base = known or Explanation(title=_("Sent on by the partner"))
    covered = sum(amount for _key, amount in taken)
    return replace(base, is_payout=True, pieces=pieces, is_whole=covered == out.amount_minor)
