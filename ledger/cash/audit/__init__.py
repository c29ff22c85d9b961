"""What the audit looks at around cash: boxes and counts, advances, pay days."""

from ledger.cash.audit import advances, boxes, pay_days

__all__ = ["advances", "boxes", "pay_days"]
