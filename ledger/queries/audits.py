"""What an auditor looks at: the audit's last result, and what is new in the journal for her."""

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from coop.people.models import User
from ledger.models import AuditRun, JournalEntry, Reading


def last_audit() -> AuditRun | None:
    """The newest run, if the audit ever ran."""
    return AuditRun.objects.first()


def read_until(reader: User) -> Reading | None:
    """How far she has read the journal, as she said."""
    return Reading.objects.filter(reader=reader).first()


def new_for(reader: User) -> QuerySet[JournalEntry]:
    """Entries written since she last said how far she has read; all of them if she never did."""
    until = Reading.objects.filter(reader=reader).values("entry")
    return JournalEntry.objects.filter(pk__gt=Coalesce(Subquery(until), Value(0)))
