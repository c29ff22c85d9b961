"""Answers, wool and deliveries in the office: what members say, take and bring."""

from datetime import timedelta

import pytest

from catalog.models import Piece
from coop.wool.models import Custody
from orders.production.models import Assignment, AssignmentEvent
from orders.production.services import send_to_mend, take_later
from tests.factories.ledger import DAY
from tests.factories.production import DUE, findings
from tests.production.desk import WORK, text

pytestmark = pytest.mark.usefixtures("on_the_day")


# Answers ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "status"), [("yes", Assignment.Status.TAKEN), ("no", Assignment.Status.DECLINED)]
)
def test_the_storekeeper_writes_down_what_she_says(workshop, desk, answer, status):
    offer, client = workshop.offered(1), desk(workshop.keeper)
    assert workshop.rosa.name in text(client.get(WORK + "answers/"))

    client.post(f"{WORK}answers/{offer.pk}/", {"answer": answer})

    offer.refresh_from_db()
    assert offer.status == status
    assert offer.events.last().actor == workshop.keeper


def test_rows_are_found_by_name_or_code(workshop, desk):
    workshop.offered(1)
    workshop.offered(1, who=workshop.another("Basilia Quispe"))
    client = desk(workshop.keeper)

    for who in ("basilia", workshop.rosa.code.lower()):
        page = text(client.get(WORK + "answers/", {"who": who}))
        assert page.count("work-card__head") == 1


# A later day -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "status", "wish"), [("yes", "taken", "granted"), ("no", "offered", "refused")]
)
def test_the_secretary_answers_who_asks_for_a_later_day(workshop, desk, answer, status, wish):
    offer, day = workshop.offered(1), DUE + timedelta(days=7)
    asked = take_later(assignment=offer, wanted_on=day, actor=workshop.rosa.user, on=DAY)
    client = desk(workshop.secretary)
    assert f"{WORK}answers/wish/{asked.pk}/" in text(client.get(WORK + "answers/"))

    for _press in range(2):
        client.post(f"{WORK}answers/wish/{asked.pk}/", {"answer": answer})

    offer.refresh_from_db()
    asked.refresh_from_db()
    assert (offer.status, asked.status) == (status, wish)
    assert asked.answered_by == workshop.secretary
    assert "answers/wish/" not in text(client.get(WORK + "answers/"))
    assert findings() == []


def test_who_gives_out_no_work_answers_no_wish(workshop, desk):
    offer = workshop.offered(1)
    asked = take_later(
        assignment=offer, wanted_on=DUE + timedelta(days=7), actor=workshop.rosa.user, on=DAY
    )

    response = desk(workshop.checker).post(f"{WORK}answers/wish/{asked.pk}/", {"answer": "yes"})

    assert response.status_code in {302, 403}
    asked.refresh_from_db()
    assert asked.status == "waiting"


def test_the_first_page_says_that_somebody_asks_for_a_later_day(workshop, desk):
    offer = workshop.offered(1)
    take_later(
        assignment=offer, wanted_on=DUE + timedelta(days=7), actor=workshop.rosa.user, on=DAY
    )

    page = text(desk(workshop.secretary).get("/office/"))

    assert "woman asks for a later day." in page


# Wool ------------------------------------------------------------------------------------------
def grams(workshop, assignment) -> str:
    need = assignment.work_order.variant.design.wool.get()
    return f"grams-{need.yarn_id}-{need.colour_id}"


def test_it_says_what_she_needs_and_has_and_hands_it_out(workshop, desk):
    taken, client = workshop.taken(5, with_wool=False), desk(workshop.keeper)
    workshop.issue(workshop.red, 30)
    page = text(client.get(WORK + "wool/"))
    assert "needs 100\xa0g, has 30\xa0g; 2.97\xa0kg in the store" in page
    assert 'value="70"' in page

    field = grams(workshop, taken)
    response = client.post(f"{WORK}wool/{taken.pk}/", {field: "70", "form_key": "one"})

    assert response.status_code == 302
    assert Custody.objects.get(member=workshop.rosa).grams == 100
    assert workshop.rosa.name not in text(client.get(WORK + "wool/")).split("</header>")[-1]
    assert findings() == []


def test_wool_is_handed_out_once_however_often_the_form_is_sent(workshop, desk):
    taken, client = workshop.taken(5, with_wool=False), desk(workshop.keeper)
    for _time in range(2):
        client.post(f"{WORK}wool/{taken.pk}/", {grams(workshop, taken): "60", "form_key": "one"})

    assert Custody.objects.get(member=workshop.rosa).grams == 60


@pytest.mark.parametrize("wrong", ["x", "-5", "1.5", "9999999", "²", ""])
def test_a_weight_that_is_none_is_refused_and_kept(workshop, desk, wrong):
    taken = workshop.taken(5, with_wool=False)

    response = desk(workshop.keeper).post(
        f"{WORK}wool/{taken.pk}/", {grams(workshop, taken): wrong, "form_key": "one"}
    )

    assert response.status_code == 200
    assert 'role="alert"' in text(response)
    assert f'value="{wrong}"' in text(response)
    assert not Custody.objects.exists()


def test_more_than_the_store_has_is_refused_in_words(workshop, desk):
    taken = workshop.taken(5, with_wool=False)

    response = desk(workshop.keeper).post(
        f"{WORK}wool/{taken.pk}/", {grams(workshop, taken): "3001", "form_key": "one"}
    )

    assert response.status_code == 200
    assert 'role="alert"' in text(response)
    assert not Custody.objects.exists()


def test_what_she_has_counts_for_what_is_due_first(workshop, desk):
    workshop.taken(5, with_wool=False)
    second = workshop.taken(5, with_wool=False)
    workshop.issue(workshop.red, 100)

    page = text(desk(workshop.keeper).get(WORK + "wool/"))

    assert page.count("work-card__head") == 1
    assert f"{WORK}wool/{second.pk}/" in page


# Deliveries ------------------------------------------------------------------------------------
def test_she_brings_some_of_it(workshop, desk):
    taken, client = workshop.taken(5), desk(workshop.keeper)
    form = {"quantity": 2, "before": 0}

    response = client.post(f"{WORK}deliveries/{taken.pk}/", form)

    assert response.url == WORK + "deliveries/"
    taken.refresh_from_db()
    assert taken.delivered == 2
    assert taken.events.last().kind == AssignmentEvent.Kind.DELIVERED
    assert 'value="3"' in text(client.get(WORK + "deliveries/"))

    again = client.post(f"{WORK}deliveries/{taken.pk}/", form)
    assert again.status_code == 200
    assert Piece.objects.count() == 2


@pytest.mark.parametrize("quantity", ["0", "6", "x", ""])
def test_what_she_cannot_bring_is_said_beside_the_field(workshop, desk, quantity):
    taken = workshop.taken(5)

    response = desk(workshop.keeper).post(
        f"{WORK}deliveries/{taken.pk}/", {"quantity": quantity, "before": 0}
    )

    assert response.status_code == 200
    assert 'role="alert"' in text(response)
    assert not Piece.objects.exists()


def test_a_mended_piece_comes_back(workshop, desk):
    (piece,) = workshop.brought(1)
    send_to_mend(piece=piece, checker=workshop.checker, note="An ear is loose.", on=DAY)
    client = desk(workshop.keeper)
    assert "An ear is loose." in text(client.get(WORK + "deliveries/"))

    client.post(f"{WORK}deliveries/piece/{piece.pk}/")

    piece.refresh_from_db()
    assert piece.place == Piece.Place.CHECKER
