"""Which lines of the bank may be which postings, and why. Nothing here writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ledger.bank.explain import Explanation
from ledger.bank.learning import bare, pattern_of, rules_for, words_of
from ledger.bank.models import BankLine, LearnedRule
from ledger.bank.queries.forwarded import explained
from ledger.bank.queries.open import Side, open_lines, open_postings
from ledger.bank.queries.sums import sums_to
from ledger.bank.reading.raw import Remark
from ledger.models import Account, JournalEntry

#: How far a posting may lie before and after the bank's line.
BEFORE, AFTER = timedelta(days=45), timedelta(days=20)
#: For sums of several, which could come about by chance, less.
SUM_BEFORE, SUM_AFTER = timedelta(days=12), timedelta(days=4)
#: An equal amount alone is enough so near.
NEAR = 10
_AMOUNT, _DAY, _REFERENCE, _PARTY, _LEARNED, _ASKED = 50, 30, 40, 20, 15, 60
_YEAR = re.compile(r"(19|20)\d\d")
#: What a bank takes for itself is called so.
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
MOST_LINES = 300
#: So many words of a name are told.
_NAMES = 3


@dataclass(frozen=True)
class Suggestion:
    """Lines and postings that may belong together; `score` orders, `reasons` say why."""

    lines: tuple[BankLine, ...]
    sides: tuple[Side, ...]
    score: int
    reasons: tuple[Remark, ...]

    @property
    def token(self) -> str:
        """What a form sends back to confirm just this."""
        lines = ",".join(str(one.pk) for one in self.lines)
        return f"{lines}:{','.join(str(one.posting.pk) for one in self.sides)}"

    @property
    def is_many(self) -> bool:
        """Whether more than one stands on a side."""
        return len(self.lines) > 1 or len(self.sides) > 1


@dataclass(frozen=True)
class Proposal:
    """An entry that is missing and may be written as lines like this one were before."""

    line: BankLine
    kind: str
    other: Account
    reasons: tuple[Remark, ...]

    @property
    def token(self) -> str:
        """What a form sends back to write just this."""
        return f"{self.line.pk}:{self.kind}:{self.other.pk}"


@dataclass
class Board:
    """Both sides of an account, and what may belong together."""

    account: Account
    lines: list[BankLine]
    sides: list[Side]
    explanations: dict[int, Explanation]
    suggestions: list[Suggestion] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    def of_line(self, line: BankLine) -> Suggestion | None:
        """The suggestion that a line is in."""
        return next((one for one in self.suggestions if line in one.lines), None)

    def proposal_of(self, line: BankLine) -> Proposal | None:
        """How its entry may be written."""
        return next((one for one in self.proposals if one.line == line), None)


def board(account: Account, lines: Sequence[BankLine] | None = None) -> Board:
    """Everything open of an account with suggestions; `lines` narrows the bank's side."""
    told = list(open_lines(account)[:MOST_LINES] if lines is None else lines)
    sides = open_postings(account, with_older=True)
    found = Board(account, told, sides, explained(one.entry for one in sides))
    _Suggesting(found).run()
    return found


class _Suggesting:
    """Pairs first, the surest before all others; then sums; then what may be written."""

    def __init__(self, found: Board) -> None:
        self.board = found
        self.rules = rules_for(found.account)
        self.free_lines = {one.pk: one for one in found.lines}
        self.free_sides = {one.posting.pk: one for one in found.sides}
        self.numbers = {one.posting.pk: self._numbers_of(one) for one in found.sides}
        self.names = {one.posting.pk: self._names_of(one) for one in found.sides}

    def run(self) -> None:
        """Fill the board."""
        self._pairs()
        self._one_to_many()
        self._many_to_one()
        self.board.suggestions.sort(key=lambda one: (one.lines[0].day, one.lines[0].pk))
        self._proposals()

    # One to one ------------------------------------------------------------------------------
    def _pairs(self) -> None:
        by_amount: dict[int, list[Side]] = {}
        for side in self.board.sides:
            by_amount.setdefault(side.open_minor, []).append(side)
        pairs = []
        for line in self.board.lines:
            for side in by_amount.get(_open(line), []):
                if not -BEFORE <= side.posting.day - line.day <= AFTER:
                    continue
                score, reasons = self._why(line, side)
                days = abs((side.posting.day - line.day).days)
                if days <= NEAR or len(reasons) > 2:
                    pairs.append((-score, days, line.pk, side.posting.pk, reasons))
        for score, _days, line_pk, posting_pk, reasons in sorted(pairs, key=lambda one: one[:4]):
            if line_pk in self.free_lines and posting_pk in self.free_sides:
                self._take([line_pk], [posting_pk], -score, reasons)

    def _why(self, line: BankLine, side: Side) -> tuple[int, list[Remark]]:
        """How sure and why: amount, day, reference, who, what was learned."""
        days = abs((side.posting.day - line.day).days)
        score = _AMOUNT + max(0, _DAY - 2 * days)
        reasons: list[Remark] = [{"key": "amount"}, {"key": "day", "days": days}]
        more, told = self._beside(line, side)
        return score + more, reasons + told

    def _beside(self, line: BankLine, side: Side) -> tuple[int, list[Remark]]:
        """What speaks for it beside amount and day."""
        key, score, reasons = side.posting.pk, 0, list[Remark]()
        if _asked_from(side.entry, line):
            score += _ASKED
            reasons.append({"key": "asked"})
        if same := numbers_in(f"{line.reference} {line.text}") & self.numbers[key]:
            score += _REFERENCE
            reasons.append({"key": "reference", "told": max(same, key=len)})
        words = dict.fromkeys(words_of(f"{line.counterparty} {line.text}"))
        if named := [one for one in words if one in self.names[key]][:_NAMES]:
            score += _PARTY
            reasons.append({"key": "counterparty", "told": " ".join(named).title()})
        for rule in self.rules.get((pattern_of(line), line.is_in), []):
            others = {one.account_id for one in side.entry.postings.all()} - {line.account_id}
            if rule.other_id in others:
                score += _LEARNED
                reasons.append(_learned(rule))
                break
        explanation = self.board.explanations.get(side.posting.entry_id)
        if explanation is not None and explanation.is_payout:
            reasons.append({"key": "payout"})
        return score, reasons

    def _numbers_of(self, side: Side) -> set[str]:
        entry = side.entry
        told = f"{entry.reference} {entry.memo}"
        if entry.payment is not None:
            told += f" {entry.payment.reference} {entry.payment.purpose}"
        explanation = self.board.explanations.get(entry.pk)
        numbers = set(explanation.numbers) if explanation else set()
        return numbers_in(told) | {bare(one).lstrip("0") for one in numbers if one}

    def _names_of(self, side: Side) -> set[str]:
        entry = side.entry
        explanation = self.board.explanations.get(entry.pk)
        told = explanation.names if explanation else ""
        if entry.payment is not None:
            told += f" {entry.payment.payee_label}"
        told += " ".join(str(one.account.holder or "") for one in entry.postings.all())
        return set(words_of(told))

    # Sums --------------------------------------------------------------------------------------
    def _one_to_many(self) -> None:
        for line in [*self.free_lines.values()]:
            near = [
                one
                for one in self.free_sides.values()
                if (one.open_minor > 0) == line.is_in
                and -SUM_BEFORE <= one.posting.day - line.day <= SUM_AFTER
            ]
            near.sort(key=lambda one: (abs((one.posting.day - line.day).days), one.posting.pk))
            found = sums_to(
                _open(line),
                [(one.posting.pk, one.open_minor, one.posting.day) for one in near],
            )
            if found:
                days = max(abs((self.free_sides[one].posting.day - line.day).days) for one in found)
                reasons: list[Remark] = [
                    {"key": "sum", "count": len(found)},
                    {"key": "day", "days": days},
                ]
                beside = [self._beside(line, self.free_sides[one])[1] for one in found]
                reasons += [one for one in beside[0] if all(one in others for others in beside)]
                self._take([line.pk], found, _AMOUNT - days, reasons)

    def _many_to_one(self) -> None:
        for side in [*self.free_sides.values()]:
            near = [
                one
                for one in self.free_lines.values()
                if one.is_in == (side.open_minor > 0)
                and -SUM_BEFORE <= side.posting.day - one.day <= SUM_BEFORE
            ]
            near.sort(key=lambda one: (abs((one.day - side.posting.day).days), one.pk))
            found = sums_to(side.open_minor, [(one.pk, _open(one), one.day) for one in near])
            if found:
                days = max(abs((self.free_lines[one].day - side.posting.day).days) for one in found)
                reasons: list[Remark] = [
                    {"key": "sum", "count": len(found)},
                    {"key": "day", "days": days},
                ]
                self._take(found, [side.posting.pk], _AMOUNT - days, reasons)

    def _take(
        self, lines: Sequence[int], postings: Sequence[int], score: int, reasons: list[Remark]
    ) -> None:
        suggestion = Suggestion(
            tuple(self.free_lines.pop(one) for one in lines),
            tuple(self.free_sides.pop(one) for one in postings),
            score,
            tuple(reasons),
        )
        self.board.suggestions.append(suggestion)

    # What is missing ---------------------------------------------------------------------------
    def _proposals(self) -> None:
        charges = Account.objects.filter(
            role=Account.Role.BANK_CHARGES, currency=self.board.account.currency, is_open=True
        ).first()
        for line in self.free_lines.values():
            rules = self.rules.get((pattern_of(line), line.is_in), [])
            rule = next((one for one in rules if one.is_written and one.other.is_open), None)
            if rule is not None:
                self.board.proposals.append(
                    Proposal(line, rule.kind, rule.other, (_learned(rule),))
                )
            elif charges and not line.is_in and (said := CHARGES & set(words_of(line.text))):
                told: Remark = {"key": "says", "told": min(said)}
                kind = JournalEntry.Kind.BANK_CHARGE
                self.board.proposals.append(Proposal(line, kind, charges, (told,)))


def _open(line: BankLine) -> int:
    """What is open of a line, from the query or by itself."""
    found: Any = getattr(line, "open_minor", line.amount_minor)
    return int(found)


def _learned(rule: LearnedRule) -> Remark:
    return {"key": "learned", "account": rule.other.name, "times": rule.times}


def _asked_from(entry: JournalEntry, line: BankLine) -> bool:
    payment = entry.payment
    return payment is not None and payment.reference.startswith(f"bank:{line.key[:40]}")


def numbers_in(text: str) -> set[str]:
    """Numbers of orders and operations in a text: three figures and more, no years, no zeros
    in front; and codes with figures in them.
    """
    found = set()
    for one in re.findall(r"[a-z0-9_]{3,}", bare(text)):
        digits = sum(each.isdigit() for each in one)
        if digits >= 3 and not _YEAR.fullmatch(one):
            found.add(one.lstrip("0"))
    return {one for one in found if len(one) >= 3}
