"""Words as a phone tells them, from the forms that the house showed."""

from collections.abc import Callable
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from coop.portal.offline import acts
from coop.portal.offline.services import Word
from orders.production.models import Assignment
from tests.factories.ledger import DAY

Told = Callable[..., Word]


@pytest.fixture(autouse=True)
def on_the_day():
    with patch("coop.kit.days.today", return_value=DAY):
        yield


def word(act: str, offer: Assignment, *, key: UUID | None = None, late: bool = True) -> Word:
    """Her press on the form of `act`, as the page showed it now."""
    offer = Assignment.objects.get(pk=offer.pk)
    return Word(
        key=key or uuid4(),
        act=act,
        number=offer.pk,
        seen=acts.seal(act, offer, offer.member.user),
        told_at=timezone.now(),
        is_late=late,
    )
