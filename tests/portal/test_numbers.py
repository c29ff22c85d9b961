"""Numbers are said with few words: each says exactly its value, and agrees with what is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.portal.audio import numbers
from coop.portal.audio.numbers import Gender

VALUES = dict(zip(numbers._ONES, range(30), strict=True))
VALUES |= {"un": 1, "una": 1, "veintiún": 21, "veintiuna": 21, "y": 0, "cien": 100, "ciento": 100}
VALUES |= {word: 30 + 10 * at for at, word in enumerate(numbers._TENS)}
VALUES |= {word: 200 + 100 * at for at, word in enumerate(numbers._HUNDREDS)}
VALUES |= {f"{word[:-2]}as": 200 + 100 * at for at, word in enumerate(numbers._HUNDREDS)}


def heard(words: list[str]) -> int:
    """What somebody understands who hears these Spanish words."""
    total = 0
    for word in words:
        total = max(total, 1) * 1000 if word == "mil" else total + VALUES[word]
    return total


@pytest.mark.parametrize(
    ("number", "gender", "words"),
    [
        (0, Gender.HE, "cero"),
        (1, Gender.NONE, "uno"),
        (1, Gender.HE, "un"),
        (1, Gender.SHE, "una"),
        (16, Gender.SHE, "dieciséis"),
        (21, Gender.HE, "veintiún"),
        (21, Gender.SHE, "veintiuna"),
        (25, Gender.SHE, "veinticinco"),
        (31, Gender.SHE, "treinta y una"),
        (100, Gender.HE, "cien"),
        (101, Gender.HE, "ciento un"),
        (174, Gender.HE, "ciento setenta y cuatro"),
        (200, Gender.SHE, "doscientas"),
        (500, Gender.HE, "quinientos"),
        (1000, Gender.HE, "mil"),
        (1001, Gender.SHE, "mil una"),
        (21_000, Gender.HE, "veintiún mil"),
        (200_000, Gender.SHE, "doscientas mil"),
        (999_999, Gender.HE, "novecientos noventa y nueve mil novecientos noventa y nueve"),
    ],
)
def test_a_number_in_spanish(number, gender, words):
    assert " ".join(numbers.spanish(number, gender)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (20, "twenty"),
        (174, "one hundred and seventy four"),
        (1007, "one thousand and seven"),
        (999_999, "nine hundred and ninety nine thousand nine hundred and ninety nine"),
    ],
)
def test_a_number_in_english(number, words):
    assert " ".join(numbers.english(number)) == words


def test_every_number_up_to_ten_thousand_is_heard_as_itself():
    for gender in Gender:
        assert all(heard(numbers.spanish(n, gender)) == n for n in range(10_000))


@given(st.integers(0, numbers.HIGHEST), st.sampled_from(Gender))
def test_a_large_number_is_heard_as_itself_too(number, gender):
    words = numbers.spanish(number, gender)

    assert heard(words) == number
    assert set(words) <= set(numbers.all_spanish())
    assert set(numbers.english(number)) <= set(numbers.all_english())


def test_every_word_has_one_slot():
    for words in (numbers.all_spanish(), numbers.all_english()):
        assert len(words) == len(set(words))


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_beyond_a_million_nothing_is_spelled(number):
    for spell in (numbers.spanish, numbers.english):
        with pytest.raises(ValueError, match="not between"):
            spell(number)
