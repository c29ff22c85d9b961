"""Numbers as the words of which they are spoken, so that a few recordings say them all.

Pure functions for 0…999,999. A word agrees with what is counted: "veintiuna llamas",
"veintiún soles", "doscientas piezas".
"""

from enum import StrEnum

HIGHEST = 999_999


class Gender(StrEnum):
    """Of what is counted in Spanish; NONE for a bare number."""

    NONE = ""
    HE = "m"
    SHE = "f"


_ONES = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
_HUNDREDS = [
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]
#: What "uno" becomes before a noun.
_BEFORE = {
    ("uno", Gender.HE): "un",
    ("uno", Gender.SHE): "una",
    ("veintiuno", Gender.HE): "veintiún",
    ("veintiuno", Gender.SHE): "veintiuna",
}

_EN_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def check(number: int) -> int:
    """The number itself. Raises ValueError for one that is not spoken."""
    if not 0 <= number <= HIGHEST:
        raise ValueError(f"{number} is not between 0 and {HIGHEST}")
    return number


def spanish(number: int, gender: Gender = Gender.NONE) -> list[str]:
    """174 is ["ciento", "setenta", "y", "cuatro"]. Raises ValueError outside 0…999,999."""
    thousands, rest = divmod(check(number), 1000)
    words: list[str] = []
    if thousands > 1:
        # "veintiún mil llamas", but "doscientas mil llamas".
        words += _below_thousand(thousands, Gender.HE, hundreds=gender)
    if thousands:
        words.append("mil")
    if rest or not thousands:
        words += _below_thousand(rest, gender, hundreds=gender)
    return words


def _below_thousand(number: int, gender: Gender, *, hundreds: Gender) -> list[str]:
    count, rest = divmod(number, 100)
    words = []
    if count == 1:
        words.append("ciento" if rest else "cien")
    elif count:
        word = _HUNDREDS[count - 2]
        words.append(f"{word[:-2]}as" if hundreds == Gender.SHE else word)
    if rest or not count:
        words += _below_hundred(rest, gender)
    return words


def _below_hundred(number: int, gender: Gender) -> list[str]:
    if number < 30:
        word = _ONES[number]
        return [_BEFORE.get((word, gender), word)]
    tens, ones = divmod(number, 10)
    words = [_TENS[tens - 3]]
    if ones:
        word = _ONES[ones]
        words += ["y", _BEFORE.get((word, gender), word)]
    return words


def english(number: int) -> list[str]:
    """174 is ["one", "hundred", "and", "seventy", "four"]. Raises ValueError as above."""
    thousands, rest = divmod(check(number), 1000)
    words: list[str] = []
    if thousands:
        words += [*_english_below_thousand(thousands), "thousand"]
        if 0 < rest < 100:
            words.append("and")
    if rest or not thousands:
        words += _english_below_thousand(rest)
    return words


def _english_below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_EN_ONES[hundreds], "hundred"] if hundreds else []
    if hundreds and rest:
        words.append("and")
    if rest >= 20:
        words.append(_EN_TENS[rest // 10 - 2])
        rest %= 10
        return [*words, _EN_ONES[rest]] if rest else words
    return [*words, _EN_ONES[rest]] if rest or not hundreds else words


def all_spanish() -> list[str]:
    """Every word of which Spanish numbers are made."""
    she = [f"{word[:-2]}as" for word in _HUNDREDS]
    return [*_ONES, *_BEFORE.values(), *_TENS, "y", "cien", "ciento", *_HUNDREDS, *she, "mil"]


def all_english() -> list[str]:
    """Every word of which English numbers are made."""
    return [*_EN_ONES, *_EN_TENS, "hundred", "and", "thousand"]
