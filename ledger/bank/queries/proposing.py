"""What may be written from a line of the bank for which the books have no posting yet: what somebody
waited for, what came in another currency, what lines like it were before.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from djmoney.money import Money

from coop.kit.money import from_minor, to_minor
from coop.people.models import User
from ledger import queries as books
from ledger.bank.awaiting import Awaited, awaited
from ledger.bank.explain import Explanation
from ledger.bank.kinds import CHANGED, COMING, LEAVING, is_near, may_be_changed
from ledger.bank.learning import bare, pattern_of, words_of
from ledger.bank.models import BankLine
from ledger.bank.queries.forwarded import explained
from ledger.bank.queries.naming import Names, open_of
from ledger.bank.queries.open import Side, open_rows, sides
from ledger.bank.queries.suggesting import Board, learned
from ledger.bank.reading.raw import Remark
from ledger.errors import RateMissing
from ledger.models import Account, JournalEntry, Posting

#: What a bank pays for keeping our money is called so.
INTEREST = frozenset(["interes", "intereses", "interest"])
#: What it takes for itself.
CHARGES = frozenset(
    [
        "comision",
        "comisiones",
        "mantenimiento",
        "portes",
        "itf",
        "fee",
        "fees",
        "charge",
        "charges",
        "gastos",
        "interes",
    ]
)
#: Money of another currency is on its way so long at most; so many postings of it are weighed.
ON_ITS_WAY, EARLY, _MOST_ABROAD = timedelta(days=15), timedelta(days=2), 100
#: A number alone means an order if it has so many figures.
_LONG = 4
#: An equal amount alone means an order so long after it was placed.
_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Proposal:
    """An entry that is missing and may be written as lines like this one were before."""

    sort: ClassVar[str] = "write"
    line: BankLine
    kind: str
    other: Account
    reasons: tuple[Remark, ...]

    @property
    def token(self) -> str:
        """What a form sends back to write just this."""
        return f"{self.line.pk}:{self.kind}:{self.other.pk}"


@dataclass(frozen=True)
class Receipt:
    """Money for which somebody waited: an order's."""

    sort: ClassVar[str] = "receive"
    line: BankLine
    awaited: Awaited
    #: How much of it is paid, in the currency in which it is owed.
    pays: Money
    reasons: tuple[Remark, ...]

    @property
    def token(self) -> str:
        """What a form sends back to record just this."""
        return f"{self.line.pk}:{self.awaited.key}:{to_minor(self.pays)}"

    @property
    def is_part(self) -> bool:
        """Whether something of it stays open."""
        return self.pays != self.awaited.open


@dataclass(frozen=True)
class Changed:
    """What stands on an account of ours in another currency, and came on this line instead."""

    sort: ClassVar[str] = "changed"
    line: BankLine
    side: Side
    explanation: Explanation | None
    #: What it was worth in the line's currency by the rate of the day.
    worth: Money
    reasons: tuple[Remark, ...]

    @property
    def token(self) -> str:
        """What a form sends back to book just this."""
        return f"{self.line.pk}:changed:{self.side.posting.pk}"

    @property
    def gain(self) -> Money:
        """What the bank's rate made more than ours; less, if negative."""
        return from_minor(open_of(self.line), self.worth.currency.code) - self.worth


Offer = Proposal | Receipt | Changed


def propose(found: Board, person: User | None = None) -> dict[int, Offer]:
    """By line's key, what may be written for it; each thing awaited, and each posting, once."""
    free = found.free_lines()
    proposals: dict[int, Offer] = {}
    offered: list[Offer] = [*_receipts(found, free, person)]
    offered += _changed(found, free)
    offered += _written(found, free)
    for one in offered:
        proposals.setdefault(one.line.pk, one)
    return proposals


# Somebody waits for it ---------------------------------------------------------------------------
def _receipts(found: Board, lines: Sequence[BankLine], person: User | None) -> Iterable[Receipt]:
    """For what came, who waits for it: the surest first, and nothing that could be two."""
    coming = [one for one in lines if one.is_in]
    waiting = awaited(person) if coming else []
    scored = [
        (why[0], line, one, why)
        for line in coming
        for one in waiting
        if (why := _why(found.names[line.pk], line, one)) is not None
    ]
    of_line = Counter((line.pk, score) for score, line, _one, _why_ in scored)
    of_awaited = Counter((one.key, score) for score, _line, one, _why_ in scored)
    done: set[int | str] = set()
    for score, line, one, (_score, pays, reasons) in sorted(
        scored, key=lambda it: (-it[0], it[1].day, it[1].pk, it[2].key)
    ):
        could_be_two = of_line[line.pk, score] > 1 or of_awaited[one.key, score] > 1
        if {line.pk, one.key} & done or (score < _NAMED and could_be_two):
            continue
        done |= {line.pk, one.key}
        yield Receipt(line, one, pays, tuple(reasons))


#: Less than a number of an order is a guess.
_NAMED = 60


def _why(mine: Names, line: BankLine, one: Awaited) -> tuple[int, Money, list[Remark]] | None:
    """How sure a line is what somebody waits for, how much of it, and why."""
    if line.day < one.since:
        return None
    came = from_minor(open_of(line), line.account.currency)
    pays, is_whole, reasons = _pays(came, line, one)
    if pays is None:
        return None
    score = 40 if is_whole else 0
    operations = {bare(told).lstrip("0") for told in one.operations}
    if told := sorted(mine.numbers & operations):
        score += 70
        reasons.append({"key": "operation", "told": told[0]})
    if one.number and (
        one.number in mine.orders or (len(one.number) >= _LONG and one.number in mine.numbers)
    ):
        score += 60
        reasons.append({"key": "order_number", "told": one.number})
    theirs = set(words_of(one.names))
    if named := [word for word in mine.words if word in theirs][:3]:
        score += 30
        reasons.append({"key": "counterparty", "told": " ".join(named).title()})
    if score == 40 and line.day - one.since > _SOON:
        return None
    # A name alone, or nothing but an amount that the bank changed, is too little.
    is_enough = score >= 60 or (is_whole and came.currency == one.open.currency)
    return (score, pays, reasons) if is_enough else None


def _pays(came: Money, line: BankLine, one: Awaited) -> tuple[Money | None, bool, list[Remark]]:
    """How much of what is awaited `came` pays, whether that is all of it, and the reason."""
    if came.currency == one.open.currency:
        if came > one.open:
            return None, False, []
        is_whole = came == one.open
        return came, is_whole, [{"key": "amount" if is_whole else "part"}]
    try:
        worth = books.convert(one.open, came.currency.code, line.day)
    except RateMissing:
        return None, False, []
    if not is_near(came, worth):
        return None, False, []
    return one.open, True, [{"key": "changed"}]


# It came in another currency ----------------------------------------------------------------------
def _changed(found: Board, lines: Sequence[BankLine]) -> Iterable[Changed]:
    """For what came, a payout or the like that stands on our account in another currency."""
    coming = [one for one in lines if one.is_in]
    sisters = _sisters(found.account) if coming else []
    if not sisters:
        return
    since = min(one.day for one in coming) - ON_ITS_WAY
    until = max(one.day for one in coming) + EARLY
    waiting = [
        side
        for sister in sisters
        for side in sides(
            open_rows(sister, since=since).filter(
                day__lte=until, entry__kind__in=CHANGED, side=Posting.Side.DEBIT
            )[:_MOST_ABROAD]
        )
        if not side.is_part and may_be_changed(side.entry)
    ]
    told = explained(one.entry for one in waiting)
    pairs = []
    for line in coming:
        for side in waiting:
            pair = _pair(found, line, side, told.get(side.entry.pk))
            if pair is not None:
                pairs.append(pair)
    done: set[object] = set()
    for _order, one in sorted(pairs, key=lambda it: it[0]):
        keys = {("line", one.line.pk), ("posting", one.side.posting.pk)}
        if not keys & done:
            done |= keys
            yield one


def _sisters(account: Account) -> list[Account]:
    """Our account in other currencies: of the same role, with nothing told of it by a bank."""
    if not account.role:
        return []
    rows = Account.objects.money().filter(role=account.role, is_open=True)
    rows = rows.exclude(currency=account.currency).exclude(
        bank_statements__withdrawn_at=None, bank_statements__isnull=False
    )
    return list(rows.order_by("code"))


def _pair(
    found: Board, line: BankLine, side: Side, explanation: Explanation | None
) -> tuple[tuple[int, int, int, int], Changed] | None:
    days = (line.day - side.posting.day).days
    if not -EARLY.days <= days <= ON_ITS_WAY.days:
        return None
    came = from_minor(open_of(line), found.account.currency)
    try:
        worth = books.convert(side.open, came.currency.code, line.day)
    except RateMissing:
        return None
    if not is_near(came, worth):
        return None
    mine = found.names[line.pk]
    theirs = Names.of_side(side, explanation)
    named = [one for one in mine.words if one in theirs.words][:3]
    numbers = mine.numbers & theirs.numbers
    is_known = bool(named or numbers)
    # By the rate alone it would be a guess: then the two amounts must be very near.
    apart = abs(came - worth).amount / worth.amount
    if not is_known and apart > _BY_THE_RATE_ALONE:
        return None
    reasons: list[Remark] = [{"key": "changed"}, {"key": "day", "days": abs(days)}]
    if numbers:
        reasons.append({"key": "reference", "told": max(sorted(numbers), key=len)})
    if named:
        reasons.append({"key": "counterparty", "told": " ".join(named).title()})
    if explanation is not None and explanation.is_payout:
        reasons.append({"key": "payout"})
    order = (0 if is_known else 1, int(apart * 10_000), line.pk, side.posting.pk)
    return order, Changed(line, side, explanation, worth, tuple(reasons))


_BY_THE_RATE_ALONE = 0.03


def says_interest(line: BankLine) -> bool:
    """Whether the bank's words call a line interest."""
    return bool(INTEREST & set(words_of(line.text)))


# Lines like it were this --------------------------------------------------------------------------
def _written(found: Board, lines: Sequence[BankLine]) -> Iterable[Proposal]:
    mine = Account.objects.filter(currency=found.account.currency, is_open=True)
    roles = (Account.Role.BANK_CHARGES, Account.Role.INTEREST)
    by_role = {one.role: one for one in mine.filter(role__in=roles)}
    charges, interest = (by_role.get(one) for one in roles)
    for line in lines:
        rules = found.rules.get((pattern_of(line), line.is_in), [])
        kinds = COMING if line.is_in else LEAVING
        rule = next(
            (
                one
                for one in rules
                if one.is_written
                and one.kind in kinds
                and one.other.is_open
                and one.other.currency == found.account.currency
            ),
            None,
        )
        if rule is not None:
            yield Proposal(line, rule.kind, rule.other, (learned(rule),))
        elif charges and not line.is_in and (said := CHARGES & set(words_of(line.text))):
            told: Remark = {"key": "says", "told": min(said)}
            yield Proposal(line, JournalEntry.Kind.BANK_CHARGE, charges, (told,))
        elif interest and line.is_in and (said := INTEREST & set(words_of(line.text))):
            told = {"key": "says", "told": min(said)}
            yield Proposal(line, JournalEntry.Kind.HAND, interest, (told,))
