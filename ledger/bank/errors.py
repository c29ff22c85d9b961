"""What the reconciliation refuses, in words that say what to do. Nothing is imported then."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.kit.errors import Refusal


class BankError(Refusal):
    """The reconciliation will not do this."""


class NotRead(BankError):
    """A file that is not imported."""


class TooBig(NotRead):
    message = gettext_lazy(
        "The file has {size} MB; a bank statement has {most} MB at most. Ask the bank for fewer"
        " days at once. Nothing was imported."
    )


class EmptyFile(NotRead):
    message = gettext_lazy("The file is empty. Nothing was imported.")


class UnknownFile(NotRead):
    message = gettext_lazy(
        "This is no bank statement that we can read: it takes OFX, QIF, CAMT.053, MT940, CSV and"
        " XLSX. Nothing was imported."
    )


class NoLines(NotRead):
    message = gettext_lazy("The file holds no movement and no balance. Nothing was imported.")


class NothingMoves(NotRead):
    message = gettext_lazy(
        "No line of the file moves any money: every amount in it is zero. Nothing was imported."
    )


class TooManyLines(NotRead):
    message = gettext_lazy(
        "The file has more than {most} lines. Ask the bank for fewer days at once. Nothing was"
        " imported."
    )


class SeveralAccounts(NotRead):
    message = gettext_lazy(
        "The file holds statements of several accounts ({numbers}). Ask the bank for one file for"
        " each. Nothing was imported."
    )


class HasEntities(NotRead):
    message = gettext_lazy(
        "The file defines entities or a document type (line {line}): a bank's file has no need of"
        " them, and they can be used to do harm. Nothing was imported."
    )


class HasMacros(NotRead):
    message = gettext_lazy(
        "The workbook holds macros or links to other files. Save it as a plain .xlsx with values"
        " only. Nothing was imported."
    )


class HasFormulas(NotRead):
    message = gettext_lazy(
        "{where} holds a formula: a bank writes values. Save the file with values only. Nothing"
        " was imported."
    )


class AskDates(NotRead):
    message = gettext_lazy(
        "The days in this file, such as {example}, can be read in two ways. Say in which order"
        " day and month stand. Nothing was imported."
    )


class AskColumns(NotRead):
    message = gettext_lazy(
        "We do not know the columns of this file ({header}). Say once which is which: it is"
        " remembered for this bank. Nothing was imported."
    )


class WrongColumns(NotRead):
    message = gettext_lazy("{why} Nothing was imported.")


class WrongCurrencyOfFile(NotRead):
    message = gettext_lazy(
        "The file is in {currency}, and account {account} is kept in {kept}. Choose an account in"
        " {currency}. Nothing was imported."
    )


class NoAccountInCurrency(NotRead):
    message = gettext_lazy(
        "Line {line} is in {currency}, and there is no account in {currency} beside {account}."
        " Write down a rate for {currency}: that opens its accounts. Nothing was imported."
    )


class NotAMoneyAccount(NotRead):
    message = gettext_lazy(
        "Nobody sends statements of account {account}: choose a bank or a wallet."
    )


class AccountUnknown(NotRead):
    message = gettext_lazy("There is no account with the code “{account}”.")


@dataclass(frozen=True)
class Problem:
    """What is wrong in one line of a file."""

    line: int
    why: str | Promise

    def __str__(self) -> str:
        return _("Line %(line)s: %(why)s") % {"line": self.line, "why": self.why}


class WrongLines(NotRead):
    """The file is refused whole: these lines are wrong."""

    MOST_TOLD = 10

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=lambda one: one.line)
        told = [str(one) for one in self.problems[: self.MOST_TOLD]]
        if more := len(self.problems) - len(told):
            told.append(
                ngettext("and %(more)s line more.", "and %(more)s lines more.", more)
                % {"more": more}
            )
        super().__init__(_("%(lines)s Nothing was imported.") % {"lines": " ".join(told)})


class SameIdOtherContent(NotRead):
    message = gettext_lazy(
        "Line {line}: the bank's number {bank_id} is here already, of {day} with {amount}; this"
        " file says {other_day} and {other_amount}. Nothing was imported."
    )


class LookAgain(NotRead):
    """A file that is doubtful: whoever looked at it may insist."""


class SeveralDoubts(LookAgain):
    message = "{doubts}"


class FileContradictsItself(LookAgain):
    message = gettext_lazy(
        "The file contradicts itself: its opening balance of {opening} and its lines do not make up"
        " its closing balance of {closing}; {difference} is missing. Ask the bank for the file"
        " again, or look whether somebody changed it. Nothing was imported."
    )


class AlsoInCurrency(LookAgain):
    message = gettext_lazy(
        "The file also holds lines in {currency}, the first of them line {line}: they would come"
        " into account {account}, of which no statement is here yet. Nothing was imported."
    )


class FileOfAnotherAccount(LookAgain):
    message = gettext_lazy(
        "The file is of the bank's account {number}, and what was imported before says that"
        " account {account} does not go with it ({known}). Choose the right account. Nothing was"
        " imported."
    )


# Statements -------------------------------------------------------------------------------
class IsMatched(BankError):
    message = gettext_lazy(
        "Lines of this statement are matched. Undo those matches first, then withdraw it."
    )


class IsWithdrawn(BankError):
    message = gettext_lazy("This statement was withdrawn.")


class BankSaidIt(BankError):
    message = gettext_lazy("The bank's file says the balance itself: it is not typed over.")


# Matches ----------------------------------------------------------------------------------
class NothingMarked(BankError):
    message = gettext_lazy("Mark at least one line of the bank and one of the books.")


class OtherAccount(BankError):
    message = gettext_lazy("The bank's line and the line of the books are of different accounts.")


class OtherDirection(BankError):
    message = gettext_lazy(
        "What is marked goes in different directions: money that came in is matched with money"
        " that came in."
    )


class AlreadyMatched(BankError):
    message = gettext_lazy("Somebody else was quicker: this is matched already. Look again.")


class SumsDiffer(BankError):
    message = gettext_lazy(
        "The bank's side is {bank}, the books' side is {books}: they differ by {difference}. Say"
        " that the rest stays open, or mark others."
    )


class ManyToManyRest(BankError):
    message = gettext_lazy(
        "Several lines on both sides must be equal in sum: we could not know what stays open."
    )


class NotTheSame(BankError):
    message = gettext_lazy(
        "These two cannot be one movement: they differ in amount or account, lie days apart, or one"
        " of the bank's own files holds both."
    )


class SameIsMatched(BankError):
    message = gettext_lazy(
        "Both are matched with the books. Undo the match of the one that is here twice first."
    )


class SaidAlready(BankError):
    message = gettext_lazy("That was said, or taken back, already.")


class AlreadyUndone(BankError):
    message = gettext_lazy("This match was undone already.")


class ForgottenAlready(BankError):
    message = gettext_lazy("Somebody else was quicker: this rule is forgotten already.")


# Writing the missing entry ----------------------------------------------------------------
class WrongDirection(BankError):
    message = gettext_lazy("“{kind}” does not fit money that goes this way.")


class WrittenBefore(BankError):
    message = gettext_lazy(
        "From this line something was written before that still waits for the bank, with another"
        " amount or for something else. Match that entry, or undo it, and then write anew."
    )


class SayHowMuch(BankError):
    message = gettext_lazy(
        "Account {account} is kept in {currency}: say how much of it this line pays."
    )


class NotAwaited(BankError):
    message = gettext_lazy(
        "Nobody waits for this money any more. Perhaps it was recorded meanwhile: look again."
    )


class MayNotRecord(BankError):
    message = gettext_lazy("Recording this payment is not yours to do. Ask who may record it.")


class CannotBeChanged(BankError):
    message = gettext_lazy(
        "This entry cannot be written anew in the currency in which the bank has it: it was signed"
        " by two, or leads to several places. Write it by hand."
    )


class RateTooFar(BankError):
    message = gettext_lazy(
        "{given} for {taken} is far from the rate of the day ({rate}). If it is right, write down"
        " that day's rate first."
    )
