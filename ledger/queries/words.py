"""What happened, in a plain sentence for each entry of the open book.

Members are 'a member' unless the reader may see names. Nothing of the memo is told here: it is
for those who read the books.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import format_money, from_minor
from ledger.models import Account, JournalEntry
from ledger.queries.sides import Sides, money, summed
from ledger.telling import NOTHING, Particulars, particulars

Kind = JournalEntry.Kind
Role = Account.Role


@dataclass(frozen=True)
class Sentence:
    """How a kind is told: without names, with a name, and as a heading of money in or out.

    `told` and `told_named` are the same where it is known what it was for (`ledger.telling`).
    """

    plain: str | Promise
    named: str | Promise = ""
    heading: str | Promise = ""
    told: str | Promise = ""
    told_named: str | Promise = ""


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
        _("A customer paid {amount} in advance."),
        "",
        _("Paid by customers in advance"),
        _("{who} paid {amount} in advance for {what}."),
    ),
    Kind.SALE: Sentence(
        _("Knitting was sold and sent: {amount}."),
        "",
        _("Sales"),
        _("Sold and sent: {what}, for {amount}."),
    ),
    Kind.COST_OF_SALE: Sentence(
        _("The pieces that were sold had cost {amount} in work and wool."),
        "",
        _("Cost of sales"),
        _("{what}, sold and sent, had cost {amount} in work and wool."),
    ),
    Kind.RECEIVABLE_SETTLED: Sentence(
        _("A customer paid {amount} that was owed to us."),
        "",
        _("Paid by customers on terms"),
        _("{who} paid {amount} that was owed to us for {what}."),
    ),
    Kind.SALE_RETURNED: Sentence(_("A sale was taken back: {amount}."), "", _("Sales taken back")),
    Kind.REFUND: Sentence(
        _("A customer got {amount} back."),
        "",
        _("Given back to customers"),
        _("{who} got {amount} back, of what was paid for {what}."),
    ),
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
        _("{what}: one passed, and a member earned {amount}."),
        _("{what}: one of {name} passed, and she earned {amount}."),
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
        _("The rest of an advance came back: {amount}."), "", _("Unspent advances returned")
    ),
    Kind.TRANSFER: Sentence(
        _("{amount} was moved from one of our places to another."), "", _("Moved between places")
    ),
    Kind.EXCHANGE: Sentence(
        _("{amount} was exchanged into another currency."), "", _("Exchange between currencies")
    ),
    Kind.BANK_CHARGE: Sentence(_("The bank charged {amount}."), "", _("Bank charges")),
    Kind.CASH_COUNTED: Sentence(
        _("The cash box was counted: {amount} less than in the books."), "", _("Cash counts")
    ),
    Kind.LOSS: Sentence(_("{amount} was lost."), "", _("Losses")),
    Kind.RECEIVED: Sentence(_("{source}: {amount} came in."), "", _("Other money received")),
    Kind.BILL: Sentence(
        _("{account}: a bill of {amount} came, to be paid later."), "", _("Bills to be paid later")
    ),
    Kind.GRANT_USED: Sentence(
        _("{amount} of a grant was used for its purpose."), "", _("Grants used")
    ),
    Kind.REVALUATION: Sentence(
        _("Our money in other currencies is worth {amount} more than before."),
        "",
        _("Other currencies revalued"),
    ),
    Kind.RESULT: Sentence(
        _("The year was closed: its result is {amount}."), "", _("Result of the year")
    ),
    Kind.SURPLUS: Sentence(
        _("{amount} of the year's result was shared by vote."), "", _("Surplus shared")
    ),
    Kind.HAND: Sentence(
        _("The treasurer wrote an entry by hand: {amount}."), "", _("Entries by hand")
    ),
}

#: What several alike entries of a day are, after their number: "3 deliveries of wool".
SEVERAL: dict[str, str | Promise] = {
    Kind.SHARES: _("shares or dues"),
    Kind.DEPOSIT_RECEIVED: _("payments of customers in advance"),
    Kind.SALE: _("sales"),
    Kind.COST_OF_SALE: _("sales, and what their pieces had cost"),
    Kind.RECEIVABLE_SETTLED: _("debts paid by customers"),
    Kind.SALE_RETURNED: _("sales taken back"),
    Kind.REFUND: _("repayments to customers"),
    Kind.FEE: _("fees of payment providers"),
    Kind.DISPUTE: _("disputes of customers"),
    Kind.PAYOUT: _("payouts of payment providers"),
    Kind.WOOL_BOUGHT: _("purchases of wool"),
    Kind.WOOL_ISSUED: _("deliveries of wool to members"),
    Kind.WOOL_RETURNED: _("returns of wool"),
    Kind.WOOL_WASTED: _("losses of wool"),
    Kind.PIECE_PASSED: _("pieces passed"),
    Kind.PREMIUM: _("premiums or deductions"),
    Kind.MEMBER_PAID: _("payments to members"),
    Kind.ADVANCE_PAID: _("advances handed out"),
    Kind.SUPPLIER_PAID: _("payments to suppliers"),
    Kind.EXPENSE_PAID: _("expenses"),
    Kind.ADVANCE_SETTLED: _("advances accounted for"),
    Kind.ADVANCE_RETURNED: _("rests of advances brought back"),
    Kind.TRANSFER: _("moves between our places"),
    Kind.EXCHANGE: _("exchanges between currencies"),
    Kind.BANK_CHARGE: _("bank charges"),
    Kind.CASH_COUNTED: _("cash counts that differed"),
    Kind.RECEIVED: _("other sums received"),
    Kind.BILL: _("bills to be paid later"),
    Kind.GRANT_USED: _("uses of grants"),
}

UNDONE = _("Undone: {sentence}")

_FEE_RETURNED = Sentence(_("A payment provider gave back a fee of {amount}."))
_DISPUTE_WON = Sentence(_("A dispute was decided for us: {amount} came back."))
_DISPUTE_LOST = Sentence(_("A dispute was decided against us: {amount} is lost."))
_PAID_TO_PARTNER = Sentence(
    _("A payment provider paid out {amount} to our partner, who keeps it for us.")
)
_PAYOUT_RETURNED = Sentence(_("A payout came back: the payment provider holds {amount} again."))
_REFUND_RETURNED = Sentence(_("A refund did not reach the customer: {amount} came back."))
_FORWARDED = Sentence(_("Our partner forwarded {amount} to us."))
_CASH_OVER = Sentence(
    _("The cash box was counted: {amount} more than in the books."), "", _("Cash counts")
)
_WORTH_LESS = Sentence(_("Our money in other currencies is worth {amount} less than before."))
_LOST_YEAR = Sentence(_("The year was closed: it lost {amount}."))
_LOSS_BORNE = Sentence(_("{amount} of a year's loss was borne by the funds, by vote."))
_EXCHANGED = Sentence(_("{given} became {amount} in exchange."))
#: How else a kind is told, by where its money went (`_words`).
OTHERWISE: dict[str, tuple[Sentence, ...]] = {
    Kind.FEE: (_FEE_RETURNED,),
    Kind.DISPUTE: (_DISPUTE_WON, _DISPUTE_LOST),
    Kind.PAYOUT: (_PAID_TO_PARTNER,),
    Kind.REFUND: (_REFUND_RETURNED,),
    Kind.TRANSFER: (_PAYOUT_RETURNED, _FORWARDED),
    Kind.CASH_COUNTED: (_CASH_OVER,),
    Kind.EXCHANGE: (_EXCHANGED,),
    Kind.REVALUATION: (_WORTH_LESS,),
    Kind.RESULT: (_LOST_YEAR,),
    Kind.SURPLUS: (_LOSS_BORNE,),
}


def category(kind: str) -> str:
    """The heading under which money of this kind comes in or goes out."""
    return str(SENTENCES[kind].heading) if kind in SENTENCES else kind


def describe(entry: JournalEntry, *, names: bool = False, about: Particulars | None = None) -> str:
    """What happened, in one sentence in the reader's language.

    `names` only for readers with `ledger.read_open_book_names`. `about` is what
    `ledger.telling.particulars` knows of it. Entries of `queries.entries` have all that it needs;
    others cost queries.
    """
    sides = Sides.of(entry)
    known = about or NOTHING
    if entry.reverses is not None:
        undone = _sentence(entry.reverses.kind, sides, entry, names, known)
        return str(UNDONE).format(sentence=undone)
    return _sentence(entry.kind, sides, entry, names, known)


def described(entries: Iterable[JournalEntry], *, names: bool = False) -> dict[int, str]:
    """The sentences of a page of entries, by their key: a query for each app that tells."""
    return {pk: one.sentence for pk, one in told_of(entries, names=names).items()}


@dataclass(frozen=True)
class Told:
    """An entry in a sentence, and what that sentence says that nobody can record: who and what."""

    sentence: str
    who_and_what: str = ""


def told_of(entries: Iterable[JournalEntry], *, names: bool = False) -> dict[int, Told]:
    """A page of entries told, by their key: a query for each app that tells."""
    page = list(entries)
    known = particulars(page)
    return {one.pk: _told(one, names, known.get(one.pk, NOTHING)) for one in page}


def _told(entry: JournalEntry, names: bool, about: Particulars) -> Told:
    sentence = describe(entry, names=names, about=about)
    name = _name(entry, Sides.of(entry)) if names else ""
    said = [one for one in (name, about.who, about.what) if one and one in sentence]
    return Told(sentence, ", ".join(said))


def more_than_told(entry: JournalEntry) -> str:
    """What else is in an entry's sum than its sentence tells of, for a row that shows both.

    A piece that passed is told as what its maker earned; the entry books its wool as well.
    """
    sides = Sides.of(entry)
    kind = entry.reverses.kind if entry.reverses is not None else entry.kind
    wool = [*sides.credited(Role.WOOL_MEMBERS), *sides.debited(Role.WOOL_MEMBERS)]
    if kind != Kind.PIECE_PASSED or not wool:
        return ""
    facts = {"pay": format_money(_to_members(sides)), "wool": format_money(summed(wool))}
    return gettext("{pay} pay, {wool} wool").format(**facts)


@dataclass(frozen=True)
class Headline:
    """What an entry is, without its particulars, and what it moved: alike ones can be added up."""

    kind: str
    heading: str
    amount: Money
    is_undone: bool = False
    #: What several of them are, after their number.
    several: str = ""


def headline(entry: JournalEntry) -> Headline | None:
    """The entry in two or three words; None where only its whole sentence says what happened.

    As `describe`, it runs no query for entries of `queries.entries`.
    """
    sides = Sides.of(entry)
    kind = entry.reverses.kind if entry.reverses is not None else entry.kind
    words = _words(kind, sides)
    if not words.heading or kind in _TOLD_ONE_BY_ONE:
        return None
    amount = _AMOUNT.get(kind, _moved)(sides)
    several = str(SEVERAL.get(kind, words.heading))
    is_undone = entry.reverses is not None
    return Headline(kind, str(words.heading), amount, is_undone=is_undone, several=several)


#: Kinds of which no two are alike.
_TOLD_ONE_BY_ONE = frozenset(
    {Kind.OPENING, Kind.HAND, Kind.LOSS, Kind.SURPLUS, Kind.GRANT, Kind.REVALUATION, Kind.RESULT}
)


def _sentence(kind: str, sides: Sides, entry: JournalEntry, names: bool, about: Particulars) -> str:
    words = _words(kind, sides)
    name = _name(entry, sides) if names and words.named else ""
    told = (words.told_named or words.told) if name else words.told
    plain = words.named if name else words.plain
    return str(told if told and about.what else plain).format(
        amount=format_money(_AMOUNT.get(kind, _moved)(sides)),
        given=format_money(summed(money(sides.credits))),
        name=name,
        account=sides.debits[0].account.name if sides.debits else "",
        source=sides.credits[0].account.name if sides.credits else "",
        who=about.who or gettext("A customer"),
        what=about.what,
    )


def _words(kind: str, sides: Sides) -> Sentence:
    """The sentence of a kind; some kinds tell different things by where the money went."""
    other: Sentence | None = None
    if kind == Kind.FEE and money(sides.debits):
        other = _FEE_RETURNED
    elif kind == Kind.DISPUTE and sides.credited(Role.DISPUTED):
        other = _DISPUTE_WON if money(sides.debits) else _DISPUTE_LOST
    elif kind == Kind.PAYOUT and sides.debited(Role.PARTNER):
        other = _PAID_TO_PARTNER
    elif kind == Kind.REFUND and money(sides.debits):
        other = _REFUND_RETURNED
    elif kind == Kind.TRANSFER and sides.debited(Role.STRIPE):
        other = _PAYOUT_RETURNED
    elif kind == Kind.TRANSFER and sides.credited(Role.PARTNER):
        other = _FORWARDED
    elif kind == Kind.CASH_COUNTED and money(sides.debits):
        other = _CASH_OVER
    elif kind == Kind.EXCHANGE and money(sides.debits) and money(sides.credits):
        other = _EXCHANGED
    return other or _for_the_worse(kind, sides) or SENTENCES.get(kind, SENTENCES[Kind.HAND])


def _for_the_worse(kind: str, sides: Sides) -> Sentence | None:
    """What closing days, or a decision about a result, is called where something was lost."""
    if kind == Kind.REVALUATION and sides.debited(Role.EXCHANGE_LOSS):
        return _WORTH_LESS
    if kind == Kind.RESULT and sides.debited(Role.RESULT):
        return _LOST_YEAR
    if kind == Kind.SURPLUS and sides.credited(Role.RESULT):
        return _LOSS_BORNE
    return None


def _name(entry: JournalEntry, sides: Sides) -> str:
    if entry.payment is not None:
        return str(entry.payment.payee or "")
    postings = [*sides.debits, *sides.credits]
    holders = [str(one.account.holder) for one in postings if one.account.holder]
    return holders[0] if holders else ""


def _moved(sides: Sides) -> Money:
    return sides.moved


def _to_members(sides: Sides) -> Money:
    """What went to (or, undone, away from) members' accounts."""
    theirs = [
        one
        for one in (*sides.debits, *sides.credits)
        if one.account.parent is not None and one.account.parent.role == Role.MEMBERS_PAYABLE
    ]
    return from_minor(sum(one.amount_minor for one in theirs))


def _as_paid(sides: Sides) -> Money:
    """What a customer paid, in the currency in which she paid it."""
    hers = sides.credited(Role.CUSTOMER_DEPOSITS, Role.RECEIVABLE)
    return summed(hers) if hers else sides.moved


def _as_given_back(sides: Sides) -> Money:
    """What a customer got back (or did not), in the currency in which she had paid it where we
    know it.
    """
    roles = (Role.CUSTOMER_DEPOSITS, Role.RECEIVABLE)
    hers = sides.debited(*roles) or sides.credited(*roles) or money(sides.debits)
    return summed(hers or money(sides.credits) or sides.debits)


def _in_dispute(sides: Sides) -> Money:
    at_stake = [*sides.debited(Role.DISPUTED), *sides.credited(Role.DISPUTED)]
    return summed(at_stake) if at_stake else sides.moved


def _arrived(sides: Sides) -> Money:
    """What arrived where money is."""
    there = money(sides.debits)
    return summed(there) if there else sides.moved


def _of_the_result(sides: Sides) -> Money:
    """What a year left over, or lost; nothing where it came out even."""
    told = [*sides.debited(Role.RESULT), *sides.credited(Role.RESULT)]
    return summed(told)


_AMOUNT: dict[str, Callable[[Sides], Money]] = {
    Kind.RESULT: _of_the_result,
    Kind.PIECE_PASSED: _to_members,
    Kind.DEPOSIT_RECEIVED: _as_paid,
    Kind.RECEIVABLE_SETTLED: _as_paid,
    Kind.REFUND: _as_given_back,
    Kind.DISPUTE: _in_dispute,
    Kind.PAYOUT: _arrived,
    Kind.EXCHANGE: _arrived,
}
