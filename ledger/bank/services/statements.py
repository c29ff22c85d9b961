"""What happens to a statement after it came in."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from djmoney.money import Money

from coop.kit.money import to_minor
from coop.people.models import User
from ledger.bank import digests
from ledger.bank.errors import BankSaidIt, IsMatched, IsWithdrawn
from ledger.bank.models import BankLine, Part, SaidSame, Statement, sum_of
from ledger.bank.services.importing import BANK
from ledger.bank.services.same import undo_same
from ledger.services.blocks import one_at_a_time


def _held(statement: Statement) -> Statement:
    one_at_a_time(BANK)
    found = Statement.objects.select_for_update(of=("self",)).select_related("account")
    statement = found.get(pk=statement.pk)
    if statement.withdrawn_at is not None:
        raise IsWithdrawn
    return statement


@transaction.atomic
def type_closing(*, statement: Statement, closing: Money, actor: User) -> Statement:
    """Write the closing balance that stands on the bank's paper, where its file says none.

    The opening becomes what the lines make of it. Raises BankSaidIt or IsWithdrawn.
    """
    statement = _held(statement)
    if statement.balances != Statement.Source.RECKONED:
        raise BankSaidIt
    lines = sum_of(BankLine.objects.filter(mentions__statement=statement))
    statement.closing_minor = to_minor(closing)
    statement.opening_minor = statement.closing_minor - lines
    statement.balances = Statement.Source.TYPED
    statement.digest = digests.of_statement(statement, mentions_of(statement))
    statement.save(update_fields=["closing_minor", "opening_minor", "balances", "digest"])
    return statement


@transaction.atomic
def withdraw_statement(*, statement: Statement, reason: str, actor: User) -> Statement:
    """Take back a file that was imported into the wrong place; its rows stay, and count no more.

    What was said of a line that goes, that it and another are one, is taken back with it: the
    other counts by itself, and in whatever order two such files go, neither holds up the other.
    Raises IsMatched while lines that stand in no other statement are matched, or IsWithdrawn.
    """
    statement = _held(statement)
    others = BankLine.objects.filter(
        mentions__statement__in=Statement.objects.standing().exclude(pk=statement.pk)
    )
    alone = BankLine.objects.filter(mentions__statement=statement).exclude(
        pk__in=others.values("pk")
    )
    if Part.objects.standing().filter(line__in=alone).exists():
        raise IsMatched
    told = SaidSame.objects.standing().filter(Q(line__in=alone) | Q(known__in=alone))
    for said in told.order_by("pk"):
        undo_same(said=said, actor=actor)
    statement.withdrawn_at = timezone.now()
    statement.withdrawn_by, statement.withdrawn_why = actor, reason
    statement.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return statement


def mentions_of(statement: Statement) -> list[tuple[int, int, str]]:
    """Position, line of the file and digest of each line of a statement, in order."""
    rows = statement.mentions.order_by("position")
    return list(rows.values_list("position", "at", "line__digest"))
