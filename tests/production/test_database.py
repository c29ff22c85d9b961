"""What the database itself refuses, whoever writes and however. On SQLite and PostgreSQL."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kit import triggers
from orders.production.models import (
    Assignment,
    AssignmentEvent,
    Inspection,
    WorkOrder,
    WorkOrderEvent,
)
from orders.production.services import pass_piece
from tests.factories.ledger import DAY
from tests.factories.members import honorary
from tests.factories.production import DUE
from tests.factories.quotas import MONTH

pytestmark = pytest.mark.django_db


def refuses(action) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


def sql(statement: str, *values: object):
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def an_assignment(workshop, member, **changes) -> dict:
    values = {
        "work_order": workshop.work(5),
        "member": member,
        "quantity": 1,
        "month": MONTH,
        "promised_minutes": 90,
        "due_on": DUE,
    }
    return values | changes


def test_every_trigger_is_in_place():
    assert list(triggers.problems(connection, "production")) == []


# Invariant 9 -----------------------------------------------------------------------------------
def test_an_honorary_member_is_given_no_work_by_any_way(workshop):
    guest = honorary()

    refuses(lambda: Assignment.objects.create(**an_assignment(workshop, guest)))
    refuses(lambda: Assignment.objects.bulk_create([Assignment(**an_assignment(workshop, guest))]))
    assert not Assignment.objects.exists()


def test_work_is_not_handed_on_to_an_honorary_member(workshop):
    offer = workshop.offered(1)
    guest = honorary()

    refuses(sql("UPDATE production_assignment SET member_id = %s", guest.pk))
    offer.refresh_from_db()
    assert offer.member == workshop.rosa


def test_an_assignment_keeps_its_member_and_its_work(workshop):
    offer, other, order = workshop.offered(1), workshop.another(), workshop.work(1)

    refuses(
        sql("UPDATE production_assignment SET member_id = %s WHERE id = %s", other.pk, offer.pk)
    )
    refuses(
        sql("UPDATE production_assignment SET work_order_id = %s WHERE id = %s", order.pk, offer.pk)
    )


# Invariant 7 -----------------------------------------------------------------------------------
@pytest.mark.parametrize("rate", [900, 700, None])
def test_a_rate_is_fixed_when_work_is_taken_on(workshop, rate):
    taken = workshop.taken(1)

    refuses(lambda: Assignment.objects.filter(pk=taken.pk).update(rate_minor=rate))
    refuses(sql("UPDATE production_assignment SET rate_minor = %s", rate))
    taken.refresh_from_db()
    assert taken.rate_minor == 800


def test_nothing_is_taken_on_without_a_rate(workshop):
    offer = workshop.offered(1)

    refuses(lambda: Assignment.objects.filter(pk=offer.pk).update(status="taken"))


# Counts ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong", [{"assigned": 6}, {"passed": 1}, {"quantity": 0}, {"assigned": 2, "passed": 3}]
)
def test_a_work_order_counts_no_more_than_there_is(workshop, wrong):
    order = workshop.work(5)

    refuses(lambda: WorkOrder.objects.filter(pk=order.pk).update(**wrong))


@pytest.mark.parametrize(
    "wrong",
    [{"delivered": 6}, {"passed": 1}, {"quantity": 0}, {"delivered": 1, "passed": 2}],
)
def test_an_assignment_counts_no_more_than_there_is(workshop, wrong):
    offer = workshop.offered(5)

    refuses(lambda: Assignment.objects.filter(pk=offer.pk).update(**wrong))


def test_hours_are_taken_from_whole_months(workshop):
    refuses(
        lambda: Assignment.objects.create(
            **an_assignment(workshop, workshop.rosa, month=date(2026, 3, 2))
        )
    )


def test_one_reference_opens_one_work_order(workshop):
    order = workshop.work(5)

    refuses(
        lambda: WorkOrder.objects.create(
            variant=workshop.llama,
            quantity=1,
            due_on=DUE,
            reference=order.reference,
            opened_on=DAY,
        )
    )


# Traces ----------------------------------------------------------------------------------------
def test_what_was_written_stays_written(workshop):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    for model in (WorkOrderEvent, AssignmentEvent, Inspection):
        table = model._meta.db_table
        assert model.objects.exists()
        refuses(sql(f"UPDATE {table} SET note = 'x'"))
        refuses(sql(f"DELETE FROM {table}"))


def test_work_is_called_off_and_not_deleted(workshop):
    workshop.offered(1)

    refuses(sql("DELETE FROM production_assignment"))
    refuses(sql("DELETE FROM production_workorder"))


def test_a_row_is_not_replaced(workshop):
    """INSERT OR REPLACE on SQLite; on PostgreSQL an upsert is an update."""
    event = workshop.offered(1).events.get()
    columns = 'assignment_id, kind, note, "on", actor_id, at'
    begin = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    end = "" if connection.vendor == "sqlite" else " ON CONFLICT (id) DO UPDATE SET quantity = 9"

    refuses(
        sql(
            f"{begin} INTO production_assignmentevent (id, quantity, {columns})"
            f" SELECT id, 9, {columns} FROM production_assignmentevent WHERE id = %s{end}",
            event.pk,
        )
    )
    event.refresh_from_db()
    assert event.quantity == 1


def test_a_piece_passes_once(workshop):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    refuses(
        lambda: Inspection.objects.create(
            piece=piece,
            assignment=Assignment.objects.get(),
            outcome=Inspection.Outcome.PASSED,
            on=DAY,
            checker=workshop.checker,
        )
    )
