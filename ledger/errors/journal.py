"""What is refused of entries, accounts and days."""

from django.utils.translation import gettext_lazy as _

from ledger.errors.base import LedgerError


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


class NotGathered(LedgerError):
    message = _("Entry {entry} has no receipt yet: it waits for its number. Try again later.")


class BeforeTheBooks(LedgerError):
    message = _("The books begin on {day}: choose that day or a later one.")
