"""Advances are accounted for in the books, receipt by receipt. Invariants 3 and 7."""
# ruff: noqa: S608 - the statements are put together from our own words only

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import Amount, finding, invariant, word
from ledger.audit.read import name, rows
from ledger.cash import triggers
from ledger.models import JournalEntry


@invariant(3, _("An advance is money that two signed for one person to account for."))
def advances_are_signed_for() -> Iterator[str]:
    """Names advances whose payment is another kind of payment, or nobody's."""
    wrong = triggers.ADVANCE_IS_NO_ADVANCE.replace("NEW.", "v.")
    for (advance_id,) in rows(f"SELECT v.id FROM cash_advance v WHERE {wrong} ORDER BY v.id"):
        yield finding(
            "advance {advance_id} is not the payment of an advance to a person",
            advance_id=advance_id,
        )


@invariant(
    7, _("What was brought of an advance stands in the books: a cost, or money that came back.")
)
def advances_are_settled() -> Iterator[str]:
    """Names parts that their entry does not bear out, and advances settled beyond their amount."""
    differs = triggers.PART_DIFFERS.replace("NEW.", "t.")
    for part_id, advance_id in rows(
        f"SELECT t.id, t.advance_id FROM cash_advancepart t WHERE {differs} ORDER BY t.id"
    ):
        yield finding(
            "part {part_id} of advance {advance_id} is not what its entry says",
            part_id=part_id,
            advance_id=advance_id,
        )
    elsewhere = """
        SELECT t.id, t.advance_id, e.kind, a.code
          FROM cash_advancepart t JOIN ledger_journalentry e ON e.id = t.entry_id
          JOIN ledger_posting p ON p.entry_id = e.id AND p.side = 'debit'
          JOIN ledger_account a ON a.id = p.account_id
         WHERE (e.kind = 'advance_returned' AND NOT a.is_money)
            OR (e.kind = 'advance_settled' AND a.kind <> 'expense') ORDER BY t.id"""
    for part_id, advance_id, kind, code in rows(elsewhere):
        yield finding(
            "part {part_id} of advance {advance_id} is “{kind}”, and went to account {code}",
            part_id=part_id,
            advance_id=advance_id,
            kind=word(JournalEntry.Kind, kind),
            code=code,
        )
    too_much = """
        SELECT v.id, y.amount_minor, SUM(t.minor), y.currency FROM cash_advance v
          JOIN ledger_payment y ON y.id = v.payment_id
          JOIN cash_advancepart t ON t.advance_id = v.id
         WHERE NOT EXISTS (SELECT 1 FROM ledger_journalentry r WHERE r.reverses_id = t.entry_id)
         GROUP BY v.id, y.amount_minor, y.currency HAVING SUM(t.minor) > y.amount_minor ORDER BY v.id"""
    for advance_id, amount, settled, currency in rows(too_much):
        yield finding(
            "advance {advance_id} was of {amount}, and {settled} of it was brought",
            advance_id=advance_id,
            amount=Amount(amount, currency),
            settled=Amount(settled, currency),
        )


@invariant(7, _("Each receipt in the books belongs to the advance that it accounts for."))
def receipts_belong_to_advances() -> Iterator[str]:
    """Names entries that account for an advance that nobody knows."""
    stray = """
        SELECT e.id, e.reference, e.number FROM ledger_journalentry e
         WHERE e.kind = 'advance_settled' AND NOT EXISTS
               (SELECT 1 FROM cash_advancepart t WHERE t.entry_id = e.id) ORDER BY e.id"""
    for row in rows(stray):
        yield finding("{entry} accounts for no advance", entry=name(*row))
