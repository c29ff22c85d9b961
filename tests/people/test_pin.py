"""A picture and a PIN: who is let in, who waits, and what a stranger learns."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import identify_hasher
from django.test import RequestFactory
from django.utils import timezone

from coop.people import services
from coop.people.errors import BadPin, PictureTaken, TooManyTries, WrongPin
from coop.people.models import PinAddress, PinCard, User
from tests.factories.people import PIN, a_card, an_account

pytestmark = pytest.mark.django_db

HERE = "198.51.100.7"


def try_pin(card: PinCard, pin: str, address: str = HERE) -> User:
    return services.open_with_pin(card=card, pin=pin, address=address)


def refused(card: PinCard, pin: str = "9753", address: str = HERE) -> None:
    with pytest.raises(WrongPin):
        try_pin(card, pin, address)


def test_her_own_pin_lets_her_in():
    card = a_card()

    assert try_pin(card, PIN) == card.user


def test_a_wrong_pin_does_not():
    card = a_card()

    refused(card)

    card.refresh_from_db()
    assert card.failures == 1


def test_the_pin_of_another_does_not():
    hers, other = a_card(pin="4826"), a_card(pin="7193")

    refused(hers, "7193")
    assert try_pin(other, "7193") == other.user


def test_a_pin_is_kept_only_as_a_salted_hash():
    one, two = a_card(), a_card()

    assert identify_hasher(one.pin_hash)
    assert PIN not in one.pin_hash
    assert one.pin_hash != two.pin_hash


@pytest.mark.parametrize(
    "pin",
    ["", "123", "1234", "4321", "7890", "1111", "1234567", "12a4", "２６８０", "²²³⁴", " 268"],
)
def test_a_pin_that_anybody_guesses_is_not_given(pin):
    user = an_account(email=None)

    with pytest.raises(BadPin):
        services.give_pin_card(user=user, motif="llamas", colour="plain", pin=pin)

    assert not PinCard.objects.filter(user=user).exists()


def test_two_women_never_have_the_same_picture():
    first = a_card(colour="indigo")

    with pytest.raises(PictureTaken):
        a_card(colour="indigo")

    assert PinCard.objects.get() == first


def test_five_wrong_pins_close_her_card_also_for_the_right_one():
    card = a_card()
    for _try in range(services.PIN_TRIES):
        refused(card)

    with pytest.raises(TooManyTries):
        try_pin(card, PIN)


def test_a_closed_card_opens_by_itself():
    card = a_card()
    for _try in range(services.PIN_TRIES):
        refused(card)
    PinCard.objects.update(locked_until=timezone.now() - timedelta(seconds=1))

    assert try_pin(card, PIN) == card.user
    card.refresh_from_db()
    assert (card.failures, card.lockouts, card.locked_until) == (0, 0, None)


def test_each_lock_is_twice_as_long_up_to_a_day():
    """Four digits are ten thousand: five tries a quarter of an hour would find them in weeks."""
    card = a_card()
    waits = []
    for _lock in range(9):
        for _try in range(services.PIN_TRIES):
            refused(card, address=f"198.51.100.{_lock}")
        card.refresh_from_db()
        assert card.locked_until
        waits.append(round((card.locked_until - timezone.now()) / timedelta(minutes=1)))
        PinCard.objects.update(locked_until=None)

    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]


def test_an_address_that_tries_many_cards_has_to_rest():
    cards = [a_card() for _ in range(8)]
    for at in range(services.ADDRESS_TRIES):
        refused(cards[at % 8])

    with pytest.raises(TooManyTries):
        try_pin(cards[7], PIN)
    assert try_pin(cards[7], PIN, address="203.0.113.9") == cards[7].user


def test_tries_of_an_address_are_forgotten_after_a_while():
    card = a_card()
    for _try in range(services.ADDRESS_TRIES):
        refused(a_card())
    PinAddress.objects.update(since=timezone.now() - services.ADDRESS_WINDOW)

    assert try_pin(card, PIN) == card.user
    assert PinAddress.objects.count() == 1


def test_coming_in_does_not_count_against_the_address():
    card = a_card()
    for _time in range(3):
        try_pin(card, PIN)

    assert PinAddress.objects.get().tries == 0


def test_her_own_card_does_not_wash_away_what_an_address_tried():
    hers, other = a_card(), a_card()
    for _try in range(3):
        refused(other)

    try_pin(hers, PIN)

    assert PinAddress.objects.get().tries == 3


def test_the_address_itself_is_not_kept():
    refused(a_card())

    assert HERE not in PinAddress.objects.get().address_hash


def test_one_household_of_ipv6_is_one_address():
    refused(a_card(), address="2001:db8:1:2:aaaa::1")
    refused(a_card(), address="2001:db8:1:2:bbbb::2")

    assert PinAddress.objects.get().tries == 2


def test_an_account_that_was_closed_is_refused_like_a_wrong_pin(monkeypatch):
    """Same sentence, and the slow hash is computed all the same."""
    looked_at = []
    monkeypatch.setattr(
        services, "check_password", lambda pin, hashed: looked_at.append(hashed) or True
    )
    card = a_card()
    User.objects.update(is_active=False)

    with pytest.raises(WrongPin) as closed:
        try_pin(card, PIN)

    assert looked_at == [card.pin_hash]
    assert str(closed.value) == str(WrongPin())


def test_a_refusal_tells_a_stranger_nothing_about_the_card():
    closed, wrong = a_card(), a_card()
    User.objects.filter(pk=closed.user_id).update(is_active=False)

    sentences = set()
    for card, pin in ((closed, PIN), (wrong, "9753")):
        with pytest.raises(WrongPin) as refusal:
            try_pin(card, pin)
        sentences.add(str(refusal.value))

    assert len(sentences) == 1


def test_the_back_end_takes_the_address_of_the_request():
    card = a_card()
    request = RequestFactory().post("/m/login/", REMOTE_ADDR=HERE)

    user = authenticate(request, card=card, pin=PIN)

    assert user == card.user
    assert user.backend == "coop.people.backends.PinBackend"
    assert PinAddress.objects.count() == 1


def test_no_pin_lets_in_by_the_way_of_passwords():
    card = a_card()
    request = RequestFactory().post("/es/account/login/", REMOTE_ADDR=HERE)

    assert authenticate(request, email=None, password=PIN) is None
    assert authenticate(request, username=card.user.username, password=PIN) is None


def test_a_forwarded_address_of_a_stranger_is_not_believed():
    card = a_card()
    for number in range(services.ADDRESS_TRIES):
        request = RequestFactory().post(
            "/m/login/", REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}"
        )
        with pytest.raises(WrongPin):
            authenticate(request, card=a_card(), pin="9753")

    with pytest.raises(TooManyTries):
        try_pin(card, PIN)
