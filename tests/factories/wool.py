"""A store for the tests: money in the box, a trip that two signed, lots bought on it."""

from datetime import date, timedelta
from itertools import count

from coop.members.models import Member
from coop.wool.models import Colour, PurchaseTrip, WoolLot, Yarn
from coop.wool.services import Need, advance_for_trip, buy_lot, issue_wool
from ledger.models import JournalEntry
from ledger.queries import account
from ledger.services import credit, debit, pay_payment, post_entry, sign_payment
from tests.factories.ledger import DAY, person, soles
from tests.factories.members import member

_numbers = count(1)


def reference() -> str:
    """A reference that was not used."""
    return f"test:{next(_numbers)}"


def yarn(key: str = "alpaca-2-12") -> Yarn:
    """A yarn by its key."""
    return Yarn.objects.get_or_create(key=key, defaults={"name_es": key, "name_en": key})[0]


def colour(key: str = "cochineal") -> Colour:
    """A colour by its key."""
    values = {"name_es": key, "name_en": key, "hex": "#9C1A3A"}
    return Colour.objects.get_or_create(key=key, defaults=values)[0]


def need(grams: int, colour_key: str = "cochineal", yarn_key: str = "alpaca-2-12") -> Need:
    """So many grams of a wool."""
    return Need(yarn(yarn_key), colour(colour_key), grams)


class Store:
    """A cash box, a storekeeper, a carrier with 5,000 soles under way, and a knitter."""

    def __init__(self, advance: str = "5000.00", *, is_paid: bool = True) -> None:
        self.knitter = member("T-01", name="Rosa Apaza")
        self.carrier = member("T-02", name="Julia Pari")
        self.keeper = person("Fortunata", "storekeeper")
        self.signers = [person("Petra", "president"), person("Vilma", "vocal")]
        post_entry(
            day=DAY - timedelta(days=400),
            kind=JournalEntry.Kind.OPENING,
            memo="",
            lines=[
                debit(account("cash"), soles("20000.00")),
                credit(account("opening_equity"), soles("20000.00")),
            ],
            reference=reference(),
            created_by=self.keeper,
        )
        self.trip = self.send(advance, is_paid=is_paid)

    def send(self, advance: str, *, is_paid: bool = True) -> PurchaseTrip:
        """Another trip of the carrier's."""
        trip = advance_for_trip(
            carrier=self.carrier,
            destination="Arequipa",
            amount=soles(advance),
            due_on=DAY,
            actor=self.keeper,
            on=DAY,
        )
        if is_paid:
            self.pay(trip)
        return PurchaseTrip.objects.select_related("payment").get(pk=trip.pk)

    def pay(self, trip: PurchaseTrip) -> None:
        """Two sign the advance, and it is handed over."""
        for signer in self.signers:
            sign_payment(payment=trip.payment, signer=signer, on=DAY)
        pay_payment(payment=trip.payment, actor=self.keeper, on=DAY)

    def lot(
        self,
        grams: int = 1000,
        cost: str = "100.00",
        *,
        colour_key: str = "cochineal",
        on: date = DAY,
        trip: PurchaseTrip | None = None,
    ) -> WoolLot:
        """A lot in the store."""
        return buy_lot(
            trip=trip or self.trip,
            yarn=yarn(),
            colour=colour(colour_key),
            grams=grams,
            cost=soles(cost),
            supplier="Hilandería",
            actor=self.keeper,
            on=on,
            reference=reference(),
        )

    def issue(self, lot: WoolLot, grams: int, to: Member | None = None) -> None:
        """Hand wool out, to the knitter unless said otherwise."""
        issue_wool(
            lot=lot,
            member=to or self.knitter,
            grams=grams,
            actor=self.keeper,
            on=DAY,
            reference=reference(),
        )
