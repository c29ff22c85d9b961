"""Money that the bank changed on its way: booked in the currency in which it came.

Stripe paid out dollars, and the bank's line says soles: what stands on the dollar account never
arrived there. It is taken back, and the same is written as it came, with the gain or loss that
the bank's rate made against ours.
"""

from django.db import transaction
from djmoney.money import Money

from coop.kit.money import format_money, from_minor
from coop.people.models import User
from ledger import queries as books
from ledger.bank.errors import CannotBeChanged, OtherDirection, RateTooFar
from ledger.bank.explain import ARRIVED
from ledger.bank.kinds import CHANGED, is_near, may_be_changed
from ledger.bank.models import BankLine, Match
from ledger.bank.queries.late import day_to_write
from ledger.bank.queries.open import open_rows
from ledger.bank.reading.raw import Remark
from ledger.bank.services.importing import BANK
from ledger.bank.services.matching import match_lines
from ledger.bank.services.writing import open_part
from ledger.models import Account, JournalEntry, Posting
from ledger.services import crossing, debit, post_entry, reverse_entry
from ledger.services.blocks import one_at_a_time
from ledger.services.lines import Line
from ledger.services.posting import hold_accounts

Kind = JournalEntry.Kind


@transaction.atomic
def book_as_arrived(
    *, line: BankLine, posting: Posting, actor: User, reasons: tuple[Remark, ...] = ()
) -> Match:
    """Write `posting`, of one of our accounts in another currency, as `line` says it came.

    Its entry is taken back and written anew, with what is open of the line in its place, and the
    realised gain or loss; then the two are matched. All or nothing.

    Raises OtherDirection, AlreadyMatched, CannotBeChanged, RateTooFar, and what reverse_entry and
    post_entry raise (RateMissing, PeriodClosed, WrongSource).
    """
    one_at_a_time(BANK)
    line, arrived = open_part(line)
    entry, given = _to_change(line, posting)
    worth = books.convert(given, arrived.currency.code, line.day)
    if not is_near(arrived, worth):
        raise RateTooFar(
            given=format_money(given), taken=format_money(arrived), rate=format_money(worth)
        )
    lines = [
        debit(line.account, arrived),
        *crossing(gives=given, takes=arrived, day=line.day),
        *_others(entry, posting),
    ]
    accounts = [one.account for one in lines]
    hold_accounts([*accounts, *Account.objects.filter(postings__entry=entry).distinct()])
    day = max(day_to_write(line), entry.day)
    reverse_entry(entry=entry, reason=f"{line.account.code} {line.day}", day=day, actor=actor)
    anew = post_entry(
        day=day,
        kind=CHANGED[Kind(entry.kind)],
        memo=entry.memo,
        lines=lines,
        reference=f"{entry.reference}{ARRIVED}",
        created_by=actor,
    )
    found = anew.postings.get(account=line.account)
    return match_lines(
        lines=[line], postings=[found], actor=actor, how=Match.How.WRITTEN, reasons=reasons
    )


def _to_change(line: BankLine, posting: Posting) -> tuple[JournalEntry, Money]:
    """The entry of a posting that waits whole, and what it debited."""
    if not line.is_in or posting.side != Posting.Side.DEBIT:
        raise OtherDirection
    rows = open_rows(posting.account).filter(pk=posting.pk).select_related("account", "entry")
    found = rows.prefetch_related("entry__postings__account").first()
    if (
        found is None
        or found.bank_parts.filter(match__undone_by=None).exists()
        or found.account.currency == line.account.currency
        or not may_be_changed(found.entry)
    ):
        raise CannotBeChanged
    return found.entry, from_minor(found.amount_minor, found.account.currency)


def _others(entry: JournalEntry, posting: Posting) -> list[Line]:
    """The entry's other sides, as they are."""
    rows = entry.postings.select_related("account").exclude(pk=posting.pk).order_by("position")
    return [Line(one.account, one.side, one.amount) for one in rows]  # type: ignore[arg-type]
