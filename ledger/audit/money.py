"""Money leaves as two people signed it. Invariant 3."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant, word
from ledger import sql
from ledger.audit.entries import _entries_where
from ledger.audit.read import rows
from ledger.models import Payment


@invariant(3, _("Money that the house sends out is signed by two people, neither the receiver."))
def money_leaves_signed() -> Iterator[str]:
    """Names every entry that took money out without two matching signatures."""
    unsigned = sql.MONEY_LEAVES_UNSIGNED.replace("y.status = 'signed'", "y.status = 'paid'")
    for one in _entries_where(unsigned):
        yield finding(
            "{entry} takes money out, and two matching signatures are not there", entry=one
        )
    for one in _entries_where(sql.TRANSFER_LEAVES_MONEY):
        yield finding("{entry} is a transfer to what is not our own money", entry=one)
    for one in _entries_where(sql.MONEY_TAKEN_FROM_ELSEWHERE):
        yield finding("{entry} takes money from a place that is not its own", entry=one)
    for one in _entries_where(sql.MONEY_LED_ELSEWHERE):
        yield finding("{entry} brings money to a place that is not its own", entry=one)


@invariant(3, _("A member is paid no more than she is owed."))
def nobody_is_paid_too_much() -> Iterator[str]:
    """Names every payment after which a member owed the house."""
    for one in _entries_where(sql.PAID_MORE_THAN_OWED):
        yield finding("{entry} pays a member more than she was owed", entry=one)


@invariant(3, _("A signature holds what the payment says, and the payee did not sign."))
def signatures_match() -> Iterator[str]:
    """Names every signature that differs from its payment."""
    differs = sql.APPROVAL_DIFFERS.replace("NEW.", "s.").replace(" AND y.status = 'requested'", "")
    query = f"""
        SELECT s.id, y.reference FROM ledger_approval s
          LEFT JOIN ledger_payment y ON y.id = s.payment_id
         WHERE {differs} ORDER BY s.id"""  # noqa: S608 - our own words
    for approval_id, reference in rows(query):
        yield finding(
            "signature {approval_id} does not fit payment {reference}",
            approval_id=approval_id,
            reference=reference,
        )


@invariant(3, _("A payment stands where its signatures, its entry and its trace say."))
def payments_stand_where_they_say() -> Iterator[str]:
    """Names every payment whose status or trace does not follow from what was done."""
    lacking = sql.PAYMENT_LACKS_SIGNATURES.replace("NEW.", "y.")
    query = f"""
        SELECT y.reference, y.status, e.id, CASE WHEN {lacking} THEN 1 ELSE 0 END,
               (SELECT COUNT(*) FROM ledger_approval s WHERE s.payment_id = y.id),
               {_count("requested")}, {_count("signed")}, {_count("paid")},
               {_count("voided", "refused")}
          FROM ledger_payment y LEFT JOIN ledger_journalentry e ON e.payment_id = y.id
         ORDER BY y.id"""  # noqa: S608 - our own words
    for reference, status, entry_id, lacks, signatures, *traced in rows(query):
        if (status == "paid") != (entry_id is not None):
            yield finding(
                "payment {reference} is “{status}”, and its entry is {entry_id}",
                reference=reference,
                status=word(Payment.Status, status),
                entry_id=entry_id or "–",
            )
        if lacks:
            yield finding(
                "payment {reference} is “{status}” without two signatures that fit it",
                reference=reference,
                status=word(Payment.Status, status),
            )
        if traced != [1, signatures, int(status == "paid"), int(status == "void")]:
            yield finding(
                "payment {reference} is “{status}”, but its trace tells something else",
                reference=reference,
                status=word(Payment.Status, status),
            )


def _count(*verbs: str) -> str:
    told = ", ".join(f"'{one}'" for one in verbs)
    return (
        "(SELECT COUNT(*) FROM ledger_paymentevent v"  # noqa: S608 - our own words
        f" WHERE v.payment_id = y.id AND v.verb IN ({told}))"
    )


@invariant(3, _("A payment goes to the holder of what is owed, out of one of our money accounts."))
def payments_go_to_the_holder() -> Iterator[str]:
    """Names every payment of which that is not so."""
    wrong = f"({sql.PAYMENT_FROM_NO_MONEY}) OR ({sql.PAYEE_IS_NOT_HOLDER})".replace("NEW.", "y.")
    query = f"SELECT y.reference FROM ledger_payment y WHERE {wrong} ORDER BY y.id"  # noqa: S608
    for (reference,) in rows(query):
        yield finding(
            "payment {reference} goes to someone else, or not out of our money", reference=reference
        )
