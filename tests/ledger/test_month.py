"""The treasurer's month: six steps, each told by the rows of the part that it belongs to."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from ledger.bank.models import BankLine
from ledger.bank.services import import_file, write_entry
from ledger.cash.services import agree, ask_pay_day, count_box, open_box
from ledger.models import JournalEntry, Payment
from ledger.month_steps import Span, Step, month_at_hand, next_step, span_of, steps_of
from ledger.services import (
    hand_over,
    open_account,
    request_closing,
    sign_closing,
    sign_payment,
    void_payment,
)
from ledger.services.handing import How
from tests.factories.ledger import DAY, NAME, Books, close_period
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
STATEMENT, MATCH, COUNT, PAY, CLOSE, PRINT = range(6)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def step(number: int, month: Span = MARCH) -> Step:
    return steps_of(month)[number]


def stands(number: int, month: Span = MARCH) -> tuple[str, str]:
    found = step(number, month)
    return found.state, found.told


# Which month -----------------------------------------------------------------------------------
def test_the_month_at_hand_is_the_oldest_that_is_over_and_open(new_books: Books):
    new_books.put_in_cash("100")
    assert month_at_hand() == MARCH
    close_period(last_day=MARCH.last, actor=new_books.treasurer)
    assert month_at_hand() == span_of(date(2026, 4, 1))


def test_a_closing_that_waits_keeps_its_month_at_hand(new_books: Books):
    new_books.put_in_cash("100")
    request_closing(last_day=date(2026, 4, 30), actor=new_books.treasurer)
    assert month_at_hand() == span_of(date(2026, 4, 30))


# The bank --------------------------------------------------------------------------------------
def import_march(books: Books, *lines: str) -> None:
    told = "\n".join(["Fecha;Detalle;Monto;Saldo", *lines])
    import_file(
        data=told.encode(), name="m.csv", account=books.account("bank"), actor=books.treasurer
    )


def test_a_statement_must_reach_to_the_months_end(new_books: Books):
    new_books.post("bank", "opening_equity", "100", kind=Kind.OPENING)
    assert stands(STATEMENT) == ("left", "Bank: no statement of this month yet.")
    assert stands(MATCH)[0] == "later"
    import_march(new_books, "12/03/2026;ITF;-0.35;99.65")
    assert stands(STATEMENT) == ("left", "Bank: the statement ends on 12 March.")
    import_march(new_books, "30/03/2026;ITF;-0.40;99.25")
    assert stands(STATEMENT) == ("done", "The statement is here, until 30 March.")


def test_a_statement_of_later_days_is_none_of_this_month(new_books: Books):
    """The first file that the bank ever gave is of April: of March it tells nothing."""
    new_books.post("bank", "opening_equity", "100", kind=Kind.OPENING)
    import_march(new_books, "06/04/2026;ITF;-0.35;99.65", "30/04/2026;ITF;-0.40;99.25")
    assert stands(STATEMENT) == ("left", "Bank: no statement of this month yet.")
    assert stands(STATEMENT, span_of(date(2026, 4, 1)))[0] == "done"


def test_a_month_without_movements_between_two_statements_has_none_to_bring(new_books: Books):
    new_books.post("bank", "opening_equity", "100", kind=Kind.OPENING)
    import_march(new_books, "27/02/2026;ITF;-0.35;99.65")
    import_march(new_books, "06/04/2026;ITF;-0.40;99.25")
    assert stands(STATEMENT)[0] == "done"


def test_an_account_without_money_in_the_month_has_no_statement_to_bring(new_books: Books):
    new_books.post("bank", "opening_equity", "100", kind=Kind.OPENING)
    import_march(new_books, "30/03/2026;ITF;-0.40;99.60")
    euros = open_account(
        code="104-EUR", name_es="Banco EUR", name_en="Bank EUR", kind="asset", currency="EUR",
        role="bank", is_money=True,
    )  # fmt: skip
    may = b"Fecha;Detalle;Monto;Saldo\n04/05/2026;ABONO;10.00;10.00\n"
    import_file(data=may, name="e.csv", account=euros, actor=new_books.treasurer)
    assert stands(STATEMENT) == ("done", "The statement is here, until 30 March.")


def test_the_bank_is_matched_when_every_line_is_and_the_difference_is_zero(new_books: Books):
    new_books.post("bank", "opening_equity", "100", kind=Kind.OPENING)
    import_march(new_books, "28/03/2026;ITF;-0.35;99.65", "30/03/2026;ITF;-0.40;99.25")
    assert stands(MATCH) == ("left", "2 lines of the bank are not matched yet.")
    assert step(MATCH).url == reverse("bank_office:statement", args=[1])
    for line in BankLine.objects.all():
        write_entry(
            line=line,
            kind=Kind.BANK_CHARGE,
            other=new_books.account("bank_charges"),
            actor=new_books.treasurer,
        )
    assert stands(MATCH) == ("done", "Bank and books agree: the difference is zero.")


def test_what_the_next_statement_explains_leaves_nothing_to_do(new_books: Books):
    new_books.post("bank", "opening_equity", "100", kind=Kind.OPENING)
    import_march(new_books, "30/03/2026;ITF;-0.40;99.60")
    write_entry(
        line=BankLine.objects.get(),
        kind=Kind.BANK_CHARGE,
        other=new_books.account("bank_charges"),
        actor=new_books.treasurer,
    )
    new_books.post("bank", "common_fund", "20", day=date(2026, 3, 30))
    state, told = stands(MATCH)
    assert state == "done"
    assert "20.00" in told


# Cash and pay ----------------------------------------------------------------------------------
def test_a_box_is_counted_when_two_say_so(new_books: Books):
    new_books.put_in_cash("100")
    box = open_box(
        account=new_books.account("cash"),
        holder=new_books.treasurer,
        actor=new_books.treasurer,
        on=DAY,
    )
    assert stands(COUNT) == ("left", "1 box was not counted by two yet.")
    count = count_box(
        box=box, numbers={2000: 5}, counter=new_books.treasurer, on=DAY, reference="c:1"
    )
    assert "a second person must say" in stands(COUNT)[1]
    agree(count=count, person=new_books.president, actor=new_books.president)
    assert stands(COUNT) == ("done", "Counted by two, the last time on 10 March.")
    # For the month after it is to be counted again.
    assert stands(COUNT, span_of(date(2026, 4, 1)))[0] == "left"


def test_pay_is_asked_for_signed_handed_over_and_done(new_books: Books):
    new_books.put_in_cash("100")
    new_books.earned("60")
    assert stands(PAY) == ("left", "1 woman is owed pay that nobody asked for.")
    payment = new_books.request("60")
    assert stands(PAY) == ("left", "1 payment waits for signatures.")
    for signer in (new_books.treasurer, new_books.president):
        sign_payment(payment=payment, signer=signer, on=DAY)
    assert stands(PAY) == ("left", "1 payment is signed: hand the money over.")
    payment.refresh_from_db()
    new_books.open_box()
    hand_over(payment=payment, how=How.by_signature(NAME), actor=new_books.treasurer, on=DAY)
    assert stands(PAY) == ("done", "Everybody has what she earned until 31 March.")


def test_what_was_earned_since_belongs_to_the_next_month(new_books: Books):
    new_books.put_in_cash("100")
    new_books.earned("60", day=date(2026, 4, 2))
    assert stands(PAY)[0] == "done"
    assert stands(PAY, span_of(date(2026, 4, 2)))[0] == "left"


def test_whom_the_rule_gave_a_part_is_answered_until_her_payment_is_called_off(new_books: Books):
    new_books.put_in_cash("40")
    new_books.earned("60")
    made = ask_pay_day(
        from_account=new_books.account("cash"),
        purpose="March",
        actor=new_books.treasurer,
        on=DAY,
        reference="pay:1",
    )
    payment = Payment.objects.get(pay_day_line__pay_day=made)
    assert payment.amount.amount == Decimal(40)
    new_books.sign_twice(payment)
    new_books.open_box()
    hand_over(payment=payment, how=How.by_signature(NAME), actor=new_books.treasurer, on=DAY)
    assert stands(PAY)[0] == "done"
    # A pay day that was called off answers nobody.
    new_books.put_in_cash("20")
    second = new_books.request("20")
    assert stands(PAY)[0] == "left"
    void_payment(payment=second, actor=new_books.treasurer, reason="Not today.")
    assert stands(PAY)[0] == "done"


# Closing and printing --------------------------------------------------------------------------
def test_closing_is_asked_for_signed_by_two_and_done(new_books: Books):
    new_books.put_in_cash("100")
    assert stands(CLOSE) == ("left", "Not asked for yet. Two sign it.")
    assert stands(PRINT)[0] == "later"
    closing = request_closing(last_day=MARCH.last, actor=new_books.treasurer)
    sign_closing(closing=closing, signer=new_books.treasurer)
    assert stands(CLOSE) == ("left", "Asked for: 1 signature is missing.")
    sign_closing(closing=closing, signer=new_books.president)
    assert stands(CLOSE) == ("done", "Closed, signed by Tomasa, Petra.")
    assert stands(PRINT)[0] == "ready"


def test_a_closing_that_no_longer_fits_says_so_everywhere_and_is_asked_anew(new_books: Books):
    for user in (new_books.treasurer, new_books.president):
        user.language = "en"
        user.save()
    new_books.put_in_cash("100")
    stale = request_closing(last_day=MARCH.last, actor=new_books.treasurer, note="As agreed")
    new_books.put_in_cash("20")
    assert stands(CLOSE) == ("left", "Something was written since it was asked for: ask anew.")
    president, treasurer = sign_in(new_books.president), sign_in(new_books.treasurer)
    url = reverse("ledger_office:closing", args=[stale.pk])
    for client in (president, treasurer):
        page = client.get(url).content.decode()
        assert "can no longer be signed" in page
        assert "signatures are missing" not in page
        assert "waits for signatures" not in page
    assert "waits for your signature" not in president.get("/office/").content.decode()
    assert "no longer fits what is written" in treasurer.get("/office/").content.decode()
    # One press: what the page's own form sends.
    treasurer.post(
        reverse("ledger_office:close", args=[MARCH.last.isoformat()]), {"note": "As agreed"}
    )
    stale.refresh_from_db()
    assert stale.status == "void"
    assert stands(CLOSE) == ("left", "Asked for: 2 signatures are missing.")


def test_what_is_left_comes_before_what_is_ready(new_books: Books):
    new_books.put_in_cash("100")
    new_books.earned("60")
    close_period(last_day=MARCH.last, actor=new_books.treasurer)
    found = next_step(steps_of(MARCH))
    assert found is not None
    assert found.title == "Pay the members"


# The page --------------------------------------------------------------------------------------
def test_the_page_tells_the_month_that_is_asked_for_and_no_other(books: Books):
    for user in (books.treasurer, books.secretary):
        user.language = "en"
        user.save()
    books.put_in_cash("100")
    client, url = sign_in(books.treasurer), reverse("ledger_office:month")
    assert "The month: March 2026" in client.get(url).content.decode()
    assert "The month: April 2026" in client.get(url, {"of": "2026-04"}).content.decode()
    for nonsense in ("", "2026-13", "march", "1999-01", "9999-01", "2026-03-01"):
        assert "The month: March 2026" in client.get(url, {"of": nonsense}).content.decode()


def test_the_first_page_shows_the_month_to_who_writes_the_books(books: Books):
    books.put_in_cash("100")
    assert 'class="month-steps"' in sign_in(books.treasurer).get("/office/").content.decode()
    assert 'class="month-steps"' not in sign_in(books.secretary).get("/office/").content.decode()


def test_who_asks_for_a_closing_reads_what_is_left_of_the_month(books: Books):
    books.treasurer.language = "en"
    books.treasurer.save()
    books.put_in_cash("100")
    books.earned("60")
    page = sign_in(books.treasurer).get(reverse("ledger_office:close", args=["2026-03-31"]))
    assert "1 woman is owed pay that nobody asked for." in page.content.decode()
