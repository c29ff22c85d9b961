"""Opening a box: the money that is there gets its first holder."""

from datetime import date

from django.db import transaction

from coop.kit import days
from coop.people.models import User
from ledger.cash.errors import BoxThere, NotABox
from ledger.cash.models import Box, Holding
from ledger.models import Account

#: What others keep for us, or a machine keeps, lies in no box.
_NOT_IN_CASH = frozenset({"bank", "wallet", "stripe", "partner"})


def may_be_box(account: Account) -> bool:
    """Whether the money of `account` can lie in a box: ours, in notes and coins."""
    return account.is_money and not account.is_header and account.role not in _NOT_IN_CASH


@transaction.atomic
def open_box(*, account: Account, holder: User, actor: User, on: date | None = None) -> Box:
    """Say that `account` is a box, and who has it. Raises NotABox or BoxThere."""
    account = Account.objects.get(pk=account.pk)
    if not (may_be_box(account) and account.is_open):
        raise NotABox(account=account)
    if Box.objects.filter(pk=account.pk).exists():
        raise BoxThere(account=account.name)
    box = Box.objects.create(account=account, opened_by=actor)
    Holding.objects.create(box=box, number=1, holder=holder, since=on or days.today())
    return box
