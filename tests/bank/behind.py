"""What the audit says of the bank's rows when the database's own rules were switched off."""

from coop.kit import audit


def named() -> list[str]:
    """Findings of the bank's own checks: not that a trigger is missing."""
    return [
        row
        for one in audit.registered()
        if one.name.startswith("ledger.bank.")
        for row in one.check()
    ]
