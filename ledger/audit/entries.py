"""Entries balance, hang together, and are in the books once. Invariants 1, 2 and 6."""
# ruff: noqa: S608 - the statements are put together from our own words only

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import Amount, finding, invariant
from ledger import sql
from ledger.audit.read import name, rows

_NAMED = "e.id, e.reference, e.number"


def _entries_where(condition: str) -> Iterator[str]:
    """Names of the entries of which a trigger's condition holds."""
    condition = condition.replace("NEW.entry_id", "j.id")
    query = f"SELECT j.id, j.reference, j.number FROM ledger_journalentry j WHERE {condition}"
    for row in rows(query):
        yield name(*row)


@invariant(1, _("Every journal entry balances in each currency and has two postings or more."))
def entries_balance() -> Iterator[str]:
    """Names every entry that does not, with the difference."""
    differing = f"""
        SELECT {_NAMED}, a.currency,
               SUM(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) AS net
          FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
          JOIN ledger_journalentry e ON e.id = p.entry_id
         GROUP BY {_NAMED}, a.currency
        HAVING SUM(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) <> 0
         ORDER BY e.id"""
    for entry_id, reference, number, currency, net in rows(differing):
        yield finding(
            "{entry} does not balance: {net} stand on one side only",
            entry=name(entry_id, reference, number),
            net=Amount(net, currency),
        )
    for one in _entries_where(sql.FEWER_THAN_TWO_POSTINGS):
        yield finding("{entry} has fewer than two postings", entry=one)


@invariant(
    1, _("A posting belongs to one entry, in its place, on its day; a reversal is a mirror.")
)
def postings_belong() -> Iterator[str]:
    """Names postings without entry or account, out of place or day, and crooked reversals."""
    loose = """
        SELECT p.id FROM ledger_posting p
          LEFT JOIN ledger_journalentry e ON e.id = p.entry_id
          LEFT JOIN ledger_account a ON a.id = p.account_id
         WHERE e.id IS NULL OR a.id IS NULL ORDER BY p.id"""
    for (posting_id,) in rows(loose):
        yield finding("posting {posting_id} has no entry or no account", posting_id=posting_id)
    places = f"""
        SELECT {_NAMED} FROM ledger_posting p JOIN ledger_journalentry e ON e.id = p.entry_id
         GROUP BY {_NAMED} HAVING MIN(p.position) <> 0 OR MAX(p.position) <> COUNT(*) - 1
         ORDER BY e.id"""
    for row in rows(places):
        yield finding("{entry} has postings out of place", entry=name(*row))
    other_day = f"""
        SELECT {_NAMED}, p.id FROM ledger_posting p
          JOIN ledger_journalentry e ON e.id = p.entry_id WHERE p.day <> e.day ORDER BY p.id"""
    for entry_id, reference, number, posting_id in rows(other_day):
        yield finding(
            "posting {posting_id} of {entry} has another day",
            posting_id=posting_id,
            entry=name(entry_id, reference, number),
        )
    for one in _entries_where(sql.REVERSAL_DIFFERS):
        yield finding("{entry} does not mirror what it reverses", entry=one)


@invariant(2, _("A closed period takes no entry."))
def closed_periods_are_closed() -> Iterator[str]:
    """Names entries that were written into days that had been closed."""
    late = f"""
        SELECT {_NAMED}, e.day, MAX(c.last_day)
          FROM ledger_journalentry e
          JOIN ledger_period c ON c.last_day >= e.day AND c.closed_at < e.created_at
         GROUP BY {_NAMED}, e.day ORDER BY e.id"""
    for entry_id, reference, number, day, last_day in rows(late):
        named = name(entry_id, reference, number)
        yield finding(
            "{entry} of {day} was written after days up to {last_day} were closed",
            entry=named,
            day=day,
            last_day=last_day,
        )


@invariant(6, _("Each reference is in the books once."))
def references_are_unique() -> Iterator[str]:
    """Names references that occur twice, and entries reversed twice."""
    twice = """
        SELECT reference, COUNT(*) FROM ledger_journalentry
         GROUP BY reference HAVING COUNT(*) > 1 ORDER BY reference"""
    for reference, count in rows(twice):
        yield finding(
            "reference {reference} is in the journal {count} times",
            reference=reference,
            count=count,
        )
    again = """
        SELECT reverses_id, COUNT(*) FROM ledger_journalentry WHERE reverses_id IS NOT NULL
         GROUP BY reverses_id HAVING COUNT(*) > 1 ORDER BY reverses_id"""
    for entry_id, count in rows(again):
        yield finding("entry {entry_id} was reversed {count} times", entry_id=entry_id, count=count)
