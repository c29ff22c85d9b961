"""A bank's file comes in whole or not at all, and each movement once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from coop.kit.audit import findings
from coop.kit.money import from_minor
from ledger.bank import errors
from ledger.bank.forms import UploadForm
from ledger.bank.models import BankLine, ColumnMap, Mention, Statement
from ledger.bank.queries import standing_of
from ledger.bank.reading import Columns, Hints
from ledger.bank.remarks import say_all
from ledger.bank.services import Typed, import_file, match_lines, type_closing, withdraw_statement
from ledger.models import JournalEntry
from tests.bank.behind import named
from tests.bank.files import MT940, csv, xlsx
from tests.factories.ledger import soles
from tests.ledger.behind import rules_off, run

pytestmark = pytest.mark.django_db

TWINS = csv(
    "13/03/2026;Venta feria;;20,00;1520,00;",
    "13/03/2026;Venta feria;;20,00;1540,00;",
    "14/03/2026;Comisión;5,00;;1535,00;",
)


def bring(account, data: bytes, name: str = "march.csv", **more):
    return import_file(data=data, name=name, account=account, actor=None, **more)


def counts() -> tuple[int, int, int]:
    return Statement.objects.count(), BankLine.objects.count(), Mention.objects.count()


# Once ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "currency", "lines"),
    [
        ("stmtrs.ofx", "USD", 2), ("checking.ofx", "USD", 3), ("bank_medium.ofx", "CAD", 3),
        ("suncorp.ofx", "AUD", 1), ("fidelity-savings.ofx", "USD", 4), ("camt053.xml", "EUR", 3),
        ("sample.qif", "PEN", 5), ("columns-debit-credit.csv", "PEN", 2),
    ],
)  # fmt: skip
def test_every_good_sample_comes_in_and_again_adds_nothing(
    in_currency, sample, name, currency, lines
):
    account, data = in_currency(currency), sample(name)

    # The sample of CAMT contradicts itself, as banks' own files do at times.
    [first] = bring(account, data, name, insisted=name == "camt053.xml")
    before = counts()
    [again] = bring(account, data, "another name")

    assert (first.new, first.known, first.is_again) == (lines, 0, False)
    assert (again.new, again.known, again.is_again) == (0, lines, True)
    assert again.statement == first.statement
    assert counts() == before == (1, lines, lines)
    assert findings() == []


def test_true_twins_of_a_day_are_both_kept(bank):
    [first] = bring(bank, TWINS)
    [again] = bring(bank, TWINS)

    assert (first.new, again.new) == (3, 0)
    assert BankLine.objects.filter(text="Venta feria", amount_minor=2000).count() == 2


def test_files_that_overlap_keep_each_movement_once(bank):
    [march] = bring(bank, TWINS)
    [more] = bring(
        bank,
        csv(
            "14/03/2026;Comisión;5,00;;1535,00;",
            "15/03/2026;Hotel;;100,00;1635,00;",
        ),
        "more.csv",
    )

    assert (more.new, more.known, more.is_again) == (1, 1, False)
    assert BankLine.objects.count() == 4
    assert (march.statement.closing_minor, more.statement.opening_minor) == (153500, 154000)
    assert standing_of(more.statement).file_gap.amount == 0


def test_a_banks_number_with_other_content_is_refused_and_nothing_comes_in(in_currency, sample):
    dollars = in_currency("USD")
    bring(dollars, sample("stmtrs.ofx"))
    before = counts()
    changed = sample("stmtrs.ofx").replace(b"-300.00", b"-350.00").replace(b"00002<", b"00009<")

    with pytest.raises(errors.SameIdOtherContent, match="00003"):
        bring(dollars, changed)

    assert counts() == before


def test_a_number_twice_in_a_file_with_other_content_is_refused(in_currency, sample):
    changed = sample("stmtrs.ofx").replace(b"00003", b"00002")

    with pytest.raises(errors.SameIdOtherContent, match="Line 45"):
        bring(in_currency("USD"), changed)

    assert counts() == (0, 0, 0)


# Whole ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["bad-date_missing.ofx", "bad-decimal_error.ofx"])
def test_a_broken_file_leaves_nothing(in_currency, sample, name):
    with pytest.raises(errors.WrongLines, match=r"Line \d+"):
        bring(in_currency("USD"), sample(name))

    assert counts() == (0, 0, 0)


def test_a_file_in_another_currency_is_refused_by_name(bank, sample):
    with pytest.raises(errors.WrongCurrencyOfFile, match="USD"):
        bring(bank, sample("stmtrs.ofx"))


@pytest.mark.parametrize("role", ["rent", "cash"])
def test_only_money_that_others_keep_for_us_has_statements(books, role):
    with pytest.raises(errors.NotAMoneyAccount):
        bring(books.account(role), TWINS)


def test_notes_and_coins_are_not_offered_for_a_bank_s_file(books):
    offered = UploadForm().fields["account"].queryset

    assert books.account("bank") in offered
    assert not offered.filter(role="cash").exists()
    assert not offered.filter(holder__isnull=False).exists()


# Currencies -----------------------------------------------------------------------------------
def test_each_row_goes_to_the_account_of_its_currency(in_currency, sample):
    dollars, euros = in_currency("USD"), in_currency("EUR")

    with pytest.raises(errors.AlsoInCurrency, match="lines in EUR, the first of them line 3"):
        bring(dollars, sample("columns-amount.csv"))
    assert counts() == (0, 0, 0)
    first, second = bring(dollars, sample("columns-amount.csv"), insisted=True)

    assert (first.statement.account, second.statement.account) == (dollars, euros)
    assert BankLine.objects.get(account=dollars).amount_minor == -3350
    assert BankLine.objects.get(account=euros).amount_minor == 100000
    assert "EUR 1000.00 was taken" in " ".join(say_all(second.statement.remarks))
    assert [one.is_again for one in bring(dollars, sample("columns-amount.csv"))] == [True, True]


def test_a_row_in_a_currency_that_we_do_not_have_is_refused_by_name(in_currency, sample):
    with pytest.raises(errors.NoAccountInCurrency, match="Line 3 is in EUR"):
        bring(in_currency("USD"), sample("columns-amount.csv"))

    assert counts() == (0, 0, 0)


def test_more_digits_than_the_currency_has_are_rounded_and_told(in_currency, sample):
    [found] = bring(in_currency("USD"), sample("fidelity-savings.ofx"))

    amounts = BankLine.objects.order_by("pk").values_list("amount_minor", flat=True)
    assert list(amounts) == [-150000, 11583, -19711, -19712]
    said = "Line 63: 115.8331 has more digits than USD; it was taken as 115.83."
    assert said in say_all(found.statement.remarks)


# Columns ----------------------------------------------------------------------------------------
def test_columns_are_said_once_a_bank_and_remembered(bank):
    data = b"wann;was;wieviel\n13.03.2026;Hotel;5,00\n"
    with pytest.raises(errors.AskColumns):
        bring(bank, data)
    said = Columns({"day": 0, "text": 1, "amount": 2})

    bring(bank, data, hints=Hints(columns=said))
    [later] = bring(bank, b"wann;was;wieviel\n14.03.2026;Otra;7,00\n", "april.csv")

    assert later.new == 1
    assert ColumnMap.objects.get().places == {"day": 0, "text": 1, "amount": 2}


def test_the_order_of_days_is_remembered_with_the_columns(bank):
    head = "Date;Label;Amount"
    bring(bank, csv("13/03/2026;Hotel;5", head=head))

    [later] = bring(bank, csv("05/04/2026;Hotel;5", head=head), hints=Hints(order="mdy"))
    [last] = bring(bank, csv("05/06/2026;Hotel;5", head=head))

    assert later.statement.first_day == date(2026, 5, 4)
    assert last.statement.first_day == date(2026, 5, 6)


# Balances ---------------------------------------------------------------------------------------
def test_a_statement_is_reconciled_when_bank_and_books_say_the_same(books, bank):
    [one] = bring(bank, MT940.encode(), "march.sta")
    standing = standing_of(one.statement)
    assert (standing.opening, standing.closing) == (soles("1500"), soles("2694.50"))
    assert standing.difference == soles("-1194.50")
    assert not standing.is_reconciled
    assert standing.rest == soles("0")

    books.post("bank", "receivable", "1240", kind=JournalEntry.Kind.RECEIVABLE_SETTLED)
    books.post(
        "bank_charges", "bank", "45.50", kind=JournalEntry.Kind.BANK_CHARGE, day=date(2026, 3, 2)
    )

    assert standing_of(one.statement).difference == soles("-1240")
    books.post(
        "bank",
        "receivable",
        "1240",
        kind=JournalEntry.Kind.RECEIVABLE_SETTLED,
        day=date(2026, 3, 5),
    )
    assert standing_of(one.statement).is_reconciled


def test_what_neither_side_explains_is_told_apart(books, bank):
    [one] = bring(
        bank, MT940.replace("C260301PEN1500", "C260301PEN1490").replace("2694", "2684").encode()
    )

    standing = standing_of(one.statement)

    assert standing.difference == soles("-1184.50")
    assert standing.rest == soles("10")


def test_a_file_that_lacks_a_movement_says_how_much(bank):
    rows = MT940.replace(":61:2603020302D45,50NTRFNONREF//8834\n:86:COMISION MANTENIMIENTO\n", "")

    with pytest.raises(errors.FileContradictsItself, match=r"45\.50 is missing"):
        bring(bank, rows.encode())
    assert counts() == (0, 0, 0)
    [one] = bring(bank, rows.encode(), insisted=True)

    assert standing_of(one.statement).file_gap == soles("-45.50")
    assert "is missing" in say_all(one.statement.remarks)[0]


def test_without_balances_they_are_reckoned_until_somebody_types_them(books, bank):
    [one] = bring(bank, csv("13/03/2026;Hotel;5", head="Date;Label;Amount"))
    assert one.statement.balances == Statement.Source.RECKONED
    assert (one.statement.opening, one.statement.closing) == (soles("1500"), soles("1505"))

    typed = type_closing(statement=one.statement, closing=soles("1600"), actor=books.treasurer)

    assert (typed.opening, typed.closing) == (soles("1595"), soles("1600"))
    with pytest.raises(errors.BankSaidIt):
        type_closing(statement=typed, closing=soles("1"), actor=books.treasurer)
    assert findings() == []


def test_a_closing_typed_with_the_file_counts(bank):
    data = csv("13/03/2026;Hotel;5", head="Date;Label;Amount")

    [one] = bring(bank, data, typed=Typed(closing=soles("900")))

    assert (one.statement.opening, one.statement.closing) == (soles("895"), soles("900"))


def test_a_workbook_and_a_table_of_the_same_days_are_told_to_look_alike(bank):
    bring(bank, TWINS)
    [one] = bring(
        bank, xlsx([["Fecha", "Detalle", "Monto"], [date(2026, 3, 13), "Feria", 20]]), "m.xlsx"
    )

    assert say_all(one.statement.remarks)[0].startswith("1 line looks like one")


# Withdrawn ----------------------------------------------------------------------------------------
def test_a_statement_in_the_wrong_place_is_withdrawn_and_can_come_again(books, bank):
    [one] = bring(bank, TWINS)

    withdraw_statement(statement=one.statement, reason="The other bank", actor=books.treasurer)

    assert not BankLine.objects.standing().exists()
    with pytest.raises(errors.IsWithdrawn):
        withdraw_statement(statement=one.statement, reason="Again", actor=books.treasurer)
    [again] = bring(bank, TWINS)
    assert (again.new, again.known, again.is_again) == (0, 3, False)
    assert BankLine.objects.standing().count() == 3
    assert findings() == []


def test_a_statement_with_matches_is_not_withdrawn(books, bank):
    [one] = bring(bank, TWINS)
    entry = books.post("bank", "receivable", "20", day=date(2026, 3, 13))
    line = BankLine.objects.filter(amount_minor=2000)[0]
    match_lines(lines=[line], postings=[entry.postings.get(account=bank)], actor=books.treasurer)

    with pytest.raises(errors.IsMatched):
        withdraw_statement(statement=one.statement, reason="x", actor=books.treasurer)


# Behind our back ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE bank_bankline SET amount_minor = 1",
        "DELETE FROM bank_bankline",
        "UPDATE bank_mention SET position = 99",
        "DELETE FROM bank_mention",
        "UPDATE bank_statement SET closing_minor = closing_minor + 1",
        "UPDATE bank_statement SET first_day = '2020-01-01'",
        "DELETE FROM bank_statement",
    ],
)
def test_the_database_itself_refuses_changes(bank, sql):
    bring(bank, TWINS)

    with pytest.raises(IntegrityError), transaction.atomic():
        run(sql)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("bank_bankline", column, value)
        for column, value in (
            ("day", "'2020-01-01'"), ("amount_minor", "1"), ("text", "'x'"), ("counterparty", "'x'"),
            ("reference", "'x'"), ("bank_id", "'x'"), ("occurrence", "7"),
            ("key", "'k' || id"), ("digest", "'d'"),
        )
    ]
    + [
        ("bank_statement", column, value)
        for column, value in (
            ("number", "7"), ("format", "'qif'"), ("file_name", "'x'"), ("file_sha256", "'x'"),
            ("bank_number", "'x'"), ("first_day", "'2020-01-01'"), ("last_day", "'2030-01-01'"),
            ("opening_minor", "1"), ("closing_minor", "1"), ("balances", "'typed'"),
            ("remarks", "'[1]'"), ("imported_at", "'2020-01-01 00:00:00'"), ("digest", "'x'"),
        )
    ]
    + [("bank_mention", "position", "position + 100"), ("bank_mention", "at", "77")],
)  # fmt: skip
def test_the_audit_names_a_row_that_was_changed_behind_its_back(bank, table, column, value):
    bring(bank, TWINS)

    with rules_off():
        run(f"UPDATE {table} SET {column} = {value}")
        assert named() != []


@pytest.mark.parametrize("table", ["bank_mention", "bank_statement"])
def test_the_audit_names_what_is_gone(bank, table):
    bring(bank, TWINS)
    bring(bank, csv("15/03/2026;Hotel;;100,00;1635,00;"), "more.csv")

    with rules_off():
        if table == "bank_statement":
            run(
                "DELETE FROM bank_mention WHERE statement_id = (SELECT MIN(id) FROM bank_statement)"
            )
        run(f"DELETE FROM {table} WHERE id = (SELECT MIN(id) FROM {table})")
        assert named() != []


def test_amounts_are_money(bank):
    [one] = bring(bank, TWINS)

    assert one.statement.closing == from_minor(153500)
