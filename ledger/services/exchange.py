"""Lines for entries that cross from one currency into another, at the rates of their day.

An entry balances in each currency by itself: what crosses passes through the exchange accounts,
one for each currency. Source: accounting, "Two currencies".
"""

from datetime import date

from djmoney.money import Money

from coop.kit.money import books_currency, format_money, zero
from ledger import queries
from ledger.errors import NotPositive, Unbalanced
from ledger.models import Account
from ledger.services.lines import Line, credit, debit

Role = Account.Role


def crossing(*, gives: Money, takes: Money, day: date) -> list[Line]:
    """The lines that balance an entry in which `gives` is credited and `takes` is debited.

    Customers' deposits are credited with EUR 40.00, held by Stripe is debited with USD 43.20:
    `gives` passes out of one exchange account and `takes` into another. What the two are worth
    on `day` differs by a gain or loss, which is realised here, so that the entry's exchange
    lines, valued one by one at the day's rates, come to nothing.

    In one currency both must be equal, and no line is needed.
    Raises NotPositive, Unbalanced, RateMissing or AccountMissing.
    """
    given, taken = gives.currency.code, takes.currency.code
    for amount in (gives, takes):
        if amount.amount <= 0:
            raise NotPositive(account=_exchange(amount.currency.code).code)
    if given == taken:
        if gives != takes:
            raise Unbalanced(difference=format_money(takes - gives))
        return []
    books = books_currency()
    gain = queries.value_in_books(takes, day) - queries.value_in_books(gives, day)
    # What the exchange account in the books' currency is debited with, in one line.
    at_home = gain
    lines = []
    if given == books:
        at_home += gives
    else:
        lines.append(debit(_exchange(given), gives))
    if taken == books:
        at_home -= takes
    else:
        lines.append(credit(_exchange(taken), takes))
    if at_home.amount:
        side = debit if at_home.amount > 0 else credit
        lines.append(side(_exchange(books), abs(at_home)))
    if gain > zero():
        lines.append(credit(queries.account(Role.EXCHANGE_GAIN), gain))
    elif gain < zero():
        lines.append(debit(queries.account(Role.EXCHANGE_LOSS), -gain))
    return lines


def becomes_income(*, amount: Money, day: date) -> tuple[Money, list[Line]]:
    """`amount` is debited where it was; what it is worth in the books is credited by the caller.

    A sale of 40 dollars: debit customers' deposits US$ 40, the lines given here, credit sales
    with the worth given here. In the books' own currency that is `amount`, and no line.
    Raises NotPositive, RateMissing or AccountMissing.
    """
    worth = queries.value_in_books(amount, day)
    return worth, _at_the_rate(gives=worth, takes=amount, day=day)


def becomes_expense(*, amount: Money, day: date) -> tuple[Money, list[Line]]:
    """`amount` is credited where it was; what it is worth in the books is debited by the caller.

    A fee of 2 dollars: credit held by Stripe US$ 2, the lines given here, debit payment fees
    with the worth given here. In the books' own currency that is `amount`, and no line.
    Raises NotPositive, RateMissing or AccountMissing.
    """
    worth = queries.value_in_books(amount, day)
    return worth, _at_the_rate(gives=amount, takes=worth, day=day)


def _at_the_rate(*, gives: Money, takes: Money, day: date) -> list[Line]:
    if gives.currency == takes.currency:
        return []
    return crossing(gives=gives, takes=takes, day=day)


def _exchange(currency: str) -> Account:
    return queries.account(Role.EXCHANGE, currency)
