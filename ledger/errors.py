"""What the ledger refuses, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class LedgerError(Refusal):
    """The ledger will not write this."""


class Unbalanced(LedgerError):
    message = _("Debits and credits differ by {difference}: both sides must be equal.")


class TooFewLines(LedgerError):
    message = _("An entry needs at least one debit and one credit.")


class NotPositive(LedgerError):
    message = _("Account {account}: the amount must be more than zero.")


class WrongCurrency(LedgerError):
    message = _("Account {account} is kept in {expected}, not in {currency}.")


class AccountMissing(LedgerError):
    message = _("There is no account for “{role}” in {currency}. Install a chart or open one.")


class AccountClosed(LedgerError):
    message = _("Account {account} is closed: choose another.")


class AccountClosedMeanwhile(AccountClosed):
    message = _(
        "At this very moment somebody closed an account of this entry. Nothing was written:"
        " choose another."
    )


class AccountIsHeader(LedgerError):
    message = _("Account {account} only groups others: choose one below it.")


class AccountNotEmpty(LedgerError):
    message = _("Account {account} still holds {balance}: bring it to zero before closing it.")


class AccountTaken(LedgerError):
    message = _("The number {code} belongs to account “{name}”: choose another.")


class AccountRoleTaken(AccountTaken):
    message = _("“{name}” ({code}) does that in {currency} already: one account is enough.")


class UnknownChart(LedgerError):
    message = _("There is no chart of accounts called “{chart}”.")


class PeriodClosed(LedgerError):
    message = _("Days up to {last_day} are closed: choose a day after that.")


class ClosedMeanwhile(PeriodClosed):
    message = _(
        "At this very moment two people closed the days up to {day} or later. Nothing was"
        " written: use a later day."
    )


class PeriodGoesBack(LedgerError):
    message = _("Days up to {last_day} are closed already: choose a later day.")


class PeriodAhead(LedgerError):
    message = _("A day that has not ended yet cannot be closed.")


class ReferenceConflict(LedgerError):
    message = _(
        "This was sent before, and is in the books with another content. Look in the journal, and"
        " begin anew on a fresh page if something is still missing."
    )


class CannotReverse(LedgerError):
    message = _("A reversal is not reversed: write the entry anew.")


class AlreadyReversed(LedgerError):
    message = _("Entry {entry} was reversed already.")


class ReversedMeanwhile(AlreadyReversed):
    message = _("At this very moment somebody else undid this entry: look at it again.")


class MoneyNeedsPayment(LedgerError):
    message = _("Money leaves account {account}: this needs a payment signed by two people.")


class PaymentDiffers(LedgerError):
    message = _(
        "The entry is not what was signed for: payee, accounts, kind and amount must agree."
    )


class NotSigned(LedgerError):
    message = _("This payment has {signatures} of 2 signatures.")


class OnlyOwnMoney(LedgerError):
    message = _("A transfer goes from one of our own money accounts to another.")


class OnlyExpenses(LedgerError):
    message = _("A fee or bank charge goes to an expense account only.")


class WrongSource(LedgerError):
    message = _(
        "“{kind}” does not take money out of account {account}: choose what it really is, or ask"
        " for a payment that two people sign."
    )


class WrongTarget(LedgerError):
    message = _(
        "“{kind}” does not bring money to account {account}: choose what it really is, or ask for"
        " a payment that two people sign."
    )


class DifferenceAlone(LedgerError):
    message = _("A gain or loss of exchange comes only with an exchange between currencies.")


class NotAPayment(LedgerError):
    message = _("Money is not paid out by an entry of kind “{kind}”.")


class NotMoney(LedgerError):
    message = _("Account {account} is not a money account: nothing can be paid out of it.")


class NotEnoughMoney(LedgerError):
    message = _("{account} holds {held} only.")


class MoreThanOwed(LedgerError):
    message = _(
        "{name} is owed {owed}: no more than that is paid to her. Money that she has not earned"
        " yet is an advance, and is asked for as one."
    )


class AskedForAlready(MoreThanOwed):
    message = _(
        "{name} is owed {owed}, of which {waiting} is asked for already: ask for {left} at most,"
        " or call the other payment off first."
    )


class PaidMeanwhile(MoreThanOwed):
    message = _("At this very moment she was paid, or what she is owed changed: look at it again.")


class WrongPayee(LedgerError):
    message = _(
        "What is on this account belongs to one person: choose her as the one who receives it."
    )


class PayeeMissing(LedgerError):
    message = _("Say who receives the money.")


class PayeeSigns(LedgerError):
    message = _("Who receives the money does not sign for it: two others do.")


class SignedAlready(LedgerError):
    message = _("You have signed this already: somebody else must sign too.")


class SignerNotAllowed(LedgerError):
    status = 403
    message = _("Your role does not sign payments.")


class OperationMissing(LedgerError):
    message = _("Write the operation number that the bank or the wallet gave.")


class OperationUsed(LedgerError):
    message = _(
        "Operation number {operation} was written down already for {amount} to {name}. Look again;"
        " if one operation really paid both, insist."
    )


class WalletMissing(LedgerError):
    message = _("Say which wallet, and to whose phone number.")


class WitnessMissing(LedgerError):
    message = _("Name who saw it: somebody else than who pays and who receives.")


class NotDrawn(LedgerError):
    message = _("Nothing is drawn yet: she writes her name, or makes her mark, with a finger.")


class NoOwnPhone(LedgerError):
    message = _("She has no screen of her own that shows a code: let her draw her name.")


class WrongCode(LedgerError):
    message = _("That is not the code. It stands on her own phone, under “Pay”.")


class CodeStopped(LedgerError):
    message = _("Too many wrong codes: for this payment she draws her name, or somebody saw it.")


class WrongStatus(LedgerError):
    message = _("This payment is “{status}”: that can no longer be done.")


class NotGathered(LedgerError):
    message = _("Entry {entry} has no receipt yet: it waits for its number. Try again later.")


class RateMissing(LedgerError):
    message = _(
        "Nobody has written down yet what {currency} costs on {day}. The treasurer does it under"
        " “Books”, “Exchange rates”."
    )


class RateDiffers(LedgerError):
    message = _(
        "The last rate was {previous}: {rate} is more than {percent} % away from it. Look again,"
        " and insist if it is right."
    )


class BeforeTheBooks(LedgerError):
    message = _("The books begin on {day}: choose that day or a later one.")


class RateNotPositive(LedgerError):
    message = _("A rate is more than zero, and has at most eight digits before the point.")


class RateAhead(LedgerError):
    message = _("That day is still to come: a rate is written on its day or later.")


class RateOfBooks(LedgerError):
    message = _("The books are kept in {currency}: it needs no rate.")


class UnknownCurrency(LedgerError):
    message = _("“{currency}” is no currency that we know: write three letters such as USD.")


# The chart ------------------------------------------------------------------------------------
class AccountOutOfPlan(LedgerError):
    message = _(
        "{code} is no number for “{kind}” in this chart: such numbers begin with {fit}. Choose"
        " another number, or another kind."
    )


class AccountParentDiffers(LedgerError):
    message = _("Account {parent} groups others of another kind or currency: choose another.")


class AccountIsNeeded(LedgerError):
    message = _("The house itself writes on account {account} ({role}): it stays open.")


class NameMissing(LedgerError):
    message = _("An account needs a name.")


# Closing --------------------------------------------------------------------------------------
class YearFirst(LedgerError):
    message = _(
        "The year {year} is not closed yet: close it first, up to its last day, so that its"
        " result is written."
    )


class ClosingAsked(LedgerError):
    message = _("Closing up to {last_day} was asked for already: sign that, or call it off first.")


class ClosingOver(LedgerError):
    message = _("This closing is “{status}”: that can no longer be done.")


class ClosingChanged(LedgerError):
    message = _(
        "Something was written in these days since the closing was asked for: it is called off,"
        " and so are its signatures. Look again and ask anew."
    )


class ClosingSignedAlready(LedgerError):
    message = _("You have signed this closing already: somebody else must sign too.")


class ClosingSignerNotAllowed(LedgerError):
    status = 403
    message = _("Your role does not sign the closing of days.")


class MadeByClosing(CannotReverse):
    message = _("This entry was made by closing days: it stays, as they do.")


# By hand, vouchers ----------------------------------------------------------------------------
class UnknownTemplate(LedgerError):
    message = _("There is no such kind of thing to write.")


class SpendsMoney(LedgerError):
    message = _("Money that leaves us is asked for, and two people sign it.")


class KeptByTheHouse(LedgerError):
    message = _(
        "Account {account} ({name}) is written by the house itself, when wool, work or a payment"
        " is written down on its own page. By hand it would no longer agree with them."
    )


class BooksHaveBegun(LedgerError):
    message = _("Balances are taken over from paper before anything else is in the books.")


class VoucherTaken(LedgerError):
    message = _("This photograph belongs to another entry already: take a new one.")


class TooManyVouchers(LedgerError):
    message = _("This entry has {count} photographs already: more are not kept.")


class PaperOfPerson(LedgerError):
    message = _(
        "This money went to one of us: the paper is hers, and only she and those who read the"
        " books look at it."
    )


# Rates from a file ----------------------------------------------------------------------------
class RatesFileWrong(LedgerError):
    message = _("Line {line}: {why} Nothing was written.")


# Grants ---------------------------------------------------------------------------------------
class GrantTaken(LedgerError):
    message = _("There is a grant with the short name “{code}” already.")


class GrantWithoutLines(LedgerError):
    message = _("A grant needs at least one line of its budget, with an amount above zero.")


class GrantDaysWrong(LedgerError):
    message = _("The grant ends before it begins.")


class OutsideGrant(LedgerError):
    message = _("“{grant}” is for days from {starts} to {ends}: {day} is none of them.")


class GrantSpent(LedgerError):
    message = _("“{grant}” holds only {left} that is not used yet.")


class MoreThanSpent(LedgerError):
    message = _("This entry spent {spent}, of which {tagged} is told of a grant already.")


class NothingSpent(LedgerError):
    message = _("This entry spends nothing that a grant could have paid for.")


class SignedAsItWas(LedgerError):
    message = _("Somebody has signed this payment already: ask for it anew.")


class BudgetReasonMissing(LedgerError):
    message = _("Write why the budget changes, and what the donor wrote about it.")


class BudgetUnchanged(LedgerError):
    message = _("Nothing is planned otherwise than before.")


class BudgetBelowSpent(LedgerError):
    message = _("On “{line}” {spent} is spent or asked for already: plan that much at least.")


class LineNameTaken(LedgerError):
    message = _("The budget has a line “{name}” already: write its amount there.")


# A year's result ------------------------------------------------------------------------------
class NoResult(LedgerError):
    message = _("There is no result to share: close the year first.")


class MoreThanResult(LedgerError):
    message = _("The result not shared yet is {result}: these parts are {parts} together.")


class NothingShared(LedgerError):
    message = _("Say how much goes where.")


class NothingToShareBy(LedgerError):
    message = _("By “{formula}” nobody has a part in these days: choose another formula.")


class UnknownFormula(LedgerError):
    message = _("Choose by what the members' part is shared.")


class DecisionMissing(LedgerError):
    message = _("Write what the assembly decided, and the number of its acta.")


class DecidedAhead(LedgerError):
    message = _("That day is still to come: write down what was decided, not what will be.")


class Miscopied(LedgerError):
    message = _("Look at the line again: {where}.")


class NotAReceipt(LedgerError):
    message = _("This is not a receipt of this house, or not all of it.")


class ReceiptBroken(LedgerError):
    message = _("This receipt was altered: what it says does not lead to its root.")
