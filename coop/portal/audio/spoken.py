"""What is said, put together: a sentence, a number of something, an amount, a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from djmoney.money import Money

from coop.kit.money import amounts_are_hidden, minor_digits, to_minor
from coop.portal.audio import numbers
from coop.portal.audio.numbers import Gender
from coop.portal.audio.phrases import PHRASES, WRITTEN, Word, by_wording, phrase
from ledger.models import JournalEntry
from ledger.queries.words import SENTENCES, SEVERAL, category

Kind = JournalEntry.Kind


@dataclass(frozen=True)
class Number:
    """A number as it is spoken before what it counts; each language spells it its own way."""

    value: int
    gender: Gender = Gender.NONE

    def words(self, language: str) -> list[Word]:
        """In Spanish or in English; people of the highlands count money in Spanish."""
        if language == "en":
            return [Word(f"n-en-{one}", one, one) for one in numbers.english(self.value)]
        return [Word(f"n-es-{one}", one, one) for one in numbers.spanish(self.value, self.gender)]


@dataclass(frozen=True)
class Typed(Word):
    """What somebody typed: a name, a purpose, a place of money. Nobody records it: the phone's own
    voice says it, and with it the whole of what is said.
    """


class Besides(Typed):
    """Typed words without which what is recorded is whole: said after it, where a phone can."""


Said = Word | Number

#: What is counted: its gender in Spanish, its sentence for one and for many.
_UNITS = {
    "pieces": (Gender.SHE, "piece", "pieces"),
    "days": (Gender.HE, "day", "days"),
    "grams": (Gender.HE, "gram", "grams"),
    "PEN": (Gender.HE, "pen", "pens"),
    "BOB": (Gender.HE, "bob", "bobs"),
    "USD": (Gender.HE, "usd", "usds"),
    "EUR": (Gender.HE, "eur", "eurs"),
    "GBP": (Gender.SHE, "gbp", "gbps"),
    "cents": (Gender.HE, "cent", "cents"),
}


def text(words: str) -> Word:
    """A sentence that has no slot of its own, or that of a sentence with the same wording."""
    return by_wording().get(words) or Word("", words, words)


def typed(words: object) -> Typed:
    """What somebody typed."""
    return Typed("", str(words), str(words))


def besides(words: object) -> Besides:
    """What somebody typed, said after what is recorded, where the phone has a voice."""
    return Besides("", str(words), str(words))


def count(number: int, unit: str) -> list[Said]:
    """`count(25, "pieces")`: a number of a unit of `_UNITS`."""
    gender, one, many = _UNITS[unit]
    if not 0 <= number <= numbers.HIGHEST:
        # More than anybody counts with a finger: read as it is written.
        return [typed(f"{number:,}"), phrase(many)]
    return [Number(number, gender), phrase(one if number == 1 else many)]


def money(amount: Money) -> list[Said]:
    """174.50 soles: a hundred and seventy-four soles with fifty céntimos. The sign is not said.

    Nothing where amounts are hidden: what is said stands in the page, as addresses and words.
    """
    if amounts_are_hidden():
        return []
    code = str(amount.currency.code)
    whole, rest = divmod(abs(to_minor(amount)), 10 ** minor_digits(code))
    if code not in _UNITS:
        return [typed(f"{abs(amount.amount)} {code}")]
    said: list[Said] = count(whole, code) if whole or not rest else []
    if rest:
        said += [phrase("with")] if said else []
        said += count(rest, "cents")
    return said


def name(key: str, thing: Any) -> Word:
    """The name of a design, a yarn or a colour, in words that the cooperative chose."""
    return Word(key, str(thing.name_es), str(thing.name_en))


def design(one: Any) -> Word:
    """What is knitted."""
    return name(f"design-{one.code}", one)


@cache
def book_kind(kind: str) -> Word:
    """What an entry of the book is, in two or three words."""
    found = []
    for language in WRITTEN:
        with translation.override(language):
            found.append(category(kind))
    return Word(f"book-{kind}", *found)


#: Of several alike entries, those that are "he" in Spanish: "veintiún pagos", "veintiuna ventas".
_HE = {
    Kind.SHARES,
    Kind.DEPOSIT_RECEIVED,
    Kind.REFUND,
    Kind.DISPUTE,
    Kind.PAYOUT,
    Kind.PREMIUM,
    Kind.MEMBER_PAID,
    Kind.ADVANCE_PAID,
    Kind.SUPPLIER_PAID,
    Kind.EXPENSE_PAID,
    Kind.ADVANCE_SETTLED,
    Kind.ADVANCE_RETURNED,
    Kind.TRANSFER,
    Kind.EXCHANGE,
    Kind.BANK_CHARGE,
}


@cache
def _several(kind: str) -> Word:
    found = []
    for language in WRITTEN:
        with translation.override(language):
            found.append(str(SEVERAL.get(kind) or category(kind)))
    return Word(f"book-several-{kind}", *found)


def several(number: int, kind: str) -> list[Said]:
    """So many alike entries of the book."""
    gender = Gender.HE if kind in _HE else Gender.SHE
    return [Number(number, gender), _several(kind)]


def colour(one: Any) -> Word:
    """A dye."""
    return name(f"colour-{one.key}", one)


def parts(things: Sequence[Any]) -> list[Said]:
    """What a template gave: keys of sentences, sentences, amounts, and what is put together."""
    said: list[Said] = []
    for thing in things:
        if isinstance(thing, Word | Number):
            said.append(thing)
        elif isinstance(thing, Money):
            said += money(thing)
        elif isinstance(thing, list | tuple):
            said += parts(thing)
        elif isinstance(thing, str) and thing in PHRASES:
            said.append(phrase(thing))
        elif thing:
            said.append(text(str(thing)))
    return said


def book_kinds() -> list[Word]:
    """Everything that the book tells in two or three words."""
    alone = [book_kind(kind) for kind, words in SENTENCES.items() if words.heading]
    return [*alone, *(_several(kind) for kind in SEVERAL)]
