"""Passkeys and codes of an app, as allauth keeps them, in the house's way."""

import base64
import hashlib
import secrets
from functools import lru_cache
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: How a browser's own name tells what holds the key.
_DEVICES = (
    ("Android", gettext_lazy("Android phone")),
    ("iPhone", gettext_lazy("iPhone")),
    ("iPad", gettext_lazy("iPad")),
    ("Windows", gettext_lazy("Windows computer")),
    ("Macintosh", gettext_lazy("Mac")),
    ("Linux", gettext_lazy("Linux computer")),
)


@lru_cache(maxsize=2)
def _box(secret_key: str) -> Fernet:
    digest = hashlib.sha256(f"people.second-step:{secret_key}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class FactorAdapter(DefaultMFAAdapter):
    """allauth's own; secrets are sealed with the site's key, and keys are named after their device."""

    def get_totp_issuer(self) -> str:
        """What her app calls this account."""
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text: str) -> str:
        """A stolen copy of the database makes no codes."""
        return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; with another `SECRET_KEY` than it was sealed with, one that fits nothing."""
        try:
            return _box(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # A code is asked for and refused; the operator can forget the lost secret.
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        """As she would call it: her phone, her computer."""
        agent = context.request.headers.get("User-Agent", "")
        device = next((str(name) for hint, name in _DEVICES if hint in agent), _("My key"))
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"{device} {there + 1}" if there else device


class AddPasskeyForm(AddWebAuthnForm):
    """A key that opens alone, unless she says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What do you call it?")
        self.fields["name"].help_text = _(
            "So that you know which one to remove, should you lose it."
        )
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        alone = self.fields["passwordless"]
        alone.label = _("It opens without my password")
        alone.help_text = _(
            "The phone or computer asks for its own lock: a finger, a face or a number. Leave it"
            " out for a small key without such a lock; then it only comes after the password."
        )
        alone.initial = True
