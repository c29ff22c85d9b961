"""Finding a line of the bank: by its words, its number, its amount, also of what a batch gathers."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.kit.money import minor_digits
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger.bank.models import BankLine, LineDetail
from ledger.bank.office import ICON, bank_trail
from ledger.bank.reading.values import number
from ledger.office import READ

#: So many words are looked for at once.
_MOST_WORDS = 6


@require_safe
@requires(READ)
def find(request: HttpRequest) -> HttpResponse:
    """Lines that hold all of the words, the newest first; nothing until something is asked."""
    asked = " ".join(request.GET.get("q", "").split())[:100]
    rows = lines_with(asked) if asked else BankLine.objects.none()
    page = page_of(request, rows)
    words = [one.casefold() for one in asked.split()]
    return office_page(
        request,
        "bank/find.html",
        title=_("Find a line of the bank"),
        trail=bank_trail(),
        icon=ICON,
        asked=asked,
        page=page,
        rows=[(one, _mention(one), _found_in(one, words)) for one in page],
    )


def lines_with(asked: str) -> QuerySet[BankLine]:
    """Lines of standing statements in which, or in whose details, every word stands."""
    rows = BankLine.objects.standing().select_related("account")
    for word in asked.split()[:_MOST_WORDS]:
        text = (
            Q(text__icontains=word) | Q(counterparty__icontains=word) | Q(reference__icontains=word)
        )
        gathered = LineDetail.objects.filter(text | _amount(word)).values("line")
        rows = rows.filter(text | _amount(word) | Q(pk__in=gathered))
    rows = rows.with_open().prefetch_related("details", "mentions__statement")
    return rows.order_by("-day", "-pk")


def _amount(word: str) -> Q:
    """Lines of this amount, in whichever direction; none where the word is no amount."""
    amount = number(word)
    if amount is None:
        return Q(pk__in=[])
    # In the digits that almost every currency has; the others' amounts are whole.
    minor = {int(abs(amount) * 10 ** minor_digits(code)) for code in ("PEN", "CLP")}
    if any(one > 10**15 for one in minor):
        return Q(pk__in=[])
    return Q(amount_minor__in=[*minor, *(-one for one in minor)])


def _mention(line: BankLine) -> int | None:
    """The newest standing statement that holds it."""
    told = [one.statement for one in line.mentions.all() if one.statement.withdrawn_at is None]
    return max((one.number for one in told), default=None)


def _found_in(line: BankLine, words: list[str]) -> list[LineDetail]:
    """The details in which a word stands."""
    return [one for one in line.details.all() if any(word in one.told.casefold() for word in words)]
