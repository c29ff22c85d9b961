"""The members in the office: found, enrolled, appointed; refusals beside their field."""

import re

import pytest
from django.test import Client

from coop.kit import days
from coop.members.models import Member
from coop.members.services import suspend
from coop.people.models import PinCard, User
from tests.factories.members import honorary, member, settlement
from tests.factories.office import browser, browser_of
from tests.factories.rules import secretary, titilaca

pytestmark = pytest.mark.django_db

INDEX, ENROL = "/office/members/", "/office/members/enrol/"


def office() -> Client:
    return browser_of(secretary())


def of(code: str, what: str = "") -> str:
    return f"/office/members/of/{code}/{what}"


def form_data(**changes: object) -> dict[str, object]:
    return {
        "code": "T-50",
        "name": "Nueva Socia",
        "settlement": settlement().pk,
        "kind": "full",
        "joined_on": str(days.today()),
        "rule_set": titilaca().pk,
        "language": "es",
        "picture": "llamas:lake",
        "pin": "2680",
        "pin_again": "2680",
        "email": "",
    } | changes


def test_the_list_is_narrowed_and_reads_in_as_many_queries_for_three_as_for_one(
    django_assert_max_num_queries,
):
    member("T-01", name="Rosa Apaza")
    client = office()
    client.get(INDEX)
    with django_assert_max_num_queries(60) as one:
        client.get(INDEX)
    member("T-02", name="Julia Pari", place=settlement("Cruz Loma"))
    honorary()
    with django_assert_max_num_queries(len(one)):
        page = client.get(INDEX)

    assert [row.code for row in page.context["page"]] == ["H-01", "T-01", "T-02"]
    found = client.get(INDEX, {"words": "julia"})
    assert [row.code for row in found.context["page"]] == ["T-02"]
    nobody = client.get(INDEX, {"words": "zzz", "status": "left"})
    assert nobody.status_code == 200
    assert not nobody.context["page"].object_list
    assert client.get(INDEX, {"status": "x", "settlement": "x", "p": "x"}).status_code == 200


def test_who_sees_members_and_who_enrols_them():
    member("T-01")

    for role in ("president", "treasurer", "vocal", "auditor"):
        client = browser(role, role)
        assert client.get(INDEX).status_code == 200
        assert client.get(of("T-01")).status_code == 200
        if role != "president":
            assert client.get(ENROL).status_code == 403
            assert client.post(of("T-01", "suspend/"), {"why": "x"}).status_code == 403
    for role in ("storekeeper", "editor", "companion"):
        assert browser(role, role).get(of("T-01")).status_code == 403
    assert Member.objects.get().status == "active"


def test_the_secretary_enrols_a_member_with_her_picture_and_pin():
    member("T-01")

    answer = office().post(ENROL, form_data(email="Nueva@Example.org"))

    one = Member.objects.get(code="T-50")
    assert answer["Location"] == of("T-50")
    assert one.account is not None
    assert one.user.email == "nueva@example.org"
    assert not one.user.has_usable_password()
    card = PinCard.objects.get(user=one.user)
    assert (card.motif, card.colour) == ("llamas", "lake")
    page = office().get(answer["Location"]).content.decode()
    assert "/motif/llamas/lake.svg" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "T-01"}, "code"),
        ({"code": "Ñandú"}, "code"),
        ({"name": ""}, "name"),
        ({"joined_on": "2999-01-01"}, "joined_on"),
        ({"joined_on": "2025-01-01"}, "rule_set"),
        ({"picture": "estrella:qolle"}, "picture"),
        ({"picture": ""}, "picture"),
        ({"pin": "1111", "pin_again": "1111"}, "pin"),
        ({"pin_again": "2681"}, "pin_again"),
        ({"email": "taken@example.org"}, "email"),
        ({"settlement": "far"}, "settlement"),
    ],
)
def test_a_wrong_enrolment_is_shown_beside_its_field_and_writes_nothing(changes: dict, field: str):
    there = member("T-01")
    PinCard.objects.create(user=there.user, motif="estrella", colour="qolle", pin_hash="x")
    User.objects.filter(pk=there.user_id).update(email="taken@example.org")
    if changes.get("settlement") == "far":
        changes = {"settlement": settlement("Lejos", centre="").pk}
    client = office()
    people = User.objects.count()

    page = client.post(ENROL, form_data(**changes))

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["language"].value() == "es"
    assert Member.objects.count() == 1
    assert User.objects.count() == people


def test_everything_that_is_to_be_changed_is_said_at_once():
    member("T-01")
    wrong = form_data(code="t-01", name="N" * 130, pin="123", pin_again="123", email="nueva@")

    page = office().post(ENROL, wrong)

    assert set(page.context["form"].errors) == {"code", "name", "pin", "email"}
    assert Member.objects.count() == 1


def test_no_field_of_an_enrolment_cuts_what_is_typed_without_a_word():
    member("T-01")

    page = office().get(ENROL).content.decode()

    for name in ("code", "name", "pin", "pin_again"):
        (field,) = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page)
        assert "maxlength" not in field
    assert "ni todas iguales ni seguidas" in page


def test_before_rules_and_settlements_nobody_can_join():
    page = office().get(ENROL)

    assert page.status_code == 200
    assert "/office/rules/" in page.content.decode()


def test_an_office_is_given_and_ended():
    one = member("T-01")

    office().post(of("T-01", "appoint/"), {"post": "treasurer", "from_on": str(days.today())})

    held = one.offices.get()
    assert held.post == "treasurer"
    office().post(of("T-01", f"office/{held.pk}/end/"))
    held.refresh_from_db()
    assert held.until_on == days.today()
    again = office().post(of("T-01", f"office/{held.pk}/end/"), follow=True)
    assert [str(one.level_tag) for one in again.context["messages"]] == ["error"]


def test_an_office_that_is_held_is_refused_beside_the_field():
    member("T-01", name="Rosa Apaza")
    member("T-02")
    data = {"post": "treasurer", "from_on": str(days.today())}
    office().post(of("T-01", "appoint/"), data)

    page = office().post(of("T-02", "appoint/"), data)

    assert page.status_code == 200
    assert "Rosa Apaza" in str(page.context["appoint_form"].errors["post"])


def test_standing_changes_with_a_reason_only():
    one = member("T-01")
    client = office()

    assert client.post(of("T-01", "suspend/"), {"why": " "}).status_code == 200
    client.post(of("T-01", "suspend/"), {"why": "Acta 4"})
    one.refresh_from_db()
    assert one.status == "suspended"
    client.post(of("T-01", "reinstate/"), {"why": "Acta 5"})
    client.post(of("T-01", "leave/"), {"why": "Se mudó"})
    one.refresh_from_db()
    assert one.status == "left"
    assert [event.note for event in one.events.all()][1:] == ["Acta 4", "Acta 5", "Se mudó"]
    page = client.get(of("T-01"))
    assert "leave_form" not in page.context


def test_a_refused_change_of_standing_says_why():
    one = member("T-01")
    suspend(member=one, why="x", actor=secretary())

    page = office().post(of("T-01", "suspend/"), {"why": "otra vez"})

    assert page.status_code == 200
    assert page.context["standing_form"].non_field_errors()
    assert "otra vez" in page.content.decode()


def test_consents_are_written_down():
    one = member("T-01")

    office().post(of("T-01", "consents/"), {"may_show_settlement": "on"})

    one.refresh_from_db()
    assert (one.may_show_name, one.may_show_settlement) == (False, True)


def test_she_keeps_her_picture_and_gets_a_new_pin():
    one = member("T-01")
    PinCard.objects.create(user=one.user, motif="estrella", colour="qolle", pin_hash="old")
    client = office()
    data = {"picture": "estrella:qolle", "pin": "9371", "pin_again": "9371"}

    assert client.get(of("T-01", "pin/")).status_code == 200
    assert client.post(of("T-01", "pin/"), data | {"pin": "1"}).status_code == 200
    assert PinCard.objects.get().pin_hash == "old"
    client.post(of("T-01", "pin/"), data)

    assert PinCard.objects.get().pin_hash != "old"


def test_an_unknown_member_is_not_found():
    assert office().get(of("NOBODY")).status_code == 404


def test_pay_is_shown_to_who_reads_the_books_only():
    member("T-01")

    assert browser("Tesorera", "treasurer").get(of("T-01")).context["owed"] is not None
    one = browser("Nadie", "storekeeper").get(of("T-01"))
    assert one.status_code == 403
