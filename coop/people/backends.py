"""How a request's credentials become a person."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from coop.people.doors import is_shut_to
from coop.people.errors import DemoElsewhere
from coop.people.models import PinCard, User
from coop.people.services import may_come_in, open_with_pin


class EmailBackend(AuthenticationBackend):
    """E-mail and password (allauth), for customers and the office."""

    def user_can_authenticate(self, user: Any) -> bool:
        return may_come_in(user)

    def get_user(self, user_id: int) -> User | None:
        # Asked on every request: a demo session ends when the house becomes real.
        user = super().get_user(user_id)
        return user if may_come_in(user) else None


class PinBackend(ModelBackend):
    """Picture and PIN, for members. Permissions come from her groups, as for everybody."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        *,
        card: PinCard | None = None,
        pin: str = "",
        **kwargs: Any,
    ) -> User | None:
        """Raises WrongPin, TooManyTries or DemoElsewhere."""
        if request is None or card is None:
            return None
        if is_shut_to(request, card.user):
            raise DemoElsewhere
        return open_with_pin(card=card, pin=pin, address=address_of(request))

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if may_come_in(user) else None


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, behind as many proxies as the settings trust."""
    return str(get_adapter().get_client_ip(request))
