"""Grants are recognised as they were used, results shared as booked, photographs as taken."""
# ruff: noqa: S608 - the statements are put together from our own words only

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant
from ledger import sql
from ledger.audit.read import rows
from ledger.models import Voucher


@invariant(7, _("What a grant was used for is recognised as income, neither more nor less."))
def grants_are_recognised() -> Iterator[str]:
    """Names uses whose entry says something else, and recognitions that no use stands behind."""
    differs = sql.USE_IS_NOT_RECOGNISED.replace("NEW.", "u.")
    for (use_id,) in rows(f"SELECT u.id FROM ledger_grantuse u WHERE {differs} ORDER BY u.id"):
        yield finding("use {use_id} of a grant is not what its entry recognised", use_id=use_id)
    stray = """
        SELECT e.id, e.reference FROM ledger_journalentry e WHERE e.kind = 'grant_used'
           AND NOT EXISTS (SELECT 1 FROM ledger_grantuse u WHERE u.recognised_id = e.id)
         ORDER BY e.id"""
    for entry_id, reference in rows(stray):
        yield finding(
            "entry {entry_id} ({reference}) recognises a grant that nothing used",
            entry_id=entry_id,
            reference=reference,
        )


@invariant(7, _("A grant's budgets follow one another, and plan its own lines."))
def budgets_follow() -> Iterator[str]:
    """Names budgets whose number jumps, and plans for the line of another grant."""
    jumps = sql.BUDGET_JUMPS.replace("NEW.", "v.")
    for (budget_id,) in rows(f"SELECT v.id FROM ledger_grantbudget v WHERE {jumps} ORDER BY v.id"):
        yield finding(
            "budget {budget_id} of a grant does not follow the one before it", budget_id=budget_id
        )
    early = sql.BUDGET_ENDS_BEFORE_GRANT.replace("NEW.", "v.")
    for (budget_id,) in rows(f"SELECT v.id FROM ledger_grantbudget v WHERE {early} ORDER BY v.id"):
        yield finding("budget {budget_id} ends its grant before it begins", budget_id=budget_id)
    stray = sql.PLAN_OF_ANOTHER_GRANT.replace("NEW.", "v.")
    for (plan_id,) in rows(f"SELECT v.id FROM ledger_grantplan v WHERE {stray} ORDER BY v.id"):
        yield finding("plan {plan_id} is for a line of another grant", plan_id=plan_id)


@invariant(7, _("A result is shared as the assembly decided: every part stands in the entry."))
def surpluses_are_shared() -> Iterator[str]:
    """Names decisions that differ from their entry, and entries without a decision's parts."""
    differs = sql.DECISION_IS_NO_SURPLUS.replace("NEW.", "d.")
    for (decision_id,) in rows(
        f"SELECT d.id FROM ledger_surplusdecision d WHERE {differs} ORDER BY d.id"
    ):
        yield finding(
            "decision {decision_id} about a result is not what its entry booked",
            decision_id=decision_id,
        )
    parts = """
        SELECT d.id FROM ledger_surplusdecision d WHERE d.amount_minor <>
               (SELECT COALESCE(SUM(s.amount_minor), 0) FROM ledger_surplusshare s
                 WHERE s.decision_id = d.id) ORDER BY d.id"""
    for (decision_id,) in rows(parts):
        yield finding(
            "the parts of decision {decision_id} about a result do not add up to it",
            decision_id=decision_id,
        )
    crooked = sql.SHARES_DIFFER_FROM_ENTRY.replace("NEW.", "s.")
    for (share_id,) in rows(
        f"SELECT s.id FROM ledger_surplusshare s WHERE {crooked} ORDER BY s.id"
    ):
        yield finding(
            "share {share_id} of a result is not what its entry booked", share_id=share_id
        )


@invariant(2, _("The photograph of a receipt is the one that was taken."))
def vouchers_are_as_taken() -> Iterator[str]:
    """Names photographs whose file is gone or is another."""
    for one in Voucher.objects.order_by("pk").iterator(chunk_size=200):
        try:
            with one.file.open("rb") as file:
                found = hashlib.sha256(file.read()).hexdigest()
        except OSError:
            yield finding("the file of voucher {key} is gone", key=one.pk)
            continue
        if found != one.sha256:
            yield finding("the file of voucher {key} is not the one that was kept", key=one.pk)
