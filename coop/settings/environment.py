"""The environment, read with types; a bad value stops the start with one line that names it."""

import ipaddress
import os
import zoneinfo
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """The folder of everything that lives: database, media, secret key, logs (`MINKA_DATA`)."""
    return Path(os.environ.get("MINKA_DATA") or ROOT / "var").resolve()


def secret_key() -> str:
    """`SECRET_KEY`, or the key that `bin/serve` keeps in the data folder."""
    key: str = env.str("SECRET_KEY", default="")
    key_file = data_dir() / "secret.key"
    if not key and key_file.is_file():
        key = key_file.read_text(encoding="utf-8").strip()
    if len(key) < 40:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 40 characters: set it, or start with bin/serve,"
            " which makes one."
        )
    return key


def database() -> dict[str, Any]:
    """`DATABASE_URL`, or SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir() / 'db.sqlite3'}"
    scheme = urlsplit(url).scheme
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with sqlite:// or postgresql://, not {scheme or 'nothing'!r}."
        )
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if not config.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL names no database.")
    config["ATOMIC_REQUESTS"] = False
    if scheme == "sqlite":
        config["OPTIONS"] = {
            # A writer takes the lock when it begins, so that two never deadlock half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA recursive_triggers=ON;"
            ),
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        # What runs with every event is planned ahead (`coop.kit.prepared`), nothing else.
        config["OPTIONS"] = {
            "prepare_threshold": 0,
            **config.get("OPTIONS", {}),
            "connect_timeout": 10,
        }
    return config


def url_config(name: str, default: str, reader: str) -> dict[str, Any]:
    """`CACHE_URL` or `EMAIL_URL`, read by django-environ; a bad one is named."""
    value = os.environ.get(name) or default
    try:
        config: dict[str, Any] = getattr(environ.Env, reader)(value)
    except (KeyError, ValueError, ImproperlyConfigured) as problem:
        raise ImproperlyConfigured(f"{name} cannot be read: {value!r} ({problem}).") from problem
    return config


def site_url() -> str:
    """`SITE_URL`: the address under which people reach the house, without a final slash."""
    value: str = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"SITE_URL must look like https://example.org, not {value!r}.")
    return value


def allowed_hosts(site: str) -> list[str]:
    """`ALLOWED_HOSTS` (comma-separated); else the host of `SITE_URL` and this machine."""
    hosts: list[str] = env.list("ALLOWED_HOSTS", default=[])
    host = urlsplit(site).hostname or ""
    return hosts or sorted({host, "127.0.0.1", "localhost", "[::1]"})


def authority() -> Path | None:
    """`MINKA_AUTHORITY`: what vouches for a certificate that `bin/serve --https` has made itself."""
    value = os.environ.get("MINKA_AUTHORITY", "")
    if value and not Path(value).is_file():
        raise ImproperlyConfigured(f"MINKA_AUTHORITY names no file: {value!r}.")
    return Path(value) if value else None


def own_addresses() -> list[str]:
    """`MINKA_OWN_ADDRESSES`: this machine's own, as bin/serve --https found them."""
    addresses: list[str] = env.list("MINKA_OWN_ADDRESSES", default=[])
    return addresses


def time_zone() -> str:
    """`TIME_ZONE`: where the cooperative's day begins and ends."""
    value: str = env.str("TIME_ZONE", default="America/Lima")
    if value not in zoneinfo.available_timezones():
        raise ImproperlyConfigured(f"TIME_ZONE is not a known time zone: {value!r}.")
    return value


def one_of(name: str, default: str, known: Sequence[str]) -> str:
    """The value of `name`, which must be one of `known`."""
    value: str = env.str(name, default=default)
    if value not in known:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(known)}, not {value!r}.")
    return value


def stripe() -> tuple[str, str, str, str]:
    """`STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET`, `STRIPE_API_BASE`, `STRIPE_ACCOUNT`.

    All empty without a key: then the shop says nothing of cards.
    """
    key: str = env.str("STRIPE_SECRET_KEY", default="").strip()
    if not key:
        return "", "", "", ""
    if not key.startswith(("sk_test_", "sk_live_", "rk_test_", "rk_live_")):
        raise ImproperlyConfigured("STRIPE_SECRET_KEY must begin with sk_ or rk_, test or live.")
    secret: str = env.str("STRIPE_WEBHOOK_SECRET", default="").strip()
    if not secret.startswith("whsec_"):
        raise ImproperlyConfigured(
            "STRIPE_WEBHOOK_SECRET is missing or does not begin with whsec_: Stripe shows it where"
            " you add the address of the webhook."
        )
    base: str = env.str("STRIPE_API_BASE", default="").rstrip("/")
    parts = urlsplit(base)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    )
    if base and (not is_safe or not parts.hostname or parts.path):
        raise ImproperlyConfigured(
            f"STRIPE_API_BASE must be https, or http on this machine, not {base!r}."
        )
    if base and "_live_" in key:
        raise ImproperlyConfigured("STRIPE_API_BASE is for tests: it does not go with a live key.")
    account: str = env.str("STRIPE_ACCOUNT", default="").strip()
    if account and not account.startswith("acct_"):
        raise ImproperlyConfigured("STRIPE_ACCOUNT must begin with acct_.")
    return key, secret, base, account


def card_pages(key: str, api_base: str) -> list[str]:
    """Where a customer is sent to pay by card: the origins that a form may lead to."""
    if not key:
        return []
    return [api_base or "https://checkout.stripe.com"]


def flag(name: str, *, default: bool) -> bool:
    """The value of `name` as yes or no."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    value = os.environ.get(name, "").strip().lower()
    if value and value not in words:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return words[value] if value else default


def count(name: str) -> int:
    """The value of `name` as a number of things; 0 without it."""
    value = os.environ.get(name, "").strip() or "0"
    if not (value.isascii() and value.isdigit()) or int(value) > 9:
        raise ImproperlyConfigured(f"{name} must be a number from 0 to 9, not {value!r}.")
    return int(value)


def is_local_http(site: str) -> bool:
    """Whether people reach the house without https, and on this machine only."""
    parts = urlsplit(site)
    return parts.scheme == "http" and is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
