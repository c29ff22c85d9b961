"""A box has one holder, is counted by two, and changes hands by a count and two signatures.

Source: issue 5, "Money out, money in hand"; accounting, "cash count differs".
"""

import pytest
from django.db import IntegrityError, transaction

from coop.kit import audit
from coop.people.errors import NoPinOfHers, PinOfHersIsKnown, TooManyTries, WrongPin
from coop.people.pins import TypedPin
from coop.people.services import PIN_TRIES
from ledger import queries
from ledger.cash.errors import (
    BoxMoved,
    BoxThere,
    CashError,
    CountAlone,
    CountedAlready,
    CountStands,
    HandedAlready,
    HandingEnded,
    HandingThere,
    MayNotCount,
    NegativeCount,
    NotABox,
    NotDrawnByHer,
    NotHerTurn,
    NotProvenByHer,
    ReceiverHasIt,
    SamePerson,
    TooMany,
)
from ledger.cash.models import Agreement, Count, HandingSign, Holding, Proof
from ledger.cash.models.handing import NOT_HERE
from ledger.cash.queries import open_handings
from ledger.cash.services import agree, ask_handing_over, open_box, sign_handing_over
from ledger.errors import WrongSource
from ledger.models import Account, JournalEntry
from ledger.services import move_money, open_account
from tests.cash.conftest import Around
from tests.factories.ledger import DAY, NAME, Books, soles
from tests.factories.people import KNOWN_PIN, PIN, a_card, a_known_card
from tests.ledger.raw import RawEntry, in_vain, refuse, refused_seal
from tests.ledger.test_posting import refused

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def typed(pin: str = PIN) -> TypedPin:
    """A PIN, typed on the phone around which they sit."""
    return TypedPin(pin=pin, address="192.0.2.7")


def holder(around: Around) -> str:
    account = Account.objects.get(pk=around.box.pk)
    newest = Holding.objects.filter(box=around.box).order_by("-number")[0]
    assert account.holder_id == newest.holder_id
    return newest.holder.first_name


# Boxes -----------------------------------------------------------------------------------------
def test_a_box_has_a_holder_from_the_first_day(around: Around):
    assert holder(around) == "Tomasa"
    with refused(BoxThere):
        open_box(
            account=around.books.account("cash"),
            holder=around.marta,
            actor=around.books.treasurer,
        )


@pytest.mark.parametrize("role", ["bank", "wallet", "stripe", "rent"])
def test_only_cash_lies_in_a_box(new_books: Books, role: str):
    with refused(NotABox):
        open_box(account=new_books.account(role), holder=new_books.rosa, actor=new_books.treasurer)


# Counting --------------------------------------------------------------------------------------
def test_what_was_counted_and_is_in_the_books_books_nothing(around: Around):
    around.counted(notes=5)
    assert not JournalEntry.objects.filter(kind=Kind.CASH_COUNTED).exists()
    assert queries.balance(around.books.account("cash")) == soles("100")
    assert audit.findings() == []


def test_what_is_missing_is_booked_as_short(around: Around):
    around.counted(notes=4)
    assert queries.balance(around.books.account("cash")) == soles("80")
    assert queries.balance(around.books.account("cash_short")) == soles("20")
    entry = JournalEntry.objects.get(kind=Kind.CASH_COUNTED)
    assert queries.describe(entry) == "Se contó la caja: S/\xa020.00 menos que en los libros."
    assert audit.findings() == []


def test_what_is_too_much_is_booked_as_over(around: Around):
    around.counted(notes=5, numbers={2000: 5, 50: 1})
    assert queries.balance(around.books.account("cash_over")) == soles("0.50")
    entry = JournalEntry.objects.get(kind=Kind.CASH_COUNTED)
    assert queries.describe(entry) == "Se contó la caja: S/\xa00.50 más que en los libros."
    assert audit.findings() == []


def test_one_who_counts_alone_books_nothing(around: Around):
    count = around.count(notes=4)
    with refused(SamePerson):
        agree(count=count, person=around.books.treasurer, actor=around.books.treasurer)
    assert queries.balance(around.books.account("cash")) == soles("100")


def test_around_one_phone_the_second_draws_her_name(around: Around):
    count = around.count()
    a_card(around.marta)
    with refused(NotDrawnByHer):
        agree(count=count, person=around.marta, actor=around.books.treasurer, typed=typed())
    agree(
        count=count,
        person=around.marta,
        actor=around.books.treasurer,
        drawing=NAME,
        typed=typed(),
    )
    agreement = Agreement.objects.get()
    assert (agreement.drawing, agreement.proof) == (NAME, Proof.PIN)
    assert audit.findings() == []


def test_a_drawing_alone_is_nobodys_word(around: Around):
    """One woman alone cannot draw another's name and book what she took."""
    count = around.count(notes=4)
    a_card(around.marta)
    for wrong, refusal in ((None, NotProvenByHer), ("", NotProvenByHer), ("9753", WrongPin)):
        with refused(refusal):
            agree(
                count=count,
                person=around.marta,
                actor=around.books.treasurer,
                drawing=NAME,
                typed=None if wrong is None else typed(wrong),
            )
    assert not Agreement.objects.exists()
    assert queries.balance(around.books.account("cash")) == soles("100")
    with in_vain():
        Agreement.objects.create(
            count=count, person=around.marta, written_by=around.books.treasurer, drawing=NAME
        )
    with in_vain():
        Agreement.objects.create(
            count=count,
            person=around.marta,
            written_by=around.books.treasurer,
            drawing=NAME,
            proof=Proof.SESSION,
        )


def test_whose_pin_another_gave_her_or_who_has_none_says_it_on_her_own_screen(around: Around):
    count, president = around.count(), around.books.president
    words = {"count": count, "actor": around.books.treasurer, "drawing": NAME}
    with refused(NoPinOfHers):
        agree(person=president, typed=typed(), **words)
    a_known_card(president)
    with refused(PinOfHersIsKnown):
        agree(person=president, typed=typed(KNOWN_PIN), **words)
    assert agree(count=count, person=president, actor=president)
    assert Agreement.objects.get().proof == Proof.SESSION


def test_trying_pins_around_a_count_locks_her_picture_as_coming_in_does(around: Around):
    count, card = around.count(), a_card(around.marta)
    words = {"count": count, "actor": around.books.treasurer, "drawing": NAME}
    for _try in range(PIN_TRIES):
        with refused(WrongPin):
            agree(person=around.marta, typed=typed("9753"), **words)
    with refused(TooManyTries):
        agree(person=around.marta, typed=typed(), **words)
    card.refresh_from_db()
    assert card.is_locked()


def test_saying_it_twice_is_once_and_another_comes_too_late(around: Around):
    count = around.counted(notes=4)
    agree(count=count, person=around.books.president, actor=around.books.president)
    with refused(CountStands):
        agree(count=count, person=around.marta, actor=around.marta)
    assert JournalEntry.objects.filter(kind=Kind.CASH_COUNTED).count() == 1


def test_a_count_of_before_says_nothing_about_now(around: Around):
    count = around.count()
    around.books.put_in_cash("5")
    with refused(BoxMoved):
        agree(count=count, person=around.books.president, actor=around.books.president)
    with in_vain():
        Agreement.objects.create(
            count=count, person=around.marta, written_by=around.marta, proof=Proof.SESSION
        )


def test_a_form_sent_twice_counts_once(around: Around):
    first = around.count(reference="office:1")
    assert around.count(reference="office:1") == first
    with refused(CountedAlready):
        around.count(reference="office:1", notes=3)


def test_absurd_numbers_are_refused(around: Around):
    with refused(NegativeCount):
        around.count(numbers={2000: -1})
    with refused(TooMany):
        around.count(numbers={20000: 1_000_000})
    assert not Count.objects.exists()


def test_who_neither_holds_it_nor_is_in_the_junta_does_not_count(around: Around):
    with refused(MayNotCount):
        around.count(counter=around.marta)


# Handing over ----------------------------------------------------------------------------------
def test_giver_and_receiver_sign_and_the_box_changes_hands(around: Around):
    handing = ask_handing_over(
        count=around.counted(), receiver=around.marta, actor=around.books.treasurer, on=DAY
    )
    sign_handing_over(
        handing_over=handing, person=around.books.treasurer, actor=around.books.treasurer
    )
    assert holder(around) == "Tomasa"
    marta_here = {"handing_over": handing, "person": around.marta, "drawing": NAME}
    with refused(NotProvenByHer):
        sign_handing_over(actor=around.books.treasurer, **marta_here)
    a_card(around.marta)
    with refused(WrongPin):
        sign_handing_over(actor=around.books.treasurer, typed=typed("9753"), **marta_here)
    assert holder(around) == "Tomasa"
    sign_handing_over(actor=around.books.treasurer, typed=typed(), **marta_here)
    assert holder(around) == "Marta"
    assert [one.proof for one in handing.signs.all()] == [Proof.SESSION, Proof.PIN]
    assert [one.holder.first_name for one in around.box.holdings.order_by("number")] == [
        "Tomasa",
        "Marta",
    ]
    assert audit.findings() == []


def test_nobody_else_signs_for_giver_or_receiver(around: Around):
    handing = ask_handing_over(
        count=around.counted(), receiver=around.marta, actor=around.books.treasurer
    )
    with refused(NotHerTurn):
        sign_handing_over(
            handing_over=handing, person=around.books.president, actor=around.books.president
        )
    with refused(NotDrawnByHer):
        sign_handing_over(handing_over=handing, person=around.marta, actor=around.books.treasurer)
    with in_vain():
        HandingSign.objects.create(
            handing_over=handing,
            person=around.books.president,
            written_by=around.books.president,
            proof=Proof.SESSION,
        )
    with in_vain():
        HandingSign.objects.create(
            handing_over=handing,
            person=around.marta,
            written_by=around.books.treasurer,
            drawing=NAME,
        )


def test_where_the_giver_is_gone_two_others_sign(around: Around):
    """The president left with the key: the group counts what is there."""
    count = around.counted(notes=1)
    handing = ask_handing_over(
        count=count, receiver=around.marta, actor=around.books.president, absence="She left."
    )
    for person in (around.marta, around.books.president):
        sign_handing_over(handing_over=handing, person=person, actor=person)
    assert holder(around) == "Tomasa"
    sign_handing_over(
        handing_over=handing, person=around.books.secretary, actor=around.books.secretary
    )
    assert holder(around) == "Marta"
    assert queries.balance(around.books.account("cash_short")) == soles("80")
    assert audit.findings() == []


def test_where_the_giver_signs_after_all_nobody_signs_in_her_place(around: Around):
    handing = ask_handing_over(
        count=around.counted(),
        receiver=around.marta,
        actor=around.books.president,
        absence=NOT_HERE,
    )
    assert handing.is_without_giver
    sign_handing_over(
        handing_over=handing, person=around.books.treasurer, actor=around.books.treasurer
    )
    assert not handing.is_without_giver
    with refused(NotHerTurn):
        sign_handing_over(
            handing_over=handing, person=around.books.secretary, actor=around.books.secretary
        )
    sign_handing_over(handing_over=handing, person=around.marta, actor=around.marta)
    assert holder(around) == "Marta"
    assert audit.findings() == []


def test_in_the_place_of_the_giver_each_of_the_two_proves_that_it_is_she(around: Around):
    handing = ask_handing_over(
        count=around.counted(),
        receiver=around.books.president,
        actor=around.books.president,
        absence=NOT_HERE,
    )
    with refused(NotProvenByHer):
        sign_handing_over(
            handing_over=handing,
            person=around.books.secretary,
            actor=around.books.president,
            drawing=NAME,
        )
    assert not handing.signs.exists()


@pytest.mark.parametrize("what", ["counted anew", "money went in", "with another"])
def test_a_handing_over_that_cannot_be_signed_any_more_ends_by_itself(around: Around, what: str):
    books = around.books
    handing = ask_handing_over(count=around.counted(), receiver=around.marta, actor=books.treasurer)
    assert list(open_handings()) == [handing]
    refusal: type[CashError] = HandingEnded
    if what == "counted anew":
        around.count()
        assert list(open_handings()) == [handing], "one alone ends nothing"
        other = ask_handing_over(
            count=around.counted(), receiver=books.secretary, actor=books.treasurer
        )
        assert list(open_handings()) == [other]
    elif what == "money went in":
        books.put_in_cash("5")
        refusal = BoxMoved
    else:
        for one in (books.treasurer, around.marta):
            sign_handing_over(handing_over=handing, person=one, actor=one)
    assert handing not in open_handings()
    if what != "with another":
        with refused(refusal):
            sign_handing_over(handing_over=handing, person=around.marta, actor=around.marta)


def test_a_difference_that_two_found_ends_nothing(around: Around):
    handing = ask_handing_over(
        count=around.counted(notes=4), receiver=around.marta, actor=around.books.treasurer
    )
    assert list(open_handings()) == [handing]


def test_a_box_is_handed_over_as_it_was_counted(around: Around):
    with refused(CountAlone):
        ask_handing_over(count=around.count(), receiver=around.marta, actor=around.books.treasurer)
    count = around.counted()
    with refused(ReceiverHasIt):
        ask_handing_over(count=count, receiver=around.books.treasurer, actor=around.books.treasurer)
    handing = ask_handing_over(count=count, receiver=around.marta, actor=around.books.treasurer)
    with refused(HandingThere):
        ask_handing_over(count=count, receiver=around.books.secretary, actor=around.books.treasurer)
    move_money(
        from_account=around.books.account("cash"),
        to_account=around.books.account("bank"),
        gives=soles("10"),
        takes=soles("10"),
        actor=around.books.treasurer,
        on=DAY,
        reference="to-bank",
    )
    with refused(BoxMoved):
        sign_handing_over(handing_over=handing, person=around.marta, actor=around.marta)


def test_what_is_handed_over_is_not_signed_again(around: Around):
    handing = ask_handing_over(
        count=around.counted(), receiver=around.marta, actor=around.books.treasurer, absence="ill"
    )
    for person in (around.books.treasurer, around.marta):
        sign_handing_over(handing_over=handing, person=person, actor=person)
    with refused(HandedAlready):
        sign_handing_over(
            handing_over=handing, person=around.books.secretary, actor=around.books.secretary
        )


# The database ----------------------------------------------------------------------------------
def test_a_difference_that_nobody_counted_is_refused(around: Around):
    with refused(CountAlone):
        around.books.post("cash_short", "cash", "5", kind=Kind.CASH_COUNTED)

    def pair(reference: str, minor: int) -> RawEntry:
        raw = RawEntry(kind="cash_counted", reference=reference)
        raw.post(around.books.account("cash_short"), "debit", minor)
        raw.post(around.books.account("cash"), "credit", minor)
        return raw

    refused_seal(lambda: pair("cash-count:1", 500))
    count = around.count(notes=4)
    refused_seal(lambda: pair(f"cash-count:{count.pk}", 2000))
    Agreement.objects.create(
        count=count,
        person=around.books.president,
        written_by=around.books.president,
        proof=Proof.SESSION,
    )
    refused_seal(lambda: pair(f"cash-count:{count.pk}", 1000))
    with transaction.atomic():
        pair(f"cash-count:{count.pk}", 2000).seal()


def test_no_bank_charges_a_box_whatever_its_account(new_books: Books):
    """A second bank account of ours pays its charges; a second box gives nothing away."""
    bank, tin = (
        open_account(
            code=code, name_es=code, name_en=code, kind="asset", currency="PEN", is_money=True
        )
        for code in ("1049", "1019")
    )
    open_box(account=tin, holder=new_books.rosa, actor=new_books.treasurer, on=DAY)
    for place in (bank, tin):
        new_books.post(place, "opening_equity", "100", kind=Kind.OPENING)
    with refused(WrongSource):
        new_books.post("transport", tin, "5", kind=Kind.BANK_CHARGE)

    def charge(place: Account) -> RawEntry:
        raw = RawEntry(kind="bank_charge")
        raw.post(new_books.account("transport"), "debit", 500)
        raw.post(place, "credit", 500)
        return raw

    refused_seal(lambda: charge(tin))
    with transaction.atomic():
        charge(bank).seal()
    assert new_books.post("bank_charges", bank, "5", kind=Kind.BANK_CHARGE)


def test_a_holder_is_not_put_in_place_by_hand(around: Around):
    refuse("UPDATE ledger_account SET holder_id = %s WHERE role = 'cash'", around.marta.pk)
    with in_vain():
        Holding.objects.create(box=around.box, number=2, holder=around.marta, since=DAY)
    handing = ask_handing_over(
        count=around.counted(), receiver=around.marta, actor=around.books.treasurer
    )
    with in_vain():
        Holding.objects.create(
            box=around.box, number=2, holder=around.marta, since=DAY, handing_over=handing
        )


def test_a_count_adds_up_and_knows_the_books(around: Around):
    count = around.count()
    for wrong in ({"counted_minor": 1}, {"expected_minor": 1}, {"seq": 99}):
        values = {
            "box": around.box,
            "on": DAY,
            "counter": around.marta,
            "of_2000": 5,
            "counted_minor": 10000,
            "expected_minor": 10000,
            "seq": count.seq,
            "reference": "raw",
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Count.objects.create(**(values | wrong))


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cash_box", "opened_by_id = opened_by_id + 1"),
        ("cash_holding", "number = 7"),
        ("cash_count", "note = 'x'"),
        ("cash_agreement", "drawing = 'x'"),
        ("cash_handingover", "absence = 'x'"),
        ("cash_handingsign", "drawing = 'x'"),
    ],
)
def test_what_was_counted_and_signed_stays(around: Around, table: str, change: str):
    handing = ask_handing_over(
        count=around.counted(), receiver=around.marta, actor=around.books.treasurer
    )
    sign_handing_over(handing_over=handing, person=around.marta, actor=around.marta)
    refuse(f"UPDATE {table} SET {change}")
    refuse(f"DELETE FROM {table}")
