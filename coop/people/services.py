"""Letting people in: accounts, roles, PIN cards, and the mode of the house."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from coop.people.errors import BadPin, DemoIsOver, PictureTaken, TooManyTries, WrongPin
from coop.people.models import Installation, PinAttempt, PinCard, User

PIN_TRIES = 5
ADDRESS_TRIES = 30
LOCK = timedelta(minutes=15)


@transaction.atomic
def make_account(
    *,
    name: str,
    email: str | None,
    password: str | None,
    language: str = "es",
    is_demo: bool = False,
) -> User:
    """A person who can come in by e-mail (or by PIN card, when `email` is None)."""
    first, _, last = name.partition(" ")
    return User.objects.create_user(
        username=User._meta.get_field("username").get_default(),
        email=email,
        password=password,
        first_name=first,
        last_name=last,
        language=language,
        is_demo=is_demo,
    )


def give_role(*, user: User, role: str) -> None:
    """Add `user` to the group of `role`."""
    user.groups.add(Group.objects.get(name=role))


def take_role(*, user: User, role: str) -> None:
    """Remove `user` from the group of `role`."""
    user.groups.remove(Group.objects.get(name=role))


def _check_pin(pin: str) -> None:
    in_a_row = "01234567890" + "09876543210"
    if not (pin.isdigit() and 4 <= len(pin) <= 6) or len(set(pin)) == 1 or pin in in_a_row:
        raise BadPin


@transaction.atomic
def give_pin_card(*, user: User, motif: str, colour: str, pin: str) -> PinCard:
    """A picture of her own and a PIN.

    Raises BadPin or PictureTaken.
    """
    _check_pin(pin)
    if PinCard.objects.filter(motif=motif, colour=colour).exclude(user=user).exists():
        raise PictureTaken
    card, _ = PinCard.objects.update_or_create(
        user=user,
        defaults={
            "motif": motif,
            "colour": colour,
            "pin_hash": make_password(pin),
            "failures": 0,
            "locked_until": None,
        },
    )
    return card


def _hash_address(address: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{address}".encode()).hexdigest()


def open_with_pin(*, card: PinCard, pin: str, address: str) -> User:
    """The user behind `card` if `pin` is hers.

    The failure is counted in a transaction of its own, so that a refusal does not undo it.
    Raises WrongPin, or TooManyTries after five wrong PINs for a card or thirty from an address.
    """
    with transaction.atomic():
        hashed, now = _hash_address(address), timezone.now()
        recent = PinAttempt.objects.filter(
            address_hash=hashed, at__gt=now - LOCK, is_success=False
        ).count()
        locked_card = PinCard.objects.select_for_update().get(pk=card.pk)
        if locked_card.is_locked(now) or recent >= ADDRESS_TRIES:
            raise TooManyTries
        is_right = check_password(pin, locked_card.pin_hash)
        PinAttempt.objects.filter(at__lt=now - LOCK).delete()
        PinAttempt.objects.create(address_hash=hashed, is_success=is_right)
        locked_card.failures = 0 if is_right else locked_card.failures + 1
        locked_card.locked_until = now + LOCK if locked_card.failures >= PIN_TRIES else None
        if locked_card.locked_until:
            locked_card.failures = 0
        locked_card.save(update_fields=["failures", "locked_until"])
    if not is_right:
        raise WrongPin
    return locked_card.user


def installation() -> Installation:
    """The one row about this house."""
    return Installation.objects.get_or_create(pk=1)[0]


@transaction.atomic
def show_demo() -> None:
    """Mark the house as a demo. Raises DemoIsOver once a real cooperative lives in it."""
    house = installation()
    if house.mode == Installation.Mode.REAL:
        raise DemoIsOver
    house.mode = Installation.Mode.DEMO
    house.save()


@transaction.atomic
def serve_real_cooperative() -> None:
    """From now on demo log-ins no longer work."""
    house = installation()
    house.mode = Installation.Mode.REAL
    house.save()
