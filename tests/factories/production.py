"""A workshop for the tests: wool in the store, knitters with hours, a design, who checks."""

from datetime import date, timedelta
from itertools import count

from catalog.models import Piece, Product, Variant
from catalog.services import (
    WoolNeed,
    create_category,
    create_design,
    create_product,
    create_variant,
)
from coop.kit.audit import registered
from coop.kit.days import next_month
from coop.members.models import Member
from coop.people.models import User
from coop.wool.services import issue_needs
from orders.production import queries
from orders.production.models import Assignment, WorkOrder
from orders.production.planning import Share
from orders.production.services import assign, deliver, open_work, take_on
from tests.factories.ledger import DAY, person, soles
from tests.factories.members import member
from tests.factories.quotas import MONTH, offering, skilled, technique
from tests.factories.wool import Store, colour, yarn

DUE = DAY + timedelta(days=30)
_numbers = count(1)


class Workshop(Store):
    """Rosa knits 40 hours a month, Julia carries the wool money; 3 kg of wool lie in the store.

    A llama takes 90 minutes and 20 g of red, and pays 8 soles. The lot cost 0.10 a gram.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rosa = self.able(self.knitter)
        self.secretary = User.objects.get(first_name="Silvia")
        self.checker = person("Carmen", "checker")
        self.treasurer = person("Tomasa", "treasurer")
        self.red = self.lot(grams=3000, cost="300.00")
        self.llama = self.variant("llama", minutes=90, rate="8.00", grams=20)

    # People ------------------------------------------------------------------------------------
    def able(self, who: Member, *, level: int = 2, hours: int = 40, key: str = "puppets") -> Member:
        """`who` with a skill, and hours this month and the next."""
        skilled(who, key, level)
        for month in (MONTH, next_month(MONTH)):
            offering(who, hours, month)
        return who

    def another(self, name: str = "", **ability: object) -> Member:
        """One more knitter."""
        number = next(_numbers)
        who = member(f"K-{number:03}", name=name or f"Socia {number}")
        return self.able(who, **ability)

    # Goods -------------------------------------------------------------------------------------
    def variant(
        self,
        name: str,
        *,
        minutes: int = 60,
        rate: str = "5.00",
        grams: int = 10,
        level: int = 1,
        key: str = "puppets",
        **wool: int,
    ) -> Variant:
        """A design and its only variant; `wool` names further colours and their grams."""
        code = f"{name[:8].upper()}-{next(_numbers)}"
        needs = {"cochineal": grams, **wool} if grams else wool
        design = create_design(
            code=code,
            name_es=name.capitalize(),
            name_en=name.capitalize(),
            technique=technique(key),
            level=level,
            minutes=minutes,
            rate=soles(rate),
            motif="llamas",
            wool=[WoolNeed(yarn(), colour(dye), weight) for dye, weight in needs.items()],
            actor=self.secretary,
        )
        shelf = create_category(slug=code.lower(), name_es=name, name_en=name)
        product = create_product(
            slug=code.lower(),
            category=shelf,
            kind=Product.Kind.STOCK,
            name_es=name.capitalize(),
            name_en=name.capitalize(),
        )
        return create_variant(
            sku=code,
            product=product,
            design=design,
            price=soles("18.00"),
            actor=self.secretary,
        )

    # Work --------------------------------------------------------------------------------------
    def work(
        self, quantity: int = 5, variant: Variant | None = None, due_on: date = DUE
    ) -> WorkOrder:
        """Work that is to be done."""
        return open_work(
            variant=variant or self.llama,
            quantity=quantity,
            due_on=due_on,
            reference=f"stock:test:{next(_numbers)}",
            actor=self.secretary,
            on=DAY,
        )

    def share(self, order: WorkOrder, quantity: int = 1, who: Member | None = None) -> Share:
        """So many pieces of an order for somebody (Rosa)."""
        return Share(
            work_order_id=order.pk,
            member_id=(who or self.rosa).pk,
            month=MONTH,
            quantity=quantity,
            minutes=quantity * order.variant.design.minutes,
            due_on=order.due_on,
        )

    def offered(
        self, quantity: int = 5, who: Member | None = None, variant: Variant | None = None
    ) -> Assignment:
        """Work offered to somebody (Rosa)."""
        order = self.work(quantity, variant)
        return assign(plan=[self.share(order, quantity, who)], actor=self.secretary, on=DAY)[0]

    def taken(
        self,
        quantity: int = 5,
        who: Member | None = None,
        variant: Variant | None = None,
        *,
        with_wool: bool = True,
    ) -> Assignment:
        """Work that somebody (Rosa) took on and fetched the wool for."""
        offer = self.offered(quantity, who, variant)
        assignment = take_on(assignment=offer, actor=offer.member.user, on=DAY)
        if with_wool:
            self.hand_out(assignment)
        return assignment

    def hand_out(self, assignment: Assignment) -> None:
        """All the wool of an assignment."""
        design = assignment.work_order.variant.design
        issue_needs(
            member=assignment.member,
            needs=queries.needs_of(design, assignment.quantity),
            actor=self.keeper,
            on=DAY,
            reference=f"test:wool:{assignment.pk}",
        )

    def brought(self, quantity: int = 1, **work: object) -> list[Piece]:
        """Pieces that somebody (Rosa) brought."""
        assignment = self.taken(quantity, **work)
        return deliver(assignment=assignment, quantity=quantity, actor=self.keeper, on=DAY)


def findings() -> list[str]:
    """What the audit finds, all of it."""
    return [row for rule in registered() for row in rule.check()]
