"""The books of a small month, as an accountant would write them on paper."""

from datetime import date

import pytest

from ledger import queries
from ledger.models import JournalEntry
from ledger.services import credit, debit, pay_payment, post_entry, sign_payment
from tests.factories.ledger import Books, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def trial(as_of: date | None = None) -> list[tuple[str, str]]:
    """The trial balance as lines of role and amount: 12.00 D or 12.00 C."""
    lines = []
    for line in queries.trial_balance(as_of).lines:
        held, side = (line.debit, "D") if line.debit else (line.credit, "C")
        assert held is not None
        lines.append((line.role or line.code, f"{held.amount} {side}"))
    return lines


def test_the_way_of_a_chullo_from_wool_to_pay(books: Books):
    """Wool is bought on a trip, knitted into a chullo, sold, and the knitter is paid."""
    of = books.account

    def write(day: int, kind: str, *lines):
        return post_entry(
            day=date(2026, 3, day),
            kind=kind,
            memo="",
            lines=lines,
            reference=books.next_reference(),
            created_by=books.treasurer,
        )

    # 2 March: the tin holds S/ 500.
    write(
        2, Kind.OPENING, debit(of("cash"), soles("500")), credit(of("opening_equity"), soles("500"))
    )

    # 3 March: the president takes S/ 300 to Arequipa; the treasurer and the secretary sign.
    trip = books.request(
        "300",
        to_account=of("trip_advances"),
        payee=books.president,
        kind=Kind.ADVANCE_PAID,
        on=date(2026, 3, 3),
    )
    sign_payment(payment=trip, signer=books.treasurer, on=date(2026, 3, 3))
    sign_payment(payment=trip, signer=books.secretary, on=date(2026, 3, 3))
    pay_payment(payment=trip, actor=books.treasurer, on=date(2026, 3, 3))

    # 5 March: receipts for S/ 280 of wool; S/ 20 come back.
    write(
        5,
        Kind.WOOL_BOUGHT,
        debit(of("wool_store"), soles("280")),
        credit(of("trip_advances"), soles("280")),
    )
    write(
        5,
        Kind.ADVANCE_RETURNED,
        debit(of("cash"), soles("20")),
        credit(of("trip_advances"), soles("20")),
    )

    # 6 March: Rosa is handed wool worth S/ 14; on the 9th her chullo passes: S/ 12 of wool are in
    # it, and she earns S/ 25.
    write(
        6,
        Kind.WOOL_ISSUED,
        debit(of("wool_members"), soles("14")),
        credit(of("wool_store"), soles("14")),
    )
    write(
        9,
        Kind.PIECE_PASSED,
        debit(of("finished_pieces"), soles("37")),
        credit(books.rosas, soles("25")),
        credit(of("wool_members"), soles("12")),
    )

    # 10 March: a customer pays S/ 95 in advance; on the 12th the chullo is sent.
    write(
        10,
        Kind.DEPOSIT_RECEIVED,
        debit(of("bank"), soles("95")),
        credit(of("customer_deposits"), soles("95")),
    )
    write(
        12,
        Kind.SALE,
        debit(of("customer_deposits"), soles("95")),
        credit(of("sales"), soles("80")),
        credit(of("shipping_charged"), soles("15")),
    )
    write(
        12,
        Kind.COST_OF_SALE,
        debit(of("cost_of_sales"), soles("37")),
        credit(of("finished_pieces"), soles("37")),
    )

    # 31 March: Rosa is paid her S/ 25.
    pay = books.sign_twice(books.request("25"))
    pay_payment(payment=pay, actor=books.treasurer, on=date(2026, 3, 31))

    assert trial(date(2026, 3, 9)) == [
        ("cash", "220.00 D"),
        ("finished_pieces", "37.00 D"),
        ("wool_store", "266.00 D"),
        ("wool_members", "2.00 D"),
        ("4419.T-07", "25.00 C"),
        ("opening_equity", "500.00 C"),
    ]
    assert trial(date(2026, 3, 31)) == trial() == [
        ("cash", "195.00 D"),
        ("bank", "95.00 D"),
        ("wool_store", "266.00 D"),
        ("wool_members", "2.00 D"),
        ("opening_equity", "500.00 C"),
        ("cost_of_sales", "37.00 D"),
        ("sales", "80.00 C"),
        ("shipping_charged", "15.00 C"),
    ]  # fmt: skip
    assert queries.trial_balance().totals == [("PEN", soles("595"), soles("595"))]


def test_a_wrong_entry_is_undone_by_its_mirror_and_written_anew(books: Books):
    """S/ 52 were written as S/ 25: both stay readable, and the balance is right."""
    from ledger.services import reverse_entry

    wrong = books.earned("52")
    undone = reverse_entry(
        entry=wrong, reason="52 for 25", day=date(2026, 3, 11), actor=books.treasurer
    )
    books.earned("25")

    assert [
        (one.side, one.account.code, one.amount) for one in undone.postings.order_by("position")
    ] == [
        ("credit", "2111", soles("52")),
        ("debit", "4419.T-07", soles("52")),
    ]
    assert queries.balance(books.rosas) == soles("25")
    rows = queries.statement(books.rosas).rows
    assert [one.balance for one in rows] == [soles("25"), soles("0"), soles("52")]


def test_an_order_in_dollars_crosses_through_exchange(books: Books):
    """USD 40 were paid in advance; at the day's rate they are S/ 150 of sales."""
    from djmoney.money import Money

    from ledger.services import install_chart

    install_chart(chart="pe", currency="USD")
    dollars = Money("40", "USD")
    post_entry(
        day=date(2026, 3, 1),
        kind=Kind.DEPOSIT_RECEIVED,
        memo="",
        lines=[
            debit(queries.account("bank", "USD"), dollars),
            credit(queries.account("customer_deposits", "USD"), dollars),
        ],
        reference="usd:1",
        created_by=None,
    )
    post_entry(
        day=date(2026, 3, 4),
        kind=Kind.SALE,
        memo="",
        lines=[
            debit(queries.account("customer_deposits", "USD"), dollars),
            credit(queries.account("exchange", "USD"), dollars),
            debit(queries.account("exchange"), soles("150")),
            credit(queries.account("sales"), soles("150")),
        ],
        reference="usd:2",
        created_by=None,
    )

    assert queries.trial_balance().totals == [
        ("PEN", soles("150"), soles("150")),
        ("USD", dollars, dollars),
    ]
    assert queries.balance(queries.account("customer_deposits", "USD")) == Money("0", "USD")
