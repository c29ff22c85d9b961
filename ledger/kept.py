"""Accounts that only an event of the house writes, never a hand.

What stands on them is counted elsewhere too: grams in lots, movements that a provider told of, money
on a trip. Whoever wrote them by hand would make both disagree for ever. An app says so of its roles
when it is ready; the core says it of what its members are owed.
"""

from collections.abc import Iterable

from ledger import queries
from ledger.errors import CountedElsewhere, KeptByTheHouse
from ledger.models import Account, JournalEntry

_roles: set[str] = set()
_undone_by_hand: set[str] = set()


def keep(*roles: str, undone_by_hand: bool = False) -> None:
    """The accounts of these roles are written by events alone.

    `undone_by_hand`: who counts them too notices by itself when an entry is undone.
    """
    _roles.update(map(str, roles))
    if undone_by_hand:
        _undone_by_hand.update(map(str, roles))


def is_kept(account: Account, kind: str = "") -> bool:
    """Whether no hand writes this account.

    What members were owed on paper may still be taken over (kind `opening`).
    """
    if account.role in _roles:
        return True
    return queries.is_of_a_member(account) and kind != JournalEntry.Kind.OPENING


def refuse_kept(accounts: Iterable[Account], kind: str = "") -> None:
    """Raises KeptByTheHouse for the first that no hand writes."""
    for one in accounts:
        if is_kept(one, kind):
            raise KeptByTheHouse(account=one.code, name=one.name)


def refuse_undoing(entry: JournalEntry) -> None:
    """Raises CountedElsewhere if undoing `entry` would leave another count of it as it was."""
    roles = _roles - _undone_by_hand
    counted = Account.objects.filter(role__in=roles, postings__entry=entry).first()
    if counted is not None:
        raise CountedElsewhere(account=counted.code, name=counted.name)
