"""Which lines of the bank may be which postings, and why. Nothing here writes.

Pairs first, the surest before all others; then what a batch itself says; then sums. All of it is
bounded: so many lines and postings at once, so many steps for sums.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db.models import prefetch_related_objects

from ledger.bank.explain import Explanation
from ledger.bank.learning import pattern_of, rules_for
from ledger.bank.models import BankLine, LearnedRule
from ledger.bank.queries.forwarded import explained
from ledger.bank.queries.naming import Names, is_asked_from, open_of
from ledger.bank.queries.open import Side, open_lines, open_postings
from ledger.bank.queries.sums import Steps, sums_to
from ledger.bank.reading.raw import Remark
from ledger.models import Account

#: How far a posting may lie before and after the bank's line.
BEFORE, AFTER = timedelta(days=45), timedelta(days=20)
#: For sums of several, which could come about by chance, less.
SUM_BEFORE, SUM_AFTER = timedelta(days=12), timedelta(days=4)
#: An equal amount alone is enough so near.
NEAR = 10
_AMOUNT, _DAY, _REFERENCE, _PARTY, _LEARNED, _ASKED = 50, 30, 40, 20, 15, 60
MOST_LINES = 300
#: Of one amount, so many postings are weighed for a line: the nearest.
MOST_ALIKE = 20
#: So many words of a name are told.
_NAMES = 3
#: What is as good as certain, beside an equal amount; and what is if nothing else has it.
_CERTAIN = {"reference", "asked"}
_TELLING = _CERTAIN | {"counterparty", "learned", "payout"}


@dataclass(frozen=True)
class Suggestion:
    """Lines and postings that may belong together; `score` orders, `reasons` say why."""

    lines: tuple[BankLine, ...]
    sides: tuple[Side, ...]
    score: int
    reasons: tuple[Remark, ...]
    #: More than amount and day speak for it, and nothing else could be meant.
    is_sure: bool = False

    @property
    def token(self) -> str:
        """What a form sends back to confirm just this."""
        lines = ",".join(str(one.pk) for one in self.lines)
        return f"{lines}:{','.join(str(one.posting.pk) for one in self.sides)}"

    @property
    def is_many(self) -> bool:
        """Whether more than one stands on a side."""
        return len(self.lines) > 1 or len(self.sides) > 1


@dataclass
class Board:
    """Both sides of an account, and what may belong together."""

    account: Account
    lines: list[BankLine]
    sides: list[Side]
    explanations: dict[int, Explanation]
    rules: dict[tuple[str, bool], list[LearnedRule]]
    suggestions: list[Suggestion] = field(default_factory=list)
    #: How many steps the search for sums took: it is bounded (`sums.STEPS_IN_ALL`).
    steps: int = 0

    def __post_init__(self) -> None:
        prefetch_related_objects(self.lines, "details")
        self.names = {one.pk: Names.of_line(one) for one in self.lines}

    def of_line(self, line: BankLine) -> Suggestion | None:
        """The suggestion that a line is in."""
        return next((one for one in self.suggestions if line in one.lines), None)

    def free_lines(self) -> list[BankLine]:
        """The lines for which nothing is suggested."""
        taken = {line.pk for one in self.suggestions for line in one.lines}
        return [one for one in self.lines if one.pk not in taken]

    def doubt(self, lines: Container[int]) -> None:
        """Call nothing sure in which one of these lines is (keys): it may be another one, told
        twice, and whoever confirms all that is sure would not see it.
        """
        self.suggestions = [
            replace(one, is_sure=False) if any(it.pk in lines for it in one.lines) else one
            for one in self.suggestions
        ]

    @property
    def sure(self) -> list[Suggestion]:
        """What may be confirmed all at once."""
        return [one for one in self.suggestions if one.is_sure]


def board(account: Account, lines: Sequence[BankLine] | None = None) -> Board:
    """Everything open of an account with suggestions; `lines` narrows the bank's side, and with it
    the days of the books' side.
    """
    told = list(open_lines(account)[:MOST_LINES] if lines is None else lines)
    if told:
        days = [one.day for one in told]
        since, until = min(days) - BEFORE, max(days) + AFTER
        sides = open_postings(account, with_older=True, since=since, until=until)
    else:
        sides = open_postings(account, with_older=True)
    explanations = explained(one.entry for one in sides)
    found = Board(account, told, sides, explanations, rules_for(account))
    _Suggesting(found).run()
    return found


class _Suggesting:
    """Fills a board."""

    def __init__(self, found: Board) -> None:
        self.board = found
        self.free_lines = {one.pk: one for one in found.lines}
        self.free_sides = {one.posting.pk: one for one in found.sides}
        self.names = {
            one.posting.pk: Names.of_side(one, found.explanations.get(one.posting.entry_id))
            for one in found.sides
        }
        self.days = [one.posting.day for one in found.sides]

    def run(self) -> None:
        """Fill the board."""
        self._pairs()
        self._batches()
        steps = Steps()
        self._one_to_many(steps)
        self._many_to_one(steps)
        self.board.steps = steps.taken
        self.board.suggestions.sort(key=lambda one: (one.lines[0].day, one.lines[0].pk))

    # One to one ------------------------------------------------------------------------------
    def _pairs(self) -> None:
        by_amount: dict[int, list[Side]] = {}
        for side in self.board.sides:
            by_amount.setdefault(side.open_minor, []).append(side)
        pairs = []
        for line in self.board.lines:
            for side in _nearest(line, by_amount.get(open_of(line), [])):
                score, reasons = self._why(line, side)
                days = abs((side.posting.day - line.day).days)
                if days <= NEAR or len(reasons) > 2:
                    pairs.append((-score, days, line.pk, side.posting.pk, reasons))
        told = [{one["key"] for one in pair[4]} for pair in pairs]
        keys = [(pair[2], pair[3]) for pair in pairs]
        sure = _sure(keys, told)
        for score, _days, line_pk, posting_pk, reasons in sorted(pairs, key=lambda one: one[:4]):
            if line_pk in self.free_lines and posting_pk in self.free_sides:
                is_sure = (line_pk, posting_pk) in sure
                self._take([line_pk], [posting_pk], -score, reasons, is_sure=is_sure)

    def _why(self, line: BankLine, side: Side) -> tuple[int, list[Remark]]:
        """How sure and why: amount, day, reference, who, what was learned."""
        days = abs((side.posting.day - line.day).days)
        score = _AMOUNT + max(0, _DAY - 2 * days)
        reasons: list[Remark] = [{"key": "amount"}, {"key": "day", "days": days}]
        more, told = self._beside(line, side)
        return score + more, reasons + told

    def _beside(self, line: BankLine, side: Side) -> tuple[int, list[Remark]]:
        """What speaks for it beside amount and day."""
        mine, theirs = self.board.names[line.pk], self.names[side.posting.pk]
        score, reasons = 0, list[Remark]()
        if is_asked_from(side.entry, line):
            score += _ASKED
            reasons.append({"key": "asked"})
        if same := mine.numbers & theirs.numbers:
            score += _REFERENCE
            reasons.append({"key": "reference", "told": max(sorted(same), key=len)})
        if named := [one for one in mine.words if one in theirs.words][:_NAMES]:
            score += _PARTY
            reasons.append({"key": "counterparty", "told": " ".join(named).title()})
        for rule in self.board.rules.get((pattern_of(line), line.is_in), []):
            others = {one.account_id for one in side.entry.postings.all()} - {line.account_id}
            if rule.other_id in others:
                score += _LEARNED
                reasons.append(learned(rule))
                break
        explanation = self.board.explanations.get(side.posting.entry_id)
        if explanation is not None and explanation.is_payout:
            reasons.append({"key": "payout"})
        return score, reasons

    # What a batch says of itself ----------------------------------------------------------------
    def _batches(self) -> None:
        """A batch that tells its payments: each of them is one posting, by amount and name."""
        for line in [*self.free_lines.values()]:
            wanted = [one.amount_minor for one in line.details.all()]
            if len(wanted) < 2 or None in wanted or sum(filter(None, wanted)) != open_of(line):
                continue
            found = self._parts_of(line)
            if found:
                days = self._days(line, found)
                reasons: list[Remark] = [
                    {"key": "batch", "count": len(found)},
                    {"key": "day", "days": days},
                ]
                self._take([line.pk], found, _AMOUNT + _REFERENCE - days, reasons)

    def _parts_of(self, line: BankLine) -> list[int]:
        """One posting for each payment of a batch; none unless there is one for all."""
        near = self._near_sides(line)
        found: list[int] = []
        for detail in line.details.all():
            alike = [
                one
                for one in near
                if one.open_minor == detail.amount_minor and one.posting.pk not in found
            ]
            if not alike:
                return []
            told = Names.of_text(detail.told)
            # The nearest of the best: `near` is in that order, and max keeps the first.
            found.append(max(alike, key=lambda one: self._fits(told, one)).posting.pk)
        return found

    def _fits(self, told: Names, side: Side) -> int:
        """How many numbers and words of a payment stand on a posting."""
        theirs = self.names[side.posting.pk]
        numbers = len(told.numbers & theirs.numbers)
        return 2 * numbers + len(set(told.words) & set(theirs.words))

    # Sums --------------------------------------------------------------------------------------
    def _one_to_many(self, steps: Steps) -> None:
        for line in [*self.free_lines.values()]:
            near = self._near_sides(line)
            items = [(one.posting.pk, one.open_minor, one.posting.day) for one in near]
            found = sums_to(open_of(line), items, steps)
            if found:
                days = self._days(line, found)
                reasons: list[Remark] = [
                    {"key": "sum", "count": len(found)},
                    {"key": "day", "days": days},
                ]
                beside = [self._beside(line, self.free_sides[one])[1] for one in found]
                reasons += [one for one in beside[0] if all(one in others for others in beside)]
                self._take([line.pk], found, _AMOUNT - days, reasons)

    def _near_sides(self, line: BankLine) -> list[Side]:
        """Free postings that go the line's way, around its day, the nearest first."""
        first = bisect_left(self.days, line.day - SUM_BEFORE)
        last = bisect_right(self.days, line.day + SUM_AFTER)
        near = [
            one
            for one in self.board.sides[first:last]
            if one.posting.pk in self.free_sides and (one.open_minor > 0) == line.is_in
        ]
        near.sort(key=lambda one: (abs((one.posting.day - line.day).days), one.posting.pk))
        return near

    def _days(self, line: BankLine, postings: Iterable[int]) -> int:
        return max(abs((self.free_sides[one].posting.day - line.day).days) for one in postings)

    def _many_to_one(self, steps: Steps) -> None:
        ordered = sorted(self.free_lines.values(), key=lambda one: (one.day, one.pk))
        days = [one.day for one in ordered]
        for side in [*self.free_sides.values()]:
            day = side.posting.day
            first, last = bisect_left(days, day - SUM_BEFORE), bisect_right(days, day + SUM_BEFORE)
            near = [
                one
                for one in ordered[first:last]
                if one.pk in self.free_lines and one.is_in == (side.open_minor > 0)
            ]
            near.sort(key=lambda one: (abs((one.day - day).days), one.pk))
            items = [(one.pk, open_of(one), one.day) for one in near]
            found = sums_to(side.open_minor, items, steps)
            if found:
                apart = max(abs((self.free_lines[one].day - day).days) for one in found)
                reasons: list[Remark] = [
                    {"key": "sum", "count": len(found)},
                    {"key": "day", "days": apart},
                ]
                self._take(found, [side.posting.pk], _AMOUNT - apart, reasons)

    def _take(
        self,
        lines: Sequence[int],
        postings: Sequence[int],
        score: int,
        reasons: list[Remark],
        *,
        is_sure: bool = False,
    ) -> None:
        suggestion = Suggestion(
            tuple(self.free_lines.pop(one) for one in lines),
            tuple(self.free_sides.pop(one) for one in postings),
            score,
            tuple(reasons),
            is_sure,
        )
        self.board.suggestions.append(suggestion)


def _nearest(line: BankLine, sides: Sequence[Side]) -> list[Side]:
    """Those around a line's day, the nearest of them."""
    near = [one for one in sides if -BEFORE <= one.posting.day - line.day <= AFTER]
    near.sort(key=lambda one: (abs((one.posting.day - line.day).days), one.posting.pk))
    return near[:MOST_ALIKE]


def _sure(keys: list[tuple[int, int]], told: list[set[str]]) -> set[tuple[int, int]]:
    """Which pairs of a line and a posting leave no doubt: something tells of them, and nothing
    else could be meant; or only they have the number.
    """
    pairs: Counter[tuple[str, int]] = Counter()
    certain: Counter[tuple[str, int]] = Counter()
    for (line, posting), reasons in zip(keys, told, strict=True):
        for key in (("line", line), ("posting", posting)):
            pairs[key] += 1
            certain[key] += bool(reasons & _CERTAIN)
    found = set()
    for (line, posting), reasons in zip(keys, told, strict=True):
        both = (("line", line), ("posting", posting))
        is_alone = all(pairs[key] == 1 for key in both) and reasons & _TELLING
        has_the_number = all(certain[key] == 1 for key in both) and reasons & _CERTAIN
        if is_alone or has_the_number:
            found.add((line, posting))
    return found


def learned(rule: LearnedRule) -> Remark:
    """The reason that a rule is."""
    return {"key": "learned", "account": rule.other.name, "times": rule.times, "rule": rule.pk}
