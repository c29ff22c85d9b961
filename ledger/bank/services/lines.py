"""A file's lines on their way into one account."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.money import format_money, from_minor, minor_digits, to_minor
from coop.people.models import User
from ledger import queries as books
from ledger.bank import digests
from ledger.bank.errors import (
    FileContradictsItself,
    FileOfAnotherAccount,
    LookAgain,
    NothingMoves,
    Problem,
    SameIdOtherContent,
    WrongLines,
)
from ledger.bank.models import BankLine, LineDetail, Mention, Statement
from ledger.bank.queries import statements_of
from ledger.bank.reading import RawLine, RawStatement
from ledger.bank.services.overlaps import known_by_other_words
from ledger.models import Account

_PIECE = 400
#: No bank's file tells of days before this one; some book a few days ahead.
EARLIEST, AHEAD = date(1990, 1, 1), timedelta(days=10)
#: A thousand million: whoever writes more has mistaken a number for an amount.
MOST = 10**9
#: A line of the bank, and in which line of the file it stands.
Placed = tuple[BankLine, int]


class Arrival:
    """What a file says about one account, until it is written."""

    def __init__(
        self,
        raw: RawStatement,
        data: bytes,
        name: str,
        account: Account,
        actor: User | None,
    ) -> None:
        self.raw, self.account, self.actor = raw, account, actor
        self.name = name[-200:]
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.remarks = list(raw.remarks)
        #: What somebody should look at before it comes in.
        self.doubts: list[LookAgain] = []
        #: What lines gather, by the line's key.
        self.details: dict[str, list[LineDetail]] = {}

    def write(
        self, opening: Money | None, closing: Money | None
    ) -> tuple[Statement, int, int, bool]:
        """Write what is new: the statement, how many lines were new and known, was it here before.

        What is doubtful stands in `doubts` then. Raises SameIdOtherContent, WrongLines or
        NothingMoves; within the caller's transaction nothing stays then.
        """
        if not statements_of(self.account).filter(file_sha256=self.sha256).exists():
            self._look_at_number()
        drafts = self._drafts()
        if not drafts and self.raw.closing_day is None:
            raise NothingMoves
        there = _there([one.key for one, _at in drafts])
        for line, at in drafts:
            if (known := there.get(line.key)) is not None:
                self._check_same(known, line, at)
        new = [one for one, _at in drafts if one.key not in there]
        renamed, remarks = known_by_other_words(self.account, drafts, there)
        self.remarks += remarks
        there |= renamed
        new = [one for one in new if one.key not in renamed]
        BankLine.objects.bulk_create(new, batch_size=_PIECE)
        there |= _there([one.key for one in new])
        self._write_details(new, there)
        placed = [(there[line.key], at) for line, at in drafts]
        before = len(drafts) - len(new)
        same = None if new else self._same_statement([one.pk for one, _at in placed])
        if same is not None:
            return same, 0, before, True
        return self._statement(placed, opening, closing), len(new), before, False

    # Lines -----------------------------------------------------------------------------------
    def _drafts(self) -> list[Placed]:
        """The lines with their keys, each once."""
        alike: dict[tuple[object, ...], int] = defaultdict(int)
        found: dict[str, Placed] = {}
        for raw in self.raw.lines:
            amount_minor = self._minor(raw.amount, raw.at)
            if not amount_minor:
                self.remarks.append({"key": "no_amount", "at": raw.at})
                continue
            line = BankLine(
                account=self.account,
                day=raw.day,
                amount_minor=amount_minor,
                text=raw.text[:500],
                counterparty=raw.counterparty[:200],
                reference=raw.reference[:200],
                bank_id=raw.bank_id[:255],
            )
            if not line.bank_id:
                same = (line.day, line.amount_minor, line.text)
                alike[same] += 1
                line.occurrence = alike[same]
            line.key = digests.key_of(line)
            details = self._details(line, raw)
            line.digest = digests.of_line(line, details)
            self._check_day(line, raw.at)
            if line.key in found:
                self._check_same(found[line.key][0], line, raw.at)
            found.setdefault(line.key, (line, raw.at))
        return list(found.values())

    def _details(self, line: BankLine, raw: RawLine) -> list[LineDetail]:
        """What a line gathers; written with it if it is new."""
        details = [
            LineDetail(
                position=place,
                amount_minor=None if one.amount is None else self._minor(one.amount, raw.at),
                text=one.text[:500],
                counterparty=one.counterparty[:200],
                reference=one.reference[:200],
            )
            for place, one in enumerate(raw.details, start=1)
        ]
        self.details.setdefault(line.key, details)
        return self.details[line.key]

    def _check_day(self, line: BankLine, at: int) -> None:
        """Raises WrongLines for a day that no bank means."""
        if not EARLIEST <= line.day <= today() + AHEAD:
            why = _("no bank tells of %(day)s today.") % {"day": date_format(line.day)}
            raise WrongLines([Problem(at, why)])

    def _minor(self, amount: Decimal, at: int) -> int:
        """In minor units; more digits than the currency has are rounded, and that is told.

        Raises WrongLines for an amount that no bank means.
        """
        code = self.account.currency
        if abs(amount) > MOST:
            told = {"told": f"{amount:.2e}"}
            raise WrongLines([Problem(at, _("%(told)s is no sum of ours.") % told)])
        taken = amount.quantize(Decimal(1).scaleb(-minor_digits(code)), rounding=ROUND_HALF_UP)
        if taken != amount:
            facts = {"at": at, "told": str(amount), "taken": str(taken), "currency": code}
            self.remarks.append({"key": "rounded", **facts})
        return to_minor(Money(taken, code))

    def _check_same(self, known: BankLine, line: BankLine, at: int) -> None:
        """Raises SameIdOtherContent: a bank's number is one movement for ever."""
        if (known.day, known.amount_minor) == (line.day, line.amount_minor):
            return
        code = self.account.currency
        raise SameIdOtherContent(
            line=at,
            bank_id=line.bank_id,
            day=known.day,
            amount=format_money(from_minor(known.amount_minor, code)),
            other_day=line.day,
            other_amount=format_money(from_minor(line.amount_minor, code)),
        )

    def _write_details(self, new: list[BankLine], there: dict[str, BankLine]) -> None:
        details = []
        for line in new:
            for one in self.details[line.key]:
                one.line = there[line.key]
                details.append(one)
        LineDetail.objects.bulk_create(details, batch_size=_PIECE)

    # The statement -----------------------------------------------------------------------------
    def _same_statement(self, keys: list[int]) -> Statement | None:
        """The statement that is this file, or holds all these lines already."""
        standing = statements_of(self.account)
        same_file = standing.filter(file_sha256=self.sha256).first()
        if same_file is not None or not keys:
            return same_file
        for one in standing.filter(mentions__line=keys[0]):
            if set(keys) <= set(one.mentions.values_list("line_id", flat=True)):
                return one
        return None

    def _statement(
        self, placed: list[Placed], opening: Money | None, closing: Money | None
    ) -> Statement:
        days = [one.day for one, _at in placed]
        if self.raw.closing_day is not None:
            days.append(self.raw.closing_day)
        lines = sum(one.amount_minor for one, _at in placed)
        begin, end, source = self._balances(lines, min(days), opening, closing)
        statement = Statement(
            number=1 + (Statement.objects.aggregate(last=Max("number"))["last"] or 0),
            account=self.account,
            format=self.raw.format,
            file_name=self.name,
            file_sha256=self.sha256,
            bank_number=self.raw.bank_number[:80],
            first_day=min(days),
            last_day=max(days),
            opening_minor=begin,
            closing_minor=end,
            balances=source,
            remarks=self.remarks,
            imported_by=self.actor,
        )
        told = [(place, at, one.digest) for place, (one, at) in enumerate(placed, start=1)]
        statement.digest = digests.of_statement(statement, told)
        statement.save()
        mentions = [
            Mention(statement=statement, line=one, position=place, at=at)
            for place, (one, at) in enumerate(placed, start=1)
        ]
        Mention.objects.bulk_create(mentions, batch_size=_PIECE)
        return statement

    def _balances(
        self, lines: int, first: date, opening: Money | None, closing: Money | None
    ) -> tuple[int, int, str]:
        """Opening and closing in minor units, and who says them."""
        source = Statement.Source
        for typed in (opening, closing):
            if typed is not None:
                self._minor(typed.amount, 1)
        if self.raw.closing is not None:
            return self._said_by_the_file(lines, self.raw.closing)
        if closing is not None:
            end = to_minor(closing)
            return (to_minor(opening) if opening is not None else end - lines), end, source.TYPED
        if opening is not None:
            return to_minor(opening), to_minor(opening) + lines, source.TYPED
        begin = self._opening_before(first)
        return begin, begin + lines, source.RECKONED

    def _said_by_the_file(self, lines: int, closing: Decimal) -> tuple[int, int, str]:
        at = self.raw.lines[-1].at if self.raw.lines else 1
        end = self._minor(closing, at)
        is_reckoned = any(one["key"] == "opening_reckoned" for one in self.raw.remarks)
        if is_reckoned or self.raw.opening is None:
            # From lines as they were taken: rounded ones must still add up.
            return end - lines, end, Statement.Source.OPENING_RECKONED
        begin = self._minor(self.raw.opening, at)
        if begin + lines != end:
            # Banks' own files are like this at times, so it comes in if somebody insists; it stands
            # on its page, and such a statement is never reconciled.
            gap = self._money(end - begin - lines)
            self.remarks.append({"key": "file_gap", "difference": gap})
            told = {"opening": self._money(begin), "closing": self._money(end), "difference": gap}
            self.doubts.append(FileContradictsItself(**told))
        return begin, end, Statement.Source.FILE

    def _opening_before(self, first: date) -> int:
        """Where the statement before ended; without one, what the books held."""
        before = statements_of(self.account).filter(last_day__lt=first).first()
        if before is not None:
            return before.closing_minor
        return to_minor(books.balance_on(self.account, first - timedelta(days=1)))

    def _money(self, minor: int) -> str:
        return format_money(from_minor(minor, self.account.currency))

    def _look_at_number(self) -> None:
        """Doubt a file whose number at the bank is of another account, and tell it."""
        number = self.raw.bank_number[:80]
        if not number:
            return
        told = Statement.objects.standing().exclude(bank_number="")
        pairs = told.order_by("-pk").values_list("account", "account__code", "bank_number")
        known = {(account, code): there for account, code, there in reversed(pairs)}
        others = [code for (key, code), there in known.items()
                  if key != self.account.pk and _is_same_number(there, number)]  # fmt: skip
        ours = known.get((self.account.pk, self.account.code), "")
        if not others and (not ours or _is_same_number(ours, number)):
            return
        known_as = ours or ", ".join(others)
        self.doubts.append(
            FileOfAnotherAccount(number=number, account=self.account.code, known=known_as)
        )
        facts = {"number": number, "account": others[0] if others else self.account.code}
        self.remarks.append({"key": "other_number", **facts})


def _is_same_number(one: str, other: str) -> bool:
    """Whether two writings of a bank's account mean one: an IBAN holds the plain number."""
    bare = [re.sub(r"[^0-9A-Z]", "", told.upper()) for told in (one, other)]
    return bare[0] in bare[1] or bare[1] in bare[0]


def _there(keys: Sequence[str]) -> dict[str, BankLine]:
    found: dict[str, BankLine] = {}
    for place in range(0, len(keys), _PIECE):
        rows = BankLine.objects.filter(key__in=keys[place : place + _PIECE])
        found |= {one.key: one for one in rows}
    return found
