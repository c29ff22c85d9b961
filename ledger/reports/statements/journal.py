"""The journal, and one account's page: every entry of some days."""

from collections.abc import Iterator

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger import queries
from ledger.models import Account, JournalEntry, Posting
from ledger.queries import nets_as_of
from ledger.reports.asked import Asked
from ledger.reports.errors import AccountNeeded, TooLong
from ledger.reports.papers import Check, Column, Report, Row
from ledger.reports.spans import Span
from ledger.reports.valuing import turnover

#: So many entries or postings a report has at most; more is a matter for `export_ledger`.
MOST = 5000


def build(asked: Asked) -> Report:
    """Every entry of some days, the oldest first, with its debits and credits.

    Raises TooLong.
    """
    span = asked.span
    found = queries.entries(since=span.since, until=span.until, account=asked.account)
    count = found.count()
    if count > MOST:
        raise TooLong(count=count, most=MOST)
    entries = list(found.order_by("day", "pk"))
    rows: list[Row] = []
    told = queries.described(entries, names=True)
    for entry in entries:
        rows += _of(entry, told[entry.pk])
    checks: list[Check] = []
    if asked.account is None:
        sums = _sums(asked, span)
        rows += _totals(sums, "")
        is_even = all(debits == credits_ for debits, credits_ in sums.values())
        checks = [Check(_("Debits and credits are equal in each currency."), is_even)]
    other = span.compared(asked.compare)
    if other:
        rows += _totals(_sums(asked, other), f" {other.label}")
    return Report(
        key="journal",
        title=_("Journal"),
        question=_("What was written in the books, day by day?"),
        words=f"{asked.account} · {span.words}" if asked.account else span.words,
        columns=[
            Column(_("Day"), "day"),
            Column(_("No.")),
            Column(_("What happened")),
            Column(_("Debit"), "money"),
            Column(_("Credit"), "money"),
        ],
        rows=rows,
        checks=checks,
        name=2,
    )


def _sums(asked: Asked, span: Span) -> dict[str, tuple[int, int]]:
    """What was debited and credited in each currency: of all accounts, or of the one."""
    chosen = [asked.account] if asked.account else asked.house.accounts
    currencies = {one.pk: one.currency for one in chosen}
    sums: dict[str, tuple[int, int]] = {}
    for key, (debits, credits_) in turnover(span, chosen).items():
        before = sums.get(currencies[key], (0, 0))
        if debits or credits_:
            sums[currencies[key]] = before[0] + debits, before[1] + credits_
    return sums


def _totals(sums: dict[str, tuple[int, int]], when: str) -> Iterator[Row]:
    for code, both in sorted(sums.items()):
        label = _("Sum in %(currency)s") % {"currency": code} + when
        yield Row(("", "", label, *(from_minor(one, code) for one in both)), "total")


def _of(entry: JournalEntry, told: str) -> Iterator[Row]:
    url = reverse("ledger_office:entry", args=[entry.pk])
    yield Row((entry.day, str(entry.number or "…"), told, None, None), "heading", url, entry.memo)
    for one in entry.postings.all():
        name = f"{one.account.code} {one.account.name}"
        is_debit = one.side == Posting.Side.DEBIT
        yield Row(
            ("", "", name, one.amount if is_debit else None, None if is_debit else one.amount)
        )


def build_account(asked: Asked) -> Report:
    """One account's postings of some days with the balance after each, in the order of the days.

    Raises AccountNeeded, TooLong.
    """
    account, span = asked.account, asked.span
    if account is None:
        raise AccountNeeded
    begin = nets_as_of(span.day_before, account).get(account.pk, 0)
    end = nets_as_of(span.until, account).get(account.pk, 0)
    found = Posting.objects.filter(account=account, day__gte=span.since, day__lte=span.until)
    count = found.count()
    if count > MOST:
        raise TooLong(count=count, most=MOST)
    rows, running = _statement(account, list(found.order_by("day", "seq")), begin)
    other = span.compared(asked.compare)
    told = _("Balance at the beginning"), _("Balance at the end")
    sides = dict(found.order_by().values_list("side").annotate(sum=Sum("amount_minor")))
    debits, credits_ = (
        from_minor(sides.get(one, 0), account.currency) for one in ("debit", "credit")
    )
    return Report(
        key="account",
        title=f"{account.code} {account.name}",
        question=_("What came onto this account and what left it, and what was on it each time?"),
        words=span.words,
        columns=[
            Column(_("Day"), "day"),
            Column(_("What happened")),
            Column(_("Debit"), "money"),
            Column(_("Credit"), "money"),
            Column(_("Balance"), "money"),
        ],
        rows=[
            Row(("", told[0], None, None, natural(account, begin)), "sum"),
            *rows,
            Row(("", told[1], debits, credits_, natural(account, running)), "total"),
            *([_at_other_time(account, other)] if other else []),
        ],
        checks=[Check(_("The last balance is the account's."), running == end)],
        name=1,
    )


def _at_other_time(account: Account, span: Span) -> Row:
    """What came and went in another time, and what was on the account at its end."""
    sides = (from_minor(one, account.currency) for one in turnover(span, [account])[account.pk])
    end = nets_as_of(span.until, account).get(account.pk, 0)
    return Row(("", span.label, *sides, natural(account, end)), "sum")


def _statement(account: Account, postings: list[Posting], begin: int) -> tuple[list[Row], int]:
    keys = [one.entry_id for one in postings]
    entries = list(queries.entries().filter(pk__in=keys))
    sentences = queries.described(entries, names=True)
    told = {one.pk: (sentences[one.pk], one.memo) for one in entries}
    rows, running = [], begin
    for one in postings:
        running += one.signed_minor
        words, memo = told[one.entry_id]
        amount = from_minor(one.amount_minor, account.currency)
        sides = (amount, None) if one.side == Posting.Side.DEBIT else (None, amount)
        url = reverse("ledger_office:entry", args=[one.entry_id])
        rows.append(Row((one.day, words, *sides, natural(account, running)), url=url, note=memo))
    return rows, running


def natural(account: Account, minor: int) -> Money:
    return from_minor(account.natural_sign * minor, account.currency)
