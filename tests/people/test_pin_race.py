"""Many tries at the same time are no more tries than one after another."""

from functools import partial
from threading import Barrier

from coop.people import services
from coop.people.errors import TooManyTries, WrongPin
from coop.people.models import PinAddress, PinCard
from tests.factories.people import a_card
from tests.harness.fixtures import at_the_same_time

THREADS = 16


def test_of_many_tries_at_once_five_are_looked_at(fresh_db, monkeypatch):
    looked_at = _count_looks(monkeypatch)
    card = a_card()

    answers = at_the_same_time(
        *(
            partial(services.open_with_pin, card=card, pin="9753", address=f"198.51.100.{number}")
            for number in range(THREADS)
        )
    )

    assert len(looked_at) == services.PIN_TRIES
    assert sum(isinstance(one, WrongPin) for one in answers) == services.PIN_TRIES
    assert sum(isinstance(one, TooManyTries) for one in answers) == THREADS - services.PIN_TRIES


def test_an_address_that_tries_many_cards_at_once_is_counted_right(fresh_db, monkeypatch):
    looked_at = _count_looks(monkeypatch)
    monkeypatch.setattr(services, "ADDRESS_TRIES", 6)
    cards = [a_card() for _ in range(THREADS)]

    answers = at_the_same_time(
        *(
            partial(services.open_with_pin, card=card, pin="9753", address="198.51.100.1")
            for card in cards
        )
    )

    assert len(looked_at) == 6
    assert sum(isinstance(one, TooManyTries) for one in answers) == THREADS - 6
    assert PinAddress.objects.get().tries == 6


def test_the_race_is_one(fresh_db, monkeypatch):
    """Negative control: looking first and counting after lets more tries through."""
    looked_at = _count_looks(monkeypatch)
    card = a_card()
    all_have_read = Barrier(THREADS)

    at_the_same_time(
        *(partial(_look_then_count, card, all_have_read) for _number in range(THREADS))
    )

    assert len(looked_at) == THREADS


def _look_then_count(card: PinCard, all_have_read: Barrier) -> None:
    row = PinCard.objects.get(pk=card.pk)
    # A busy machine might run the threads one after another, and show no race at all.
    all_have_read.wait(30)
    if row.failures >= services.PIN_TRIES:
        return
    services.check_password("9753", row.pin_hash)
    PinCard.objects.filter(pk=card.pk).update(failures=row.failures + 1)


def _count_looks(monkeypatch) -> list[str]:
    looked_at: list[str] = []
    real = services.check_password

    def look(pin: str, hashed: str) -> bool:
        looked_at.append(hashed)
        return real(pin, hashed)

    monkeypatch.setattr(services, "check_password", look)
    return looked_at
