"""What lies on the table today: something to do for everyone who comes in."""

from datetime import date

from catalog.models import Piece, Product
from coop.demo import read
from coop.demo.money import Treasury
from coop.demo.shop import Counter
from coop.demo.story import Story
from coop.demo.work import Workshop
from ledger import queries
from ledger.models import Payment
from ledger.services import gather_block, sign_payment, void_payment
from orders.production.models import Assignment

Status = Assignment.Status
#: So many members at least are owed something that nobody has asked for.
FEWEST_OWED = 5


def lay_the_table(story: Story, workshop: Workshop, counter: Counter, treasury: Treasury) -> None:
    """Make sure that every role finds work waiting, whatever the year has left."""
    day = story.today
    _orders_to_pay_and_to_send(counter, day)
    _offers(workshop, day)
    _pieces_to_check(workshop, day)
    _wool_to_hand_out(workshop, day)
    _payments_to_sign(treasury, day)
    _pay_to_ask_for(treasury, day)
    treasury.cash.give_today(day)
    treasury.write_rates(day)
    gather_block(on=day)


def _orders_to_pay_and_to_send(counter: Counter, day: date) -> None:
    """Three orders wait for their transfer, two are ready to leave."""
    customers = read.data("customers")["customers"]
    in_store = [
        one
        for one in counter.variants
        if one.product.kind == Product.Kind.STOCK
        and Piece.objects.free().filter(variant=one).exists()
    ]
    for place, variant in enumerate(in_store[:2]):
        reference = f"demo:today:ready:{place}"
        order = counter.orders(customers[place], [(variant, 1)], reference, day)
        counter.pays(order, day)
    for place in range(2, 5):
        reference = f"demo:today:unpaid:{place}"
        counter.orders(customers[place], counter.basket(), reference, day)


def _offers(workshop: Workshop, day: date) -> None:
    """New work lies on several phones, unanswered."""
    open_offers = Assignment.objects.filter(status=Status.OFFERED)
    for variant in workshop.stocked:
        if open_offers.values("member").distinct().count() >= 8:
            return
        workshop.open_for_stock(variant, 2, day)
        workshop.offer(day)


def _pieces_to_check(workshop: Workshop, day: date) -> None:
    """A checker finds pieces on her table, and one is being mended."""
    on_table = Piece.objects.filter(place=Piece.Place.CHECKER)
    offered = Assignment.objects.filter(status=Status.OFFERED).order_by("pk")
    for offer in offered[:2]:
        if len(workshop.on_needles()) < 2:
            workshop.takes_on(offer, day)
            workshop.hand_out(offer, day)
    for assignment in workshop.on_needles():
        if on_table.count() < 5:
            workshop.bring(assignment, 1, day)
    first = on_table.order_by("pk").first()
    if first and not Piece.objects.filter(place=Piece.Place.MAKER).exists():
        workshop.mend(first, day)


def _wool_to_hand_out(workshop: Workshop, day: date) -> None:
    """Two have just said yes and come for their wool."""
    offered = Assignment.objects.filter(status=Status.OFFERED).order_by("pk")
    for assignment in offered[:2]:
        workshop.takes_on(assignment, day)


def _payments_to_sign(treasury: Treasury, day: date) -> None:
    """Three members' pay waits for the second signature, the minibus for both."""
    owed = [
        (member, queries.balance(member.account))
        for member in treasury.people.knitters
        if member.account and not member.user.payments_received.waiting().exists()
    ]
    owed = [(member, amount) for member, amount in owed if amount.amount > 0]
    for payment in treasury.request_pay(owed[:3], day):
        sign_payment(payment=payment, signer=treasury.able(payment)[0], on=day)
    minibus = next(one for one in read.data("house")["monthly"] if one["key"] == "minibus")
    treasury.ask_expense({**minibus, "key": "minibus-extra"}, day)


def _pay_to_ask_for(treasury: Treasury, day: date) -> None:
    """Some are owed what was not asked for yet, so that the next pay day has a list.

    Where everybody's pay is asked for and not paid yet, a few are called off again.
    """
    asked = Payment.objects.waiting().filter(pay_day_line__isnull=False).order_by("-pk")
    missing = FEWEST_OWED - queries.payable_members().count()
    for payment in asked[: max(0, min(missing, asked.count() // 3))]:
        void_payment(
            payment=payment,
            actor=treasury.people.treasurer,
            reason="Se le paga con lo que entrega mañana",
            on=day,
        )
