"""What must hold of what reports keep beside the books."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import Amount, finding, invariant, word
from coop.kit.days import month_of
from ledger.models import Account, JournalEntry, Posting
from ledger.reports.flows import told
from ledger.reports.models import FlowMark, FlowMonth


@invariant(2, _("The flows of money by month are the sums of its postings."))
def flows_are_sums() -> Iterator[str]:
    """Names every month of a money account whose kept flows differ from its postings."""
    codes = {one.pk: (one.code, one.currency) for one in Account.objects.all()}
    for mark in FlowMark.objects.order_by("account"):
        sums: dict[tuple[object, str, int], int] = defaultdict(int)
        folded = Posting.objects.filter(account=mark.account_id, seq__lte=mark.seq)
        for _account, day, what, other, net in told(folded):
            sums[month_of(day), what, other] += net
        for row in FlowMonth.objects.filter(account=mark.account_id).order_by("pk"):
            expected = sums.pop((row.month, row.kind, row.other_id), 0)
            if row.net_minor != expected:
                yield finding(
                    "{month} of account {code} keeps {kept} for “{kind}”; its postings come to {posted}",
                    month=f"{row.month:%Y-%m}",
                    code=codes[mark.account_id][0],
                    kept=Amount(row.net_minor, codes[mark.account_id][1]),
                    kind=word(JournalEntry.Kind, row.kind),
                    posted=Amount(expected, codes[mark.account_id][1]),
                )
        for (month, what, _other), net in sums.items():
            if net:
                yield finding(
                    "{month} of account {code} keeps nothing for “{kind}”; its postings come to {posted}",
                    month=f"{month:%Y-%m}",
                    code=codes[mark.account_id][0],
                    kind=word(JournalEntry.Kind, what),
                    posted=Amount(net, codes[mark.account_id][1]),
                )
