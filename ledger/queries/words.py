"""What happened, in a plain sentence for each entry of the open book.

Members are 'a member' unless the reader may see names. Nothing of the memo is told here: it is
for those who read the books.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import books_currency, format_money, from_minor
from ledger.models import Account, JournalEntry, Posting

Kind = JournalEntry.Kind
Role = Account.Role


@dataclass(frozen=True)
class Sentence:
    """How a kind is told: without names, with a name, and as a heading of money in or out."""

    plain: str | Promise
    named: str | Promise = ""
    heading: str | Promise = ""


SENTENCES: dict[str, Sentence] = {
    Kind.OPENING: Sentence(
        _("The books began with {amount} taken over from paper."), "", _("Taken over from paper")
    ),
    Kind.SHARES: Sentence(
        _("A member's share or dues: {amount}."),
        _("Share or dues of {name}: {amount}."),
        _("Shares and dues"),
    ),
    Kind.GRANT: Sentence(_("A grant of {amount}."), "", _("Grants")),
    Kind.DEPOSIT_RECEIVED: Sentence(
        _("A customer paid {amount} in advance."), "", _("Paid by customers in advance")
    ),
    Kind.SALE: Sentence(_("Knitting was sold and sent: {amount}."), "", _("Sales")),
    Kind.COST_OF_SALE: Sentence(
        _("The pieces that were sold had cost {amount} in work and wool."), "", _("Cost of sales")
    ),
    Kind.RECEIVABLE_SETTLED: Sentence(
        _("A customer paid {amount} that was owed to us."), "", _("Paid by customers on terms")
    ),
    Kind.SALE_RETURNED: Sentence(_("A sale was taken back: {amount}."), "", _("Sales taken back")),
    Kind.REFUND: Sentence(_("A customer got {amount} back."), "", _("Given back to customers")),
    Kind.FEE: Sentence(_("A payment provider kept a fee of {amount}."), "", _("Payment fees")),
    Kind.DISPUTE: Sentence(_("A customer disputes {amount}."), "", _("Disputes")),
    Kind.PAYOUT: Sentence(
        _("A payment provider paid out {amount} to us."), "", _("Payouts of providers")
    ),
    Kind.WOOL_BOUGHT: Sentence(_("Wool was bought for {amount}."), "", _("Wool")),
    Kind.WOOL_ISSUED: Sentence(
        _("Wool worth {amount} went to a member to knit with."), "", _("Wool handed out")
    ),
    Kind.WOOL_RETURNED: Sentence(
        _("A member brought back wool worth {amount}."), "", _("Wool brought back")
    ),
    Kind.WOOL_WASTED: Sentence(_("Wool worth {amount} was wasted."), "", _("Wool wasted")),
    Kind.PIECE_PASSED: Sentence(
        _("A piece passed: a member earned {amount}."),
        _("A piece of {name} passed: she earned {amount}."),
        _("Pieces passed"),
    ),
    Kind.PREMIUM: Sentence(
        _("A premium or deduction by the rules: {amount}."), "", _("Premiums and deductions")
    ),
    Kind.MEMBER_PAID: Sentence(
        _("A member was paid {amount}."), _("{name} was paid {amount}."), _("Paid to members")
    ),
    Kind.ADVANCE_PAID: Sentence(
        _("A member took {amount} along as an advance to account for."),
        _("{name} took {amount} along as an advance to account for."),
        _("Advances to account for"),
    ),
    Kind.SUPPLIER_PAID: Sentence(_("A supplier was paid {amount}."), "", _("Paid to suppliers")),
    Kind.EXPENSE_PAID: Sentence(_("{account}: {amount} was paid."), "", _("Expenses")),
    Kind.ADVANCE_SETTLED: Sentence(
        _("Receipts for {amount} of an advance were accounted for."), "", _("Advances settled")
    ),
    Kind.ADVANCE_RETURNED: Sentence(
        _("The rest of an advance came back: {amount}."), "", _("Rests of advances brought back")
    ),
    Kind.TRANSFER: Sentence(
        _("{amount} was moved from one of our places to another."), "", _("Moved between places")
    ),
    Kind.EXCHANGE: Sentence(
        _("{amount} was exchanged into another currency."), "", _("Exchange between currencies")
    ),
    Kind.BANK_CHARGE: Sentence(_("The bank charged {amount}."), "", _("Bank charges")),
    Kind.LOSS: Sentence(_("{amount} was lost."), "", _("Losses")),
    Kind.SURPLUS: Sentence(
        _("{amount} of the year's result was shared by vote."), "", _("Surplus shared")
    ),
    Kind.HAND: Sentence(
        _("The treasurer wrote an entry by hand: {amount}."), "", _("Entries by hand")
    ),
}

_UNDONE = _("Undone: {sentence}")


def category(kind: str) -> str:
    """The heading under which money of this kind comes in or goes out."""
    return str(SENTENCES[kind].heading) if kind in SENTENCES else kind


def describe(entry: JournalEntry, *, names: bool = False) -> str:
    """What happened, in one sentence in the reader's language.

    `names` only for readers with `ledger.read_open_book_names`. Entries of `queries.entries`
    have all that it needs; others cost queries.
    """
    postings = list(entry.postings.all())
    if entry.reverses is not None:
        undone = _sentence(entry.reverses.kind, postings, entry, names)
        return gettext("Undone: {sentence}").format(sentence=undone)
    return _sentence(entry.kind, postings, entry, names)


def _sentence(kind: str, postings: list[Posting], entry: JournalEntry, names: bool) -> str:
    words = SENTENCES.get(kind, SENTENCES[Kind.HAND])
    amount = _AMOUNT.get(kind, _total)(postings)
    name = _name(entry, postings) if names and words.named else ""
    debited = next((one for one in postings if one.side == "debit"), None)
    return str(words.named if name else words.plain).format(
        amount=format_money(amount), name=name, account=debited.account.name if debited else ""
    )


def _name(entry: JournalEntry, postings: list[Posting]) -> str:
    if entry.payment is not None:
        return str(entry.payment.payee or "")
    holders = [str(one.account.holder) for one in postings if one.account.holder]
    return holders[0] if holders else ""


def _total(postings: list[Posting]) -> Money:
    """The sum of the debits, in the books' currency where the entry has some in it."""
    debits = [one for one in postings if one.side == "debit"]
    home = [one for one in debits if one.account.currency == books_currency()]
    chosen = home or [one for one in debits if one.account.currency == debits[0].account.currency]
    currency = chosen[0].account.currency if chosen else books_currency()
    return from_minor(sum(one.amount_minor for one in chosen), currency)


def _to_members(postings: list[Posting]) -> Money:
    """What went to (or, undone, away from) members' accounts."""
    theirs = [
        one
        for one in postings
        if one.account.parent is not None and one.account.parent.role == Role.MEMBERS_PAYABLE
    ]
    return from_minor(sum(one.amount_minor for one in theirs))


_AMOUNT: dict[str, Callable[[list[Posting]], Money]] = {Kind.PIECE_PASSED: _to_members}
