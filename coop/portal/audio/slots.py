"""Everything that can be said, by language, and what of it is recorded."""

from dataclasses import dataclass
from enum import StrEnum

from catalog.models import Design
from coop.portal.audio import numbers, spoken
from coop.portal.audio.phrases import LANGUAGE_KEY, LANGUAGES, PHRASES, Word, phrase
from coop.portal.audio.voice import placeholders
from coop.portal.models import Recording
from coop.wool.models import Colour


class State(StrEnum):
    """How a slot stands."""

    RECORDED = "recorded"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True)
class Slot:
    """Something to be said in a language, with its recording if there is one."""

    word: Word
    language: str
    recording: Recording | None

    @property
    def wording(self) -> str:
        """What is to be said; in Spanish for a language that we do not write."""
        return self.word.wording(self.language)

    @property
    def state(self) -> State:
        """Recorded, or with a wording that has changed since, or not at all."""
        if self.recording is None:
            return State.MISSING
        return State.RECORDED if self.recording.wording == self.wording else State.STALE

    @property
    def has_placeholder(self) -> bool:
        """A machine speaks it in Spanish meanwhile."""
        return self.word.es in placeholders()


def words(language: str) -> list[Word]:
    """What is said in a language: sentences, names, and numbers where we spell them.

    First its own name: it is offered on the phones as soon as that is recorded. Quechua and Aymara
    say numbers with Spanish words, as people do with money.
    """
    spelled = {"es": numbers.all_spanish, "en": numbers.all_english}.get(language)
    numerals = [Word(f"n-{language}-{one}", one, one) for one in spelled()] if spelled else []
    names = [spoken.design(one) for one in Design.objects.filter(is_retired=False)]
    names += [spoken.colour(one) for one in Colour.objects.all()]
    own_name = Word(LANGUAGE_KEY, LANGUAGES[language], LANGUAGES[language])
    return [own_name, *map(phrase, PHRASES), *spoken.book_kinds(), *names, *numerals]


def slots(language: str) -> list[Slot]:
    """Every slot of a language (three queries)."""
    rows = Recording.objects.current().filter(language=language).select_related("kept_by")
    recorded = {row.key: row for row in rows}
    return [Slot(word, language, recorded.get(word.key)) for word in words(language)]


def find_word(language: str, key: str) -> Word | None:
    """The word of a slot, if the language has it."""
    return next((word for word in words(language) if word.key == key), None)
