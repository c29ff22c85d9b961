"""The shop's vocabulary: what visitors call the things and colours of the house. No database.

Its words stand in `vocabulary.toml`, as data; they are read once for each process.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coop.kit.words import plain, stem

_FILE = Path(__file__).with_name("vocabulary.toml")
_WORD = re.compile(r"\w+")
#: Nobody means more words than this; what follows is not asked.
MOST_WORDS = 12


@dataclass(frozen=True)
class Meaning:
    """What answers one word: any of some stems in a product's words, or any of some dyes."""

    stems: tuple[str, ...]
    dyes: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The file as it is asked: by plain word or by stem."""

    little: frozenset[str]
    usual: frozenset[str]
    means: Mapping[str, tuple[str, ...]]
    dyes: Mapping[str, tuple[str, ...]]
    written: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words of the file."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    things, dyes = told["means"], told["dyes"]
    return Vocabulary(
        little=frozenset(told["little"]),
        usual=frozenset(stem(word) for word in told["usual"]),
        means=_turned({stem(key): words for key, words in things.items()}),
        dyes=_turned(dyes),
        written=tuple(word for words in (*things.values(), *dyes.values()) for word in words),
    )


def _turned(told: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """What each word means, from what is called by which words."""
    turned: dict[str, tuple[str, ...]] = {}
    for meaning, words in told.items():
        for word in words:
            turned[stem(word)] = (*turned.get(stem(word), ()), meaning)
    return turned


def indexed(texts: Iterable[str]) -> str:
    """The stems of `texts`, each once between two spaces: what a search looks through."""
    found = dict.fromkeys(stem(word) for word in _words(" ".join(texts)))
    return f" {' '.join(found)} "


def meanings(question: str) -> list[Meaning]:
    """What each word of a question asks for; all of it is meant at once.

    Nothing where the question has no word: signs alone ask for nothing that we have.
    """
    known = vocabulary()
    words = list(dict.fromkeys(_words(question)))[:MOST_WORDS]
    telling = [word for word in words if stem(word) not in known.usual]
    return [_meaning(word, known) for word in telling or words]


def dyes_meant(question: str) -> tuple[str, ...]:
    """The dyes that a question names, by their keys."""
    known = vocabulary().dyes
    return tuple(
        dict.fromkeys(key for word in _words(question) for key in known.get(stem(word), ()))
    )


def _meaning(word: str, known: Vocabulary) -> Meaning:
    root = stem(word)
    # The office's own colours are found by their key, without standing in the file.
    return Meaning((root, *known.means.get(root, ())), (*known.dyes.get(root, ()), word))


def _words(text: str) -> list[str]:
    little = vocabulary().little
    return [word for word in _WORD.findall(plain(text)) if word not in little]
