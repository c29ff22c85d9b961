"""Production's pages in the office: who opens them, and what each button does."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from coop.people import roles
from orders.production.models import Assignment, WorkOrder
from orders.production.services import deliver, send_to_mend
from tests.factories.ledger import DAY, person
from tests.factories.production import DUE, findings
from tests.factories.quotas import offering
from tests.production.desk import PAGES, WORK, text

pytestmark = pytest.mark.usefixtures("on_the_day")


# Who may ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (roles.STOREKEEPER, {"", "open/", "share-out/", "answers/", "wool/", "deliveries/"}),
        (roles.CHECKER, {"", "deliveries/", "check/"}),
        (roles.SECRETARY, {"", "open/", "share-out/", "answers/", "deliveries/"}),
        (roles.AUDITOR, {""}),
        (roles.EDITOR, set()),
        (roles.MEMBER, set()),
    ],
)
def test_each_role_opens_its_pages(workshop, desk, role, opens):
    client = desk(person("Someone", role))

    found = {page for page in PAGES if client.get(WORK + page).status_code == 200}

    assert found == opens


def test_the_tabs_lead_only_where_she_may_go(workshop, desk):
    page = text(desk(workshop.checker).get(WORK))

    assert f'href="{WORK}check/"' in page
    assert f'href="{WORK}share-out/"' not in page


def test_a_stranger_is_asked_to_come_in(workshop, client):
    response = client.get(WORK)

    assert response.status_code == 302
    assert "/account/login/" in response.url


@pytest.mark.parametrize("address", ["1/call-off/", "assignment/1/take-back/", "answers/1/"])
def test_who_only_reads_writes_nothing(workshop, desk, address):
    workshop.offered(1)

    assert desk(person("Reader", roles.AUDITOR)).post(WORK + address).status_code == 403
    assert Assignment.objects.get().status == Assignment.Status.OFFERED


# Work ------------------------------------------------------------------------------------------
def test_the_list_shows_what_is_open_and_how_far_it_is(workshop, desk):
    workshop.offered(3)
    done = workshop.brought(1)[0]
    client = desk(workshop.keeper)
    desk(workshop.checker).post(f"{WORK}check/{Assignment.objects.last().pk}/", {"pass": done.pk})

    page = text(client.get(WORK))

    assert page.count("LLAMA-") == 1
    assert text(client.get(WORK, {"status": "all"})).count("LLAMA-") == 2
    assert text(client.get(WORK, {"search": "nothing like this"})).count("LLAMA-") == 0


def test_work_for_the_store_is_opened_once(workshop, desk):
    client = desk(workshop.keeper)
    form = {
        "variant": workshop.llama.pk,
        "quantity": 12,
        "due_on": DUE,
        "form_key": "9a1c6f1e-2b1f-4d3e-8c5a-7b6d5e4f3a2b",
    }
    for _time in range(2):
        response = client.post(WORK + "open/", form)

    order = WorkOrder.objects.get()
    assert response.url == f"{WORK}{order.pk}/"
    assert (order.quantity, order.opened_by) == (12, workshop.keeper)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-3"}, "quantity"),
        ({"quantity": "many"}, "quantity"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "soon"}, "due_on"),
        ({"variant": ""}, "variant"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(workshop, desk, wrong, field):
    form = {
        "variant": workshop.llama.pk,
        "quantity": "12",
        "due_on": DUE.isoformat(),
        "form_key": "9a1c6f1e-2b1f-4d3e-8c5a-7b6d5e4f3a2b",
    }

    response = desk(workshop.keeper).post(WORK + "open/", form | wrong)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    if field != "quantity":
        assert 'value="12"' in text(response)
    assert not WorkOrder.objects.exists()


def test_one_work_order_shows_who_knits_it_and_why(workshop, desk):
    order = workshop.offered(3).work_order
    Assignment.objects.update(why="least:60:2400")

    page = text(desk(workshop.keeper).get(f"{WORK}{order.pk}/"))

    assert workshop.rosa.name in page
    assert "1 of the 40 hours" in page


def test_work_is_called_off(workshop, desk):
    order = workshop.offered(3).work_order

    response = desk(workshop.secretary).post(f"{WORK}{order.pk}/call-off/", {"note": "not wanted"})

    assert response.status_code == 302
    order.refresh_from_db()
    assert order.status == WorkOrder.Status.CANCELLED
    assert findings() == []


def test_what_she_did_not_bring_is_taken_back(workshop, desk):
    taken = workshop.taken(3)

    desk(workshop.secretary).post(f"{WORK}assignment/{taken.pk}/take-back/")

    taken.refresh_from_db()
    assert taken.status == Assignment.Status.WITHDRAWN


# Sharing out -----------------------------------------------------------------------------------
def lines(*rows: tuple, total: int | None = None) -> dict[str, object]:
    form: dict[str, object] = {
        "share-TOTAL_FORMS": len(rows),
        "share-INITIAL_FORMS": 0,
        "share-MIN_NUM_FORMS": 0,
        "share-MAX_NUM_FORMS": 1000,
    }
    for at, (order, member, quantity) in enumerate(rows):
        form |= {
            f"share-{at}-order": order.pk,
            f"share-{at}-member": member.pk if member else "",
            f"share-{at}-quantity": quantity,
        }
    return form


def test_the_proposal_says_who_how_many_and_why(workshop, desk):
    workshop.work(3)
    hard = workshop.work(2, workshop.variant("shawl", level=3))

    response = desk(workshop.keeper).get(WORK + "share-out/")

    page = text(response)
    assert "Least work so far" in page
    assert "2 pieces found nobody." in page
    assert "Nobody is confirmed" in page
    initial = [form.initial for form in response.context["formset"]]
    assert initial[0] == {"order": hard.pk - 1, "member": workshop.rosa.pk, "quantity": 3}
    assert not Assignment.objects.exists()


def test_offered_as_proposed_it_keeps_its_reason(workshop, desk):
    order = workshop.work(3)

    response = desk(workshop.keeper).post(
        WORK + "share-out/", lines((order, workshop.rosa, 3), (order, None, ""))
    )

    assert response.url == WORK + "share-out/"
    offer = Assignment.objects.get()
    assert (offer.quantity, offer.why, offer.status) == (3, "least:0:4800", "offered")
    assert offer.events.get().actor == workshop.keeper


@pytest.mark.parametrize("half", ["nobody", "no number", "nothing"])
def test_half_a_line_is_asked_about_and_nothing_is_offered(workshop, desk, half):
    order = workshop.work(3)
    line = {
        "nobody": (order, None, 3),
        "no number": (order, workshop.rosa, ""),
        "nothing": (order, None, ""),
    }[half]

    page = desk(workshop.keeper).post(WORK + "share-out/", lines(line), follow=True)

    assert page.status_code == 200
    assert not Assignment.objects.exists()
    wrong = page.context["formset"].forms[0].errors
    said = [str(one) for one in page.context["messages"]]
    assert bool(wrong) != (half == "nothing")
    assert bool(said) == (half == "nothing")


def test_who_and_how_many_can_be_changed(workshop, desk):
    order, other = workshop.work(3), workshop.another()

    desk(workshop.keeper).post(
        WORK + "share-out/", lines((order, workshop.rosa, 1), (order, other, 2))
    )

    offers = {one.member: (one.quantity, one.why) for one in Assignment.objects.all()}
    assert offers == {workshop.rosa: (1, "chosen"), other: (2, "chosen")}
    assert findings() == []


def test_a_refusal_stands_beside_its_line_and_nothing_is_offered(workshop, desk):
    order, other = workshop.work(3), workshop.another()

    response = desk(workshop.keeper).post(
        WORK + "share-out/", lines((order, workshop.rosa, 2), (order, other, 2))
    )

    assert response.status_code == 200
    forms = response.context["formset"].forms
    assert not forms[0].errors
    assert "still to be given out" in str(forms[1].errors["quantity"])
    assert not Assignment.objects.exists()


def test_a_refusal_is_said_above_the_list_and_in_its_bar(workshop, desk):
    order, other = workshop.work(3), workshop.another()

    page = text(
        desk(workshop.keeper).post(
            WORK + "share-out/", lines((order, workshop.rosa, 2), (order, other, 2))
        )
    )

    above, bar = page.split('class="work-card"')[0], page.split('class="work-bar"')[1]
    assert "Nothing was offered yet" in above
    assert 'href="#id_share-1-quantity"' in above
    assert "still to be given out" in above
    assert "Nothing was offered yet." in bar
    assert "who is asked" not in bar


def test_late_work_is_told_apart_in_the_list(workshop, desk):
    late, due = workshop.work(3, due_on=DAY), workshop.work(2)
    client = desk(workshop.keeper)
    assert "work-due--late" not in text(client.get(WORK))

    with patch("coop.kit.days.today", return_value=DAY + timedelta(days=1)):
        page = text(client.get(WORK))

    (row,) = [one for one in page.split("<tr>") if "work-due--late" in one]
    assert f"/office/work/{late.pk}/" in row
    assert "past its day" in row
    assert f"/office/work/{due.pk}/" in page


@pytest.mark.parametrize("quantity", ["-1", "x", "99999"])
def test_what_is_no_number_is_said_beside_its_line(workshop, desk, quantity):
    order = workshop.work(3)

    response = desk(workshop.keeper).post(
        WORK + "share-out/", lines((order, workshop.rosa, quantity))
    )

    assert response.status_code == 200
    assert "quantity" in response.context["formset"].forms[0].errors
    assert not Assignment.objects.exists()


def test_sharing_out_sent_twice_is_done_once(workshop, desk):
    order, client = workshop.work(3), desk(workshop.keeper)
    for _time in range(2):
        response = client.post(WORK + "share-out/", lines((order, workshop.rosa, 3)))

    assert response.status_code == 200
    assert Assignment.objects.count() == 1


def test_by_hand_she_gives_the_hours_of_the_month_in_which_she_has_them(workshop, desk):
    offering(workshop.rosa, 1)
    order = workshop.work(4, due_on=DAY + timedelta(days=40))

    desk(workshop.keeper).post(WORK + "share-out/", lines((order, workshop.rosa, 3)))

    offer = Assignment.objects.get()
    assert offer.month.month == DAY.month + 1
    assert findings() == []


# Costs -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["", "answers/", "wool/", "deliveries/", "check/"])
def test_lists_cost_the_same_for_one_row_and_for_three(
    workshop, desk, django_assert_max_num_queries, page
):
    client = desk(workshop.checker if page == "check/" else workshop.keeper)

    def add_row() -> None:
        workshop.offered(1)
        workshop.taken(1, with_wool=False, who=workshop.another())
        workshop.brought(1)
        mending = deliver(assignment=workshop.taken(1), quantity=1, actor=workshop.keeper, on=DAY)[
            0
        ]
        send_to_mend(piece=mending, checker=workshop.checker, note="x", on=DAY)

    add_row()
    client.get(WORK + page)
    with django_assert_max_num_queries(40) as one:
        client.get(WORK + page)
    add_row()
    add_row()
    with django_assert_max_num_queries(len(one)):
        client.get(WORK + page)
