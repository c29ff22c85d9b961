"""How a request's credentials become a person."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from coop.people.models import Installation, PinCard, User
from coop.people.services import installation, open_with_pin


def may_come_in(user: User | None) -> bool:
    """Whether this account works: active, and no demo log-in in a real cooperative's house."""
    if user is None or not user.is_active:
        return False
    return not user.is_demo or installation().mode == Installation.Mode.DEMO


class EmailBackend(AuthenticationBackend):
    """E-mail and password (allauth), for customers and the office."""

    def user_can_authenticate(self, user: Any) -> bool:
        return may_come_in(user)

    def get_user(self, user_id: int) -> User | None:
        # Asked on every request: a demo session ends when the house becomes real.
        user = super().get_user(user_id)
        return user if may_come_in(user) else None


class PinBackend(ModelBackend):
    """Picture and PIN, for members. Permissions come from the other back end's groups alike."""

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
        if request is None or card is None or not may_come_in(card.user):
            return None
        return open_with_pin(card=card, pin=pin, address=request.META.get("REMOTE_ADDR", ""))

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if may_come_in(user) else None
