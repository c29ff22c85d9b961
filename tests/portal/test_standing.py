"""Who sees which screen. Source: design, "Who sees and does what"."""

import pytest

from coop.members.services import appoint, leave, suspend
from tests.factories.ledger import DAY, person
from tests.factories.members import honorary, member
from tests.factories.people import an_account

SCREENS = ("work", "earnings", "wool", "book", "sign")


def open_to(phone, user) -> set[str]:
    client = phone(user)
    home = client.get("/m/").content.decode()
    found = set()
    for screen in SCREENS:
        is_open = client.get(f"/m/{screen}/").status_code == 200
        assert is_open == (f'href="/m/{screen}/"' in home), screen
        if is_open:
            found.add(screen)
    return found


def test_a_member_sees_her_work_pay_wool_and_the_book(workshop, phone):
    assert open_to(phone, workshop.rosa.user) == {"work", "earnings", "wool", "book"}


def test_an_honorary_member_sees_the_book_and_neither_work_nor_pay(workshop, phone):
    assert open_to(phone, honorary().user) == {"book"}


@pytest.mark.parametrize("go", [leave, suspend])
def test_who_left_or_is_suspended_reads_her_own_record_only(workshop, phone, go):
    former = member("F-01")
    go(member=former, why="moved away", actor=workshop.secretary, on=DAY)

    assert open_to(phone, former.user) == {"earnings", "wool"}


def test_the_junta_signs(workshop, phone):
    appoint(member=workshop.rosa, post="president", from_on=DAY, actor=workshop.secretary)

    assert open_to(phone, workshop.rosa.user) == set(SCREENS)


def test_a_treasurer_who_does_not_knit_reads_the_book_and_signs(workshop, phone):
    assert open_to(phone, workshop.treasurer) == {"book", "sign"}


def test_a_customer_has_no_screen_but_is_told_so(workshop, phone):
    client = phone(an_account())

    assert open_to(phone, person("Buyer", "buyer")) == set()
    assert client.get("/m/").status_code == 200


def test_a_closed_screen_answers_kindly(workshop, phone):
    response = phone(honorary().user).get("/m/work/")

    assert response.status_code == 403
    assert 'href="/m/"' in response.content.decode()


def test_her_own_picture_says_whose_screen_it_is(workshop, phone):
    page = phone(workshop.rosa.user).get("/m/").content.decode()

    assert "/motif/llamas/" in page
    assert workshop.rosa.name not in page
