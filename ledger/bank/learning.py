"""What the house learns from what people confirm: which words mean which account."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from django.db.models import F

from ledger.bank.models import BankLine, LearnedRule
from ledger.models import Account, Posting

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


def learn(
    line_keys: Iterable[int], posting_keys: Iterable[int], *, is_written: bool, on: date
) -> None:
    """Remember for the words of these lines on which account their entries' other side stands."""
    postings = Posting.objects.filter(pk__in=posting_keys).select_related("entry")
    others = {
        (one.entry.kind, other)
        for one in postings.prefetch_related("entry__postings")
        for other in _other_sides(one)
    }
    if len(others) != 1:
        return  # several at once teach nothing about one of them
    kind, other = others.pop()
    for line in BankLine.objects.filter(pk__in=line_keys):
        words = pattern_of(line)
        if not words:
            continue
        rule, is_new = LearnedRule.objects.get_or_create(
            account_id=line.account_id,
            words=words,
            is_in=line.is_in,
            other_id=other,
            defaults={"kind": kind, "is_written": is_written, "last_on": on},
        )
        if not is_new:
            LearnedRule.objects.filter(pk=rule.pk).update(
                times=F("times") + 1,
                kind=kind,
                last_on=on,
                is_written=is_written or rule.is_written,
            )


def _other_sides(posting: Posting) -> set[int]:
    return {
        one.account_id
        for one in posting.entry.postings.all()
        if one.pk != posting.pk and one.side != posting.side
    }


def rules_for(account: Account) -> dict[tuple[str, bool], list[LearnedRule]]:
    """What was learned for an account, by words and direction, the most confirmed first."""
    found: dict[tuple[str, bool], list[LearnedRule]] = {}
    rows = LearnedRule.objects.filter(account=account).select_related("other")
    for one in rows.order_by("-times", "-last_on", "pk"):
        found.setdefault((one.words, one.is_in), []).append(one)
    return found
