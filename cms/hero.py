"""The first page's picture: one for wide screens, one for phones, and both again by night."""

from dataclasses import replace
from typing import Protocol

from coop.kit.pictures import HERO_PHONE, HERO_WIDE, Picture, Source, images, picture_of

_DARK = "(prefers-color-scheme: dark)"
_PHONE = "(max-width: 47.99rem)"


class Chosen(Protocol):
    """What an editor chose: keys of pictures, and what the wide one shows, in words."""

    hero_id: int | None
    hero_night_id: int | None
    hero_phone_id: int | None
    hero_phone_night_id: int | None
    hero_alt: str


def hero_picture(page: Chosen) -> Picture | None:
    """What an editor chose, each for its screen; None without a wide picture.

    The browser takes the first that fits: so the phone by night comes first, the wide by day last.
    """
    if page.hero_id is None:
        return None
    choices = (
        (page.hero_phone_night_id, HERO_PHONE, f"{_PHONE} and {_DARK}"),
        (page.hero_night_id, HERO_WIDE, _DARK),
        (page.hero_phone_id, HERO_PHONE, _PHONE),
        (page.hero_id, HERO_WIDE, ""),
    )
    # A night without a phone's picture of its own shows the wide one, as the day does.
    found = images((key for key, _shape, _media in choices), HERO_WIDE, HERO_PHONE)
    wide = picture_of(found[page.hero_id], page.hero_alt, shape=HERO_WIDE, width=1280)
    sources: list[Source] = []
    for key, shape, media in choices:
        if key is not None and key in found:
            sources += picture_of(found[key], "", shape=shape, width=1280, media=media).sources
    return replace(wide, sources=tuple(sources))
