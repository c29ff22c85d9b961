"""What a visitor's words find: whole words of names, shelves and stories, things and colours."""

from django.db.models import Q

from catalog.dyes import dyed
from catalog.vocabulary import meanings


def about(words: str) -> Q:
    """Products that answer every word of `words`, in any order; all of them if there are no words.

    Words are whole ("hat" is not in "that"), whatever their accents, capitals, plural and gender,
    and mean what `vocabulary.toml` says. Signs without a word find nothing.
    """
    if not words.strip():
        return Q()
    asked = meanings(words)
    if not asked:
        return Q(pk__in=[])
    found = Q()
    for meaning in asked:
        one = dyed(meaning.dyes)
        for stem in meaning.stems:
            one |= Q(search_words__contains=f" {stem} ")
        found &= one
    return found
