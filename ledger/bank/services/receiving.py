"""Recording what somebody waited for, from the line of the bank on which it came."""

from datetime import date

from django.db import transaction
from djmoney.money import Money

from coop.people.models import User
from ledger.bank.awaiting import Arrival, who_waits
from ledger.bank.errors import MayNotRecord, NotAwaited, WrongDirection
from ledger.bank.models import BankLine, Match
from ledger.bank.queries.late import day_to_write
from ledger.bank.reading.raw import Remark
from ledger.bank.services.importing import BANK
from ledger.bank.services.matching import match_lines
from ledger.bank.services.writing import open_part
from ledger.models import JournalEntry
from ledger.services.blocks import one_at_a_time


@transaction.atomic
def record_awaited(
    *,
    line: BankLine,
    key: str,
    pays: Money | None = None,
    actor: User,
    on: date | None = None,
    reasons: tuple[Remark, ...] = (),
) -> Match:
    """Record that what is open of `line` pays what somebody waits for, and match the two.

    The app that waits records it by its own service, so that its order counts as paid; nothing
    stays if either is refused. `pays` is how much of it is paid, where the bank changed the money
    from another currency: the difference to the day's rate is a realised gain or loss.

    Raises WrongDirection, AlreadyMatched, NotAwaited, MayNotRecord, and what that service raises.
    """
    one_at_a_time(BANK)
    line, arrived = open_part(line)
    if not line.is_in:
        raise WrongDirection(kind=JournalEntry.Kind.RECEIVABLE_SETTLED.label)
    waiting = who_waits(key)
    awaited = next((one for one in waiting.tell() if one.key == key), None) if waiting else None
    if waiting is None or awaited is None:
        raise NotAwaited
    if not actor.has_perm(waiting.permission):
        raise MayNotRecord
    arrival = Arrival(
        key=key,
        pays=pays or (arrived if awaited.open.currency == arrived.currency else awaited.open),
        arrived=arrived,
        into=line.account,
        operation=operation_of(line),
        on=on or day_to_write(line),
        actor=actor,
    )
    entry = waiting.record(arrival)
    posting = entry.postings.get(account=line.account)
    return match_lines(
        lines=[line], postings=[posting], actor=actor, how=Match.How.WRITTEN, reasons=reasons
    )


def operation_of(line: BankLine) -> str:
    """By what the payment is known: the bank's operation number, or the line itself where it has
    none. A second payment out of one line gets a number of its own.
    """
    base = line.reference or f"bank:{line.bank_id or line.key[:40]}"
    count = line.parts.values("match").distinct().count()
    return f"{base} ({count + 1})" if count else base
