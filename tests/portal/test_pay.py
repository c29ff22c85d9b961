"""Her pay on a phone: owed first, earned, paid; each amount leads to its event."""

import re
from datetime import timedelta

import pytest

from coop.portal.queries import pay_of
from ledger import queries as books
from ledger.models import CodeTry, JournalEntry, Payment
from ledger.services import (
    credit,
    debit,
    one_time_code,
    pay_payment,
    post_entry,
    request_payment,
    reverse_entry,
    sign_payment,
)
from ledger.services.handing import MOST_TRIES
from orders.production.services import pass_piece
from tests.factories.ledger import DAY, soles
from tests.factories.wool import reference


def earn(workshop, quantity: int = 1, **work) -> None:
    for piece in workshop.brought(quantity, **work):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)


def ask(workshop, amount: str, who=None, place: str = "cash") -> Payment:
    member = who or workshop.rosa
    return request_payment(
        from_account=books.account(place),
        to_account=member.account,
        payee=member.user,
        payee_name="",
        amount=soles(amount),
        kind=JournalEntry.Kind.MEMBER_PAID,
        purpose="Pago",
        actor=workshop.treasurer,
        on=DAY,
        reference=reference(),
    )


def asked(workshop, amount: str) -> Payment:
    """Asked for, after she earned S/ 40.00."""
    earn(workshop, 5)
    return ask(workshop, amount)


def pay(workshop, amount: str, who=None) -> JournalEntry:
    payment = ask(workshop, amount, who)
    for signer in workshop.signers:
        sign_payment(payment=payment, signer=signer, on=DAY)
    return pay_payment(payment=payment, actor=workshop.treasurer, on=DAY)


def test_owed_is_earned_less_paid_and_the_balance_of_her_account(workshop):
    """Five llamas at 8.00 are 40.00; 25.50 were paid; 14.50 are owed."""
    earn(workshop, 5)
    pay(workshop, "25.50")

    pay_ = pay_of(workshop.rosa.account)

    assert (pay_.earned, pay_.paid, pay_.owed) == (soles("40.00"), soles("25.50"), soles("14.50"))
    assert pay_.owed == books.balance(workshop.rosa.account)


def test_what_was_undone_counts_for_nothing(workshop):
    earn(workshop, 5)
    entry = JournalEntry.objects.filter(kind=JournalEntry.Kind.PIECE_PASSED).first()
    reverse_entry(entry=entry, reason="wrong design", day=DAY, actor=workshop.treasurer)

    pay_ = pay_of(workshop.rosa.account)

    assert (pay_.earned, pay_.paid, pay_.owed) == (soles("32.00"), soles("0"), soles("32.00"))


def test_the_page_begins_with_what_is_owed(workshop, phone):
    earn(workshop, 5)
    pay(workshop, "25.50")

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    assert page.index("S/\xa014.50") < page.index("S/\xa040.00") < page.index("S/\xa025.50")


@pytest.mark.parametrize("address", ["/m/earnings/", "/m/work/"])
def test_every_amount_lies_under_a_cloth(workshop, phone, address):
    earn(workshop, 2)
    workshop.offered(1)

    page = phone(workshop.rosa.user).get(address).content.decode()

    for piece in page.split("S/\xa0")[1:]:
        assert "</details>" in piece
    outside = "".join(part.split("</details>")[-1] for part in page.split("<details"))
    assert "S/" not in outside


def test_the_amount_is_drawn_in_notes_and_coins(workshop, phone):
    """8.00 is a coin of 5, one of 2, one of 1."""
    earn(workshop, 1)

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    owed = page.split("sum--earned")[0]
    assert [owed.count(f'coin-{one}"') for one in (500, 200, 100, 50)] == [1, 1, 1, 0]


def test_each_row_leads_to_its_event(workshop, phone):
    earn(workshop, 1)
    paid = pay(workshop, "8.00")
    client = phone(workshop.rosa.user)

    page = client.get("/m/earnings/").content.decode()
    passed = JournalEntry.objects.get(kind=JournalEntry.Kind.PIECE_PASSED)
    for entry in (passed, paid):
        assert f'href="/m/earnings/{entry.pk}/"' in page

    of_piece = client.get(f"/m/earnings/{passed.pk}/").content.decode()
    assert "<b>20</b> g" in of_piece
    assert "/m/work/" in of_piece
    of_payment = client.get(f"/m/earnings/{paid.pk}/").content.decode()
    assert "S/\xa08.00" in of_payment


def test_a_passed_piece_shows_its_picture(workshop, phone):
    earn(workshop, 1)

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    assert page.count("picture--square picture--fabric") == 1


def test_nobody_reads_the_pay_of_another(workshop, phone):
    earn(workshop, 1)
    passed = JournalEntry.objects.get(kind=JournalEntry.Kind.PIECE_PASSED)
    other = phone(workshop.another().user)

    assert other.get(f"/m/earnings/{passed.pk}/").status_code == 404
    assert "S/\xa08.00" not in other.get("/m/earnings/").content.decode()


def test_an_entry_of_the_house_is_not_hers(workshop, phone):
    opening = JournalEntry.objects.filter(kind=JournalEntry.Kind.OPENING).first()

    assert phone(workshop.rosa.user).get(f"/m/earnings/{opening.pk}/").status_code == 404


def test_before_the_first_piece_there_is_a_picture_and_a_sentence(workshop, phone):
    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    assert 'class="nothing"' in page


def test_the_list_costs_the_same_for_one_and_for_three(
    workshop, phone, django_assert_max_num_queries
):
    client = phone(workshop.rosa.user)
    earn(workshop, 1)
    with django_assert_max_num_queries(15) as one:
        client.get("/m/earnings/")
    earn(workshop, 3)
    with django_assert_max_num_queries(len(one)):
        client.get("/m/earnings/")


def test_alike_pieces_of_a_day_stand_together_and_unfold_to_each(workshop, phone):
    earn(workshop, 6)
    earn(workshop, 1, variant=workshop.variant("condor"))
    client = phone(workshop.rosa.user)

    page = client.get("/m/earnings/").content.decode()

    assert page.count('class="entry__count">6<') == 1
    assert page.count('class="entry__count">1<') == 1
    assert page.count('class="lot__piece"') == 6
    assert page.count('class="dayhead"') == 1
    for entry in JournalEntry.objects.filter(kind=JournalEntry.Kind.PIECE_PASSED):
        assert f'href="/m/earnings/{entry.pk}/"' in page
    assert "S/\xa048.00" in page.split('class="lot__all"')[1]


def test_what_was_undone_is_not_counted_among_the_good_ones(workshop, phone):
    earn(workshop, 3)
    entry = JournalEntry.objects.filter(kind=JournalEntry.Kind.PIECE_PASSED).first()
    reverse_entry(entry=entry, reason="wrong design", day=DAY, actor=workshop.treasurer)

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    assert page.count('class="entry__count">3<') == 1
    assert "Anulado" in page


def earn_on_days(workshop, count: int) -> None:
    pieces = workshop.brought(count)
    for number, piece in enumerate(pieces):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY + timedelta(days=number))


def test_a_page_is_a_few_days_and_leads_to_older_ones(workshop, phone):
    earn_on_days(workshop, 9)
    client = phone(workshop.rosa.user)

    first = client.get("/m/earnings/").content.decode()
    rest = f"?from={DAY + timedelta(days=1)}"
    second = client.get(f"/m/earnings/{rest}").content.decode()

    assert first.count('class="dayhead"') == 7
    assert f'href="{rest}"' in first
    assert second.count('class="dayhead"') == 2
    assert "sum--owed" not in second
    assert 'rel="next"' not in second
    for nonsense in ("0", "-1", "x", "2026-02-31", "9999-12-31", "2026-03-10." + 30 * "9", "²"):
        assert client.get("/m/earnings/", {"from": nonsense}).status_code == 200


def test_a_sum_from_a_thousand_is_written_smaller_beside_its_loudspeaker(workshop, phone):
    for amount in ("9702.20", "96.80"):
        post_entry(
            day=DAY,
            kind=JournalEntry.Kind.HAND,
            memo="",
            lines=[
                debit(books.account("finished_pieces"), soles(amount)),
                credit(workshop.rosa.account, soles(amount)),
            ],
            reference=reference(),
            created_by=workshop.treasurer,
        )

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    assert '<p class="amount amount--long">S/\xa09,799.00</p>' in page
    assert '<p class="amount">S/\xa00.00</p>' in page


def test_what_stands_in_a_line_of_her_pay_is_what_is_said_of_it(workshop, phone):
    earn(workshop, 1)

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    (line,) = page.split('<ul class="entries">')[1:]
    assert "ganado" in line.split("</a>")[0]
    (words,) = re.findall(r'data-words="([^"]*)"', line.split("</ul>")[0].split("</a>")[1])[:1]
    assert words.startswith("una pieza")
    assert words.endswith("ganado")


def signed_for_rosa(workshop, place: str = "cash") -> Payment:
    earn(workshop, 5)
    payment = ask(workshop, "8.00", place=place)
    for signer in workshop.signers:
        sign_payment(payment=payment, signer=signer, on=DAY)
    return payment


def test_her_first_screen_says_that_money_waits_until_she_has_it(workshop, phone):
    hers = phone(workshop.rosa.user)
    payment = signed_for_rosa(workshop)
    tile = re.search(r'tile--earnings">.*?</li>', hers.get("/m/").content.decode(), re.DOTALL)
    assert 'class="tile__waiting">1<' in tile[0]

    pay_payment(payment=payment, actor=workshop.treasurer, on=DAY)
    tile = re.search(r'tile--earnings">.*?</li>', hers.get("/m/").content.decode(), re.DOTALL)
    assert "tile__waiting" not in tile[0]


def test_the_code_lies_under_its_cloth_and_says_when_it_is_worth_nothing(workshop, phone):
    payment = signed_for_rosa(workshop)
    hers = phone(workshop.rosa.user)
    code = f'<p class="own-code">{one_time_code(payment)}</p>'
    page = hers.get("/m/earnings/").content.decode()
    assert page.index("data-cloth") < page.index(code) < page.index("</details>")
    assert page.index(code) < page.index("sum--owed"), "she need not look for it"
    # Two cloths lie there: the second says what lies under it.
    assert page.index(code) < page.index("Cuánto es") < page.index("sum--owed")
    assert 'data-words="Cuánto es Toca el ojo para ver cuánto."' in page

    for _ in range(MOST_TRIES):
        CodeTry.objects.create(payment=payment, by=workshop.treasurer)
    page = hers.get("/m/earnings/").content.decode()
    assert code not in page
    assert "El número ya no sirve" in page
    assert "Dibuja tu nombre" in page


def test_what_the_bank_brings_has_no_code(workshop, phone):
    payment = signed_for_rosa(workshop, place="bank")

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()

    assert "Ya viene dinero para ti" in page
    assert one_time_code(payment) not in page
    assert "own-code" not in page
