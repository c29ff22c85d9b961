"""Keeping what the audit found, and how far an auditor has read."""

from django.db import transaction

from coop.kit import audit
from coop.people.models import User
from ledger.models import AuditRun, JournalEntry, Reading

#: A run a day: more than a year of them is kept.
KEEP_RUNS = 400


@audit.keeper
@transaction.atomic
def keep_audit(result: audit.Result) -> AuditRun:
    """Write down what an audit found, so that the office can tell it; old runs go."""
    run = AuditRun.objects.create(
        checks=result.checks,
        broken=len(result.findings),
        findings="\n".join(one.kept() for one in result.findings[: AuditRun.MOST_LINES]),
    )
    AuditRun.objects.filter(pk__lte=run.pk - KEEP_RUNS).delete()
    return run


@transaction.atomic
def read_up_to(*, reader: User, entry: JournalEntry) -> Reading:
    """She has read the journal up to `entry`; going back is not possible, saying it twice harmless."""
    kept, _is_new = Reading.objects.select_for_update().get_or_create(
        reader=reader, defaults={"entry": entry}
    )
    if entry.pk > kept.entry_id:
        kept.entry = entry
        kept.save(update_fields=["entry", "at"])
    return kept
