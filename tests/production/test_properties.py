"""Whatever happens, in whatever order: what must always hold, holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Piece
from catalog.services import change_rate
from coop.kit.errors import Refusal
from coop.wool.services import issue_needs
from orders.production import queries
from orders.production.models import Assignment, DayWish, WorkOrder
from orders.production.services import (
    assign,
    cancel_work,
    decline,
    deliver,
    grant_wish,
    pass_piece,
    plan_assignments,
    redeliver,
    refuse_wish,
    send_to_mend,
    take_later,
    take_on,
    take_part,
    withdraw,
)
from tests.factories.ledger import DAY, soles
from tests.factories.production import DUE, Workshop, findings

STEPS = (
    "open",
    "share",
    "yes",
    "no",
    "less",
    "later",
    "grant",
    "refuse",
    "back",
    "off",
    "wool",
    "bring",
    "pass",
    "mend",
    "again",
    "rate",
)
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 30)), min_size=5, max_size=40)


class Life:
    """One step after the other; a refusal changes nothing and is no error."""

    def __init__(self, workshop: Workshop) -> None:
        self.shop = workshop
        self.ways: dict[str, Callable[[int], object]] = {
            "open": lambda n: self.shop.work(n + 1),
            "share": self.share,
            "yes": lambda n: self.answer(take_on, n),
            "no": lambda n: self.answer(decline, n),
            "less": lambda n: self.answer(take_part, n, quantity=n // 3),
            "later": lambda n: self.answer(take_later, n, wanted_on=DUE + timedelta(days=n - 3)),
            "grant": lambda n: self.answer_wish(grant_wish, n),
            "refuse": lambda n: self.answer_wish(refuse_wish, n),
            "back": lambda n: self.answer(withdraw, n),
            "off": self.call_off,
            "wool": self.hand_out,
            "bring": self.bring,
            "pass": self.check,
            "mend": lambda n: self.piece(n, send_to_mend, checker=self.shop.checker, note="x"),
            "again": lambda n: self.piece(n, redeliver, actor=self.shop.keeper),
            "rate": self.change,
        }

    def live(self, lived: list[tuple[str, int]]) -> None:
        for step, number in lived:
            try:
                self.ways[step](number)
            except Refusal:
                continue

    def one(self, rows, number: int):
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def share(self, number: int) -> None:
        assign(plan=plan_assignments(on=DAY), actor=self.shop.secretary, on=DAY)

    def answer(self, service, number: int, **how) -> None:
        row = self.one(Assignment.objects.all(), number)
        if row:
            service(assignment=row, actor=self.shop.keeper, on=DAY, **how)

    def answer_wish(self, service, number: int) -> None:
        row = self.one(DayWish.objects.all(), number)
        if row:
            service(wish=row, actor=self.shop.secretary, on=DAY)

    def call_off(self, number: int) -> None:
        row = self.one(WorkOrder.objects.all(), number)
        if row:
            cancel_work(work_order=row, actor=self.shop.secretary, on=DAY)

    def hand_out(self, number: int) -> None:
        row = self.one(Assignment.objects.filter(status="taken"), number)
        if row:
            needs = queries.needs_of(row.work_order.variant.design, 1 + number % row.quantity)
            issue_needs(
                member=row.member,
                needs=needs,
                actor=self.shop.keeper,
                on=DAY,
                reference=f"life:{row.pk}:{number}",
            )

    def bring(self, number: int) -> None:
        row = self.one(Assignment.objects.filter(status="taken"), number)
        if row:
            deliver(assignment=row, quantity=1 + number % 3, actor=self.shop.keeper, on=DAY)

    def piece(self, number: int, service, **how) -> None:
        row = self.one(Piece.objects.all(), number)
        if row:
            service(piece=row, on=DAY, **how)

    def check(self, number: int) -> None:
        self.piece(number, pass_piece, checker=self.shop.checker, grams=number or None)

    def change(self, number: int) -> None:
        rate = soles(f"{1 + number}.50")
        change_rate(design=self.shop.llama.design, rate=rate, actor=self.shop.secretary, on=DAY)


@pytest.mark.django_db
@given(steps)
def test_every_rule_holds_after_any_life(lived):
    from django.db import transaction

    with transaction.atomic():
        life = Life(Workshop())
        life.shop.another()
        life.live(lived)

        assert findings() == []

        transaction.set_rollback(True)
