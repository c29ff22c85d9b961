"""What the database itself refuses of cash, on SQLite and on PostgreSQL."""
# ruff: noqa: S608 - these are put together from our own words only

from coop.kit.triggers import Event, Rule, Trigger, append_only, never, no_replacing, register


def _guard(table: str, event: Event, *rules: Rule, then: tuple[str, ...] = ()) -> Trigger:
    return Trigger(f"{table}_{event.lower()}_rules", table, "AFTER", event, rules, then)


# Boxes and their holders -----------------------------------------------------------------------
BOX_IS_NO_MONEY = (
    "NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = NEW.account_id AND a.is_money)"
)
HOLDING_JUMPS = (
    "NEW.number <> 1 + COALESCE((SELECT MAX(x.number) FROM cash_holding x"
    " WHERE x.box_id = NEW.box_id AND x.id <> NEW.id), 0)"
)
#: The same of rows that are there already.
HOLDING_JUMPS_ROWS = (
    "NEW.number <> (SELECT COUNT(*) FROM cash_holding x"
    " WHERE x.box_id = NEW.box_id AND x.number <= NEW.number)"
)
_SIGNED_BY = (
    "EXISTS (SELECT 1 FROM cash_handingsign s WHERE s.handing_over_id = h.id"
    " AND s.person_id = h.{who}_id)"
)
_TWO_OTHERS = (
    "h.absence <> '' AND (SELECT COUNT(*) FROM cash_handingsign s WHERE s.handing_over_id = h.id"
    " AND s.person_id <> h.giver_id AND s.person_id <> h.receiver_id) >= 2"
)
#: Nothing went in or out since the count, but the difference that it found.
NOTHING_MOVED = (
    " AND b.seq = c.seq + CASE WHEN c.counted_minor = c.expected_minor THEN 0 ELSE 1 END"
)
#: The holding follows from a handing over that is complete, of this box, from its last holder.
HOLDING_IS_NOT_HANDED = (
    "NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM cash_handingover h"
    " JOIN cash_count c ON c.id = h.count_id JOIN cash_agreement g ON g.count_id = c.id"
    " JOIN cash_holding o ON o.box_id = NEW.box_id AND o.number = NEW.number - 1"
    " JOIN ledger_accountbalance b ON b.account_id = c.box_id"
    " WHERE h.id = NEW.handing_over_id AND c.box_id = NEW.box_id"
    " AND h.giver_id = o.holder_id AND h.receiver_id = NEW.holder_id"
    f"{NOTHING_MOVED}"
    f" AND {_SIGNED_BY.format(who='receiver')}"
    f" AND ({_SIGNED_BY.format(who='giver')} OR ({_TWO_OTHERS})))"
)
ACCOUNT_FOLLOWS = "UPDATE ledger_account SET holder_id = NEW.holder_id WHERE id = NEW.box_id"
HOLDER_CHANGES_ALONE = (
    "NEW.holder_id IS DISTINCT FROM OLD.holder_id"
    " AND EXISTS (SELECT 1 FROM cash_holding x WHERE x.box_id = NEW.id)"
    " AND NEW.holder_id IS DISTINCT FROM (SELECT x.holder_id FROM cash_holding x"
    " WHERE x.box_id = NEW.id ORDER BY x.number DESC LIMIT 1)"
)

# Counts ----------------------------------------------------------------------------------------
COUNT_KNOWS_NOT_THE_BOOKS = (
    "NOT EXISTS (SELECT 1 FROM ledger_accountbalance b WHERE b.account_id = NEW.box_id"
    " AND b.seq = NEW.seq AND b.amount_minor = NEW.expected_minor)"
)
AGREES_ALONE = (
    "EXISTS (SELECT 1 FROM cash_count c WHERE c.id = NEW.count_id AND c.counter_id = NEW.person_id)"
)
AGREES_LATE = (
    "NOT EXISTS (SELECT 1 FROM cash_count c JOIN ledger_accountbalance b"
    " ON b.account_id = c.box_id AND b.seq = c.seq WHERE c.id = NEW.count_id)"
)
#: On her own screen, or with her own PIN: which of the two is written down.
NOT_PROVEN = (
    "NEW.proof IS DISTINCT FROM"
    " (CASE WHEN NEW.person_id = NEW.written_by_id THEN 'session' ELSE 'pin' END)"
)
SIGNS_FOR_NOBODY = (
    "EXISTS (SELECT 1 FROM cash_handingover h WHERE h.id = NEW.handing_over_id"
    " AND h.absence = '' AND NEW.person_id <> h.giver_id AND NEW.person_id <> h.receiver_id)"
)
#: A difference is booked as two counted it: this box, this amount, on this side, and next.
DIFFERENCE_IS_NOT_COUNTED = (
    "EXISTS (SELECT 1 FROM ledger_journalentry e WHERE e.id = NEW.entry_id"
    " AND e.kind = 'cash_counted' AND NOT EXISTS (SELECT 1 FROM cash_count c"
    " JOIN cash_agreement g ON g.count_id = c.id AND g.person_id <> c.counter_id"
    " JOIN ledger_posting p ON p.entry_id = e.id AND p.account_id = c.box_id"
    " AND p.seq = c.seq + 1"
    " JOIN ledger_posting o ON o.entry_id = e.id AND o.id <> p.id"
    " JOIN ledger_account a ON a.id = o.account_id"
    " WHERE e.reference = 'cash-count:' || c.id"
    " AND p.amount_minor = ABS(c.counted_minor - c.expected_minor)"
    " AND p.side = CASE WHEN c.counted_minor < c.expected_minor THEN 'credit' ELSE 'debit' END"
    " AND a.role = CASE WHEN c.counted_minor < c.expected_minor"
    " THEN 'cash_short' ELSE 'cash_over' END"
    " AND (SELECT COUNT(*) FROM ledger_posting n WHERE n.entry_id = e.id) = 2))"
)
#: What lies in notes and coins no bank charges, whatever the role of its account.
CHARGED_TO_A_BOX = (
    "EXISTS (SELECT 1 FROM ledger_journalentry e JOIN ledger_posting p ON p.entry_id = e.id"
    " JOIN cash_box b ON b.account_id = p.account_id"
    " WHERE e.id = NEW.entry_id AND e.kind = 'bank_charge' AND p.side = 'credit')"
)

#: Notes lie in a box and nowhere else, and out of a box go nothing but notes.
HANDED_FROM_ELSEWHERE = (
    "(NEW.means = 'cash') <> (EXISTS (SELECT 1 FROM ledger_payment y"
    " JOIN cash_box b ON b.account_id = y.from_account_id AND b.created_at <= NEW.created_at"
    " WHERE y.id = NEW.payment_id))"
)

# Advances --------------------------------------------------------------------------------------
ADVANCE_IS_NO_ADVANCE = (
    "NOT EXISTS (SELECT 1 FROM ledger_payment y WHERE y.id = NEW.payment_id"
    " AND y.kind = 'advance_paid' AND y.payee_id IS NOT NULL)"
)
PART_DIFFERS = (
    "NOT EXISTS (SELECT 1 FROM cash_advance v JOIN ledger_payment y ON y.id = v.payment_id"
    " JOIN ledger_journalentry e ON e.id = NEW.entry_id"
    " AND e.kind IN ('advance_settled', 'advance_returned')"
    " JOIN ledger_posting p ON p.entry_id = e.id AND p.side = 'credit'"
    " AND p.account_id = y.to_account_id AND p.amount_minor = NEW.minor"
    " WHERE v.id = NEW.advance_id AND y.status = 'paid')"
)
PARTS_EXCEED = (
    "(SELECT SUM(t.minor) FROM cash_advancepart t WHERE t.advance_id = NEW.advance_id"
    # What was undone counts no longer: the receipt can be written anew.
    " AND NOT EXISTS (SELECT 1 FROM ledger_journalentry r WHERE r.reverses_id = t.entry_id))"
    " > (SELECT y.amount_minor FROM cash_advance v JOIN ledger_payment y ON y.id = v.payment_id"
    " WHERE v.id = NEW.advance_id)"
)

# Pay days --------------------------------------------------------------------------------------
LINE_DIFFERS = (
    "NEW.payment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_payment y"
    " JOIN cash_payday d ON d.id = NEW.pay_day_id WHERE y.id = NEW.payment_id"
    " AND y.to_account_id = NEW.account_id AND y.amount_minor = NEW.gets_minor"
    " AND y.from_account_id = d.from_account_id AND y.kind = 'member_paid')"
)
GIVES_TOO_MUCH = (
    "(SELECT SUM(l.gets_minor) FROM cash_paydayline l WHERE l.pay_day_id = NEW.pay_day_id)"
    " > (SELECT d.available_minor FROM cash_payday d WHERE d.id = NEW.pay_day_id)"
)

BOXES = [
    _guard("cash_box", "INSERT", Rule("a box is one of our money accounts", BOX_IS_NO_MONEY)),
    *never("cash_box", "UPDATE", "DELETE", "TRUNCATE"),
    no_replacing("cash_box", ("account_id",)),
    _guard(
        "cash_holding",
        "INSERT",
        Rule("a holder follows the one before", HOLDING_JUMPS),
        Rule("a box changes hands by a count and two signatures", HOLDING_IS_NOT_HANDED),
        then=(ACCOUNT_FOLLOWS,),
    ),
    *append_only("cash_holding", ("box_id", "number"), ("handing_over_id",)),
    _guard(
        "cash_count",
        "INSERT",
        Rule("a count stands beside what the books say", COUNT_KNOWS_NOT_THE_BOOKS),
    ),
    *append_only("cash_count", ("reference",)),
    _guard(
        "cash_agreement",
        "INSERT",
        Rule("two people count a box", AGREES_ALONE),
        Rule("money went in or out since the box was counted", AGREES_LATE),
        Rule("whoever says it proves that it is she", NOT_PROVEN),
    ),
    *append_only("cash_agreement", ("count_id",)),
    *append_only("cash_handingover", ("count_id",)),
    _guard(
        "cash_handingsign",
        "INSERT",
        Rule("who gives and who receives a box sign for it", SIGNS_FOR_NOBODY),
        Rule("whoever signs proves that it is she", NOT_PROVEN),
    ),
    *append_only("cash_handingsign", ("handing_over_id", "person_id")),
]
#: A later migration than the others' makes these tables (`0012_called_off`).
CALLED_OFF = (
    "EXISTS (SELECT 1 FROM cash_handingend x WHERE x.handing_over_id = NEW.handing_over_id)"
)
HANDED_ALREADY = (
    "EXISTS (SELECT 1 FROM cash_holding x WHERE x.handing_over_id = NEW.handing_over_id)"
)
HEARD_BY_ANOTHER = (
    "NOT EXISTS (SELECT 1 FROM cash_handingover h JOIN cash_holding x ON x.handing_over_id = h.id"
    " WHERE h.id = NEW.handing_over_id AND h.giver_id = NEW.person_id)"
)
ENDS = [
    _guard(
        "cash_handingend",
        "INSERT",
        Rule("what was handed over is not called off", HANDED_ALREADY),
    ),
    *append_only("cash_handingend", ("handing_over_id",)),
    Trigger(
        "cash_handingsign_called_off",
        "cash_handingsign",
        "AFTER",
        "INSERT",
        (Rule("this handing over was called off", CALLED_OFF),),
    ),
    Trigger(
        "cash_holding_called_off",
        "cash_holding",
        "AFTER",
        "INSERT",
        (Rule("this handing over was called off", CALLED_OFF),),
    ),
    _guard(
        "cash_handingheard",
        "INSERT",
        Rule("who had the box hears that it went to another", HEARD_BY_ANOTHER),
    ),
    *append_only("cash_handingheard", ("handing_over_id",)),
]
#: On the core's own tables: whoever makes those anew puts these back (a check tells).
#: No rule of ours refuses an entry of another kind.
ENTRY_IS_NOT_ABOUT_BOXES = (
    "EXISTS (SELECT 1 FROM ledger_journalentry e WHERE e.id = NEW.entry_id"
    " AND e.kind NOT IN ('cash_counted', 'bank_charge'))"
)
ON_THE_CORE = [
    Trigger(
        "cash_account_rules",
        "ledger_account",
        "BEFORE",
        "UPDATE",
        (Rule("a box changes hands by a count and two signatures", HOLDER_CHANGES_ALONE),),
    ),
    Trigger(
        "cash_seal_rules",
        "ledger_seal",
        "AFTER",
        "INSERT",
        (
            Rule("a difference is what two people counted", DIFFERENCE_IS_NOT_COUNTED),
            Rule("no bank charges a cash box", CHARGED_TO_A_BOX),
        ),
        ordinary=ENTRY_IS_NOT_ABOUT_BOXES,
        as_set=True,
    ),
    Trigger(
        "cash_handing_rules",
        "ledger_handing",
        "AFTER",
        "INSERT",
        (Rule("cash is handed out of a cash box, and nothing else is", HANDED_FROM_ELSEWHERE),),
    ),
]
PAY_DAYS = [
    *append_only("cash_payday", ("reference",)),
    _guard(
        "cash_paydayline",
        "INSERT",
        Rule("a pay day asks for what its list says", LINE_DIFFERS),
        Rule("a pay day gives out no more than there is", GIVES_TOO_MUCH),
    ),
    *append_only("cash_paydayline", ("pay_day_id", "account_id"), ("payment_id",)),
]
ADVANCES = [
    _guard(
        "cash_advance",
        "INSERT",
        Rule("an advance is money to account for", ADVANCE_IS_NO_ADVANCE),
    ),
    *append_only("cash_advance", ("payment_id",)),
    _guard(
        "cash_advancepart",
        "INSERT",
        Rule("a part of an advance is what its entry says", PART_DIFFERS),
        Rule("an advance is accounted for once", PARTS_EXCEED),
    ),
    *append_only("cash_advancepart", ("entry_id",)),
]
register("cash", [*ADVANCES, *BOXES, *ENDS, *ON_THE_CORE, *PAY_DAYS])
