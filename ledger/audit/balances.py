"""Balances as read equal the sum of postings; chains hold. Invariants 2 and 7."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy

from coop.kit.audit import Amount, finding, invariant
from ledger.audit.read import rows
from ledger.canonical import next_head

_NET = "SUM(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END)"


@invariant(
    2, gettext_lazy("Each posting follows the one before it; balances and chain heads are theirs.")
)
def chains_hold() -> Iterator[str]:
    """Walks every account's postings in order; names each posting and balance that is off."""
    kept: dict[int, tuple[Any, ...]] = {
        row[0]: row
        for row in rows(
            "SELECT a.id, a.code, b.seq, b.amount_minor, b.head, a.currency FROM ledger_account a"
            " LEFT JOIN ledger_accountbalance b ON b.account_id = a.id"
        )
    }
    walked = rows(
        "SELECT p.account_id, p.id, p.seq, p.side, p.amount_minor, p.balance_after, s.leaf"
        " FROM ledger_posting p LEFT JOIN ledger_seal s ON s.entry_id = p.entry_id"
        " ORDER BY p.account_id, p.seq, p.id"
    )
    seen = set()
    for account_id, postings in groupby(walked, key=itemgetter(0)):
        seen.add(account_id)
        if account_id in kept:
            yield from _walk(kept[account_id], postings)
    for account_id, code, seq, amount, head, currency in kept.values():
        if account_id not in seen and (seq, amount, head) != (0, 0, ""):
            yield finding(
                "the balance of account {code} is {amount} after posting {seq}, but nothing was posted",
                code=code,
                amount=Amount(amount, currency),
                seq=seq or 0,
            )


def _walk(kept: tuple[Any, ...], postings: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    _, code, kept_seq, kept_amount, kept_head, currency = kept
    seq, balance, head = 0, 0, ""
    for _, posting_id, its_seq, side, amount, balance_after, leaf in postings:
        seq += 1
        signed = amount if side == "debit" else -amount
        balance += signed
        if its_seq != seq:
            yield finding(
                "posting {posting} on {code} has place {its_seq} where {seq} follows",
                posting=posting_id,
                code=code,
                its_seq=its_seq,
                seq=seq,
            )
        if balance_after != balance:
            yield finding(
                "posting {posting} on {code} says that {said} are there after it; it is {balance}",
                posting=posting_id,
                code=code,
                said=Amount(balance_after, currency),
                balance=Amount(balance, currency),
            )
        head = next_head(
            head, leaf or "", signed_minor=signed, seq=its_seq, balance_after=balance_after
        )
    if (kept_seq, kept_amount) != (seq, balance):
        yield finding(
            "the balance of account {code} is {kept} after {kept_seq} postings; its"
            " {seq} postings come to {balance}",
            code=code,
            kept=Amount(kept_amount, currency),
            kept_seq=kept_seq or 0,
            balance=Amount(balance, currency),
            seq=seq,
        )
    elif kept_head != head:
        yield finding("the chain of account {code} does not end in its head", code=code)


@invariant(2, gettext_lazy("The months of an account are the sums of its postings."))
def months_are_sums() -> Iterator[str]:
    """Names every month of an account that differs from its postings, or is missing."""
    posted = {
        (account_id, str(month)[:7]): (int(debited), int(credited))
        for account_id, month, debited, credited in _posted_months()
    }
    kept = rows(
        "SELECT m.account_id, m.month, m.debits_minor, m.credits_minor, a.code, a.currency"
        " FROM ledger_accountmonth m LEFT JOIN ledger_account a ON a.id = m.account_id"
        " ORDER BY m.account_id, m.month"
    )
    for account_id, day, debited, credited, code, currency in kept:
        month = str(day)[:7]
        if str(day)[8:10] != "01":
            yield finding(
                "{month} of account {code} does not begin on the first of a month",
                month=month,
                code=code,
            )
        sums = posted.pop((account_id, month), (0, 0))
        if (debited, credited) != sums:
            yield finding(
                "{month} of account {code} keeps {debits} debited and {credits} credited; its"
                " postings come to {sum_debits} and {sum_credits}",
                month=month,
                code=code,
                debits=Amount(debited, currency),
                credits=Amount(credited, currency),
                sum_debits=Amount(sums[0], currency),
                sum_credits=Amount(sums[1], currency),
            )
    known = rows("SELECT id, code, currency FROM ledger_account") if posted else ()
    codes = {key: (code, currency) for key, code, currency in known}
    for (account_id, month), sums in posted.items():
        code, currency = codes.get(account_id, (account_id, None))
        yield finding(
            "{month} of account {code} is missing; its postings come to {debits} and {credits}",
            month=month,
            code=code,
            debits=Amount(sums[0], currency),
            credits=Amount(sums[1], currency),
        )


def _posted_months() -> Iterator[tuple[Any, ...]]:
    # Days are grouped here, months in the text of the day: both databases agree on that.
    sums: dict[tuple[int, str], list[int]] = {}
    by_day = rows(
        "SELECT account_id, day, SUM(CASE side WHEN 'debit' THEN amount_minor ELSE 0 END),"
        " SUM(CASE side WHEN 'credit' THEN amount_minor ELSE 0 END)"
        " FROM ledger_posting GROUP BY account_id, day"
    )
    for account_id, day, debited, credited in by_day:
        both = sums.setdefault((account_id, str(day)[:7]), [0, 0])
        both[0] += int(debited)
        both[1] += int(credited)
    for (account_id, month), (debited, credited) in sums.items():
        yield account_id, month, debited, credited


@invariant(7, gettext_lazy("What a member is owed is the sum of the postings on her account."))
def members_are_owed_their_postings() -> Iterator[str]:
    """Names every member's account whose balance is not what was posted on it."""
    differing = f"""
        SELECT a.code, a.currency, b.amount_minor, COALESCE({_NET}, 0)
          FROM ledger_account a JOIN ledger_account h ON h.id = a.parent_id
          LEFT JOIN ledger_accountbalance b ON b.account_id = a.id
          LEFT JOIN ledger_posting p ON p.account_id = a.id
         WHERE h.role = 'members_payable'
         GROUP BY a.code, a.currency, b.amount_minor ORDER BY a.code"""  # noqa: S608 - our own words
    for code, currency, kept, posted in rows(differing):
        if kept != posted:
            owed = None if kept is None else -kept
            yield finding(
                "account {code} says that {owed} are owed; its postings come to {posted}",
                code=code,
                owed=Amount(owed, currency),
                posted=Amount(-posted, currency),
            )
