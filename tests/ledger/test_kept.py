"""What the house counts elsewhere too is written by events alone, never by hand.

Wool stands in lots, a provider's money in its movements, what a member is owed in her pieces. A
treasurer who wrote there by hand, alone, would make both disagree for ever.
"""

from datetime import date

import pytest

from coop.kit.audit import findings
from ledger import plain, queries
from ledger.errors import BooksHaveBegun, CountedElsewhere, KeptByTheHouse, PeriodClosed
from ledger.models import Account, JournalEntry, Payment
from ledger.services import (
    ask_from_template,
    credit,
    debit,
    move_money,
    request_by_hand,
    sign_payment,
    undo_by_hand,
    write_by_hand,
)
from tests.factories.ledger import DAY, Books, close_period, person, soles
from tests.factories.wool import Store
from tests.ledger.test_office import at, entry_values, sent, shown, sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def write(books: Books, debited: Account, credited: Account, kind: str = Kind.HAND) -> JournalEntry:
    return write_by_hand(
        lines=[debit(debited, soles("10")), credit(credited, soles("10"))],
        kind=kind,
        day=DAY,
        memo="",
        actor=books.treasurer,
        reference=f"kept:{debited.code}:{credited.code}:{kind}",
    )


@pytest.mark.parametrize("role", ["wool_store", "wool_members", "trip_advances", "stripe"])
def test_what_is_counted_elsewhere_is_not_written_by_hand(role: str, books: Books):
    kept, other = books.account(role), books.account("opening_equity")
    for sides in ((kept, other), (other, kept)):
        with pytest.raises(KeptByTheHouse) as refusal:
            write(books, *sides)
        assert kept.code in str(refusal.value)
    assert not JournalEntry.objects.exists()
    assert not list(findings())


def test_nobody_writes_by_hand_what_a_member_is_owed(books: Books):
    with pytest.raises(KeptByTheHouse):
        write(books, books.account("other_expenses"), books.rosas)
    with pytest.raises(KeptByTheHouse):
        write(books, books.rosas, books.account("donations"))
    assert queries.balance(books.rosas) == soles("0")


def test_paper_is_taken_over_only_before_all_else(books: Books):
    write(books, books.account("opening_equity"), books.rosas, Kind.OPENING)
    assert queries.balance(books.rosas) == soles("10")
    books.earned("5")

    with pytest.raises(BooksHaveBegun):
        write(books, books.account("cash"), books.account("opening_equity"), Kind.OPENING)


def test_the_form_offers_an_opening_only_before_all_else(books: Books):
    treasurer = sign_in(books.treasurer)
    assert 'value="opening"' in shown(treasurer, "write")
    books.earned("5")

    assert 'value="opening"' not in shown(treasurer, "write")


def test_no_payment_by_hand_goes_into_wool(books: Books):
    books.put_in_cash("100")
    with pytest.raises(KeptByTheHouse):
        request_by_hand(
            from_account=books.account("cash"),
            to_account=books.account("wool_store"),
            payee=None,
            payee_name="Hilandería",
            amount=soles("9"),
            kind="wool_bought",
            purpose="lana",
            actor=books.treasurer,
            on=DAY,
            reference="wool",
        )
    assert not Payment.objects.exists()


def test_we_bought_wool_pays_who_sold_it(books: Books):
    """The wool itself comes into the books with its lot (`coop.wool`)."""
    books.put_in_cash("100")
    template = next(one for one in plain.templates() if one.key == "bought_wool")
    payment = ask_from_template(
        template=template,
        amount=soles("9"),
        account=books.account("supplier"),
        place=books.account("cash"),
        payee=None,
        payee_name="Hilandería",
        purpose="lana",
        actor=books.treasurer,
        on=DAY,
        reference="wool",
    )
    for signer in (books.president, books.secretary):
        sign_payment(payment=payment, signer=signer)

    assert payment.to_account.role == "supplier"
    assert not list(findings())


def test_nothing_is_told_as_asked_for_in_a_closed_month(books: Books):
    books.put_in_cash("100", day=date(2026, 1, 5))
    close_period(last_day=date(2026, 1, 31), actor=books.treasurer)
    with pytest.raises(PeriodClosed):
        books.request("1", on=date(2026, 1, 15))


def test_money_that_a_provider_holds_is_not_moved_by_hand(books: Books):
    books.put_in_cash("100")
    for way in (
        (books.account("cash"), books.account("stripe")),
        (books.account("stripe"), books.account("bank")),
    ):
        with pytest.raises(KeptByTheHouse):
            move_money(
                from_account=way[0],
                to_account=way[1],
                gives=soles("5"),
                takes=soles("5"),
                actor=books.treasurer,
                on=DAY,
                reference=f"moved:{way[0].code}",
            )
    assert queries.balance(books.account("cash")) == soles("100")


def test_wool_is_not_undone_in_the_journal_alone():
    """Its grams lie in lots: undone in the books alone, lots and books would disagree for ever."""
    store = Store("500.00")
    store.lot(cost="100.00", on=DAY)
    bought = JournalEntry.objects.get(kind=Kind.WOOL_BOUGHT)
    with pytest.raises(CountedElsewhere):
        undo_by_hand(entry=bought, reason="too dear", day=DAY, actor=store.keeper)
    user = person("Tomasa", "treasurer")
    user.language = "en"
    user.save()

    page = sign_in(user).get(at("reverse", bought.pk), follow=True).content.decode()

    assert "counted on a page of its own too" in page
    assert not JournalEntry.objects.filter(reverses=bought).exists()
    assert not list(findings())


def test_who_undoes_what_an_event_wrote_reads_what_stays(books: Books):
    books.earned("25")
    passed = JournalEntry.objects.get(kind=Kind.PIECE_PASSED)
    books.treasurer.language = "en"
    books.treasurer.save()
    treasurer = sign_in(books.treasurer)
    sent(treasurer, "write", **entry_values(books))
    typed = JournalEntry.objects.get(kind=Kind.GRANT)

    assert "the piece or the count stays" in shown(treasurer, "reverse", passed.pk)
    assert "the piece or the count stays" not in shown(treasurer, "reverse", typed.pk)
