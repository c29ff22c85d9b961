"""Work of the ledger in the background: gathering blocks every few minutes, an audit a day."""

from datetime import timedelta

from django_tasks import task

from coop.kit import audit
from coop.kit.rounds import keep_going
from ledger.services import gather_all

EVERY = timedelta(minutes=5)


@task()
def gather_blocks() -> int:
    """Gather what waits into blocks; how many blocks there were. The next round is set first, so
    that a round that fails does not end the series.
    """
    keep_gathering(after=EVERY)
    return len(gather_all())


def keep_gathering(*, after: timedelta = timedelta(0)) -> bool:
    """Set the next round, unless one is set already; whether it was set."""
    return keep_going(gather_blocks, after=after)


@task()
def audit_the_house() -> int:
    """Check everything that must always hold and keep what was found; how many rows break a rule."""
    found = audit.findings()
    audit.keep(found)
    return len(found)
