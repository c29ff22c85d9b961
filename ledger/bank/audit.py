"""Statements and matches are what they were when they were written. Invariants 1 and 6."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant
from ledger.audit.read import rows
from ledger.bank import digests, triggers
from ledger.bank.models import BankLine, Match, Statement

_PIECE = 1000


@invariant(6, _("A bank's line is in the books' statements once, and as the bank told it."))
def lines_are_as_told() -> Iterator[str]:
    """Names every line whose key or digest does not fit what is stored."""
    last = 0
    rows = BankLine.objects.order_by("pk").prefetch_related("details")
    while piece := list(rows.filter(pk__gt=last)[:_PIECE]):
        for one in piece:
            digest = digests.of_line(one, one.details.all())
            if digests.key_of(one) != one.key or digest != one.digest:
                yield finding(
                    "line {key} of the bank ({day}) is not what was imported",
                    key=one.pk,
                    day=one.day,
                )
        last = piece[-1].pk
    lost = BankLine.objects.filter(mentions=None).order_by("pk")
    for key in lost.values_list("pk", flat=True):
        yield finding("line {key} of the bank stands in no statement", key=key)


@invariant(6, _("A bank statement is numbered without gaps, and as it was imported."))
def statements_are_as_imported() -> Iterator[str]:
    """Names every statement that is missing, or not what its digest says."""
    expected = 1
    for one in Statement.objects.order_by("number").iterator(chunk_size=_PIECE):
        while expected < one.number:
            yield finding("bank statement {number} is missing", number=expected)
            expected += 1
        expected = one.number + 1
        told = one.mentions.order_by("position").values_list("position", "at", "line__digest")
        if digests.of_statement(one, told) != one.digest:
            yield finding("bank statement {number} is not what was imported", number=one.number)


@invariant(6, _("A match is numbered without gaps, follows the one before, and was never changed."))
def matches_are_as_made() -> Iterator[str]:
    """Names every match that is missing, or not what its digest says."""
    expected, before = 1, ""
    parts = Match.objects.order_by("number").prefetch_related("parts")
    for one in parts.iterator(chunk_size=_PIECE):
        while expected < one.number:
            yield finding("match {number} is missing", number=expected)
            expected += 1
        expected = one.number + 1
        told = [(part.line_id, part.posting_id, part.amount_minor) for part in one.parts.all()]
        if digests.of_match(one, told, before) != one.digest:
            yield finding("match {number} is not what was made", number=one.number)
        if one.undoes_id is None and not told:
            yield finding("match {number} holds nothing", number=one.number)
        before = one.digest


@invariant(1, _("No line and no posting is matched with more than it is, and within one account."))
def matches_conserve() -> Iterator[str]:
    """Names every part of a match of which that is not so."""
    wrong = {
        triggers.PART_OF_OTHER_ACCOUNT: finding("is of another account than its line"),
        triggers.PART_AGAINST_ITS_POSTING: finding("goes against its posting"),
        triggers.POSTING_MATCHED_TOO_MUCH: finding("matches a posting with more than it is"),
        triggers.LINE_MATCHED_TOO_MUCH: finding("matches a line with more than it is"),
    }
    stands = "NOT EXISTS (SELECT 1 FROM bank_match w WHERE w.undoes_id = r.match_id)"
    for condition, why in wrong.items():
        query = (
            "SELECT r.id, m.number FROM bank_part r JOIN bank_match m ON m.id = r.match_id"  # noqa: S608 - our own words
            f" WHERE {stands} AND {condition.replace('NEW.', 'r.')} ORDER BY r.id"
        )
        for part, number in rows(query):
            yield finding("part {part} of match {number} {why}", part=part, number=number, why=why)
    told_twice = {
        triggers.NOT_ONE_MOVEMENT: finding("of two that differ"),
        triggers.SAME_IS_MATCHED: finding("of one that is matched itself"),
    }
    for condition, why in told_twice.items():
        query = (
            "SELECT r.id, r.line_id FROM bank_saidsame r WHERE r.undoes_id IS NULL AND NOT EXISTS"  # noqa: S608 - our own words
            " (SELECT 1 FROM bank_saidsame w WHERE w.undoes_id = r.id)"
            f" AND {condition.replace('NEW.', 'r.')} ORDER BY r.id"
        )
        for key, line in rows(query):
            yield finding(
                "line {line} of the bank is said to be another ({key}), {why}",
                line=line,
                key=key,
                why=why,
            )
    against = (
        "SELECT l.id FROM bank_bankline l JOIN bank_part x ON x.line_id = l.id"
        " WHERE NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.undoes_id = x.match_id)"
        " GROUP BY l.id, l.amount_minor HAVING (l.amount_minor > 0) <> (SUM(x.amount_minor) > 0)"
        " ORDER BY l.id"
    )
    for (line,) in rows(against):
        yield finding("line {line} of the bank is matched against its direction", line=line)
