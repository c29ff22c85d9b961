"""The door at which phones knock and tell."""

from time import time
from uuid import uuid4

import pytest
from django.test import Client

from coop.people.services import end_sessions
from coop.portal.offline import seals
from coop.portal.offline.models import Told
from orders.production.models import Assignment
from tests.portal.offline.conftest import word

Status = Assignment.Status


def told(offer, whose=None, **changes) -> dict[str, object]:
    said = word("take", offer)
    return {
        "key": str(said.key),
        "whose": seals.name_of((whose or offer.member).user),
        "act": "take",
        "number": offer.pk,
        "seen": said.seen,
        "told_at": int(time() * 1000),
        "late": "1",
        **changes,
    }


def test_knocking_says_who_is_in_and_tells_no_stranger_anything(workshop, phone):
    assert Client().get("/m/outbox/").json() == {"whose": "", "token": "", "keep": True}

    answer = phone(workshop.rosa.user).get("/m/outbox/")

    assert answer.json()["whose"] == seals.name_of(workshop.rosa.user)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert str(workshop.rosa.user.pk) != answer.json()["whose"]


def test_a_phone_that_was_taken_away_from_her_keeps_nothing(workshop, phone):
    mark = seals.seal_kept(workshop.rosa.user)
    stranger = Client()
    assert stranger.get("/m/outbox/", {"kept": mark}).json()["keep"]

    end_sessions(user=workshop.rosa.user)

    assert not stranger.get("/m/outbox/", {"kept": mark}).json()["keep"]
    assert not stranger.get("/m/outbox/", {"kept": "made-up"}).json()["keep"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_nothing_is_kept_once_her_log_in_is_another(workshop, change):
    user = workshop.rosa.user
    mark = seals.seal_kept(user)

    type(user).objects.filter(pk=user.pk).update(**change)

    assert not seals.may_be_kept(mark)


def test_she_tells_and_is_led_on(workshop, phone):
    offer = workshop.offered(5)

    answer = phone(workshop.rosa.user).post("/m/outbox/tell/", told(offer)).json()

    assert (answer["outcome"], answer["after"]) == ("done", f"/m/work/{offer.pk}/")
    offer.refresh_from_db()
    assert offer.status == Status.TAKEN


def test_told_while_she_waits_the_next_page_says_it(workshop, phone):
    offer, client = workshop.offered(5), phone(workshop.rosa.user)

    after = client.post("/m/outbox/tell/", told(offer, late="")).json()["after"]

    assert "said--success" in client.get(after).content.decode()


def test_another_woman_on_the_same_phone_does_not_tell_hers(workshop, phone):
    offer = workshop.offered(5)

    answer = phone(workshop.another().user).post("/m/outbox/tell/", told(offer)).json()

    assert answer == {"outcome": "stays"}
    assert not Told.objects.exists()


def test_another_who_says_that_she_pressed_it_gets_nothing_done(workshop, phone):
    offer, other = workshop.offered(5), workshop.another()

    phone(other.user).post("/m/outbox/tell/", told(offer, whose=other))

    offer.refresh_from_db()
    assert offer.status == Status.OFFERED


def test_nobody_in_it_stays_on_the_phone(workshop):
    assert Client().post("/m/outbox/tell/", told(workshop.offered(5))).json() == {
        "outcome": "stays"
    }


def test_locked_out_it_stays_on_the_phone_until_she_comes_in(workshop, phone):
    offer, client = workshop.offered(5), phone(workshop.rosa.user)
    session = client.session
    session["portal_seen"] = int(time()) - 400
    session.save()

    assert client.post("/m/outbox/tell/", told(offer)).json() == {"outcome": "stays"}
    assert client.get("/m/outbox/").json()["whose"] == ""


def test_knocking_does_not_keep_her_in(workshop, phone):
    client = phone(workshop.rosa.user)
    session = client.session
    session["portal_seen"] = before = int(time()) - 100
    session.save()

    client.get("/m/outbox/")

    assert client.session["portal_seen"] == before


@pytest.mark.parametrize(
    "change",
    [{"key": "x"}, {"number": "0"}, {"seen": ""}, {"told_at": "soon"}, {"act": "a" * 21}],
)
def test_what_is_no_word_at_all_is_thrown_away(workshop, phone, change):
    client = phone(workshop.rosa.user)

    answer = client.post("/m/outbox/tell/", told(workshop.offered(5), **change)).json()

    assert answer == {"outcome": "gone"}


def test_a_phone_whose_clock_runs_ahead_tells_nothing_from_the_future(workshop, phone):
    offer = workshop.offered(5)

    phone(workshop.rosa.user).post("/m/outbox/tell/", told(offer, told_at=2**51))

    row = Told.objects.get()
    assert row.told_at <= row.heard_at


def test_another_site_cannot_tell_for_her(workshop, phone):
    offer = workshop.offered(5)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone(workshop.rosa.user).cookies

    assert strict.post("/m/outbox/tell/", told(offer)).status_code == 403
    token = strict.get("/m/outbox/").json()["token"]
    done = strict.post("/m/outbox/tell/", told(offer), headers={"X-CSRFToken": token})
    assert done.json()["outcome"] == "done"


def test_an_answer_is_hers_to_put_away(workshop, phone):
    client, other = phone(workshop.rosa.user), phone(workshop.another().user)
    client.post("/m/outbox/tell/", told(workshop.offered(5)))
    row = Told.objects.get()

    other.post(f"/m/outbox/{row.pk}/understood/")
    row.refresh_from_db()
    assert not row.is_read

    client.post(f"/m/outbox/{row.pk}/understood/")
    row.refresh_from_db()
    assert row.is_read


def test_who_understood_stays_where_she_was(workshop, phone):
    client = phone(workshop.rosa.user)
    client.post("/m/outbox/tell/", told(workshop.offered(5)))
    address = f"/m/outbox/{Told.objects.get().pk}/understood/"

    assert client.post(address, headers={"Referer": "http://testserver/m/work/"}).url == "/m/work/"
    assert client.post(address, headers={"Referer": "https://elsewhere.example/"}).url == "/m/"


def test_the_key_of_one_woman_says_nothing_to_another(workshop, phone):
    mine = told(workshop.offered(5))
    phone(workshop.rosa.user).post("/m/outbox/tell/", mine)
    other = workshop.another()

    answer = phone(other.user).post("/m/outbox/tell/", {**mine, "whose": seals.name_of(other.user)})

    assert answer.json() == {"outcome": "stays"}
    assert uuid4() != mine["key"]
