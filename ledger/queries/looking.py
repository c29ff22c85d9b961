"""Looking for something in the open book, by words and amounts as people write them.

Only what its sentences show is looked through: never a memo, nor the name of a woman.
"""

import re
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from coop.kit.money import minor_digits
from coop.kit.words import printable, stems
from ledger.models import Account, JournalEntry, Posting
from ledger.queries.words import SENTENCES, SEVERAL

#: Words of a question beyond these are left aside.
MOST_WORDS = 6
#: So many digits fit a sum of the books.
_MOST_DIGITS = 15
_SIGN = re.compile(r"^(S/|Bs|US\$|\$|€|£)")
_IN_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")


def looking_for(entries: QuerySet[JournalEntry], words: str) -> QuerySet[JournalEntry]:
    """Of `entries` those that a reader means by `words`, in her language.

    Each word must be found: in what a kind of entry is called, in the name of an account that is
    nobody's own, or as the amount of a posting ("1240", "1,240.50"); a number is also an entry's.
    """
    for word in _words(words):
        entries = entries.filter(_means(word))
    return entries


def _words(words: str) -> list[str]:
    return printable(words).split()[:MOST_WORDS]


def _means(word: str) -> Q:
    amount = _amount(word)
    if amount is not None:
        return _of_amount(amount) | (Q(number=int(word)) if _is_number(word) else Q())
    wanted = stems(word)
    if not wanted:
        return Q()
    kinds = [kind for kind in SENTENCES if all(_is_in(kind, one) for one in wanted)]
    accounts = [key for key, name in _shared_accounts() if all(_has(name, one) for one in wanted)]
    on_account = Posting.objects.filter(entry=OuterRef("pk"), account__in=accounts)
    told = Q(kind__in=kinds) | Q(reverses__kind__in=kinds)
    return told | Q(Exists(on_account)) if accounts else told


def _is_in(kind: str, wanted: str) -> bool:
    words = SENTENCES[kind]
    told = " ".join(str(one) for one in (words.heading, words.plain, SEVERAL.get(kind, "")))
    return _has(re.sub(r"{\w+}", " ", told), wanted)


def _has(text: str, wanted: str) -> bool:
    return any(one.startswith(wanted) for one in stems(text))


def _shared_accounts() -> list[tuple[int, str]]:
    """Accounts that tell of no person, with their name in the reader's language."""
    shared = Account.objects.filter(holder=None, is_header=False)
    shared = shared.exclude(parent__role=Account.Role.MEMBERS_PAYABLE)
    return [(one.pk, one.name) for one in shared]


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
