"""Looking for something in the open book, by words and amounts as people write them.

Only what its sentences show is looked through: never a memo, nor the name of a woman unless the
reader reads names. Names of hotels and of what is knitted are known to the apps above
(`ledger.telling.finds`), and found in either language.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, StrIndex, Substr

from coop.kit.money import minor_digits
from coop.kit.words import printable, says
from ledger.models import Account, JournalEntry, Posting
from ledger.queries.words import OTHERWISE, SENTENCES, SEVERAL, UNDONE
from ledger.telling import found_by

Kind = JournalEntry.Kind
#: What these book on accounts of wool, of work, and of pieces is by the way: whoever looks for wool
#: means what was bought and handed out, not every piece that some of it is in.
BY_THE_WAY = frozenset({Kind.PIECE_PASSED, Kind.COST_OF_SALE})
#: Words of a question beyond these are left aside.
MOST_WORDS = 6
#: So many digits fit a sum of the books.
_MOST_DIGITS = 15
_SIGN = re.compile(r"^(S/|Bs|US\$|\$|€|£)")
_IN_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")
#: An entry's number as people write one: "No. 1240", "n.º 1240", "#1240".
_NUMBER = re.compile(
    r"(?:#|\bn(?:o|ro|[uú]m)?[.º°]+|\bno\b)\s*([0-9]{1,9})(?![0-9.,])", re.IGNORECASE
)


def looking_for(
    entries: QuerySet[JournalEntry], words: str, *, names: bool = False
) -> QuerySet[JournalEntry]:
    """Of `entries` those that a reader means by `words`, in her language.

    Each word must be found: in the sentence of a kind of entry, in the name of an account that is
    nobody's own (but for `BY_THE_WAY`), of a hotel or of what is knitted where the sentence says it
    (with `names`, of a woman too), or as the amount of a posting, to the cent ("1240",
    "1,240.50"). A number is an entry's where it is written as one ("No. 1240", "#1240"). Signs
    alone find nothing. However many entries there are, the question is one query, after a few for
    the names.
    """
    wanted = _words(words)
    if not wanted:
        return entries.none() if words.strip() else entries
    entries = _with_subject(entries)
    for word in wanted:
        entries = entries.filter(_means(word, names=names))
    return entries


def about(
    entries: QuerySet[JournalEntry], keys: Mapping[str, QuerySet[Any, Any]]
) -> QuerySet[JournalEntry]:
    """Of `entries` those whose reference begins with one of these words and then one of its keys
    (a column, as text), and what undid them.
    """
    means = Q(pk__in=[])
    for beginning, found in keys.items():
        means |= _refers(beginning, found)
    return _with_subject(entries).filter(means)


def _refers(beginning: str, keys: QuerySet[Any, Any]) -> Q:
    return Q(told_reference__startswith=f"{beginning}:", told_key__in=keys)


def _words(words: str) -> list[str]:
    text = _NUMBER.sub(r" #\1 ", printable(words))
    return [one for one in text.split() if re.search(r"\w", one)][:MOST_WORDS]


def _with_subject(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """With the reference of what is told (of a reversal, of what it undoes) and the key in it."""
    text = CharField()
    told = Coalesce("reverses__reference", "reference")
    rest = Substr(told, StrIndex(told, Value(":")) + 1)
    end = StrIndex(Concat(rest, Value(":"), output_field=text), Value(":")) - 1
    return entries.alias(told_reference=told, told_key=Substr(rest, 1, end))


def _means(word: str, *, names: bool) -> Q:
    if word.startswith("#") and _is_number(word[1:]):
        return Q(number=int(word[1:]))
    amount = _amount(word)
    if amount is not None:
        return _of_amount(amount)
    kinds = [kind for kind in SENTENCES if _is_in(kind, word, names=names)]
    means = _of_kinds(kinds) | _of_subjects(word)
    if says(_without_slots(str(UNDONE)), word):
        means |= Q(reverses__isnull=False)
    accounts = [key for key, name in _shared_accounts() if says(name, word)]
    if accounts:
        means |= _on_accounts(accounts) & ~_of_kinds(BY_THE_WAY)
    if names and (hers := [key for key, name in _accounts_of_women() if says(name, word)]):
        named = [kind for kind, words in SENTENCES.items() if words.named]
        means |= _of_kinds(named) & _on_accounts(hers)
    return means


def _of_kinds(kinds: Iterable[str]) -> Q:
    wanted = list(kinds)
    return Q(kind__in=wanted) | Q(reverses__kind__in=wanted)


def _on_accounts(accounts: Iterable[int]) -> Q:
    return Q(Exists(Posting.objects.filter(entry=OuterRef("pk"), account__in=list(accounts))))


def _of_subjects(wanted: str) -> Q:
    """Entries whose sentence says for whom, or for what, where that is looked for."""
    means = Q(pk__in=[])
    saying_who = [kind for kind, words in SENTENCES.items() if "{who}" in str(words.told)]
    saying_what = [kind for kind, words in SENTENCES.items() if "{what}" in str(words.told)]
    for beginning, found in found_by(lambda text: says(text, wanted)).items():
        for keys, kinds in ((found.who, saying_who), (found.what, saying_what)):
            if keys is not None:
                means |= _refers(beginning, keys) & _of_kinds(kinds)
    return means


def _is_in(kind: str, wanted: str, *, names: bool) -> bool:
    """Whether a sentence of that kind says it, in whichever of its forms."""
    told = [SEVERAL.get(kind, "")]
    for words in (SENTENCES[kind], *OTHERWISE.get(kind, ())):
        told += [words.heading, words.plain, words.told]
        told += [words.named, words.told_named] if names else []
    return says(_without_slots(" ".join(str(one) for one in told)), wanted)


def _without_slots(text: str) -> str:
    return re.sub(r"{\w+}", " ", text)


def _shared_accounts() -> list[tuple[int, str]]:
    """Accounts that tell of no person, with their name in the reader's language."""
    shared = Account.objects.filter(holder=None, is_header=False)
    shared = shared.exclude(parent__role=Account.Role.MEMBERS_PAYABLE)
    return [(one.pk, one.name) for one in shared]


def _accounts_of_women() -> list[tuple[int, str]]:
    held = Account.objects.of_members().exclude(holder=None).select_related("holder")
    return [(one.pk, str(one.holder)) for one in held]


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10


def _amount(word: str) -> Decimal | None:
    """An amount as people write it; None for anything else."""
    number = _SIGN.sub("", word)
    if _IN_THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    elif not _PLAIN.fullmatch(number):
        return None
    return Decimal(number.replace(",", ".")) if len(number) <= _MOST_DIGITS else None


def _of_amount(amount: Decimal) -> Q:
    found = Q()
    for currency in Account.objects.order_by().values_list("currency", flat=True).distinct():
        minor = amount.scaleb(minor_digits(currency))
        if minor == minor.to_integral_value():
            found |= Q(account__currency=currency, amount_minor=int(minor))
    if not found:
        return Q(pk__in=[])
    return Q(Exists(Posting.objects.filter(found, entry=OuterRef("pk"))))
