"""What the journal takes and what it refuses, with a reason."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from djmoney.money import Money

from coop.kit.money import PartialMinorUnit
from ledger import queries
from ledger.errors import (
    AccountClosed,
    AccountIsHeader,
    AccountMissing,
    AccountNotEmpty,
    AccountTaken,
    AlreadyReversed,
    BeforeTheBooks,
    CannotReverse,
    LedgerError,
    MoneyNeedsPayment,
    NotPositive,
    OnlyExpenses,
    OnlyOwnMoney,
    PeriodAhead,
    PeriodClosed,
    PeriodGoesBack,
    ReferenceConflict,
    TooFewLines,
    Unbalanced,
    UnknownChart,
    WrongCurrency,
)
from ledger.models import Account, AccountBalance, JournalEntry, Posting
from ledger.services import (
    close_account,
    credit,
    debit,
    install_chart,
    open_account,
    open_member_account,
    post_entry,
    reverse_entry,
)
from tests.factories.ledger import DAY, Books, close_period, person, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def written() -> tuple[int, int, list[tuple[int, int, int, str]]]:
    """All that an entry changes."""
    kept = AccountBalance.objects.order_by("pk").values_list("pk", "seq", "amount_minor", "head")
    return JournalEntry.objects.count(), Posting.objects.count(), list(kept)


class refused:  # noqa: N801 - reads as a word
    """`with refused(Unbalanced):` the refusal comes, and nothing changed."""

    def __init__(self, kind: type[Exception]) -> None:
        self.kind = kind

    def __enter__(self) -> None:
        self.before = written()

    def __exit__(self, kind, value, traceback) -> bool:
        assert kind is not None, f"{self.kind.__name__} was not raised"
        if not issubclass(kind, self.kind):
            return False
        assert str(value)
        assert written() == self.before
        return True


def test_an_entry_moves_both_balances(books: Books):
    entry = books.put_in_cash("100.50")

    assert queries.balance(books.account("cash")) == soles("100.50")
    assert queries.balance(books.account("opening_equity")) == soles("100.50")
    assert entry.seal.leaf
    assert entry.number is None
    with translation.override("en"):
        assert entry.label == "of 10 March 2026 (Opening)"
    connection.check_constraints()


def test_debits_and_credits_are_equal(books: Books):
    lines = [
        debit(books.account("cash"), soles("10")),
        credit(books.account("sales"), soles("9.99")),
    ]
    with refused(Unbalanced):
        books.post("cash", "sales", "1", lines=lines)


def test_they_are_equal_in_each_currency_by_itself(books: Books):
    install_chart(currency="USD")
    lines = [
        debit(queries.account("bank", "USD"), Money("10", "USD")),
        credit(books.account("sales"), soles("10")),
    ]
    with refused(Unbalanced):
        books.post("cash", "sales", "1", lines=lines)


def test_an_entry_has_at_least_two_lines(books: Books):
    for lines in ([], [debit(books.account("cash"), soles("1"))]):
        with refused(TooFewLines):
            books.post("cash", "sales", "1", lines=lines)


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_amounts_are_more_than_zero(books: Books, amount: str):
    with refused(NotPositive):
        books.post("cash", "sales", amount)


def test_a_part_of_a_centimo_is_refused(books: Books):
    with refused(PartialMinorUnit):
        books.post("cash", "sales", "1.005")


def test_an_account_takes_its_own_currency_only(books: Books):
    lines = [
        debit(books.account("cash"), Money("10", "USD")),
        credit(books.account("sales"), Money("10", "USD")),
    ]
    with refused(WrongCurrency):
        books.post("cash", "sales", "1", lines=lines)


def test_a_header_takes_no_postings(books: Books):
    with refused(AccountIsHeader):
        books.post("finished_pieces", "members_payable", "5")


def test_a_closed_account_takes_no_postings(books: Books):
    close_account(account=books.account("wallet"), actor=books.treasurer)
    with refused(AccountClosed):
        books.post("wallet", "sales", "5")


def test_an_account_that_holds_something_is_not_closed(books: Books):
    books.put_in_cash("3")
    with refused(AccountNotEmpty):
        close_account(account=books.account("cash"), actor=books.treasurer)
    assert books.account("cash").is_open


def test_the_same_reference_again_is_the_entry_that_is_there(books: Books):
    first = books.put_in_cash("10", reference="bank:77")
    before = written()

    again = books.put_in_cash("10", reference="bank:77")

    assert again == first
    assert written() == before


@pytest.mark.parametrize(
    "change",
    [
        {"day": date(2026, 3, 11)},
        {"kind": Kind.SHARES},
        {"memo": "other"},
    ],
)
def test_the_same_reference_with_other_content_is_refused(books: Books, change):
    books.post("cash", "sales", "10", reference="bank:77")
    with refused(ReferenceConflict):
        books.post("cash", "sales", "10", reference="bank:77", **change)


def test_the_same_reference_with_another_amount_or_account_is_refused(books: Books):
    books.post("cash", "sales", "10", reference="bank:77")
    with refused(ReferenceConflict):
        books.post("cash", "sales", "11", reference="bank:77")
    with refused(ReferenceConflict):
        books.post("bank", "sales", "10", reference="bank:77")


def test_a_repeat_is_recognised_even_when_its_days_are_closed_by_now(books: Books):
    first = books.put_in_cash("10", reference="bank:77")
    close_period(last_day=DAY, actor=books.treasurer)

    assert books.put_in_cash("10", reference="bank:77") == first


def test_closed_days_take_no_entry(books: Books):
    close_period(last_day=DAY, actor=books.treasurer)
    with refused(PeriodClosed):
        books.put_in_cash("10")
    assert books.put_in_cash("10", day=date(2026, 3, 11)).pk


def test_no_entry_is_older_than_the_books(books: Books):
    books.put_in_cash("10")
    with refused(BeforeTheBooks):
        books.post("cash", "sales", "10", day=DAY - timedelta(days=1))
    assert books.post("cash", "sales", "10", day=DAY).pk


def test_an_opening_written_later_moves_the_day_on_which_the_books_begin(books: Books):
    earlier = DAY - timedelta(days=1)
    books.put_in_cash("10")
    opening = {"kind": Kind.OPENING, "day": earlier}
    books.post("cash", "opening_equity", "20", **opening)

    assert queries.first_day() == earlier
    assert books.post("cash", "sales", "10", day=earlier).pk


def test_an_entry_is_not_reversed_before_the_books_begin(books: Books):
    entry = books.put_in_cash("10")
    with refused(BeforeTheBooks):
        reverse_entry(
            entry=entry, reason="Twice.", day=DAY - timedelta(days=1), actor=books.treasurer
        )


def test_closed_days_stay_closed(books: Books):
    close_period(last_day=DAY, actor=books.treasurer)
    with pytest.raises(PeriodGoesBack):
        close_period(last_day=date(2026, 3, 9), actor=books.treasurer)


def test_a_day_that_is_not_over_is_not_closed(books: Books):
    with pytest.raises(PeriodAhead):
        close_period(last_day=DAY, actor=books.treasurer, on=DAY)


def test_money_leaves_only_with_a_payment(books: Books):
    books.put_in_cash("100")
    for kind in (Kind.HAND, Kind.MEMBER_PAID, Kind.WOOL_BOUGHT, Kind.LOSS, Kind.SALE):
        with refused(MoneyNeedsPayment):
            books.post("losses", "cash", "5", kind=kind)


def test_a_transfer_stays_among_our_own_places(books: Books):
    books.put_in_cash("100")
    books.post("bank", "cash", "60", kind=Kind.TRANSFER)
    with refused(OnlyOwnMoney):
        books.post(books.rosas, "cash", "5", kind=Kind.TRANSFER)
    assert queries.balance(books.account("bank")) == soles("60")


def test_a_bank_charge_is_an_expense_and_nothing_else(books: Books):
    books.post("bank_charges", "bank", "2", kind=Kind.BANK_CHARGE)
    with refused(OnlyExpenses):
        books.post(books.rosas, "bank", "5", kind=Kind.BANK_CHARGE)


def test_a_refund_goes_back_without_signatures(books: Books):
    books.post("bank", "customer_deposits", "40", kind=Kind.DEPOSIT_RECEIVED)
    books.post("customer_deposits", "bank", "40", kind=Kind.REFUND)
    assert queries.balance(books.account("bank")) == soles("0")


def test_reversing_again_is_the_reversal_that_is_there(books: Books):
    entry = books.earned("20")
    first = reverse_entry(entry=entry, reason="twice", day=DAY, actor=books.treasurer)

    again = reverse_entry(entry=entry, reason="twice", day=DAY, actor=books.treasurer)

    assert again == first
    with refused(AlreadyReversed):
        reverse_entry(entry=entry, reason="other", day=DAY, actor=books.treasurer)


def test_a_reversal_is_not_reversed(books: Books):
    undone = reverse_entry(entry=books.earned("20"), reason="x", day=DAY, actor=books.treasurer)
    with refused(CannotReverse):
        reverse_entry(entry=undone, reason="y", day=DAY, actor=books.treasurer)


def test_a_refusal_leaves_the_callers_transaction_usable(books: Books):
    with transaction.atomic():
        with pytest.raises(LedgerError):
            books.post("cash", "sales", "0")
        books.put_in_cash("5")
    assert queries.balance(books.account("cash")) == soles("5")


def test_a_refusal_of_the_database_takes_everything_back(books: Books):
    before = written()

    def write_then_erase() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            books.put_in_cash("5")
            cursor.execute("DELETE FROM ledger_posting")

    with pytest.raises(IntegrityError):
        write_then_erase()
    assert written() == before


def test_many_lines_are_one_entry(books: Books):
    lines = [debit(books.account("cash"), soles("0.01")) for _ in range(250)]
    lines.append(credit(books.account("sales"), soles("2.50")))
    entry = books.post("cash", "sales", "1", lines=lines)

    assert entry.postings.count() == 251
    assert queries.balance(books.account("cash")) == soles("2.50")


def test_an_entry_is_few_statements(books: Books, django_assert_num_queries):
    books.put_in_cash("1")
    sides = books.account("cash"), books.account("sales")
    # Lock, entry with its postings, balances with the seal. On SQLite, which is in the same process,
    # each table by itself, and a look for the reference.
    with django_assert_num_queries(3 if connection.vendor == "postgresql" else 6):
        post_entry(
            day=DAY,
            kind=Kind.SALE,
            memo="",
            lines=[debit(sides[0], soles("1")), credit(sides[1], soles("1"))],
            reference="few",
            created_by=None,
        )


# Accounts ----------------------------------------------------------------------------------------
def test_the_charts_have_every_role_once():
    from ledger.services.accounts import read_chart

    for chart in ("pe", "bo"):
        rows = read_chart(chart)
        assert {row["role"] for row in rows} == set(Account.Role.values)
        assert len({row["code"] for row in rows}) == len(rows)
        assert all(row["name_es"] and row["name_en"] for row in rows)


def test_installing_a_chart_again_changes_nothing(books: Books):
    before = list(Account.objects.values_list())
    install_chart(chart="pe", currency="PEN")
    assert list(Account.objects.values_list()) == before


def test_an_unknown_chart_is_refused(db):
    with pytest.raises(UnknownChart):
        install_chart(chart="../pe")


def test_the_bolivian_chart_keeps_its_books_in_bolivianos(db):
    install_chart(chart="bo", currency="BOB")
    assert queries.account("cash", "BOB").code == "1.1.1.01"


def test_a_code_or_role_that_is_taken_is_refused(books: Books):
    for code, role in (("1011", ""), ("9999", "cash")):
        with pytest.raises(AccountTaken):
            open_account(
                code=code, name_es="x", name_en="x", kind="asset", currency="PEN", role=role
            )


def test_what_is_owed_to_a_person_hangs_under_owed_to_members(books: Books):
    ana = person("Ana")
    account = open_account(
        code="S-9", name_es="Socia S-9", name_en="", kind="liability", currency="PEN", holder=ana
    )
    assert account.parent == books.account("members_payable")
    assert open_member_account(member_code="T-07", holder=books.rosa) == books.rosas


def test_a_role_without_an_account_is_said(db):
    with pytest.raises(AccountMissing, match="PEN"):
        queries.account("bank")
