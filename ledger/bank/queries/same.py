"""Which lines may be one movement that the bank told twice, by other words."""

from datetime import timedelta

from django.db.models import QuerySet

from ledger.bank.models import BankLine, Mention, SaidSame

#: A bank that renames a movement may book it so much later.
APART = timedelta(days=5)


def may_be_same(line: BankLine) -> QuerySet[BankLine]:
    """Lines that could be this one: of its amount, near its day, in no file beside it.

    Two that stand in one file are two, and so are two that the bank itself numbers.
    """
    beside = Mention.objects.filter(
        statement__in=Mention.objects.filter(line=line, statement__withdrawn_at=None).values(
            "statement"
        )
    )
    rows = BankLine.objects.filter(
        account=line.account_id,
        amount_minor=line.amount_minor,
        day__range=(line.day - APART, line.day + APART),
    )
    rows = rows.exclude(pk=line.pk).exclude(pk__in=beside.values("line"))
    if line.bank_id:
        rows = rows.filter(bank_id="")
    return rows.standing().counting().order_by("day", "pk")


def said_of(line: BankLine) -> QuerySet[SaidSame]:
    """What stands of a line: that it is another, or that another is it."""
    rows = SaidSame.objects.standing().select_related("line__account", "known__account", "by")
    return rows.filter(line=line) | rows.filter(known=line)
