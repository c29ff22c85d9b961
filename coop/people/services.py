"""Letting people in: accounts, roles, PIN cards, and the mode of the house."""

import ipaddress
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from coop.kit.tokens import secret_token
from coop.people import roles
from coop.people.errors import (
    BadPin,
    DemoIsOver,
    PictureTaken,
    SecondPersonNeeded,
    TooManyTries,
    UnknownLanguage,
    WrongPin,
)
from coop.people.models import Installation, PinAddress, PinCard, User, new_username

PIN_TRIES = 5
ADDRESS_TRIES = 30
# The first lock of a card; each one after it, until she comes in, is twice as long.
LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
ADDRESS_WINDOW = timedelta(minutes=15)

_IN_A_ROW = ("01234567890", "09876543210")


# Accounts ----------------------------------------------------------------------------------
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
    user = User.objects.create_user(
        username=new_username(),
        email=email,
        password=password,
        first_name=first,
        last_name=last,
        language=language,
        is_demo=is_demo,
    )
    vouch_for_address(user=user)
    return user


def vouch_for_address(*, user: User) -> None:
    """Somebody of the house wrote her address down: she need not confirm it by a mail.

    Whoever opens an account by herself confirms; before that she sets up no second step, with
    which she could lock the address's real owner out.
    """
    if user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def give_role(*, user: User, role: str) -> None:
    """Add `user` to the group of `role`."""
    user.groups.add(Group.objects.get(name=role))


def take_role(*, user: User, role: str) -> None:
    """Remove `user` from the group of `role`."""
    user.groups.remove(Group.objects.get(name=role))


def speak(*, user: User, language: str) -> None:
    """From now on the house speaks `language` with `user`. Raises UnknownLanguage."""
    if language not in User.Language.values:
        raise UnknownLanguage
    user.language = language
    user.save(update_fields=["language"])


def hear(*, user: User, language: str) -> None:
    """From now on `user` listens in `language` ("" is that of the words on the screen)."""
    user.voice = language
    user.save(update_fields=["voice"])


def end_sessions(*, user: User) -> None:
    """Every phone and computer on which `user` came in forgets her."""
    user.session_stamp = secret_token()
    user.save(update_fields=["session_stamp"])


# PIN cards ---------------------------------------------------------------------------------
def check_pin(pin: str) -> None:
    """Raises BadPin for one that is easily guessed."""
    is_number = pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 6
    if not is_number or len(set(pin)) == 1 or any(pin in row for row in _IN_A_ROW):
        raise BadPin


@transaction.atomic
def give_pin_card(*, user: User, motif: str, colour: str, pin: str) -> PinCard:
    """A picture of her own and a PIN; whoever came in with an older PIN is sent out.

    Raises BadPin, PictureTaken, or SecondPersonNeeded for somebody who signs for money
    (see `coop.people.pins`).
    """
    if signs_money(user):
        raise SecondPersonNeeded
    check_pin(pin)
    check_picture(user, motif, colour)
    return write_card(user=user, motif=motif, colour=colour, pin_hash=make_password(pin))


def signs_money(user: User) -> bool:
    """Whether her signature lets money out: whoever sits in the Junta."""
    return user.groups.filter(name__in=roles.JUNTA).exists()


def check_picture(user: User, motif: str, colour: str) -> None:
    """Raises PictureTaken if it is another's."""
    if PinCard.objects.filter(motif=motif, colour=colour).exclude(user=user).exists():
        raise PictureTaken


def write_card(
    *, user: User, motif: str, colour: str, pin_hash: str, is_known: bool = False
) -> PinCard:
    """Her card with this picture and PIN, unlocked; her older sessions end.

    `is_known`: she signs for money, and has to choose a PIN of her own before she signs with it.
    """
    card, _ = PinCard.objects.update_or_create(
        user=user,
        defaults={
            "motif": motif,
            "colour": colour,
            "pin_hash": pin_hash,
            "is_known": is_known,
            "failures": 0,
            "lockouts": 0,
            "locked_until": None,
        },
    )
    end_sessions(user=user)
    return card


def may_come_in(user: User | None) -> bool:
    """Whether this account works: active, and no demo log-in in a real cooperative's house."""
    if user is None or not user.is_active:
        return False
    return not user.is_demo or installation().mode == Installation.Mode.DEMO


def open_with_pin(*, card: PinCard, pin: str, address: str) -> User:
    """The user behind `card` if `pin` is hers and her account works.

    A try is counted and committed before the PIN is looked at: of many tries at the same time,
    no more are looked at than of as many one after another. The slow hash is computed outside
    of any transaction, and for every try, so that time tells nothing either.
    Raises WrongPin, or TooManyTries after five wrong PINs for a card or thirty from an address.
    """
    counted = _count_try(card=card, address=address)
    is_right = check_password(pin, counted.pin_hash)
    if not is_right or not may_come_in(counted.user):
        raise WrongPin
    _forget_try(card=counted, address=address)
    return counted.user


def tries_left(card: PinCard) -> int:
    """How many wrong PINs more until the card rests."""
    return PIN_TRIES - card.failures


def _count_try(*, card: PinCard, address: str) -> PinCard:
    now = timezone.now()
    with transaction.atomic():
        is_address_tired = _count_address(address)
        counted = (
            PinCard.objects.select_for_update(of=("self",)).select_related("user").get(pk=card.pk)
        )
        is_locked = counted.is_locked(now)
        if not is_locked and not is_address_tired:
            counted.failures += 1
            if counted.failures >= PIN_TRIES:
                counted.locked_until = now + min(LOCK * 2**counted.lockouts, LONGEST_LOCK)
                counted.lockouts = min(counted.lockouts + 1, 20)
                counted.failures = 0
            counted.save(update_fields=["failures", "lockouts", "locked_until"])
    # Raised after the commit: a refused try counts for the address too.
    if is_locked or is_address_tired:
        raise TooManyTries
    return counted


def _count_address(address: str) -> bool:
    """Count one try from `address`; whether there were too many."""
    now = timezone.now()
    PinAddress.objects.filter(since__lte=now - ADDRESS_WINDOW).delete()
    PinAddress.objects.get_or_create(address_hash=_hash(address), defaults={"since": now})
    row = PinAddress.objects.select_for_update().get(address_hash=_hash(address))
    if row.tries >= ADDRESS_TRIES:
        return True
    row.tries += 1
    row.save(update_fields=["tries"])
    return False


@transaction.atomic
def _forget_try(*, card: PinCard, address: str) -> None:
    """She is in: her card starts anew, and her try does not count against the address."""
    row = PinAddress.objects.select_for_update().filter(address_hash=_hash(address)).first()
    if row and row.tries:
        row.tries -= 1
        row.save(update_fields=["tries"])
    PinCard.objects.filter(pk=card.pk).update(failures=0, lockouts=0, locked_until=None)


def _hash(address: str) -> str:
    """The address, unreadable; an IPv6 household shares one (a /64)."""
    try:
        known = ipaddress.ip_address(address)
        if known.version == 6:
            address = str(ipaddress.ip_network((known, 64), strict=False))
    except ValueError:
        address = "unknown"
    return salted_hmac("people.address", address, algorithm="sha256").hexdigest()


# The house ---------------------------------------------------------------------------------
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
