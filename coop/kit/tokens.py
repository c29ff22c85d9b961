"""Random names that nobody guesses and everybody can read out."""

import secrets

# No 0/O, 1/I/L, and no vowel, so that no tag spells a word.
READABLE = "23456789BCDFGHJKMNPQRSTVWXZ"


def readable_tag(length: int = 8) -> str:
    """A random tag for a piece; it says nothing about who made it or when."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def secret_token() -> str:
    """A token for a secret link: 256 bits."""
    return secrets.token_urlsafe(32)


def card_token() -> str:
    """A code for a printed card: 128 bits, short enough for a small QR that old phones read."""
    return secrets.token_urlsafe(16)
