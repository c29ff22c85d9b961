"""What is refused of payments and of how they are handed over."""

from django.utils.translation import gettext_lazy as _

from ledger.errors.base import LedgerError


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


class PayeeRefuses(LedgerError):
    message = _("Who receives the money neither signs nor refuses it: others do.")


class ReasonMissing(LedgerError):
    message = _("Say why: touch a picture, or write it.")


class NotYourRequest(LedgerError):
    status = 403
    message = _("Only who asked for the payment says that she has read why it was refused.")


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


class CashFromNoBox(LedgerError):
    message = _(
        "{account} is no cash box: there are no notes in it. If she was paid in cash, first write"
        " down that the money was taken out into a box, and ask for the payment out of that box."
    )


class NoTransferFromBox(LedgerError):
    message = _(
        "{account} is a cash box: out of it nobody pays by transfer or by phone. If it was paid that"
        " way, call this payment off and ask for it out of the account that the money left."
    )


class BoxNotOpened(LedgerError):
    message = _(
        "{account} lies in notes and coins, and nobody has it by name: open it first under “Cash"
        " boxes”, with whoever keeps it."
    )


class WalletMissing(LedgerError):
    message = _("Say which wallet, and to whose phone number.")


class WitnessMissing(LedgerError):
    message = _("Name who saw it: somebody else than who pays and who receives.")


class WitnessNotProven(LedgerError):
    status = 403
    message = _("{name} types her own PIN herself: nobody says for her that she saw it.")


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
