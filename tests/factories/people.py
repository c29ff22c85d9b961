"""People for the tests: accounts and PIN cards, by the services."""

from itertools import count

from django.test import override_settings

from coop.people import roles, services
from coop.people.models import PinCard, User
from coop.people.pins import ask_for_pin, choose_pin, confirm_pin
from coop.people.second_step import Level, decide

_numbers = count(1)
PASSWORD = "a-long-and-quiet-word"
PIN = "2680"
KNOWN_PIN = "8306"


def an_account(
    name: str = "Somebody", *, email: str | None = "", language: str = "es", is_demo: bool = False
) -> User:
    """Somebody who comes in by e-mail; by PIN card only, when `email` is None."""
    number = next(_numbers)
    address = f"somebody-{number}@example.org" if email == "" else email
    return services.make_account(
        name=name,
        email=address,
        password=PASSWORD if address else None,
        language=language,
        is_demo=is_demo,
    )


def someone_in(role: str, name: str = "Somebody", **changes: object) -> User:
    """Somebody with a role of the house."""
    user = an_account(name, **changes)
    services.give_role(user=user, role=role)
    return User.objects.get(pk=user.pk)


def a_password_is_enough(actor: User) -> None:
    """The house asks nobody for a second step, as `actor` of the Junta decides it.

    For tests that drive a running house, which asks its treasurer for one by default.
    """
    with override_settings(SECOND_STEP_REQUIRED=(roles.PRESIDENT, roles.TREASURER)):
        for role in (roles.PRESIDENT, roles.TREASURER):
            decide(role=role, level=Level.ADVISED, actor=actor)


def a_card(
    user: User | None = None, *, pin: str = PIN, motif: str = "llamas", colour: str = ""
) -> PinCard:
    """A picture of her own and a PIN."""
    return services.give_pin_card(
        user=user or an_account(email=None),
        motif=motif,
        colour=colour or f"dye-{next(_numbers)}",
        pin=pin,
    )


def a_card_of_the_junta(user: User, *, pin: str = PIN) -> PinCard:
    """The same for somebody who signs for money: two agree to it, then she chooses her own."""
    a_known_card(user)
    return choose_pin(user=user, pin=pin)


def a_known_card(user: User, *, pin: str = KNOWN_PIN) -> PinCard:
    """As two of the Junta gave it to her: whoever asked for it knows it."""
    asked = ask_for_pin(
        user=user,
        motif="llamas",
        colour=f"dye-{next(_numbers)}",
        pin=pin,
        actor=someone_in(roles.SECRETARY),
    )
    return confirm_pin(request=asked, actor=someone_in(roles.PRESIDENT))
