"""Template words for what is said aloud: numbers of things, names, lines of the book.

Each is a filter before `{% say %}` or `{% speaks %}`.
"""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from djmoney.money import Money

from coop.kit.money import from_minor
from coop.portal.audio import spoken
from coop.portal.audio.numbers import Gender
from coop.portal.audio.phrases import Word, by_wording, phrase
from coop.portal.queries import OrderRow
from ledger.cash.models import HandingOver
from ledger.models import JournalEntry, Payment
from ledger.queries import Flow, Headline, Month, total_of

register = template.Library()


@register.filter
def as_pieces(number: int) -> list[spoken.Said]:
    """`{% say row.quantity|as_pieces %}`."""
    return spoken.count(number, "pieces")


@register.filter
def as_typed(words: object) -> spoken.Typed:
    """`{% say payment.payee_label|as_typed payment.amount %}`: what somebody typed."""
    return spoken.typed(words)


@register.filter
def as_besides(words: object) -> spoken.Besides:
    """`{% say payment.amount payment.payee_label|as_besides %}`: said too, where a phone can."""
    return spoken.besides(words)


@register.filter
def as_absence(handing: HandingOver) -> Word:
    """`{% say "signed-for-you-why" handing|as_absence %}`: why the giver did not sign."""
    words = handing.absence_said
    return by_wording().get(words) or spoken.besides(words)


@register.filter
def as_payment(payment: Payment) -> Word:
    """`{% say payment|as_payment payment.amount %}`: what kind of payment it is."""
    return spoken.book_kind(payment.kind)


@register.filter
def as_worth(minor: int, currency: str) -> Money:
    """`{% speaks "one-less" pile.worth|as_worth:code %}`: a note or a coin, as money."""
    return from_minor(minor, currency)


@register.filter
def as_kind(entry: JournalEntry) -> Word:
    """`{% say row.entry|as_kind %}`: what an entry is, in two or three words."""
    return spoken.book_kind(entry.kind)


@register.filter
def as_told(entry: JournalEntry) -> list[spoken.Said]:
    """`{% say row.entry|as_told %}`: what an entry is that no other is like, and what it moved."""
    undone = spoken.parts(["undone"]) if entry.reverses is not None else []
    kind = entry.reverses.kind if entry.reverses is not None else entry.kind
    return [*undone, spoken.book_kind(kind), *spoken.money(total_of(entry))]


@register.filter
def as_flow(flow: Flow) -> Word:
    """`{% say line.flow|as_flow line.flow.size %}`: what money went for; the name of an account is
    the cooperative's own.
    """
    kind = spoken.book_kind(flow.kind)
    return kind if flow.label in {kind.es, kind.en} else spoken.typed(flow.label)


@register.filter
def as_digits(code: str) -> list[spoken.Said]:
    """`{% say one.code|as_digits %}`: each digit by itself."""
    return [spoken.Number(int(one)) for one in code]


@register.filter
def as_number(number: str) -> spoken.Number:
    """`{% speaks "7"|as_number %}`: a bare number."""
    return spoken.Number(int(number))


@register.filter
def as_days(number: int) -> list[spoken.Said]:
    """`{% say row.days|as_days %}`: "six days", "today", "its day has passed"."""
    if number > 0:
        return spoken.count(number, "days")
    return spoken.parts(["late" if number < 0 else "today"])


@register.filter
def as_grams(number: int) -> list[spoken.Said]:
    """`{% say row.grams|as_grams %}`."""
    return spoken.count(number, "grams")


@register.filter
def as_clock(moment: datetime) -> list[spoken.Said]:
    """`{% say card.locked_until|as_clock %}`: "twenty-two five", as a clock shows it."""
    at = timezone.localtime(moment)
    minutes = [spoken.Number(at.minute)] if at.minute else []
    if 0 < at.minute < 10:
        minutes.insert(0, spoken.Number(0))
    return [spoken.Number(at.hour, Gender.SHE), *minutes]


@register.filter
def as_name(thing: Any) -> Word:
    """`{% say design|as_name %}`: a design or a colour, by the slot of its name."""
    return spoken.design(thing) if hasattr(thing, "code") else spoken.colour(thing)


@register.filter
def as_order(row: OrderRow) -> list[spoken.Said]:
    """`{% say row|as_order %}`: how many of what, for whom, and how it stands with their pay."""
    names = [spoken.design(one.variant.design) for one in row.shown]
    if row.order is None:
        whom = "for-the-store"
    else:
        whom = "for-a-hotel" if row.order.buyer else "for-a-customer"
    said = [*spoken.count(row.count, "pieces"), *names, *spoken.parts([whom])]
    for number, state in (
        (row.paid_pieces, "pay-is-here"),
        (row.owed_pieces, "pay-is-owed"),
        (row.coming_pieces, "not-good-yet"),
    ):
        if number:
            said += [*spoken.count(number, "pieces"), *spoken.parts([state])]
    return said


@register.filter
def as_book_kind(headline: Headline) -> list[spoken.Said]:
    """`{% say row.headline|as_book_kind amount %}`: what an entry of the book is."""
    undone = spoken.parts(["undone"]) if headline.is_undone else []
    return [*undone, spoken.book_kind(headline.kind)]


@register.filter
def as_book_line(line: Any) -> list[spoken.Said]:
    """`{% say line|as_book_line line.total %}`: how many alike entries of a day, and what."""
    headline = line.first.headline
    undone = spoken.parts(["undone"]) if headline.is_undone else []
    return [*undone, *spoken.several(line.count, headline.kind)]


@register.filter
def as_place(sort: str) -> Word:
    """`{% say place.sort|as_place place.amount %}`: a place of money by its sort."""
    return phrase(f"place-{sort}")


@register.filter
def as_month(month: Month) -> list[spoken.Said]:
    """`{% speaks line.month|as_month %}`: the month, what came in, what went out."""
    named = [f"month-{one.month}" for one in dict.fromkeys((month.since, month.until))]
    if month.is_one:
        named = named[:1]
    came = [*spoken.parts(["came-in"]), *spoken.money(month.came_in)]
    return [*spoken.parts(named), *came, *spoken.parts(["went-out"]), *spoken.money(month.went_out)]
