"""Conditions of the ledger's triggers, in the SQL that SQLite and PostgreSQL share.

Each says what is wrong with the row NEW (or OLD): where it holds, the write is refused.
"""
# ruff: noqa: S608 - these are put together from our own words only

from collections.abc import Callable

from ledger.ways import WAYS, Way

_SIGNED = "CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END"
_POSTINGS = "ledger_posting p JOIN ledger_account a ON a.id = p.account_id"
_OF_ENTRY = "p.entry_id = NEW.entry_id"
_ENTRY = "ledger_journalentry e WHERE e.id = NEW.entry_id"

# Accounts -------------------------------------------------------------------------------------
ROLE_CHANGES_UNDER_POSTINGS = (
    "NEW.role <> OLD.role AND EXISTS (SELECT 1 FROM ledger_posting p WHERE p.account_id = NEW.id)"
)
PAYABLE_CHANGES_HOLDER = (
    "NEW.kind = 'liability' AND NEW.holder_id IS DISTINCT FROM OLD.holder_id"
    " AND EXISTS (SELECT 1 FROM ledger_posting p WHERE p.account_id = NEW.id)"
)
CLOSES_WITH_BALANCE = (
    "NOT NEW.is_open AND OLD.is_open AND EXISTS (SELECT 1 FROM ledger_accountbalance b"
    " WHERE b.account_id = NEW.id AND b.amount_minor <> 0)"
)
BALANCE_IS_NOT_NEWEST = (
    "NEW.account_id <> OLD.account_id OR NEW.seq <= OLD.seq OR LENGTH(NEW.head) <> 64"
    " OR NOT EXISTS (SELECT 1 FROM ledger_posting p WHERE p.account_id = NEW.account_id"
    " AND p.seq = NEW.seq AND p.balance_after = NEW.amount_minor)"
    " OR EXISTS (SELECT 1 FROM ledger_posting p WHERE p.account_id = NEW.account_id"
    " AND p.seq > NEW.seq)"
)

# Journal --------------------------------------------------------------------------------------
ENTRY_CHANGES_MORE_THAN_ITS_NUMBER = (
    "OLD.number IS NOT NULL OR NEW.number IS NULL OR "
    + " OR ".join(
        f"NEW.{one} IS DISTINCT FROM OLD.{one}"
        for one in (
            "id",
            "day",
            "kind",
            "memo",
            "reference",
            "reverses_id",
            "payment_id",
            "created_by_id",
            "created_at",
        )
    )
)
NUMBER_IS_NOT_THE_BLOCKS = (
    "NOT EXISTS (SELECT 1 FROM ledger_blockitem i"
    " WHERE i.entry_id = NEW.id AND i.number = NEW.number)"
)
ENTRY_IS_SEALED = "EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id)"

# The seal: everything that an entry must be ---------------------------------------------------
FEWER_THAN_TWO_POSTINGS = f"(SELECT COUNT(*) FROM ledger_posting p WHERE {_OF_ENTRY}) < 2"
UNBALANCED = (
    f"EXISTS (SELECT 1 FROM {_POSTINGS} WHERE {_OF_ENTRY}"
    f" GROUP BY a.currency HAVING SUM({_SIGNED}) <> 0)"
)
DAY_IS_CLOSED = (
    "EXISTS (SELECT 1 FROM ledger_journalentry e JOIN ledger_period c ON c.last_day >= e.day"
    " WHERE e.id = NEW.entry_id)"
)
ACCOUNT_TAKES_NO_POSTINGS = (
    f"EXISTS (SELECT 1 FROM {_POSTINGS} WHERE {_OF_ENTRY} AND (NOT a.is_open OR a.is_header))"
)
CHAIN_IS_BROKEN = (
    "EXISTS (SELECT 1 FROM ledger_posting p"
    " JOIN ledger_journalentry e ON e.id = p.entry_id"
    " LEFT JOIN ledger_accountbalance b ON b.account_id = p.account_id"
    " LEFT JOIN ledger_posting o ON o.account_id = p.account_id AND o.seq = p.seq - 1"
    f" WHERE {_OF_ENTRY} AND (p.day <> e.day OR b.seq IS NULL OR b.seq < p.seq OR p.seq < 1"
    " OR (p.seq > 1 AND o.id IS NULL)"
    f" OR p.balance_after <> COALESCE(o.balance_after, 0) + {_SIGNED}))"
)
REVERSAL_DIFFERS = (
    f"EXISTS (SELECT 1 FROM {_ENTRY} AND e.reverses_id IS NOT NULL AND ("
    "EXISTS (SELECT 1 FROM ledger_journalentry x WHERE x.id = e.reverses_id"
    " AND x.kind = 'reversal')"
    " OR (SELECT COUNT(*) FROM ledger_posting o WHERE o.entry_id = e.reverses_id)"
    " <> (SELECT COUNT(*) FROM ledger_posting r WHERE r.entry_id = e.id)"
    " OR EXISTS (SELECT 1 FROM ledger_posting o LEFT JOIN ledger_posting r"
    " ON r.entry_id = e.id AND r.position = o.position AND r.account_id = o.account_id"
    " AND r.amount_minor = o.amount_minor AND r.side <> o.side"
    " WHERE o.entry_id = e.reverses_id AND r.id IS NULL)))"
)
TRANSFER_LEAVES_MONEY = (
    f"EXISTS (SELECT 1 FROM {_ENTRY} AND e.kind = 'transfer')"
    f" AND EXISTS (SELECT 1 FROM {_POSTINGS} WHERE {_OF_ENTRY} AND NOT a.is_money)"
)


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{one}'" for one in words)


def _takes_wrongly(way: Way) -> str:
    """Of a posting that credits money: the way does not begin there."""
    wrong = []
    if way.only_from:
        wrong.append(f"a.role NOT IN ({_words(way.only_from)})")
    if way.never_from:
        wrong.append(f"a.role IN ({_words(way.never_from)})")
    return " OR ".join(wrong)


def _leads_wrongly(way: Way) -> str:
    """Of a posting that debits: the way does not lead there."""
    right = []
    if way.into_roles:
        right.append(f"a.role IN ({_words(way.into_roles)})")
    if way.into_kinds:
        right.append(f"a.kind IN ({_words(way.into_kinds)})")
    if way.into_money:
        right.append("a.is_money")
    return f"NOT ({' OR '.join(right)})"


def _by_kind(condition: Callable[[Way], str]) -> str:
    cases = " ".join(f"WHEN '{kind}' THEN {condition(way)}" for kind, way in WAYS.items())
    return f"CASE e.kind {cases} ELSE FALSE END"


_POSTINGS_OF_ENTRY = (
    "ledger_journalentry e JOIN ledger_posting p ON p.entry_id = e.id"
    " JOIN ledger_account a ON a.id = p.account_id WHERE e.id = NEW.entry_id"
)
MONEY_TAKEN_FROM_ELSEWHERE = (
    f"EXISTS (SELECT 1 FROM {_POSTINGS_OF_ENTRY} AND p.side = 'credit' AND a.is_money"
    f" AND ({_by_kind(_takes_wrongly)}))"
)
MONEY_LED_ELSEWHERE = (
    f"EXISTS (SELECT 1 FROM {_POSTINGS_OF_ENTRY} AND p.side = 'debit'"
    f" AND ({_by_kind(_leads_wrongly)}))"
    f" AND EXISTS (SELECT 1 FROM {_POSTINGS} WHERE {_OF_ENTRY} AND p.side = 'credit'"
    " AND a.is_money)"
)
# Books taken over from paper may hold differences of before, and a result of the year takes them
# to the funds; all else that touches them goes from one currency into another.
DIFFERENCE_WITHOUT_EXCHANGE = (
    f"EXISTS (SELECT 1 FROM {_POSTINGS_OF_ENTRY} AND e.kind NOT IN ('opening', 'surplus', 'result')"
    " AND a.role IN ('exchange_gain', 'exchange_loss'))"
    f" AND NOT EXISTS (SELECT 1 FROM {_POSTINGS} WHERE {_OF_ENTRY} AND a.role = 'exchange')"
)
# A signature counts if its stored payee, accounts, amount and purpose are the payment's, and it is
# not the payee's own. The payment must then be the entry: two postings, nothing else.
_VALID_SIGNATURES = (
    "(SELECT COUNT(DISTINCT s.signer_id) FROM ledger_approval s WHERE s.payment_id = {payment}.id"
    " AND s.from_account_id = {payment}.from_account_id"
    " AND s.to_account_id = {payment}.to_account_id"
    " AND s.payee_id IS NOT DISTINCT FROM {payment}.payee_id"
    " AND s.payee_name = {payment}.payee_name AND s.amount_minor = {payment}.amount_minor"
    " AND s.currency = {payment}.currency AND s.purpose = {payment}.purpose"
    " AND s.signer_id IS DISTINCT FROM {payment}.payee_id)"
)
MONEY_LEAVES_UNSIGNED = (
    f"EXISTS (SELECT 1 FROM {_ENTRY} AND (e.payment_id IS NOT NULL OR (e.kind NOT IN"
    f" ({_words((*WAYS, 'reversal'))})"
    f" AND EXISTS (SELECT 1 FROM {_POSTINGS} WHERE p.entry_id = e.id AND p.side = 'credit'"
    " AND a.is_money)))"
    " AND NOT EXISTS (SELECT 1 FROM ledger_payment y"
    " JOIN ledger_posting c ON c.entry_id = e.id AND c.side = 'credit'"
    " AND c.account_id = y.from_account_id AND c.amount_minor = y.amount_minor"
    " JOIN ledger_posting d ON d.entry_id = e.id AND d.side = 'debit'"
    " AND d.account_id = y.to_account_id AND d.amount_minor = y.amount_minor"
    " WHERE y.id = e.payment_id AND y.status = 'signed' AND y.kind = e.kind"
    " AND (SELECT COUNT(*) FROM ledger_posting n WHERE n.entry_id = e.id) = 2"
    f" AND {_VALID_SIGNATURES.format(payment='y')} >= 2))"
)
# Somebody may owe the house (a piece was undone after she was paid); no payment makes it so.
PAID_MORE_THAN_OWED = (
    f"EXISTS (SELECT 1 FROM {_POSTINGS_OF_ENTRY} AND e.payment_id IS NOT NULL"
    " AND p.side = 'debit' AND p.balance_after > 0"
    " AND EXISTS (SELECT 1 FROM ledger_account h WHERE h.id = a.parent_id"
    " AND h.role = 'members_payable'))"
)
# A posting that some rule of the seal may have a word about: one that is not simply the next of an
# open account, or takes money, or is a difference of exchange.
_POSTING_IS_SPECIAL = (
    "a.id IS NULL OR NOT a.is_open OR a.is_header"
    " OR p.day <> e.day OR b.seq IS NULL OR b.seq < p.seq OR p.seq < 1"
    " OR (p.seq > 1 AND o.id IS NULL)"
    f" OR p.balance_after <> COALESCE(o.balance_after, 0) + {_SIGNED}"
    " OR (p.side = 'credit' AND a.is_money) OR a.role IN ('exchange_gain', 'exchange_loss')"
)
#: No rule of the seal refuses such an entry: balanced in one currency, of an open day and open
#: accounts, in the order of each, no reversal or payment, taking money from nowhere. Most entries
#: are so, and it is seen in one look at their postings.
ENTRY_IS_ORDINARY = (
    "EXISTS (SELECT 1 FROM ledger_journalentry e JOIN ledger_posting p ON p.entry_id = e.id"
    " LEFT JOIN ledger_account a ON a.id = p.account_id"
    " LEFT JOIN ledger_accountbalance b ON b.account_id = p.account_id"
    " LEFT JOIN ledger_posting o ON o.account_id = p.account_id AND o.seq = p.seq - 1"
    " WHERE e.id = NEW.entry_id AND e.reverses_id IS NULL AND e.payment_id IS NULL"
    " AND e.kind <> 'transfer'"
    " AND NOT EXISTS (SELECT 1 FROM ledger_period c WHERE c.last_day >= e.day)"
    " GROUP BY e.id HAVING COUNT(*) >= 2 AND MIN(a.currency) = MAX(a.currency)"
    f" AND SUM({_SIGNED}) = 0 AND MAX(CASE WHEN {_POSTING_IS_SPECIAL} THEN 1 ELSE 0 END) = 0)"
)
_MONTHS = (
    "(SELECT p.account_id AS account_id, {month} AS month,"
    " SUM(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE 0 END) AS debits,"
    " SUM(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE 0 END) AS credits"
    f" FROM ledger_posting p WHERE {_OF_ENTRY} GROUP BY p.account_id, p.day)"
)
MOVE_MONTHS = (
    "UPDATE ledger_accountmonth SET debits_minor = debits_minor + v.debits,"
    " credits_minor = credits_minor + v.credits"
    f" FROM {_MONTHS.format(month='MONTH_OF(p.day)')} AS v"
    " WHERE ledger_accountmonth.account_id = v.account_id AND ledger_accountmonth.month = v.month"
)
OPEN_MONTHS = (
    "INSERT INTO ledger_accountmonth (account_id, month, debits_minor, credits_minor)"
    f" SELECT v.account_id, v.month, v.debits, v.credits"
    f" FROM {_MONTHS.format(month='MONTH_OF(p.day)')} AS v"
    " WHERE NOT EXISTS (SELECT 1 FROM ledger_accountmonth m"
    " WHERE m.account_id = v.account_id AND m.month = v.month)"
)
#: The same at once for all entries that a statement seals (PostgreSQL).
MOVE_MONTHS_OF_FRESH = (
    "INSERT INTO ledger_accountmonth (account_id, month, debits_minor, credits_minor)"
    " SELECT p.account_id, MONTH_OF(p.day),"
    " SUM(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE 0 END),"
    " SUM(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE 0 END)"
    " FROM fresh AS new JOIN ledger_posting p ON p.entry_id = new.entry_id"
    " GROUP BY p.account_id, MONTH_OF(p.day) ORDER BY 1, 2"
    " ON CONFLICT (account_id, month) DO UPDATE SET"
    " debits_minor = ledger_accountmonth.debits_minor + excluded.debits_minor,"
    " credits_minor = ledger_accountmonth.credits_minor + excluded.credits_minor"
)

# Blocks and periods ---------------------------------------------------------------------------
BLOCK_JUMPS = (
    "NEW.number <> 1 + COALESCE((SELECT MAX(b.number) FROM ledger_block b"
    " WHERE b.id <> NEW.id), 0)"
    " OR NEW.first_number <> 1 + COALESCE((SELECT MAX(b.last_number) FROM ledger_block b"
    " WHERE b.id <> NEW.id), 0)"
    " OR NEW.previous_id IS DISTINCT FROM"
    " (SELECT b.id FROM ledger_block b WHERE b.number = NEW.number - 1)"
)
ITEM_IS_OUT_OF_PLACE = (
    "NOT EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id)"
    " OR NOT EXISTS (SELECT 1 FROM ledger_block b WHERE b.id = NEW.block_id"
    " AND NEW.number BETWEEN b.first_number AND b.last_number"
    " AND NOT EXISTS (SELECT 1 FROM ledger_block n WHERE n.number > b.number))"
)
PERIOD_GOES_BACK = (
    "EXISTS (SELECT 1 FROM ledger_period c WHERE c.id <> NEW.id AND c.last_day >= NEW.last_day)"
)

# Closing --------------------------------------------------------------------------------------
_COPIED = ("scope", "last_day", "entries", "gain_minor", "result_minor")
_SAME_AS_CLOSING = " AND ".join(f"s.{one} = c.{one}" for one in _COPIED)
#: What a closing's own entries credit (less what they debit) on accounts of some roles.
_BOOKED = (
    "(SELECT COALESCE(SUM(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END),"
    " 0) FROM ledger_closingentry m JOIN ledger_journalentry e ON e.id = m.entry_id"
    " JOIN ledger_posting p ON p.entry_id = e.id JOIN ledger_account a ON a.id = p.account_id"
    " WHERE m.closing_id = c.id AND e.kind = '{kind}' AND a.role IN ({roles}))"
)
#: `c` is a closing with two signatures under what it says, and its entries booked just that.
CLOSING_IS_SIGNED = (
    "(SELECT COUNT(DISTINCT s.signer_id) FROM ledger_closingsignature s"
    f" WHERE s.closing_id = c.id AND {_SAME_AS_CLOSING}) >= 2"
)
CLOSING_BOOKED_WHAT_IT_SAYS = (
    _BOOKED.format(kind="revaluation", roles="'exchange_gain', 'exchange_loss'")
    + " = c.gain_minor AND "
    + _BOOKED.format(kind="result", roles="'result'")
    + " = c.result_minor"
)
#: How many entries stand in the days that NEW (a period) closes, without the closing's own.
ENTRIES_OF_DAYS = (
    "(SELECT COUNT(*) FROM ledger_journalentry e WHERE e.day <= NEW.last_day AND e.day >"
    " COALESCE((SELECT MAX(b.last_day) FROM ledger_period b WHERE b.last_day < NEW.last_day),"
    " '0001-01-01') AND NOT EXISTS (SELECT 1 FROM ledger_closingentry x"
    " WHERE x.entry_id = e.id AND x.closing_id = c.id))"
)
PERIOD_IS_NOT_SIGNED = (
    "NOT EXISTS (SELECT 1 FROM ledger_closing c WHERE c.status = 'asked'"
    f" AND c.last_day = NEW.last_day AND {CLOSING_IS_SIGNED} AND {CLOSING_BOOKED_WHAT_IT_SAYS}"
    f" AND {ENTRIES_OF_DAYS} = c.entries)"
)
CLOSING_MOVES_WRONGLY = (
    "NOT (OLD.status = 'asked' AND (NEW.status IN ('asked', 'void') OR (NEW.status = 'closed'"
    " AND EXISTS (SELECT 1 FROM ledger_period b WHERE b.last_day = NEW.last_day))))"
)
CLOSING_SIGNATURE_DIFFERS = (
    "NOT EXISTS (SELECT 1 FROM ledger_closing c WHERE c.id = NEW.closing_id AND c.status = 'asked'"
    f" AND {_SAME_AS_CLOSING.replace('s.', 'NEW.')})"
)
CLOSING_ENTRY_IS_NO_CLOSINGS = (
    "NOT EXISTS (SELECT 1 FROM ledger_closing c JOIN ledger_journalentry e ON e.id = NEW.entry_id"
    " WHERE c.id = NEW.closing_id AND c.status = 'asked' AND e.day = c.last_day"
    " AND (e.kind = 'revaluation' OR (e.kind = 'result' AND c.scope = 'year')))"
)

# Vouchers, grants, surplus ----------------------------------------------------------------------
VOUCHER_MOVES = (
    "(OLD.entry_id IS NOT NULL AND NEW.entry_id IS DISTINCT FROM OLD.entry_id)"
    " OR (OLD.payment_id IS NOT NULL AND NEW.payment_id IS DISTINCT FROM OLD.payment_id)"
)
VOUCHER_IS_IN_USE = "OLD.entry_id IS NOT NULL OR OLD.payment_id IS NOT NULL"
USE_IS_NOT_RECOGNISED = (
    "NOT EXISTS (SELECT 1 FROM ledger_grantline l JOIN ledger_grant g ON g.id = l.grant_id"
    " JOIN ledger_journalentry e ON e.id = NEW.recognised_id AND e.kind = 'grant_used'"
    " JOIN ledger_posting p ON p.entry_id = e.id AND p.side = 'debit'"
    " AND p.account_id = g.account_id AND p.amount_minor = NEW.amount_minor"
    " WHERE l.id = NEW.line_id)"
)
BUDGET_JUMPS = (
    "NEW.number <> 1 + (SELECT COUNT(*) FROM ledger_grantbudget b"
    " WHERE b.grant_id = NEW.grant_id AND b.number < NEW.number)"
)
BUDGET_ENDS_BEFORE_GRANT = (
    "NEW.ends_on < (SELECT g.starts_on FROM ledger_grant g WHERE g.id = NEW.grant_id)"
)
PLAN_OF_ANOTHER_GRANT = (
    "NOT EXISTS (SELECT 1 FROM ledger_grantbudget b JOIN ledger_grantline l ON l.id = NEW.line_id"
    " WHERE b.id = NEW.budget_id AND b.grant_id = l.grant_id)"
)
SHARES_DIFFER_FROM_ENTRY = (
    "NOT EXISTS (SELECT 1 FROM ledger_surplusdecision d"
    " JOIN ledger_posting p ON p.entry_id = d.entry_id AND p.account_id = NEW.account_id"
    " WHERE d.id = NEW.decision_id AND NEW.amount_minor ="
    " CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END)"
)
DECISION_IS_NO_SURPLUS = (
    "NOT EXISTS (SELECT 1 FROM ledger_journalentry e WHERE e.id = NEW.entry_id"
    " AND e.kind = 'surplus' AND NEW.amount_minor = (SELECT SUM(CASE p.side WHEN 'debit'"
    " THEN p.amount_minor ELSE -p.amount_minor END) FROM ledger_posting p"
    " JOIN ledger_account a ON a.id = p.account_id WHERE p.entry_id = e.id AND a.role = 'result'))"
)

# Rates ----------------------------------------------------------------------------------------
RATE_JUMPS = (
    "NEW.version <> 1 + COALESCE((SELECT MAX(r.version) FROM ledger_exchangerate r"
    " WHERE r.currency = NEW.currency AND r.day = NEW.day AND r.id <> NEW.id), 0)"
)

# Payments -------------------------------------------------------------------------------------
PAYMENT_COLUMNS = (
    "id",
    "kind",
    "from_account_id",
    "to_account_id",
    "payee_id",
    "payee_name",
    "amount_minor",
    "currency",
    "purpose",
    "reference",
    "requested_by_id",
    "requested_on",
    "created_at",
)
PAYMENT_IS_BORN_SIGNED = "NEW.status <> 'requested'"
PAYMENT_FROM_NO_MONEY = (
    "NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = NEW.from_account_id AND a.is_money"
    " AND a.currency = NEW.currency)"
    " OR NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = NEW.to_account_id"
    " AND a.currency = NEW.currency)"
)
PAYEE_IS_NOT_HOLDER = (
    "EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = NEW.to_account_id"
    " AND a.holder_id IS NOT NULL AND a.holder_id IS DISTINCT FROM NEW.payee_id)"
)
PAYMENT_MOVES_WRONGLY = (
    "NOT ((OLD.status = 'requested' AND NEW.status IN ('requested', 'signed', 'void'))"
    " OR (OLD.status = 'signed' AND NEW.status IN ('paid', 'void')))"
    " OR (NEW.status = 'void'"
    " AND EXISTS (SELECT 1 FROM ledger_journalentry e WHERE e.payment_id = NEW.id))"
)
PAYMENT_LACKS_SIGNATURES = (
    f"NEW.status IN ('signed', 'paid') AND {_VALID_SIGNATURES.format(payment='NEW')} < 2"
)
PAYMENT_HAS_NO_ENTRY = (
    "NEW.status = 'paid'"
    " AND NOT EXISTS (SELECT 1 FROM ledger_journalentry e WHERE e.payment_id = NEW.id)"
)
HANDED_UNPAID = (
    "NOT EXISTS (SELECT 1 FROM ledger_payment y WHERE y.id = NEW.payment_id AND y.status = 'paid')"
)
WITNESS_IS_A_PARTY = (
    "NEW.witness_id IS NOT NULL AND (NEW.witness_id = NEW.written_by_id"
    " OR EXISTS (SELECT 1 FROM ledger_payment y WHERE y.id = NEW.payment_id"
    " AND y.payee_id = NEW.witness_id))"
)
APPROVAL_DIFFERS = (
    "NOT EXISTS (SELECT 1 FROM ledger_payment y WHERE y.id = NEW.payment_id"
    " AND y.status = 'requested' AND y.from_account_id = NEW.from_account_id"
    " AND y.to_account_id = NEW.to_account_id AND y.payee_id IS NOT DISTINCT FROM NEW.payee_id"
    " AND y.payee_name = NEW.payee_name AND y.amount_minor = NEW.amount_minor"
    " AND y.currency = NEW.currency AND y.purpose = NEW.purpose"
    " AND y.payee_id IS DISTINCT FROM NEW.signer_id)"
)
REFUSED_BY_PAYEE = (
    "NEW.verb = 'refused' AND EXISTS (SELECT 1 FROM ledger_payment y"
    " WHERE y.id = NEW.payment_id AND y.payee_id = NEW.actor_id)"
)
