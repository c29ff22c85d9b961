"""Pay days asked for what their rule says, of what was owed then. Invariants 3 and 7."""
# ruff: noqa: S608 - the statements are put together from our own words only

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import Amount, finding, invariant
from ledger.audit.read import rows
from ledger.cash import triggers
from ledger.cash.models import PayDay
from ledger.cash.plans import given_by_rule
from ledger.models import Posting


@invariant(3, _("A pay day asks for what its list says, and gives out no more than there was."))
def pay_days_ask_for_their_list() -> Iterator[str]:
    """Names lines whose payment says something else, and pay days that give out too much."""
    differs = triggers.LINE_DIFFERS.replace("NEW.", "n.")
    for line_id, day_id in rows(
        f"SELECT n.id, n.pay_day_id FROM cash_paydayline n WHERE {differs} ORDER BY n.id"
    ):
        yield finding(
            "line {line_id} of pay day {day_id} is not what was asked for",
            line_id=line_id,
            day_id=day_id,
        )
    too_much = """
        SELECT d.id, d.available_minor, SUM(n.gets_minor), a.currency FROM cash_payday d
          JOIN ledger_account a ON a.id = d.from_account_id
          JOIN cash_paydayline n ON n.pay_day_id = d.id
         GROUP BY d.id, d.available_minor, a.currency
        HAVING SUM(n.gets_minor) > d.available_minor ORDER BY d.id"""
    for day_id, available, given, currency in rows(too_much):
        yield finding(
            "pay day {day_id} gave out {given}, and there was {available}",
            day_id=day_id,
            given=Amount(given, currency),
            available=Amount(available, currency),
        )


@invariant(7, _("On a pay day each is owed what the books said, and gets what the rule gives her."))
def pay_days_follow_their_rule() -> Iterator[str]:
    """Names lines with a debt that never was, and those that got another part than the rule's."""
    for day in (
        PayDay.objects.order_by("pk").prefetch_related("lines__account").iterator(chunk_size=50)
    ):
        lines = list(day.lines.all())
        newest = {one.account_id: _newest(day, one.account_id, one.owed_minor) for one in lines}
        unknown = [one for one in lines if newest[one.account_id] is None]
        for one in unknown:
            yield finding(
                "line {key} of pay day {pay_day} says {owed}, never owed until then",
                key=one.pk,
                pay_day=day.pk,
                owed=Amount(one.owed_minor, one.account.currency),
            )
        if unknown:
            continue
        owed = {one.account_id: one.owed_minor for one in lines}
        until = {key: seq for key, seq in newest.items() if seq is not None}
        right = given_by_rule(day.rule, owed, day.available_minor, until=until)
        for one in lines:
            if (given := right.get(one.account_id, 0)) != one.gets_minor:
                yield finding(
                    "line {key} of pay day {pay_day} gets {gets}; by the rule it is {given}",
                    key=one.pk,
                    pay_day=day.pk,
                    gets=Amount(one.gets_minor, one.account.currency),
                    given=Amount(given, one.account.currency),
                )


def _newest(day: PayDay, account_id: int, owed: int) -> int | None:
    """The newest posting, known on that pay day, after which just this was owed."""
    then = Posting.objects.filter(
        account=account_id, balance_after=-owed, entry__created_at__lte=day.created_at
    )
    return then.order_by("-seq").values_list("seq", flat=True).first()
