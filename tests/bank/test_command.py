"""`manage.py import_statement FILE --account CODE`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ledger.bank.models import BankLine, Statement
from tests.bank.files import FILES, csv

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("import_statement", *args, stdout=out)
    return out.getvalue()


def test_a_file_comes_in_and_the_difference_is_told(in_currency):
    account = in_currency("USD")

    told = run(str(FILES / "stmtrs.ofx"), "--account", account.code)

    assert "statement 1, 2 new lines" in told
    assert "difference −US$\u00a0200.29" in told
    assert "nothing new" in run(str(FILES / "stmtrs.ofx"), "--account", account.code)
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "account", "said"),
    [
        ("bad-date_missing.ofx", "USD", "Line 33"),
        ("bad-decimal_error.ofx", "CAD", "Line 36"),
        ("stmtrs.ofx", "PEN", "USD"),
    ],
)
def test_a_wrong_file_fails_with_one_clear_line(in_currency, name, account, said):
    with pytest.raises(CommandError, match=said):
        run(str(FILES / name), "--account", in_currency(account).code)

    assert not BankLine.objects.exists()


def test_a_missing_file_or_account_is_named(bank, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.ofx"):
        run(str(tmp_path / "nowhere.ofx"), "--account", bank.code)
    with pytest.raises(CommandError, match="X99"):
        run(str(FILES / "stmtrs.ofx"), "--account", "X99")


def test_a_file_of_200_megabytes_is_not_even_read(bank, tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(200_000_000)

    with pytest.raises(CommandError, match="200 MB"):
        run(str(huge), "--account", bank.code)


def test_columns_days_and_balances_can_be_said(bank, tmp_path):
    file = tmp_path / "m.csv"
    file.write_bytes(csv("03/04/2026;x;5,00", head="wann;was;wieviel"))

    run(
        str(file), "--account", bank.code, "--columns", "day=1,text=2,amount=3", "--days", "mdy",
        "--closing", "900",
    )  # fmt: skip

    one = Statement.objects.get()
    assert (str(one.first_day), one.closing_minor) == ("2026-03-04", 90000)
    with pytest.raises(CommandError, match="--columns"):
        run(str(file), "--account", bank.code, "--columns", "text=2")


@pytest.mark.parametrize("option", ["--closing", "--opening"])
@pytest.mark.parametrize(
    "typed", ["1e400", "NaN", "Infinity", "9" * 30, "1,2,3", "1.2345", "=1+1", "doce", "½", ""]
)
def test_a_balance_that_is_none_is_refused_and_nothing_imported(bank, tmp_path, option, typed):
    file = tmp_path / "a.csv"
    file.write_bytes(csv("2026-03-02;Venta;5", head="Fecha;Detalle;Monto"))

    with pytest.raises(CommandError, match=r"is no amount in PEN|is too much"):
        run(str(file), "--account", bank.code, f"{option}={typed}")

    assert not Statement.objects.exists()
    assert not BankLine.objects.exists()
