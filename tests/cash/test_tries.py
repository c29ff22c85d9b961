"""Trying another's PIN beside a cash box is counted, whatever becomes of the rest."""

import pytest
from django.db import transaction

from coop.people.errors import WrongPin
from ledger.cash.models import Agreement
from ledger.cash.services import agree
from tests.cash.conftest import box_with_people
from tests.cash.test_boxes import typed
from tests.factories.ledger import NAME, Books
from tests.factories.people import a_card
from tests.ledger.test_posting import refused


@pytest.mark.usefixtures("fresh_db")
def test_a_pin_is_looked_at_outside_of_any_transaction():
    """Inside another's transaction it is not looked at: a refusal would take the try back."""
    around = box_with_people(Books())
    count, card = around.count(), a_card(around.marta)
    words = {"count": count, "person": around.marta, "actor": around.books.treasurer}
    with pytest.raises(RuntimeError), transaction.atomic():
        agree(drawing=NAME, typed=typed(), **words)
    with refused(WrongPin):
        agree(drawing=NAME, typed=typed("9753"), **words)
    card.refresh_from_db()
    assert card.failures == 1
    assert not Agreement.objects.exists()
