"""What the database itself refuses in the books, on SQLite and on PostgreSQL.

`ledger/sql.py` holds the longer conditions. Migrations install these; `ledger.checks` and the
audit see that every one is there, word for word. DDL cannot be refused, only noticed.

On SQLite, INSERT OR REPLACE removes a row without asking the DELETE triggers of every build:
so a row that would take the place of another is refused before it is inserted.
"""

from coop.kit.triggers import (
    POSTGRESQL,
    SQLITE,
    Event,
    Rule,
    Trigger,
    append_only,
    never,
    no_replacing,
    register,
)
from ledger import sql


def _guard(
    table: str,
    event: Event,
    *rules: Rule,
    ordinary: str = "",
    as_set: bool = False,
) -> Trigger:
    """The rules of inserting or updating a row of `table`.

    AFTER an insert, because only then a row's own key and defaults are known on both databases.
    """
    return Trigger(
        name=f"{table}_{event.lower()}_rules",
        table=table,
        timing="AFTER" if event == "INSERT" else "BEFORE",
        event=event,
        rules=rules,
        ordinary=ordinary,
        as_set=as_set,
    )


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns)


ACCOUNTS = [
    _guard(
        "ledger_account",
        "UPDATE",
        Rule(
            "an account keeps its code, kind, currency and nature",
            _changed("id", "code", "kind", "currency", "is_money", "is_header"),
        ),
        Rule("an account with postings keeps its role", sql.ROLE_CHANGES_UNDER_POSTINGS),
        Rule("a member's account keeps its holder", sql.PAYABLE_CHANGES_HOLDER),
        Rule("an account that holds something stays open", sql.CLOSES_WITH_BALANCE),
    ),
    no_replacing("ledger_account", ("id",), ("code",)),
    *never("ledger_account", "DELETE", "TRUNCATE", why="an account is closed, never deleted"),
    _guard(
        "ledger_accountbalance",
        "INSERT",
        Rule("a balance begins at zero", "NEW.seq <> 0 OR NEW.amount_minor <> 0 OR NEW.head <> ''"),
    ),
    _guard(
        "ledger_accountbalance",
        "UPDATE",
        Rule("a balance moves only with its newest posting", sql.BALANCE_IS_NOT_NEWEST),
    ),
    no_replacing("ledger_accountbalance", ("account_id",)),
    *never("ledger_accountbalance", "DELETE", "TRUNCATE"),
    _guard(
        "ledger_accountmonth",
        "UPDATE",
        Rule(
            "a month only grows",
            _changed("id", "account_id", "month")
            + " OR NEW.debits_minor < OLD.debits_minor OR NEW.credits_minor < OLD.credits_minor",
        ),
    ),
    no_replacing("ledger_accountmonth", ("id",), ("account_id", "month")),
    *never("ledger_accountmonth", "DELETE", "TRUNCATE"),
]

JOURNAL = [
    _guard(
        "ledger_journalentry",
        "INSERT",
        Rule("an entry is numbered by its block, later", "NEW.number IS NOT NULL"),
        as_set=True,
    ),
    _guard(
        "ledger_journalentry",
        "UPDATE",
        Rule(
            "ledger_journalentry is append-only",
            sql.ENTRY_CHANGES_MORE_THAN_ITS_NUMBER,
        ),
        Rule("an entry's number is the one that its block gave it", sql.NUMBER_IS_NOT_THE_BLOCKS),
    ),
    no_replacing(
        "ledger_journalentry",
        ("id",),
        ("reference",),
        ("reverses_id",),
        ("payment_id",),
        ("number",),
    ),
    *never("ledger_journalentry", "DELETE", "TRUNCATE"),
    _guard(
        "ledger_posting",
        "INSERT",
        Rule("a sealed entry takes no more postings", sql.ENTRY_IS_SEALED),
        as_set=True,
    ),
    no_replacing("ledger_posting", ("id",), ("account_id", "seq"), ("entry_id", "position")),
    *never("ledger_posting", "UPDATE", "DELETE", "TRUNCATE"),
]

SEALS = [
    _guard(
        "ledger_seal",
        "INSERT",
        Rule("an entry has at least two postings", sql.FEWER_THAN_TWO_POSTINGS),
        Rule("debits and credits are equal in each currency", sql.UNBALANCED),
        Rule("the day is in a closed period", sql.DAY_IS_CLOSED),
        Rule("an account of the entry is closed or a header", sql.ACCOUNT_TAKES_NO_POSTINGS),
        Rule("a posting does not follow the one before it", sql.CHAIN_IS_BROKEN),
        Rule("a reversal mirrors its entry", sql.REVERSAL_DIFFERS),
        Rule("a transfer stays among our own money accounts", sql.TRANSFER_LEAVES_MONEY),
        Rule(
            "what needs no signatures takes money from its own place",
            sql.MONEY_TAKEN_FROM_ELSEWHERE,
        ),
        Rule("what needs no signatures brings money to its own place", sql.MONEY_LED_ELSEWHERE),
        Rule(
            "a gain or loss of exchange stands beside what is exchanged",
            sql.DIFFERENCE_WITHOUT_EXCHANGE,
        ),
        Rule("money leaves only as two people signed it", sql.MONEY_LEAVES_UNSIGNED),
        Rule("a member is paid no more than she is owed", sql.PAID_MORE_THAN_OWED),
        ordinary=sql.ENTRY_IS_ORDINARY,
        as_set=True,
    ),
    Trigger(
        "ledger_seal_months",
        "ledger_seal",
        "AFTER",
        "INSERT",
        (),
        then=(sql.MOVE_MONTHS, sql.OPEN_MONTHS),
        vendors=(SQLITE,),
    ),
    Trigger(
        "ledger_seal_months_at_once",
        "ledger_seal",
        "AFTER",
        "INSERT",
        (),
        then=(sql.MOVE_MONTHS_OF_FRESH,),
        vendors=(POSTGRESQL,),
        as_set=True,
    ),
    no_replacing("ledger_seal", ("entry_id",)),
    *never("ledger_seal", "UPDATE", "DELETE", "TRUNCATE"),
    _guard("ledger_block", "INSERT", Rule("a block follows the one before it", sql.BLOCK_JUMPS)),
    no_replacing("ledger_block", ("id",), ("number",), ("previous_id",)),
    *never("ledger_block", "UPDATE", "DELETE", "TRUNCATE"),
    _guard(
        "ledger_blockitem",
        "INSERT",
        Rule("only a sealed entry has a place in the newest block", sql.ITEM_IS_OUT_OF_PLACE),
    ),
    no_replacing("ledger_blockitem", ("entry_id",), ("number",)),
    *never("ledger_blockitem", "UPDATE", "DELETE", "TRUNCATE"),
    _guard("ledger_period", "INSERT", Rule("a closed period stays closed", sql.PERIOD_GOES_BACK)),
    no_replacing("ledger_period", ("id",), ("last_day",)),
    *never("ledger_period", "UPDATE", "DELETE", "TRUNCATE"),
]

PAYMENTS = [
    _guard("ledger_payment", "INSERT", Rule("a payment begins as asked for", sql.PAYMENT_IS_BORN_SIGNED),
        Rule("a payment leaves one of our money accounts", sql.PAYMENT_FROM_NO_MONEY),
        Rule("what is owed to someone is paid to her", sql.PAYEE_IS_NOT_HOLDER),
    ),
    _guard(
        "ledger_payment",
        "UPDATE",
        Rule(
            "a payment keeps what was asked for",
            _changed(*sql.PAYMENT_COLUMNS),
        ),
        Rule("a payment moves forward only", sql.PAYMENT_MOVES_WRONGLY),
        Rule("a payment is signed by two who do not receive it", sql.PAYMENT_LACKS_SIGNATURES),
        Rule("a payment is paid by its journal entry", sql.PAYMENT_HAS_NO_ENTRY),
    ),
    no_replacing("ledger_payment", ("id",), ("reference",)),
    *never("ledger_payment", "DELETE", "TRUNCATE"),
    _guard(
        "ledger_approval",
        "INSERT",
        Rule("a signature holds what the payment says", sql.APPROVAL_DIFFERS),
    ),
    no_replacing("ledger_approval", ("id",), ("payment_id", "signer_id")),
    *never("ledger_approval", "UPDATE", "DELETE", "TRUNCATE"),
    _guard(
        "ledger_paymentevent",
        "INSERT",
        Rule("who receives a payment does not refuse it", sql.REFUSED_BY_PAYEE),
    ),
    no_replacing("ledger_paymentevent", ("id",)),
    *never("ledger_paymentevent", "UPDATE", "DELETE", "TRUNCATE"),
]  # fmt: skip

#: How payments were handed over: `0008_handing` makes these tables.
HANDINGS = [
    _guard(
        "ledger_handing",
        "INSERT",
        Rule("only what is paid was handed over", sql.HANDED_UNPAID),
        Rule("a witness is neither who pays nor who receives", sql.WITNESS_IS_A_PARTY),
    ),
    *append_only("ledger_handing", ("payment_id",)),
    *append_only("ledger_codetry"),
]

#: A later migration adds their column (`0019_witnesses`).
WITNESSES = [
    Trigger(
        "ledger_handing_witness_proves",
        "ledger_handing",
        "AFTER",
        "INSERT",
        (
            Rule(
                "a witness proves that it is she",
                "NEW.witness_id IS NOT NULL AND NEW.witness_proof IS DISTINCT FROM 'pin'",
            ),
        ),
    )
]

#: A later migration than the others' makes this table (`0004_rates`).
RATES = [
    _guard(
        "ledger_exchangerate",
        "INSERT",
        Rule("a correction is the next word about its day", sql.RATE_JUMPS),
    ),
    *append_only("ledger_exchangerate", ("currency", "day", "version")),
]

#: A later migration makes these tables (`0011_books`).
BOOKS = [
    *append_only("ledger_accountevent"),
    Trigger(
        "ledger_period_signed",
        "ledger_period",
        "AFTER",
        "INSERT",
        (Rule("two people sign what is closed, as it stands", sql.PERIOD_IS_NOT_SIGNED),),
    ),
    _guard(
        "ledger_closing",
        "INSERT",
        Rule("a closing begins as asked for", "NEW.status <> 'asked'"),
    ),
    _guard(
        "ledger_closing",
        "UPDATE",
        Rule(
            "a closing keeps what was asked for",
            _changed(
                "id",
                "scope",
                "last_day",
                "entries",
                "gain_minor",
                "result_minor",
                "note",
                "requested_by_id",
                "requested_on",
                "created_at",
            ),
        ),
        Rule("a closing moves forward only", sql.CLOSING_MOVES_WRONGLY),
    ),
    no_replacing("ledger_closing", ("id",)),
    *never("ledger_closing", "DELETE", "TRUNCATE"),
    _guard(
        "ledger_closingsignature",
        "INSERT",
        Rule("a signature holds what the closing says", sql.CLOSING_SIGNATURE_DIFFERS),
    ),
    *append_only("ledger_closingsignature", ("closing_id", "signer_id")),
    _guard(
        "ledger_closingentry",
        "INSERT",
        Rule("a closing makes its own entries only", sql.CLOSING_ENTRY_IS_NO_CLOSINGS),
    ),
    *append_only("ledger_closingentry", ("entry_id",)),
    _guard(
        "ledger_voucher",
        "UPDATE",
        Rule(
            "a voucher stays as it was taken",
            _changed("id", "file", "sha256", "uploaded_by_id", "at"),
        ),
        Rule("a voucher stays with its entry or payment", sql.VOUCHER_MOVES),
    ),
    Trigger(
        "ledger_voucher_delete_rules",
        "ledger_voucher",
        "BEFORE",
        "DELETE",
        (Rule("a voucher in use is never deleted", sql.VOUCHER_IS_IN_USE),),
    ),
    no_replacing("ledger_voucher", ("id",)),
    *never("ledger_voucher", "TRUNCATE"),
    *append_only("ledger_grant", ("code",), ("account_id",)),
    *append_only("ledger_grantline", ("grant_id", "position")),
    *append_only("ledger_grantpayment", ("payment_id",)),
    _guard(
        "ledger_grantuse",
        "INSERT",
        Rule("what a grant was used for is recognised", sql.USE_IS_NOT_RECOGNISED),
    ),
    *append_only("ledger_grantuse", ("recognised_id",)),
    _guard(
        "ledger_surplusdecision",
        "INSERT",
        Rule("a decision about a surplus is its entry", sql.DECISION_IS_NO_SURPLUS),
    ),
    *append_only("ledger_surplusdecision", ("entry_id",)),
    _guard(
        "ledger_surplusshare",
        "INSERT",
        Rule("a share is what its entry says", sql.SHARES_DIFFER_FROM_ENTRY),
    ),
    *append_only("ledger_surplusshare", ("decision_id", "account_id")),
]

#: A later migration makes this table (`0016_papers`).
PAPERS = append_only("ledger_voucherword")

#: A later migration makes these tables (`0018_budgets`).
BUDGETS = [
    _guard(
        "ledger_grantbudget",
        "INSERT",
        Rule("a budget follows the one before it", sql.BUDGET_JUMPS),
    ),
    *append_only("ledger_grantbudget", ("grant_id", "number")),
    _guard(
        "ledger_grantplan",
        "INSERT",
        Rule("a budget plans its own grant's lines", sql.PLAN_OF_ANOTHER_GRANT),
    ),
    *append_only("ledger_grantplan", ("budget_id", "line_id")),
]

#: A later migration adds their column (`0021_grant_days`).
GRANT_DAYS = [
    Trigger(
        "ledger_grantbudget_has_days",
        "ledger_grantbudget",
        "AFTER",
        "INSERT",
        (Rule("a grant does not end before it begins", sql.BUDGET_ENDS_BEFORE_GRANT),),
    )
]

ALL = [*ACCOUNTS, *JOURNAL, *SEALS, *PAYMENTS]
register("ledger", [*ALL, *RATES, *HANDINGS, *WITNESSES, *BOOKS, *PAPERS, *BUDGETS, *GRANT_DAYS])
