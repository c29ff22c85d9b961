"""A small shop for the tests: a knitter, three products, ways of shipping, all by the services."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from djmoney.money import Money

from catalog.models import Category, Piece, Product, Variant
from catalog.services import create_category, create_design, create_product, create_variant
from coop.kit.audit import registered
from coop.kit.days import month_of, today
from coop.members.models import Member, Settlement
from coop.members.services import enrol_member
from coop.people import roles
from coop.people.models import User
from coop.people.services import give_role, make_account
from coop.quotas.models import Technique
from coop.quotas.services import offer_hours, set_skill
from coop.rules.files import read_shipped_set
from coop.rules.services import adopt_rule_set
from ledger import queries as books
from ledger.services import install_chart
from orders.production.models import Assignment, WorkOrder
from orders.production.planning import Share
from orders.production.services import assign, deliver, open_work, pass_piece, take_on
from orders.shop.models import Buyer, Cart, Order, ReceivedPayment, ShippingRate
from orders.shop.services import (
    Customer,
    add_to_cart,
    open_buyer,
    place_order,
    record_payment,
    start_cart,
)

Method = Order.Method
ANA = Customer(name="Ana Quispe", email="ana@example.org", address="Jr. Lima 12, Puno")
_numbers = count(1)


def soles(amount: str) -> Money:
    """`amount` in the books' currency."""
    return Money(amount, "PEN")


class Shop:
    """A chullo (to order), a puppet (stock, wholesale 12.00), a shawl (one of a kind)."""

    def __init__(self) -> None:
        install_chart(chart="pe", currency="PEN")
        self.day = today()
        self.treasurer = self.person("Tomasa", roles.TREASURER)
        self.president = self.person("Petra", roles.PRESIDENT)
        self.auditor = self.person("Aurelia", roles.AUDITOR)
        self.checker = self.person("Carmen", roles.CHECKER)
        self.knitter = self._enrol()
        self.peru = self._rate("peru", "1400")
        self.pick_up = self._rate("pick-up", "0", is_pick_up=True)
        self.technique = Technique.objects.create(key="knit", name_es="punto", name_en="knitting")
        set_skill(member=self.knitter, technique=self.technique, level=3, actor=self.president)
        offer_hours(member=self.knitter, month=self.day, minutes=29_000, actor=self.president)
        self.chullo = self.variant("Chullo", Product.Kind.TO_ORDER, "128.00")
        self.puppet = self.variant("Puppet", Product.Kind.STOCK, "18.00", wholesale="12.00")
        self.shawl = self.variant("Shawl", Product.Kind.UNIQUE, "420.00")

    # People -------------------------------------------------------------------------------
    def person(self, name: str, role: str = "") -> User:
        """Somebody with a role; the password is "password"."""
        user = make_account(name=name, email=f"{name.lower()}@example.org", password="password")
        if role:
            give_role(user=user, role=role)
        return user

    def buyer(self, name: str = "Hotel") -> Buyer:
        """A buyer on account, with thirty days."""
        return open_buyer(name=name, user=self.person(name), address="Plaza 1, Puno")

    def _enrol(self) -> Member:
        rules = read_shipped_set("titilaca_1")
        begin = self.day - timedelta(days=800)
        rule_set = adopt_rule_set(
            name=rules.name,
            version=rules.version,
            valid_from=begin,
            decision="by hand",
            values=rules.values,
            clauses=rules.clauses,
            actor=self.president,
        )
        place = Settlement.objects.create(name="Titilaca")
        return enrol_member(
            code="T-01",
            name="Rosa",
            settlement=place,
            kind=Member.Kind.FULL,
            joined_on=begin,
            user=self.person("Rosa"),
            rule_set=rule_set,
            actor=self.president,
        )

    # Goods --------------------------------------------------------------------------------
    def _rate(self, key: str, amount_minor: str, *, is_pick_up: bool = False) -> ShippingRate:
        return ShippingRate.objects.create(
            key=key,
            name_es=key,
            name_en=key,
            amount_minor=int(amount_minor),
            is_pick_up=is_pick_up,
            position=int(is_pick_up),
        )

    def variant(
        self, name: str, kind: str, price: str, *, wholesale: str = "", size: str = ""
    ) -> Variant:
        """A product with one variant, of a design without wool that takes 10 minutes."""
        code = f"{name[:6].upper()}-{next(_numbers)}"
        category = Category.objects.first() or create_category(
            slug="things", name_es="Cosas", name_en="Things"
        )
        design = create_design(
            code=code,
            name_es=name,
            name_en=name,
            technique=self.technique,
            minutes=10,
            rate=soles("8.00"),
            motif="llamas",
            wool=[],
            actor=self.president,
        )
        product = create_product(
            slug=code.lower(), category=category, kind=kind, name_es=name, name_en=name
        )
        return create_variant(
            sku=f"{code}-A",
            product=product,
            design=design,
            price=soles(price),
            wholesale_price=soles(wholesale) if wholesale else None,
            size=size,
            actor=self.president,
        )

    def knit(self, variant: Variant, quantity: int = 1) -> list[Piece]:
        """So many pieces, knitted for stock and passed."""
        work = open_work(
            variant=variant,
            quantity=quantity,
            due_on=self.day + timedelta(days=30),
            reference=f"stock:{next(_numbers)}",
            actor=self.president,
        )
        return self.finish(work)

    def finish(self, work: WorkOrder, quantity: int = 0) -> list[Piece]:
        """Knit so many pieces of open work (all of them), and let them pass."""
        return self.bring(self.begin(work, quantity))

    def begin(self, work: WorkOrder, quantity: int = 0) -> Assignment:
        """The knitter takes on so many pieces of open work (all of them)."""
        work.refresh_from_db()
        pieces = quantity or work.quantity - work.assigned
        share = Share(
            work_order_id=work.pk,
            member_id=self.knitter.pk,
            month=month_of(self.day),
            quantity=pieces,
            minutes=pieces * 10,
            due_on=work.due_on,
        )
        (assignment,) = assign(plan=[share], actor=self.president)
        return take_on(assignment=assignment, actor=self.knitter.user)

    def bring(self, assignment: Assignment) -> list[Piece]:
        """She brings all of it, and it passes."""
        brought = deliver(assignment=assignment, quantity=assignment.quantity, actor=self.checker)
        return [pass_piece(piece=piece, checker=self.checker) for piece in brought]

    # Orders -------------------------------------------------------------------------------
    def cart(self, *wanted: tuple[Variant, int]) -> Cart:
        """A cart with so many of each."""
        cart = start_cart()
        for variant, quantity in wanted:
            add_to_cart(cart=cart, variant=variant, quantity=quantity)
        return cart

    def order(self, *wanted: tuple[Variant, int], **changes: Any) -> Order:
        """Ana orders, by transfer, to be sent in Peru."""
        values: dict[str, Any] = {
            "cart": changes.pop("cart", None) or self.cart(*wanted),
            "customer": ANA,
            "method": Method.TRANSFER,
            "delivery": self.peru,
            "reference": f"test:{next(_numbers)}",
            "language": "en",
        }
        return place_order(**(values | changes))

    def pick_up_order(self, *wanted: tuple[Variant, int], **changes: Any) -> Order:
        """Ana orders, to pay when she picks it up."""
        return self.order(*wanted, method=Method.PICK_UP, delivery=self.pick_up, **changes)

    def ready_pick_up(self) -> Order:
        """A puppet lies in the store, and Ana comes for it."""
        self.knit(self.puppet)
        return self.pick_up_order((self.puppet, 1))

    def pay(self, order: Order, amount: str | Money = "", **changes: Any) -> ReceivedPayment:
        """A transfer comes in for the order: all that is open, or `amount`."""
        order.refresh_from_db()
        values: dict[str, Any] = {
            "amount": amount if isinstance(amount, Money) else self._open(order, amount),
            "method": ReceivedPayment.Method.TRANSFER,
            "reference": f"OP-{next(_numbers)}",
            "actor": self.treasurer,
        }
        return record_payment(order=order, **(values | changes))

    def _open(self, order: Order, amount: str) -> Money:
        return soles(amount) if amount else order.outstanding

    def work(self, order: Order) -> WorkOrder:
        """The work of the order's first line."""
        line = order.lines.all()[0]
        return WorkOrder.objects.get(reference=line.key)


def balance(role: str) -> Money:
    """What is on the account of a role, on its natural side."""
    return books.balance(books.account(role))


def findings(*, of: Sequence[str] = ()) -> list[str]:
    """What the audit finds, of some apps ("orders.shop") or of all."""
    checks = [one for one in registered() if not of or one.name.startswith(tuple(of))]
    return [row for one in checks for row in one.check()]


def days_ago(days: int) -> date:
    """A day in the past."""
    return today() - timedelta(days=days)
