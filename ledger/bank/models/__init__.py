"""The bank's tables. Write them only through `ledger.bank.services`; the database insists on it."""

from ledger.bank.models.learned import ColumnMap, ForgottenRule, LearnedRule, Upload
from ledger.bank.models.rows import (
    BankLine,
    LineDetail,
    Match,
    Mention,
    Part,
    SaidSame,
    Statement,
    matched_postings,
    sum_of,
)

__all__ = [
    "BankLine",
    "ColumnMap",
    "ForgottenRule",
    "LearnedRule",
    "LineDetail",
    "Match",
    "Mention",
    "Part",
    "SaidSame",
    "Statement",
    "Upload",
    "matched_postings",
    "sum_of",
]
