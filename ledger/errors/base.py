"""The ledger's refusals have one base."""

from coop.kit.errors import Refusal


class LedgerError(Refusal):
    """The ledger will not write this."""
