"""Production's pages in the office: who opens them, and what each button does."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from catalog.models import Piece
from coop.people import roles
from coop.people.models import User
from coop.wool.models import Custody
from orders.production.models import Assignment, AssignmentEvent, WorkOrder
from orders.production.services import deliver, send_to_mend
from tests.factories.ledger import DAY, person
from tests.factories.production import DUE, findings
from tests.factories.quotas import offering

PAGES = ("", "open/", "share-out/", "answers/", "wool/", "deliveries/", "check/")
WORK = "/office/work/"

Desk = Callable[[User], Client]


@pytest.fixture(autouse=True)
def on_the_day():
    with patch("coop.kit.days.today", return_value=DAY):
        yield


@pytest.fixture
def desk(db) -> Desk:
    def sit_down(user: User) -> Client:
        user.language = "en"
        user.save()
        client = Client()
        client.force_login(user, backend="coop.people.backends.EmailBackend")
        return client

    return sit_down


def text(response) -> str:
    return response.content.decode()


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


# Checks ----------------------------------------------------------------------------------------
def test_a_piece_passes_with_the_weight_on_the_scales(workshop, desk):
    (piece,) = workshop.brought(1)
    taken, client = Assignment.objects.get(), desk(workshop.checker)
    assert 'value="20"' in text(client.get(WORK + "check/"))

    response = client.post(
        f"{WORK}check/{taken.pk}/", {"pass": piece.pk, f"grams-{piece.pk}": "18"}, follow=True
    )

    piece.refresh_from_db()
    assert piece.place == Piece.Place.STORE
    assert piece.tag in text(response)
    assert piece.inspections.get().grams == 18


def test_all_of_a_delivery_pass_at_once(workshop, desk):
    pieces = workshop.brought(3)
    taken = Assignment.objects.get()
    form = {"all": "1", f"grams-{pieces[1].pk}": "17"}

    desk(workshop.checker).post(f"{WORK}check/{taken.pk}/", form)

    assert Piece.objects.filter(place=Piece.Place.STORE).count() == 3
    assert pieces[1].inspections.get().grams == 17
    taken.refresh_from_db()
    assert taken.status == Assignment.Status.DONE
    assert findings() == []


def test_a_piece_goes_to_be_mended_with_a_word_why(workshop, desk):
    (piece,) = workshop.brought(1)
    form = {"mend": piece.pk, f"note-{piece.pk}": "An ear is loose."}

    desk(workshop.checker).post(f"{WORK}check/{Assignment.objects.get().pk}/", form)

    piece.refresh_from_db()
    assert piece.place == Piece.Place.MAKER
    assert piece.inspections.get().note == "An ear is loose."


def test_without_a_word_it_stays_and_the_others_keep_what_was_typed(workshop, desk):
    one, two = workshop.brought(2)
    form = {"mend": one.pk, f"note-{one.pk}": " ", f"grams-{two.pk}": "19"}

    response = desk(workshop.checker).post(f"{WORK}check/{Assignment.objects.get().pk}/", form)

    assert response.status_code == 200
    assert 'role="alert"' in text(response)
    assert 'value="19"' in text(response)
    assert not Piece.objects.exclude(place=Piece.Place.CHECKER).exists()


@pytest.mark.parametrize("weight", ["0", "x", "-4", "1.5", "1234567"])
def test_a_weight_that_is_none_passes_nothing(workshop, desk, weight):
    (piece,) = workshop.brought(1)
    form = {"pass": piece.pk, f"grams-{piece.pk}": weight}

    response = desk(workshop.checker).post(f"{WORK}check/{Assignment.objects.get().pk}/", form)

    assert response.status_code == 200
    assert f'value="{weight}"' in text(response)
    piece.refresh_from_db()
    assert piece.place == Piece.Place.CHECKER


def test_without_wool_the_page_says_what_is_missing(workshop, desk):
    pieces = workshop.brought(2, with_wool=False)
    workshop.issue(workshop.red, 20)

    response = desk(workshop.checker).post(
        f"{WORK}check/{Assignment.objects.get().pk}/", {"all": "1"}
    )

    assert response.status_code == 200
    assert "20\xa0g" in text(response) or "20 g" in text(response)
    assert [Piece.objects.get(pk=one.pk).place for one in pieces] == ["store", "checker"]


def test_her_own_pieces_are_for_another_checker(workshop, desk):
    checker = workshop.another()
    checker.user.groups.add(*workshop.checker.groups.all())
    (piece,) = workshop.brought(1, who=checker)
    client = desk(User.objects.get(pk=checker.user_id))

    assert "another checker looks at them" in text(client.get(WORK + "check/"))
    client.post(f"{WORK}check/{Assignment.objects.get().pk}/", {"pass": piece.pk})

    piece.refresh_from_db()
    assert piece.place == Piece.Place.CHECKER


def test_a_piece_of_another_delivery_is_not_judged_here(workshop, desk):
    (piece,) = workshop.brought(1)
    other = workshop.taken(1)

    desk(workshop.checker).post(f"{WORK}check/{other.pk}/", {"pass": piece.pk})

    piece.refresh_from_db()
    assert piece.place == Piece.Place.CHECKER


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
