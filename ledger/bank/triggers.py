"""What the database itself refuses about statements and matches, on SQLite and PostgreSQL."""

# ruff: noqa: S608 - these are put together from our own words only

from coop.kit.triggers import Rule, Trigger, append_only, never, no_replacing, register

_UNDONE = "EXISTS (SELECT 1 FROM bank_match u WHERE u.undoes_id = {match})"
_STANDS = "NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.undoes_id = x.match_id)"

#: These conditions serve the audit, too (`ledger.bank.audit`).
PART_OF_OTHER_ACCOUNT = (
    "NOT EXISTS (SELECT 1 FROM bank_bankline l JOIN ledger_posting p"
    " ON p.account_id = l.account_id WHERE l.id = NEW.line_id AND p.id = NEW.posting_id)"
)
PART_AGAINST_ITS_POSTING = (
    "EXISTS (SELECT 1 FROM ledger_posting p WHERE p.id = NEW.posting_id"
    " AND (p.side = 'debit') <> (NEW.amount_minor > 0))"
)
POSTING_MATCHED_TOO_MUCH = (
    "(SELECT COALESCE(SUM(ABS(x.amount_minor)), 0) FROM bank_part x"
    f" WHERE x.posting_id = NEW.posting_id AND {_STANDS})"
    " > (SELECT p.amount_minor FROM ledger_posting p WHERE p.id = NEW.posting_id)"
)
# What is smaller on a line may go the other way (a fee kept back); the whole never exceeds it.
LINE_MATCHED_TOO_MUCH = (
    "EXISTS (SELECT 1 FROM bank_bankline l WHERE l.id = NEW.line_id AND"
    " (SELECT COALESCE(SUM(CASE WHEN l.amount_minor > 0 THEN x.amount_minor"
    " ELSE 0 - x.amount_minor END), 0)"
    f" FROM bank_part x WHERE x.line_id = NEW.line_id AND {_STANDS}) > ABS(l.amount_minor))"
)
PART_COMES_LATE = (
    "EXISTS (SELECT 1 FROM bank_match m WHERE m.id = NEW.match_id AND m.undoes_id IS NOT NULL)"
    f" OR {_UNDONE.format(match='NEW.match_id')}"
    " OR EXISTS (SELECT 1 FROM bank_match m WHERE m.id > NEW.match_id)"
)
NUMBER_JUMPS = (
    "NEW.number <> 1 + COALESCE((SELECT MAX(o.number) FROM {table} o WHERE o.id <> NEW.id), 0)"
)
UNDOES_AN_UNDOING = (
    "EXISTS (SELECT 1 FROM bank_match m WHERE m.id = NEW.undoes_id AND m.undoes_id IS NOT NULL)"
)

_KEPT = (
    "id", "number", "account_id", "format", "file_name", "file_sha256", "bank_number", "first_day",
    "last_day", "imported_by_id", "imported_at",
)  # fmt: skip
_BALANCES = ("opening_minor", "closing_minor", "balances", "digest")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns)


def _after_insert(table: str, *rules: Rule) -> Trigger:
    return Trigger(f"{table}_insert_rules", table, "AFTER", "INSERT", rules)


ALL = [
    _after_insert(
        "bank_statement",
        Rule(
            "a statement's number follows the one before",
            NUMBER_JUMPS.format(table="bank_statement"),
        ),
        Rule("a statement begins as imported", "NEW.withdrawn_at IS NOT NULL"),
    ),
    Trigger(
        "bank_statement_update_rules",
        "bank_statement",
        "BEFORE",
        "UPDATE",
        (
            Rule("a statement keeps what the bank said", _changed(_KEPT)),
            Rule(
                "only balances that were reckoned are typed",
                f"OLD.balances <> 'reckoned' AND ({_changed(_BALANCES)})",
            ),
            Rule(
                "a statement is withdrawn once",
                "OLD.withdrawn_at IS NOT NULL AND ("
                + _changed(("withdrawn_at", "withdrawn_by_id", "withdrawn_why"))
                + ")",
            ),
        ),
    ),
    no_replacing("bank_statement", ("id",), ("number",)),
    *never("bank_statement", "DELETE", "TRUNCATE"),
    *append_only("bank_bankline", ("key",)),
    *append_only("bank_mention", ("statement_id", "line_id"), ("statement_id", "position")),
    _after_insert(
        "bank_match",
        Rule("a match's number follows the one before", NUMBER_JUMPS.format(table="bank_match")),
        Rule("an undoing is not undone", UNDOES_AN_UNDOING),
    ),
    *append_only("bank_match", ("number",), ("undoes_id",)),
    _after_insert(
        "bank_part",
        Rule("a line is matched within its account", PART_OF_OTHER_ACCOUNT),
        Rule("a part goes the way of its posting", PART_AGAINST_ITS_POSTING),
        Rule("a posting is not matched with more than it is", POSTING_MATCHED_TOO_MUCH),
        Rule("a line is not matched with more than it is", LINE_MATCHED_TOO_MUCH),
        Rule("a match takes no parts later", PART_COMES_LATE),
    ),
    *append_only("bank_part", ("match_id", "line_id", "posting_id")),
]
#: Of tables that came later (`0003_details_and_forgetting`).
LATER = [
    *append_only("bank_linedetail", ("line_id", "position")),
    *append_only("bank_forgottenrule"),
]
_SAME = (
    "s.undoes_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_saidsame u WHERE u.undoes_id = s.id)"
)
#: These conditions serve the audit, too.
NOT_ONE_MOVEMENT = (
    "NOT EXISTS (SELECT 1 FROM bank_bankline a JOIN bank_bankline b"
    " ON b.account_id = a.account_id AND b.amount_minor = a.amount_minor"
    " WHERE a.id = NEW.line_id AND b.id = NEW.known_id)"
)
SAME_IS_MATCHED = (
    "EXISTS (SELECT 1 FROM bank_part x WHERE x.line_id = NEW.line_id AND " + _STANDS + ")"
)
SAME_IN_A_CHAIN = (
    "EXISTS (SELECT 1 FROM bank_saidsame s WHERE s.id <> NEW.id AND "
    "(s.line_id = NEW.line_id OR s.line_id = NEW.known_id OR s.known_id = NEW.line_id)"
    f" AND {_SAME})"
)
_IS_NEW = "NEW.undoes_id IS NULL AND "
#: Of lines that the bank told twice (`0006_same_guards`).
OF_SAME = [
    _after_insert(
        "bank_saidsame",
        Rule("two lines that are one have one account and amount", NOT_ONE_MOVEMENT),
        Rule("a line that is another is matched with nothing", _IS_NEW + SAME_IS_MATCHED),
        Rule("a line is one other at most", _IS_NEW + SAME_IN_A_CHAIN),
        Rule(
            "what is taken back was said, of these two",
            "NEW.undoes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bank_saidsame s"
            " WHERE s.id = NEW.undoes_id AND s.undoes_id IS NULL"
            " AND s.line_id = NEW.line_id AND s.known_id = NEW.known_id)",
        ),
    ),
    *append_only("bank_saidsame", ("undoes_id",)),
    Trigger(
        "bank_part_same_rules",
        "bank_part",
        "AFTER",
        "INSERT",
        (
            Rule(
                "a line that is another is matched as that one",
                f"EXISTS (SELECT 1 FROM bank_saidsame s WHERE s.line_id = NEW.line_id AND {_SAME})",
            ),
        ),
    ),
]
register("bank", [*ALL, *LATER, *OF_SAME])
