"""What somebody may have meant whose words find nothing, or little: the nearest product words.

Words are compared by their trigrams (three letters in a row) and then letter by letter. It is all
done here, over the words of the shop window, so that it is the same on every database.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from catalog.models import Product
from catalog.search import about
from catalog.vocabulary import vocabulary as house_words
from coop.kit.words import plain, stem

#: Shorter words have too many neighbours.
SHORTEST = 4
#: From this likeness on (1 is the same word) one word may be meant by the other.
ALIKE = 0.72
_COLUMNS = ("name_es", "name_en", "lead_es", "lead_en")
_SHELVES = ("category__name_es", "category__name_en")


@dataclass
class Vocabulary:
    """The words of the shop window and of the house's vocabulary, and which trigrams they have."""

    written: dict[str, str] = field(default_factory=dict)
    by_trigram: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, texts: Iterable[str]) -> None:
        """Take in every word of `texts`."""
        for word in re.findall(r"[^\W\d_]+", " ".join(texts).lower()):
            key = plain(word)
            if len(key) < SHORTEST or key in self.written:
                continue
            self.written[key] = word
            for three in trigrams(key):
                self.by_trigram.setdefault(three, set()).add(key)

    def knows(self, word: str) -> bool:
        """Whether it is one of the words, whatever its ending."""
        return word in self.written or stem(word) in {stem(one) for one in self.written}

    def nearest(self, word: str) -> str:
        """The word that is most like `word`, as people write it; nothing if none is."""
        shared: dict[str, int] = {}
        for three in trigrams(word):
            for one in self.by_trigram.get(three, ()):
                shared[one] = shared.get(one, 0) + 1
        likely = sorted(shared, key=lambda one: (-shared[one], one))[:50]
        scored = [(SequenceMatcher(None, word, one).ratio(), shared[one], one) for one in likely]
        best = max(scored, default=(0.0, 0, ""))
        return self.written[best[2]] if best[0] >= ALIKE else ""


def trigrams(word: str) -> set[str]:
    """Three letters in a row; the beginning counts double, as in PostgreSQL's own."""
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def meant(words: str, *, found: int) -> str:
    """Other words that find more than `found` products; nothing if there are none. Two queries."""
    vocabulary = Vocabulary()
    vocabulary.learn(house_words().written)
    for row in Product.objects.listed().values_list(*_COLUMNS, *_SHELVES):
        vocabulary.learn(row)
    asked = words.split()
    better = [_better(word, vocabulary) or word for word in asked]
    if better == asked:
        return ""
    suggestion = " ".join(better)
    return suggestion if Product.objects.listed().filter(about(suggestion)).count() > found else ""


def _better(word: str, vocabulary: Vocabulary) -> str:
    key = plain(word)
    if len(key) < SHORTEST or vocabulary.knows(key):
        return ""
    return vocabulary.nearest(key)
