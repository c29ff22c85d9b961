"""New PINs in the office: for whoever signs for money, two of the Junta agree."""

import pytest
from django.test import Client

from coop.members.models import Member
from coop.people import roles, services
from coop.people.models import PinCard, PinRequest, User
from tests.factories.ledger import person
from tests.factories.members import member
from tests.factories.office import browser, browser_of
from tests.factories.people import a_card
from tests.factories.rules import secretary

pytestmark = pytest.mark.django_db

PINS = "/office/members/pins/"
NEW = {"picture": "estrella:qolle", "pin": "9371", "pin_again": "9371"}


@pytest.fixture
def treasurer() -> Member:
    """She signs, and has a card."""
    one = member("T-01", name="Tomasa Quispe")
    a_card(one.user, motif="estrella", colour="qolle")
    services.give_role(user=one.user, role=roles.TREASURER)
    return one


def ask(one: Member) -> PinRequest:
    answer = browser_of(secretary()).post(f"/office/members/of/{one.code}/pin/", NEW)
    assert answer.status_code == 302
    return PinRequest.objects.get(status="waiting")


def buttons(client: Client) -> tuple[bool, bool]:
    """Whether she is offered to confirm, and to call off."""
    page = client.get(PINS).content.decode()
    return "/confirm/" in page, "/withdraw/" in page


def pin_of(user: User) -> str:
    return PinCard.objects.get(user=user).pin_hash


def test_the_secretary_only_asks_and_is_told_so(treasurer: Member):
    before = pin_of(treasurer.user)
    client = browser_of(secretary())
    assert client.get("/office/members/of/T-01/pin/").context["needs_two"]

    ask(treasurer)

    assert pin_of(treasurer.user) == before
    assert buttons(client) == (False, True)


def test_the_president_confirms(treasurer: Member):
    before, asked = pin_of(treasurer.user), ask(treasurer)
    president = browser("Petra", roles.PRESIDENT)
    assert buttons(president) == (True, True)

    president.post(f"{PINS}{asked.pk}/confirm/")

    assert pin_of(treasurer.user) != before
    assert buttons(president) == (False, False)


def test_the_secretary_does_not_confirm_what_she_asked_for(treasurer: Member):
    before, asked = pin_of(treasurer.user), ask(treasurer)

    browser_of(secretary()).post(f"{PINS}{asked.pk}/confirm/")

    assert pin_of(treasurer.user) == before
    asked.refresh_from_db()
    assert asked.status == "waiting"


def test_a_vocal_calls_it_off(treasurer: Member):
    before, asked = pin_of(treasurer.user), ask(treasurer)

    browser("Valeria", roles.VOCAL).post(f"{PINS}{asked.pk}/withdraw/")

    asked.refresh_from_db()
    assert (asked.status, pin_of(treasurer.user)) == ("withdrawn", before)


@pytest.mark.parametrize("role", [roles.STOREKEEPER, roles.AUDITOR, roles.MEMBER])
def test_others_neither_see_nor_decide(treasurer: Member, role: str):
    asked, client = ask(treasurer), browser("Otra", role)

    assert client.get(PINS).status_code in {302, 403}
    client.post(f"{PINS}{asked.pk}/confirm/")

    asked.refresh_from_db()
    assert asked.status == "waiting"


def test_whoever_does_not_sign_gets_her_pin_at_once():
    one = member("T-02")

    browser_of(secretary()).post("/office/members/of/T-02/pin/", NEW)

    assert PinCard.objects.filter(user=one.user).exists()
    assert not PinRequest.objects.exists()


def test_the_list_takes_as_many_queries_for_one_as_for_three(django_assert_max_num_queries):
    client = browser("Petra", roles.PRESIDENT)

    def another(number: int) -> None:
        user = person(f"v{number}", roles.VOCAL)
        PinRequest.objects.create(
            user=user, motif="x", colour=str(number), pin_hash="x", asked_by=secretary()
        )

    another(1)
    client.get(PINS)
    with django_assert_max_num_queries(60) as one:
        client.get(PINS)
    another(2)
    another(3)
    with django_assert_max_num_queries(len(one)):
        client.get(PINS)
