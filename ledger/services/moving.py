"""Moving our own money from one place to another."""

from datetime import date

from django.db import transaction
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import format_money, from_minor, to_minor
from coop.people.models import User
from ledger.errors import NotEnoughMoney
from ledger.kept import refuse_kept
from ledger.models import Account, JournalEntry
from ledger.services.exchange import crossing
from ledger.services.lines import credit, debit
from ledger.services.posting import post_entry
from ledger.services.rows import lock_accounts

Kind = JournalEntry.Kind


@transaction.atomic
def move_money(
    *,
    from_account: Account,
    to_account: Account,
    gives: Money,
    takes: Money,
    actor: User,
    on: date | None = None,
    memo: str = "",
    reference: str,
) -> JournalEntry:
    """Write that `gives` left one of our places and arrived in another as `takes`.

    In one currency that is a transfer; else an exchange, which only what others hold for us can
    be without signatures: the partner forwards dollars, and soles arrive at the bank.
    The same `reference` again gives the entry that is there.

    Raises KeptByTheHouse for a place that only events write (what Stripe holds), NotEnoughMoney if
    the place holds less, and what crossing and post_entry raise
    (OnlyOwnMoney, WrongSource, WrongTarget, RateMissing and others).
    """
    refuse_kept([from_account, to_account])
    day = on or days.today()
    lines = [
        debit(to_account, takes),
        credit(from_account, gives),
        *crossing(gives=gives, takes=takes, day=day),
    ]
    is_there = JournalEntry.objects.filter(reference=reference).exists()
    # All at once, as the posting itself will: two that move money wait for each other.
    locked, _ = lock_accounts(line.account.pk for line in lines)
    held = locked[from_account.pk].amount_minor
    if not is_there and from_account.is_money and held < to_minor(gives):
        held_now = format_money(from_minor(held, from_account.currency))
        raise NotEnoughMoney(account=from_account, held=held_now)
    return post_entry(
        day=day,
        kind=Kind.TRANSFER if gives.currency == takes.currency else Kind.EXCHANGE,
        memo=memo,
        lines=lines,
        reference=reference,
        created_by=actor,
    )
