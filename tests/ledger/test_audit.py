"""The audit names the row, whichever column was altered behind the application's back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from coop.kit import audit
from tests.factories.ledger import Books
from tests.ledger.behind import rules_off, rules_on_again, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound(new_sound_books: Books) -> Books:
    """A row in every table, in two blocks and after them."""
    return new_sound_books


def findings() -> list[str]:
    """Findings of the ledger's checks."""
    return [
        row
        for one in audit.registered()
        if one.name.startswith(("ledger.", "coop.kit."))
        for row in one.check()
    ]


def test_sound_books_have_no_findings(sound: Books):
    assert findings() == []


ENTRY = "UPDATE ledger_journalentry SET {} WHERE reference = 'piece:1'"
OF_ENTRY = "entry_id = (SELECT id FROM ledger_journalentry WHERE reference = 'piece:1')"
POSTING = f"UPDATE ledger_posting SET {{}} WHERE {OF_ENTRY} AND position = 0"
CREDIT = f"UPDATE ledger_posting SET {{}} WHERE {OF_ENTRY} AND position = 1"
SEAL = f"UPDATE ledger_seal SET {{}} WHERE {OF_ENTRY}"
RENT = "(SELECT id FROM ledger_account WHERE role = 'rent')"
CASH = "(SELECT id FROM ledger_account WHERE role = 'cash')"
BALANCE = f"UPDATE ledger_accountbalance SET {{}} WHERE account_id = {CASH}"
MONTH = f"UPDATE ledger_accountmonth SET {{}} WHERE account_id = {CASH}"
BLOCK = "UPDATE ledger_block SET {} WHERE number = 2"
ITEM = f"UPDATE ledger_blockitem SET {{}} WHERE {OF_ENTRY}"
PAID = "UPDATE ledger_payment SET {} WHERE status = 'paid'"
WAITING = "UPDATE ledger_payment SET {} WHERE reference = 'waiting'"
SIGNED = (
    "UPDATE ledger_approval SET {} WHERE id = (SELECT MIN(s.id) FROM ledger_approval s"
    " JOIN ledger_payment y ON y.id = s.payment_id WHERE y.status = 'paid')"
)
ACCOUNT = "UPDATE ledger_account SET {} WHERE role = 'cash'"
PIECE = "(piece:1)"

ALTERED = [
    (ENTRY, "day = '2026-03-11'", PIECE),
    (ENTRY, "kind = 'premium'", PIECE),
    (ENTRY, "memo = 'other'", PIECE),
    (ENTRY, "reference = 'other'", "(other)"),
    (ENTRY, "created_by_id = NULL", PIECE),
    (ENTRY, "created_at = '2026-03-10 10:00:00+00:00'", PIECE),
    (ENTRY, "number = 99", "no. 99 (piece:1)"),
    (ENTRY, "number = NULL", PIECE),
    (ENTRY, "payment_id = (SELECT id FROM ledger_payment WHERE reference = 'waiting')", PIECE),
    ("UPDATE ledger_journalentry SET {} WHERE kind = 'reversal'",
     "reverses_id = (SELECT id FROM ledger_journalentry WHERE reference = 'piece:1')", "reversal:"),
    ("UPDATE ledger_journalentry SET {} WHERE kind = 'member_paid'", "payment_id = NULL", "payment:"),
    ("UPDATE ledger_journalentry SET {} WHERE kind = 'member_paid'", "kind = 'refund'", "payment:"),
    (POSTING, f"account_id = {RENT}", "2111"),
    (POSTING, "day = '2026-04-01'", PIECE),
    (POSTING, "side = 'credit'", PIECE),
    (POSTING, "amount_minor = amount_minor + 1", PIECE),
    (POSTING, "seq = 40", "posting"),
    (POSTING, "balance_after = balance_after + 1", "posting"),
    (CREDIT, "position = 5", PIECE),
    (CREDIT, "entry_id = entry_id + 1, position = 7", PIECE),
    (SEAL, "version = 1", PIECE),
    (SEAL, f"salt = '{'1' * 32}'", PIECE),
    (SEAL, "salt = 'not hex'", PIECE),
    (SEAL, f"leaf = '{'1' * 64}'", PIECE),
    (BALANCE, "amount_minor = amount_minor + 1", "1011"),
    (BALANCE, "seq = seq + 1", "1011"),
    (BALANCE, f"head = '{'1' * 64}'", "1011"),
    (MONTH, "debits_minor = debits_minor + 1", "1011"),
    (MONTH, "credits_minor = credits_minor + 1", "1011"),
    (MONTH, "month = '2026-02-01'", "1011"),
    (MONTH, f"account_id = {RENT}", "6352"),
    (BLOCK, "number = 3", "block 3"),
    (BLOCK, "previous_id = id", "block 2"),
    (BLOCK, "day = '2026-01-01'", "block 2"),
    (BLOCK, "first_number = 5", "block 2"),
    (BLOCK, "last_number = 9", "block 2"),
    (BLOCK, "closed_until = NULL", "block 2"),
    (BLOCK, f"root = '{'1' * 64}'", "block 2"),
    (BLOCK, "created_at = '2040-01-01 00:00:00+00:00'", "block 2"),
    (ITEM, "number = 70", PIECE),
    (ITEM, "block_id = (SELECT id FROM ledger_block WHERE number = 2)", "block 1"),
    ("UPDATE ledger_period SET {}", "last_day = '2025-12-31'", "2026-01-31"),
    ("UPDATE ledger_period SET {}", "last_day = '2026-03-31'", "2026-01-31"),
    (PAID, "status = 'signed'", "payment test:"),
    (PAID, "kind = 'hand'", "payment:"),
    (PAID, "amount_minor = amount_minor + 1", "payment test:"),
    (PAID, "currency = 'USD'", "payment test:"),
    (PAID, f"to_account_id = {RENT}", "payment test:"),
    (PAID, "from_account_id = (SELECT id FROM ledger_account WHERE role = 'bank')", "payment:"),
    (PAID, "payee_id = requested_by_id", "payment test:"),
    (PAID, "reference = 'other'", "payment:"),
    (PAID, "requested_by_id = payee_id", "payment:"),
    (PAID, "requested_on = '2026-03-01'", "payment:"),
    (WAITING, "status = 'signed'", "waiting"),
    (WAITING, "status = 'paid'", "waiting"),
    (WAITING, "status = 'void'", "waiting"),
    (WAITING, "amount_minor = 9999", "waiting"),
    (SIGNED, "signer_id = (SELECT requested_by_id + 2 FROM ledger_payment WHERE status = 'paid')",
     "payment:"),
    (SIGNED, "amount_minor = 1", "signature"),
    (SIGNED, "payee_id = NULL", "signature"),
    (SIGNED, "currency = 'USD'", "signature"),
    (SIGNED, f"to_account_id = {RENT}", "signature"),
    (SIGNED, "from_account_id = to_account_id", "signature"),
    (SIGNED, "payee_name = 'X'", "signature"),
    (SIGNED, "signed_on = '2026-01-01'", "payment:"),
    ("UPDATE ledger_paymentevent SET {} WHERE verb = 'paid'", "verb = 'signed'", "payment test:"),
    ("UPDATE ledger_paymentevent SET {} WHERE verb = 'voided'", "verb = 'signed'", "payment void"),
    (ACCOUNT, "code = '1012'", "(opening)"),
    ("UPDATE ledger_account SET {} WHERE role = 'opening_equity'", "kind = 'income'", "(opening)"),
    (ACCOUNT, "currency = 'USD'", "(opening)"),
    (ACCOUNT, "is_money = NOT is_money", "(opening)"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "named"), ALTERED)
def test_an_altered_column_is_named(sound: Books, table: str, change: str, named: str):
    with rules_off():
        assert run(table.format(change)) > 0
        rules_on_again()
        found = findings()
    assert any(named in one for one in found), found
    assert findings() == []


ERASED = [
    (f"DELETE FROM ledger_posting WHERE {OF_ENTRY} AND position = 1", PIECE),
    (f"DELETE FROM ledger_posting WHERE {OF_ENTRY}", PIECE),
    ("DELETE FROM ledger_journalentry WHERE reference = 'piece:1'", "no entry"),
    ("DELETE FROM ledger_journalentry WHERE reference = 'piece:1'", "entry no. 2"),
    (f"DELETE FROM ledger_seal WHERE {OF_ENTRY}", PIECE),
    (f"DELETE FROM ledger_accountbalance WHERE account_id = {CASH}", "1011"),
    ("DELETE FROM ledger_accountmonth", "is missing"),
    ("DELETE FROM ledger_block WHERE number = 1", "block 2"),
    (f"DELETE FROM ledger_blockitem WHERE {OF_ENTRY}", "block 1"),
    ("DELETE FROM ledger_period", "2026-01-31"),
    ("DELETE FROM ledger_approval", "payment test:"),
    ("DELETE FROM ledger_paymentevent WHERE verb = 'requested'", "payment waiting"),
    ("DELETE FROM ledger_payment WHERE status = 'paid'", "payment:"),
]


@pytest.mark.parametrize(("erase", "named"), ERASED)
def test_an_erased_row_is_noticed(sound: Books, erase: str, named: str):
    with rules_off():
        assert run(erase) > 0
        rules_on_again()
        found = findings()
    assert any(named in one for one in found), found


def test_an_entry_slipped_in_is_named(sound: Books):
    """All rows of an entry, balances and months included, with a seal that nobody could make."""
    with rules_off():
        run(
            "INSERT INTO ledger_journalentry (day, kind, memo, reference, created_at)"
            " VALUES ('2026-03-10', 'grant', '', 'slipped', '2026-03-10 00:00:00+00:00')"
        )
        slipped = "(SELECT id FROM ledger_journalentry WHERE reference = 'slipped')"
        run(
            "INSERT INTO ledger_seal (entry_id, version, salt, leaf)"
            f" VALUES ({slipped}, 1, '{'0' * 32}', '{'0' * 64}')"
        )
        rules_on_again()
        found = findings()
    assert any("(slipped)" in one for one in found), found


def test_a_rule_that_was_switched_off_is_named(sound: Books):
    on = {"sqlite": "", "postgresql": " ON ledger_posting"}[connection.vendor]
    run(f"DROP TRIGGER ledger_posting_no_update{on}")
    assert findings() == ["trigger ledger_posting_no_update on ledger_posting is missing"]


def test_the_command_names_the_row_and_fails(sound: Books, capsys):
    call_command("audit", language="en")
    assert "checks hold" in capsys.readouterr().out
    with rules_off():
        run(POSTING.format("amount_minor = 1"))
        rules_on_again()
        with pytest.raises(CommandError):
            call_command("audit", language="en")
    assert "(piece:1) is not what was sealed" in capsys.readouterr().out


def test_the_command_speaks_the_language_of_the_house_and_of_people(sound: Books, capsys):
    with rules_off():
        run(BALANCE.format("amount_minor = amount_minor + 1250"))
        rules_on_again()
        with pytest.raises(CommandError, match="rompen una regla"):
            call_command("audit")
    out = capsys.readouterr().out
    assert "el saldo de la cuenta 1011 es S/\u00a0" in out
    assert "the balance" not in out


def test_every_rule_and_finding_has_its_words_in_the_readers_language(sound: Books):
    with translation.override("en"):
        english = {one.name: str(one.sentence) for one in audit.registered()}
    with translation.override("es"):
        same = [one.name for one in audit.registered() if str(one.sentence) == english[one.name]]
    assert same == []
    with rules_off():
        run(POSTING.format("amount_minor = amount_minor + 1"))
        rules_on_again()
        rows = audit.findings()
    assert rows
    assert all(isinstance(one, audit.Finding) for one in rows)
    with translation.override("es"):
        assert [one for one in rows if one.told() == one] == []
