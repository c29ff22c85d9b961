"""Our own money goes from place to place, also into another currency, and never out."""

import pytest
from django.test import Client
from djmoney.money import Money

from ledger import queries
from ledger.errors import (
    LedgerError,
    NotEnoughMoney,
    NotPositive,
    OnlyOwnMoney,
    Unbalanced,
    WrongSource,
)
from ledger.models import JournalEntry
from ledger.services import credit, debit, move_money
from tests.factories.ledger import DAY, Books, soles
from tests.ledger.test_audit import findings
from tests.ledger.test_office import at, sent, shown, sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
of = queries.account


@pytest.fixture
def abroad(books: Books) -> Books:
    """The partner keeps US$ 100, at S/ 3.75; S/ 100 lie in the box."""
    books.treasurer.language = "en"
    books.treasurer.save()
    books.rate("USD", "3.75")
    books.put_in_cash("100")
    hundred = Money("100", "USD")
    books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(of("partner", "USD"), hundred),
        credit(of("customer_deposits", "USD"), hundred),
    )
    return books


def move(books: Books, **changes) -> JournalEntry:
    values = {
        "from_account": of("partner", "USD"),
        "to_account": of("bank"),
        "gives": Money("40", "USD"),
        "takes": soles("148"),
        "actor": books.treasurer,
        "on": DAY,
        "reference": "moved",
    }
    return move_money(**(values | changes))


def test_the_partner_forwards_dollars_that_arrive_as_soles(abroad: Books):
    entry = move(abroad)

    assert entry.kind == Kind.EXCHANGE
    assert queries.balance(of("bank")) == soles("148")
    assert queries.balance(of("partner", "USD")) == Money("60", "USD")
    assert queries.balance(of("exchange_loss")) == soles("2")
    assert move(abroad) == entry
    assert findings() == []


def test_in_one_currency_it_is_a_transfer(abroad: Books):
    dollars = Money("100", "USD")
    entry = move(abroad, to_account=of("bank", "USD"), gives=dollars, takes=dollars)
    assert entry.kind == Kind.TRANSFER
    # Told again when the place is empty, it is the entry that is there.
    assert move(abroad, to_account=of("bank", "USD"), gives=dollars, takes=dollars) == entry


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"gives": Money("100.01", "USD")}, NotEnoughMoney),
        ({"gives": Money("0", "USD")}, NotPositive),
        ({"takes": soles("-1")}, NotPositive),
    ],
)
def test_what_is_not_there_does_not_move(abroad: Books, changes, refusal):
    with pytest.raises(refusal):
        move(abroad, **changes)
    assert not JournalEntry.objects.filter(reference="moved").exists()


@pytest.mark.parametrize(
    ("out_of", "into", "gives", "takes", "refusal"),
    [
        ("cash", "bank", soles("5"), soles("4"), Unbalanced),
        ("cash", "losses", soles("5"), soles("5"), OnlyOwnMoney),
        ("cash", "partner", soles("5"), Money("1", "USD"), WrongSource),
    ],
)
def test_it_stays_ours_and_whole(abroad: Books, out_of, into, gives, takes, refusal):
    with pytest.raises(refusal):
        move(
            abroad,
            from_account=of(out_of),
            to_account=of(into, takes.currency.code),
            gives=gives,
            takes=takes,
        )
    assert not JournalEntry.objects.filter(reference="moved").exists()


def test_what_stripe_holds_is_not_moved_by_hand(abroad: Books):
    abroad.post("stripe", "customer_deposits", "9", kind=Kind.DEPOSIT_RECEIVED)
    with pytest.raises(LedgerError):
        move(abroad, from_account=of("stripe"), gives=soles("9"), takes=soles("9"))


# In the office --------------------------------------------------------------------------------
@pytest.fixture
def treasurer(abroad: Books) -> Client:
    return sign_in(abroad.treasurer)


def values(**changes: object) -> dict[str, object]:
    return {
        "form_key": "7e0d6c28-7d5c-4d7e-9d6b-0b0b5f6a2a11",
        "from_account": of("partner", "USD").pk,
        "amount": "40.00",
        "to_account": of("bank").pk,
        "arrived": "148.00",
        "on": "2026-03-12",
        "memo": "",
    } | changes


def test_the_treasurer_writes_what_arrived_once(treasurer: Client):
    assert "Move money" in shown(treasurer, "journal")
    assert "Held by Stripe (USD)" not in shown(treasurer, "move").split('name="to_account"')[0]
    for _ in range(2):
        sent(treasurer, "move", **values())
    entry = JournalEntry.objects.get(kind=Kind.EXCHANGE)
    assert "US$ 40.00 became S/ 148.00" in shown(treasurer, "entry", entry.pk)


def test_in_one_currency_nothing_else_arrives(treasurer: Client, abroad: Books):
    sent(treasurer, "move", **values(to_account=of("bank", "USD").pk, arrived=""))
    assert JournalEntry.objects.get(kind=Kind.TRANSFER)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"arrived": ""}, "arrived"),
        ({"amount": "40.001"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "many"}, "amount"),
        ({"amount": "4000"}, "amount"),
        ({"arrived": "148.005"}, "arrived"),
        ({"arrived": "0"}, "arrived"),
        ({"on": "2026-01-01"}, "on"),
        ({"from_account": ""}, "from_account"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(treasurer: Client, change, field: str):
    before = JournalEntry.objects.count()
    response = sent(treasurer, "move", status=200, **values(**change))
    assert list(response.context["form"].errors) == [field]
    assert JournalEntry.objects.count() == before


def test_the_same_place_and_other_accounts_are_refused(treasurer: Client):
    partner = of("partner", "USD").pk
    same = sent(treasurer, "move", status=200, **values(to_account=partner))
    assert "to_account" in same.context["form"].errors
    out = sent(treasurer, "move", status=200, **values(to_account=of("losses").pk))
    assert list(out.context["form"].errors) == ["to_account"]
    box = sent(
        treasurer,
        "move",
        status=200,
        **values(from_account=of("cash").pk, to_account=partner, arrived="10"),
    )
    assert list(box.context["form"].errors) == ["from_account"]


def test_only_who_writes_the_books_moves_money(treasurer: Client, abroad: Books):
    for user in (abroad.president, abroad.rosa):
        assert sign_in(user).post(at("move"), values()).status_code in {302, 403}
    assert not JournalEntry.objects.filter(kind=Kind.EXCHANGE).exists()
