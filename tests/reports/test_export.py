"""The books for other programs: these read them, find nothing wrong, and hold the same balances."""

import csv
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from beancount import loader
from beancount.core import data
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from ledger import queries
from ledger.models import AccountBalance, JournalEntry, Posting
from ledger.reports.export.read import Books as Read
from ledger.services import gather_all
from tests.demo.test_demo import SMALL
from tests.factories.ledger import DAY, Books
from tests.reports.test_figures_agree import Life

Balances = dict[tuple[str, str], Decimal]
NASTY = 'Señora "Quispe"; | (x) \\ *  ! = @ #tag ^link\n2026-01-01 open Assets:Trap PEN'


def exported(form: str, file: Path) -> Path:
    """The file that the command writes."""
    call_command("export_ledger", format=form, output=str(file), stderr=StringIO())
    return file


def ours() -> Balances:
    """What every account holds, by the name that other programs know it by."""
    return {
        (one.name, one.account.currency): Decimal(one.balance_minor).scaleb(-2)
        for one in Read().accounts.values()
        if one.balance_minor
    }


def of_beancount(file: Path) -> Balances:
    """Read by beancount as a library; `bean-check` itself finds no error."""
    check = subprocess.run(
        [Path(sys.executable).with_name("bean-check"), file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (check.returncode, check.stdout + check.stderr) == (0, "")
    entries, errors, _options = loader.load_file(str(file))
    assert errors == []
    held: Balances = defaultdict(Decimal)
    for entry in entries:
        if isinstance(entry, data.Transaction):
            for one in entry.postings:
                held[one.account, one.units.currency] += Decimal(str(one.units.number))
    return {key: amount for key, amount in held.items() if amount}


def of_hledger(file: Path) -> Balances:
    """Checked by hledger, strictly, and added up by it."""
    hledger = shutil.which("hledger")
    assert hledger, "hledger is missing: apt-get install hledger (.ci/run does it)"
    subprocess.run([hledger, "check", "--strict", "-f", file], check=True, capture_output=True)
    shown = subprocess.run(
        [hledger, "balance", "-f", file, "--flat", "--no-total", "--layout=bare", "-O", "csv"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rows = list(csv.reader(StringIO(shown)))[1:]
    return {
        (account, currency): Decimal(amount.replace(",", ""))
        for account, currency, amount in rows
        if Decimal(amount.replace(",", ""))
    }


def test_beancount_and_hledger_read_the_demo_and_hold_every_balance(
    fresh_db: str, tmp_path: Path
) -> None:
    call_command("demo", **SMALL, stdout=StringIO())

    assert len(ours()) > 15
    assert of_beancount(exported("beancount", tmp_path / "books.beancount")) == ours()
    assert of_hledger(exported("hledger", tmp_path / "books.journal")) == ours()


@pytest.fixture
def abroad(new_books: Books) -> Books:
    """Books in two currencies, with a reversal and words that other programs stumble over."""
    life = Life(new_books)
    life.sale_in_dollars(DAY, 12345)
    life.fee_in_dollars(DAY, 299)
    life.expense_in_dollars(DAY, 150)
    life.reverse(DAY, 1)
    new_books.earned("60", memo=NASTY)
    gather_all()
    new_books.post("rent", "supplier", "80", memo="=1+1")
    return new_books


@pytest.mark.django_db
def test_other_currencies_and_words_that_programs_stumble_over(abroad: Books, tmp_path: Path):
    assert {currency for _name, currency in ours()} == {"PEN", "USD"}
    beans = exported("beancount", tmp_path / "books.beancount")
    assert of_beancount(beans) == ours()
    assert of_hledger(exported("hledger", tmp_path / "books.journal")) == ours()
    text = beans.read_text()
    assert "open Assets:Trap" not in [line[11:] for line in text.splitlines()]
    assert "price USD 3.75 PEN" in text
    assert "Rosa" not in text  # members are codes


@pytest.mark.django_db
def test_empty_books_are_exported_too(new_books: Books, tmp_path: Path):
    assert of_beancount(exported("beancount", tmp_path / "b.beancount")) == {}
    assert of_hledger(exported("hledger", tmp_path / "b.journal")) == {}


@pytest.mark.django_db
def test_a_balance_that_is_not_ours_is_noticed(abroad: Books, tmp_path: Path):
    """The file itself says what each account holds: who changes an amount is found out."""
    file = exported("beancount", tmp_path / "books.beancount")
    file.write_text(file.read_text().replace("80.00 PEN", "81.00 PEN", 1))
    check = subprocess.run(
        [Path(sys.executable).with_name("bean-check"), file], capture_output=True, check=False
    )
    assert check.returncode != 0


@pytest.mark.django_db
def test_tables_hold_every_posting_and_no_formula(abroad: Books, tmp_path: Path):
    text = exported("csv", tmp_path / "books.csv").read_text(encoding="utf-8-sig")
    _head, *rows = csv.reader(StringIO(text))
    book = load_workbook(BytesIO(exported("xlsx", tmp_path / "books.xlsx").read_bytes()))
    accounts, journal, rates = book.worksheets

    assert len(rows) == journal.max_row - 1 == Posting.objects.count()
    assert not any(cell.startswith("=") for row in rows for cell in row)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    debits, credits_ = (sum(Decimal(row[at] or 0) for row in rows) for at in (8, 9))
    assert debits == credits_ > 0
    bank = queries.account("cash")
    told = {row[0]: row[4] for row in accounts.iter_rows(min_row=2, values_only=True)}
    assert Decimal(str(told[bank.code])) == queries.balance(bank).amount
    assert rates.max_row > 1


@pytest.mark.django_db
def test_what_cannot_be_written_leaves_the_old_file(abroad: Books, tmp_path: Path, monkeypatch):
    old = tmp_path / "books.xlsx"
    old.write_text("old")
    monkeypatch.setattr("ledger.reports.export.tables.MOST_ROWS", 3)
    with pytest.raises(CommandError, match=r"csv"):
        exported("xlsx", old)
    assert old.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["books.xlsx"]
    with pytest.raises(CommandError, match=r"nowhere"):
        exported("csv", tmp_path / "nowhere" / "books.csv")


def test_an_export_reads_one_moment_and_lets_others_write(fresh_db: str, tmp_path: Path) -> None:
    books = Books()
    books.put_in_cash("100")
    reader = Read()
    from ledger.reports.export import one_moment

    with one_moment():
        assert reader.count == 1
        seen = AccountBalance.objects.filter(seq__gt=0).count()
        _post_elsewhere(books)
        assert JournalEntry.objects.count() == 1
        assert AccountBalance.objects.filter(seq__gt=0).count() == seen
    assert JournalEntry.objects.count() == 2


def _post_elsewhere(books: Books) -> None:
    from tests.harness.fixtures import at_the_same_time

    (made,) = at_the_same_time(lambda: books.earned("5"))
    assert isinstance(made, JournalEntry), made
