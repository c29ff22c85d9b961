"""What the house learns from what people confirm: which words mean which account."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ledger.bank.models import BankLine, LearnedRule, Match
from ledger.bank.reading.raw import Remark
from ledger.models import Account, Posting
from ledger.queries import sides as books

#: Words too short to mean anything, and those that stand on every line of a bank.
_SHORT = 3
_EMPTY = frozenset(
    [
        "del",
        "las",
        "los",
        "una",
        "por",
        "para",
        "con",
        "the",
        "and",
        "for",
        "from",
        "transf",
        "transferencia",
        "transfer",
        "pago",
        "payment",
        "abono",
        "cargo",
        "deposito",
        "soles",
        "dolares",
    ]
)
_MOST_WORDS = 8


def bare(text: str) -> str:
    """Small letters without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def words_of(text: str) -> list[str]:
    """The words of a text that mean something, in order: no figures, no fillers."""
    found = re.findall(r"[a-z]+", bare(text))
    return [one for one in found if len(one) >= _SHORT and one not in _EMPTY]


def pattern_of(line: BankLine) -> str:
    """What lines of this sort have in common: their words, without days and numbers."""
    return " ".join(words_of(f"{line.counterparty} {line.text}")[:_MOST_WORDS])[:200]


@dataclass(frozen=True)
class Lesson:
    """What one line of a match teaches: its words, and where its entry's other side stands."""

    account_id: int
    words: str
    is_in: bool
    kind: str
    other_id: int


def _lessons(line_keys: Iterable[int], posting_keys: Iterable[int]) -> list[Lesson]:
    postings = Posting.objects.filter(pk__in=posting_keys).select_related("entry")
    others = {
        (one.entry.kind, other)
        for one in postings.prefetch_related("entry__postings__account")
        for other in _other_sides(one)
    }
    if len(others) != 1:
        return []  # several at once teach nothing about one of them
    kind, other = others.pop()
    lines = BankLine.objects.filter(pk__in=line_keys)
    found = {Lesson(one.account_id, pattern_of(one), one.is_in, kind, other) for one in lines}
    return sorted((one for one in found if one.words), key=lambda one: one.words)


def learn(
    match: Match,
    line_keys: Iterable[int],
    posting_keys: Iterable[int],
    *,
    is_written: bool,
    on: date,
) -> None:
    """Remember for the words of these lines on which account their entries' other side stands."""
    for one in _lessons(line_keys, posting_keys):
        rule, is_new = LearnedRule.objects.get_or_create(
            account_id=one.account_id,
            words=one.words,
            is_in=one.is_in,
            other_id=one.other_id,
            defaults={
                "kind": one.kind,
                "is_written": is_written,
                "last_on": on,
                "learned_from": match,
            },
        )
        if not is_new:
            LearnedRule.objects.filter(pk=rule.pk).update(
                times=F("times") + 1,
                kind=one.kind,
                last_on=on,
                is_written=is_written or rule.is_written,
            )


def unlearn(match: Match) -> None:
    """Take back what a match taught that was a mistake: once less; a rule of nothing else goes."""
    parts = list(match.parts.values_list("line", "posting"))
    lessons = _lessons({line for line, _posting in parts}, {posting for _line, posting in parts})
    for one in lessons:
        rules = LearnedRule.objects.filter(
            account=one.account_id, words=one.words, is_in=one.is_in, other=one.other_id
        )
        rules.filter(times__lte=1).delete()
        rules.update(times=F("times") - 1)


def count_help(reasons: Iterable[Remark]) -> None:
    """Count for each rule that was among the reasons that it helped."""
    keys = {int(one["rule"]) for one in reasons if one.get("key") == "learned" and "rule" in one}
    if keys:
        LearnedRule.objects.filter(pk__in=keys).update(helped=F("helped") + 1)


def _other_sides(posting: Posting) -> set[int]:
    """Where the rest of an entry stands; what it crosses from one currency into another is no
    place.
    """
    return {
        one.account_id
        for one in posting.entry.postings.all()
        if one.pk != posting.pk
        and one.side != posting.side
        and one.account.role not in books.CROSSING
    }


def rules_for(account: Account) -> dict[tuple[str, bool], list[LearnedRule]]:
    """What was learned for an account, by words and direction, the most confirmed first."""
    found: dict[tuple[str, bool], list[LearnedRule]] = {}
    rows = LearnedRule.objects.filter(account=account).select_related("other")
    for one in rows.order_by("-times", "-last_on", "pk"):
        found.setdefault((one.words, one.is_in), []).append(one)
    return found
