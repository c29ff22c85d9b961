"""The demo's log-ins: drawn at random for each install, kept where only its owner reads them."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from coop.demo import read
from coop.kit import motifs
from coop.people import services
from coop.people.errors import BadPin
from coop.people.models import User

FILE_NAME = "demo-logins.json"


@dataclass(frozen=True)
class Login:
    """Who it is, which page to open, what to type there."""

    role: str
    open: str
    who: str
    secret: str


def password() -> str:
    """Easy to type, hard to guess: 60 bits in four groups."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(3)) for _ in range(4))


def give_pin(*, user: User, picture: tuple[str, str]) -> str:
    """Give `user` her picture and a random PIN; returns the PIN."""
    motif, colour = picture
    while True:
        pin = f"{secrets.randbelow(10_000):04}"
        try:
            services.give_pin_card(user=user, motif=motif, colour=colour, pin=pin)
        except BadPin:
            continue
        return pin


def picture_in_words(picture: tuple[str, str], code: str) -> str:
    """How a person finds her picture: its name, its yarn, her code."""
    motif, colour = picture
    yarn = next(one["name_es"] for one in read.data("wool")["colours"] if one["key"] == colour)
    return f"{code} {motifs.motif(motif).name_es}, {yarn}"


def by_email(*, role: str, address: str, email: str, secret: str) -> Login:
    """A log-in with e-mail and password."""
    return Login(role=role, open=address, who=email, secret=secret)


def by_picture(*, role: str, picture: tuple[str, str], code: str, pin: str) -> Login:
    """A log-in on a phone, with picture and PIN."""
    return Login(role=role, open="/m/", who=picture_in_words(picture, code), secret=f"PIN {pin}")


def keep(logins: list[Login]) -> Path:
    """Write them to `demo-logins.json` in the data folder, readable for its owner alone."""
    file = Path(settings.DATA_DIR) / FILE_NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{FILE_NAME}.new")
    half.unlink(missing_ok=True)
    text = json.dumps([asdict(one) for one in logins], ensure_ascii=False, indent=1)
    with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as writing:
        writing.write(text + "\n")
    half.replace(file)
    return file


def in_columns(logins: list[Login]) -> list[str]:
    """One line for each, as the command prints them."""
    rows = [(_(one.role), one.open, one.who, one.secret) for one in logins]
    rows.insert(0, (_("role"), _("where"), _("who"), _("password or PIN")))
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
