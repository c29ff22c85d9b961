"""Days were closed by two, with the entries that closing makes; accounts keep what they say."""
# ruff: noqa: S608 - the statements are put together from our own words only

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant
from ledger import sql
from ledger.audit.read import name, rows


@invariant(2, _("Two people signed each closing, and it booked what they saw."))
def closings_are_signed() -> Iterator[str]:
    """Names closings without two fitting signatures or with other entries, and stray periods."""
    entries = sql.ENTRIES_OF_DAYS.replace("NEW.", "c.")
    query = f"""
        SELECT c.id, c.last_day, c.entries, {entries},
               CASE WHEN {sql.CLOSING_IS_SIGNED} THEN 1 ELSE 0 END,
               CASE WHEN {sql.CLOSING_BOOKED_WHAT_IT_SAYS} THEN 1 ELSE 0 END,
               (SELECT COUNT(*) FROM ledger_period b WHERE b.last_day = c.last_day)
          FROM ledger_closing c WHERE c.status = 'closed' ORDER BY c.id"""
    for closing_id, last_day, said, found, is_signed, is_booked, periods in rows(query):
        if said != found:
            yield finding(
                "closing {closing_id} up to {last_day} closed {said} entries, and {found} stand",
                closing_id=closing_id,
                last_day=last_day,
                said=said,
                found=found,
            )
        if not is_signed:
            yield finding(
                "closing {closing_id} up to {last_day} lacks two signatures that fit it",
                closing_id=closing_id,
                last_day=last_day,
            )
        if not is_booked:
            yield finding(
                "closing {closing_id} up to {last_day} booked something else than was signed",
                closing_id=closing_id,
                last_day=last_day,
            )
        if not periods:
            yield finding(
                "closing {closing_id} up to {last_day} is done, and its days are open",
                closing_id=closing_id,
                last_day=last_day,
            )
    # A house may have closed days before two had to sign: those are older than its first closing.
    stray = """
        SELECT b.id, b.last_day FROM ledger_period b
         WHERE NOT EXISTS (SELECT 1 FROM ledger_closing c
                            WHERE c.status = 'closed' AND c.last_day = b.last_day)
           AND b.closed_at >= (SELECT MIN(c.created_at) FROM ledger_closing c) ORDER BY b.id"""
    for period_id, last_day in rows(stray):
        yield finding(
            "period {period_id} up to {last_day} was closed by no closing",
            period_id=period_id,
            last_day=last_day,
        )


@invariant(2, _("A signature under a closing holds what the closing says."))
def closing_signatures_fit() -> Iterator[str]:
    """Names every signature that differs from its closing."""
    differs = sql.CLOSING_SIGNATURE_DIFFERS.replace("NEW.", "s.").replace(
        " AND c.status = 'asked'", ""
    )
    for signature_id, closing_id in rows(
        f"SELECT s.id, s.closing_id FROM ledger_closingsignature s WHERE {differs} ORDER BY s.id"
    ):
        yield finding(
            "signature {signature_id} does not fit closing {closing_id}",
            signature_id=signature_id,
            closing_id=closing_id,
        )


@invariant(2, _("Only closing days revalues currencies and makes a year's result."))
def closings_made_their_entries() -> Iterator[str]:
    """Names entries of those kinds that no closing made, and what undid one that it made."""
    query = """
        SELECT e.id, e.reference, e.number FROM ledger_journalentry e
          LEFT JOIN ledger_journalentry o ON o.id = e.reverses_id
         WHERE (e.kind IN ('revaluation', 'result') AND NOT EXISTS
               (SELECT 1 FROM ledger_closingentry m JOIN ledger_closing c ON c.id = m.closing_id
                 WHERE m.entry_id = e.id AND c.status = 'closed' AND c.last_day = e.day))
            OR o.kind IN ('revaluation', 'result') ORDER BY e.id"""
    for row in rows(query):
        yield finding("{entry} is not of a closing that was done", entry=name(*row))
