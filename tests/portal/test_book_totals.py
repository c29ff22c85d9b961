"""The members' book where the assembly wants others' pay in totals only: a sum in the place of
single entries, and nothing from which one could be reckoned.
"""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from ledger import queries as books
from ledger.reports.decisions import Total
from ledger.reports.models import Decision
from ledger.reports.services import write_decision
from ledger.services import (
    NewEntry,
    credit,
    debit,
    pay_payment,
    post_entries,
    sign_payment,
)
from orders.production.services import pass_piece
from tests.factories.ledger import DAY, close_period, soles
from tests.factories.production import Workshop
from tests.portal.conftest import Phone
from tests.portal.test_pay import ask, pay

WISHES = ("", "?what=out", "?what=work", "?what=in", f"?month={DAY:%Y-%m}", "?words=socia+pag")
LAST_OF_MONTH = date(DAY.year, DAY.month, 31)
#: Made at random, with points in it: an amount may stand in it by chance.
_SECRET = re.compile(r'data-kept="[^"]*"')
#: What differs between two answers that say the same.
_CHANGES = re.compile(r'(nonce|value|href|data-[\w-]+)="[^"]*"')


def decide(workshop: Workshop, *how: str, subject: str = Decision.Subject.OTHERS_PAY) -> None:
    write_decision(
        subject=subject,
        chosen=how,
        day=DAY,
        words="So we read it.",
        acta="4",
        actor=workshop.secretary,
    )


@pytest.fixture
def three_earned(workshop: Workshop) -> Workshop:
    """Three women earned 16.00, 24.00 and 40.00 on one day, and were paid 11.01, 12.02, 13.03."""
    women = (workshop.rosa, workshop.another(), workshop.another())
    for number, amount, who in zip((2, 3, 5), ("11.01", "12.02", "13.03"), women, strict=True):
        for piece in workshop.brought(number, who=who):
            pass_piece(piece=piece, checker=workshop.checker, on=DAY)
        pay(workshop, amount, who)
    return workshop


def close(workshop: Workshop) -> None:
    """The month of the day, and the year before."""
    for last_day in (date(DAY.year - 1, 12, 31), LAST_OF_MONTH):
        close_period(last_day=last_day, actor=workshop.treasurer)


def read(client: Client, address: str) -> str:
    answer = client.get(f"/m/book/{address}")
    assert answer.status_code == 200
    return _SECRET.sub("", answer.content.decode())


@pytest.mark.parametrize("wish", WISHES)
def test_no_single_amount_stands_anywhere(three_earned, phone, wish):
    client = phone(three_earned.another().user)
    assert any(read(client, one).count("8.00") for one in ("?what=work",))
    decide(three_earned, "totals")

    page = read(client, wish)

    for amount in ("11.01", "12.02", "13.03", "S/\xa08.00", "16.00", "24.00", "40.00", "36.06"):
        assert amount not in page, amount


def test_a_closed_month_is_told_as_sums_in_their_place(three_earned, phone):
    decide(three_earned, "totals")
    close(three_earned)
    client = phone(three_earned.another().user)

    whole, work, out = (read(client, one) for one in ("", "?what=work", "?what=out"))

    earned, paid = "Las que tejen ganaron S/\xa080.00.", "se les pagó S/\xa036.06"
    assert earned in whole
    assert paid in whole
    assert earned in work
    assert paid not in work
    assert paid in out
    assert earned not in out
    assert earned not in read(client, "?what=wool")
    assert paid in read(client, f"?month={DAY:%Y-%m}")
    assert "ganaron" not in read(client, "?month=2031-01")


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("ganaron", True), ("tejen gana", True), ("80.00", True), ("S/80", True), ("8.00", False)],
)
def test_words_and_amounts_find_the_sums(three_earned, phone, words, is_found):
    decide(three_earned, "totals")
    close(three_earned)

    page = read(phone(three_earned.another().user), f"?words={words}")

    assert ("S/\xa080.00." in page) is is_found


def before_and_after_pay(
    three_earned: Workshop, phone: Phone, address: str
) -> tuple[list[str], list[str]]:
    """What another woman, and everybody, reads before and after Rosa earns and is paid."""
    totals = Decision.Subject.PUBLIC_TOTALS
    decide(three_earned, *Total.values, subject=totals)
    [piece] = three_earned.brought(1)
    payment = ask(three_earned, "2.22")
    for signer in three_earned.signers:
        sign_payment(payment=payment, signer=signer, on=DAY)
    close(three_earned)
    reader, anyone = phone(three_earned.another().user), Client()

    def seen() -> list[str]:
        cache.clear()
        public = [
            anyone.get(one).content for one in ("/es/", "/es/open-book/", "/api/v1/open-book")
        ]
        pages = [read(reader, address), *(one.decode() for one in public)]
        return [_CHANGES.sub("", one) for one in pages]

    before = seen()
    later = LAST_OF_MONTH + timedelta(days=5)
    pass_piece(piece=piece, checker=three_earned.checker, on=later)
    pay_payment(payment=payment, actor=three_earned.treasurer, on=later)
    return before, seen()


@pytest.mark.parametrize("wish", WISHES)
def test_looking_before_and_after_a_payment_tells_nothing(three_earned, phone, wish):
    """The page is the same to the letter: no sum, no balance, no chart moves by one woman's pay."""
    decide(three_earned, "totals")

    before, after = before_and_after_pay(three_earned, phone, wish)

    assert "80.00" in before[2]
    assert after == before


def test_where_each_entry_is_told_the_figures_are_todays(three_earned, phone):
    decide(three_earned, "order")

    before, after = before_and_after_pay(three_earned, phone, "")

    assert all(one != other for one, other in zip(before, after, strict=True))


def test_before_any_month_can_be_told_it_says_why(three_earned, phone):
    decide(three_earned, "totals")

    page = read(phone(three_earned.another().user), "")

    assert "Todavía no se puede contar ningún mes" in page
    assert 'class="ours"' not in page
    assert 'class="month"' not in page


@pytest.mark.parametrize("how", ["order", "name", "totals"])
def test_the_book_names_the_decision_by_which_it_is_told(three_earned, phone, how):
    decide(three_earned, how)

    reader = three_earned.another().user
    for page in (read(phone(reader), ""), phone(reader).get("/es/open-book/").content.decode()):
        assert "la asamblea del 10 de marzo de 2026" in page
        assert "(acta 4)" in page
        assert "So we read it." in page


def test_by_order_each_piece_is_told_without_a_name(three_earned, phone):
    decide(three_earned, "order")

    page = read(phone(three_earned.another().user), "?what=work")

    assert "Llama: una pieza aprobada, y una socia ganó S/\xa08.00" in page
    assert str(three_earned.rosa.user) not in page


def test_by_name_each_piece_is_told_with_hers_and_her_name_can_be_looked_for(three_earned, phone):
    decide(three_earned, "name")
    client, name = phone(three_earned.another().user), str(three_earned.rosa.user)

    assert name in read(client, "?what=work")
    found = read(client, f"?words={name.split(maxsplit=1)[0]}")
    assert name in found
    assert "Socia 2" not in found


def test_a_month_is_told_once_on_the_way_through_the_pages(three_earned, phone):
    """Money came on twenty days around the end of the month; the sums stand at that end."""
    for number in range(20):
        day = LAST_OF_MONTH - timedelta(days=9) + timedelta(days=number)
        lines = [
            debit(books.account("cash"), soles("1.00")),
            credit(books.account("opening_equity"), soles("1.00")),
        ]
        post_entries([NewEntry(day, "opening", "", lines, f"day:{number}", None)])
    decide(three_earned, "totals")
    close(three_earned)
    client, seen, address = phone(three_earned.another().user), [], "?"
    while address:
        page = read(client, address)
        seen.append(page.count('story__sentence">Las que tejen ganaron'))
        [address] = re.findall(r'rel="next" href="(\?[^"]+)"', page) or [""]

    # Four days on a page: the last of the month is on the third.
    assert seen == [0, 0, 1, *[0] * (len(seen) - 3)]


def test_sums_cost_the_same_however_many_months(three_earned, phone, django_assert_max_num_queries):
    decide(three_earned, "totals")
    close(three_earned)
    client = phone(three_earned.another().user)

    with django_assert_max_num_queries(29):
        read(client, "")


def test_a_year_tells_the_sums_of_its_own_months_and_an_order_none(three_earned, phone):
    decide(three_earned, "totals")
    close(three_earned)
    client = phone(three_earned.another().user)

    assert "ganaron S/\xa080.00" in read(client, f"?year={DAY.year}")
    assert "ganaron" not in read(client, f"?year={DAY.year - 1}")
    assert "ganaron" not in read(client, "?order=987654321")
