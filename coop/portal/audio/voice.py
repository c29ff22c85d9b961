"""The sounds of what is said, in her language; each piece falls back by itself.

Her language's recording, the Spanish one, a placeholder spoken by a machine (Spanish only), then
nothing: there the phone's own voice speaks, and where it has none, the words are shown large.
A number is said in one language from end to end.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language

from coop.people.models import User
from coop.portal.audio import spoken
from coop.portal.audio.phrases import LANGUAGE_KEY, LANGUAGES, WRITTEN, Word
from coop.portal.models import Recording

COOKIE = "minka_voice"
PLACEHOLDERS = Path(__file__).with_name("placeholders.json")
_ON_REQUEST = "_portal_voice"


@cache
def placeholders() -> dict[str, str]:
    """Files under static/audio/es/ by the Spanish wording that a machine speaks in them."""
    if not PLACEHOLDERS.exists():
        return {}
    found: dict[str, str] = json.loads(PLACEHOLDERS.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Sound:
    """The address of a file, and whether a machine speaks in it."""

    address: str
    is_machine: bool


@dataclass(frozen=True)
class Utterance:
    """What a loudspeaker says: files one after another, and the words for where they fail.

    `addresses` is empty as soon as one piece has no file: half a sentence says something else.
    `is_typed` where somebody typed a part of it, so that nobody can record it.
    """

    addresses: tuple[str, ...]
    words: str
    spanish: str
    is_machine: bool
    is_typed: bool = False
    #: What the phone's own voice says after the files, where it has one.
    besides: str = ""


class Voice:
    """A language, with the recordings that are good today."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "es"
        self._files: dict[tuple[str, str], tuple[str, str]] = {}
        rows = Recording.objects.current().filter(language__in={self.language, "es"})
        for spoken_in, key, wording, file in rows.values_list("language", "key", "wording", "file"):
            self._files[spoken_in, key] = (wording, file or "")

    @classmethod
    def of(cls, request: HttpRequest | None) -> "Voice":
        """Hers: one query a page, however many loudspeakers stand on it."""
        kept: Voice | None = getattr(request, _ON_REQUEST, None)
        if kept is None:
            kept = cls(language_of(request))
            if request is not None:
                setattr(request, _ON_REQUEST, kept)
        return kept

    def sound(self, word: Word) -> Sound | None:
        """The best that there is for a word; a recording of another wording is none."""
        for language in (self.language, "es"):
            wording, file = self._files.get((language, word.key), ("", ""))
            if file and wording == word.wording(language):
                return Sound(default_storage.url(file), is_machine=False)
        if placeholder := placeholders().get(word.es):
            return Sound(static(f"audio/es/{placeholder}"), is_machine=True)
        return None

    def say(self, *things: Any) -> Utterance:
        """Sentences, numbers, amounts and names, one after another (see `spoken.parts`)."""
        words = self._words(spoken.parts(things))
        extra = [word for word in words if isinstance(word, spoken.Besides)]
        sounds = [self.sound(word) for word in words if word not in extra]
        whole = [sound for sound in sounds if sound]
        is_whole = len(whole) == len(sounds)
        shown = "en" if (get_language() or "es").startswith("en") else "es"
        return Utterance(
            addresses=tuple(sound.address for sound in whole) if is_whole else (),
            words=" ".join(word.wording(shown) for word in words),
            spanish=" ".join(word.es for word in words),
            is_machine=any(sound.is_machine for sound in whole),
            is_typed=any(isinstance(word, spoken.Typed) for word in words if word not in extra),
            besides=" ".join(word.es for word in extra),
        )

    def _words(self, said: Sequence[spoken.Said]) -> list[Word]:
        words: list[Word] = []
        for one in said:
            words += self._spell(one) if isinstance(one, spoken.Number) else [one]
        return words

    def _spell(self, number: spoken.Number) -> list[Word]:
        if self.language == "en":
            english = number.words("en")
            if all((self.language, word.key) in self._files for word in english):
                return english
        return number.words("es")


def language_of(request: HttpRequest | None) -> str:
    """The language in which she listens: her choice, else that of the words on the screen."""
    user = getattr(request, "user", None)
    chosen = user.voice if isinstance(user, User) else ""
    if not chosen and request is not None:
        chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else (get_language() or "es").split("-")[0]


def languages_to_choose() -> dict[str, Utterance]:
    """The languages, each saying its own name: the written ones, and those whose name is recorded.

    One query.
    """
    rows = Recording.objects.current().filter(key=LANGUAGE_KEY)
    files = dict(rows.values_list("language", "file"))
    found = {}
    for language, name in LANGUAGES.items():
        addresses: tuple[str, ...]
        if file := files.get(language):
            addresses, is_machine = (default_storage.url(file),), False
        elif language in WRITTEN:
            placeholder = placeholders().get(name)
            addresses = (static(f"audio/es/{placeholder}"),) if placeholder else ()
            is_machine = bool(placeholder)
        else:
            continue
        found[language] = Utterance(addresses, name, name, is_machine)
    return found
