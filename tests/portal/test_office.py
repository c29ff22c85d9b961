"""The office's side of the members' screens: cards to print, voices to record, questions to answer."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coop.members.services import set_consents
from coop.people.models import Card
from coop.portal.models import PayQuestion, Recording
from coop.portal.services import ask_about_pay
from tests.factories.office import browser, browser_of
from tests.factories.people import a_card

MP3 = b"\xff\xf3\x18\xc4" + bytes(60)


@pytest.fixture
def office(db):
    return browser("Secretaria", "secretary")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# Cards -------------------------------------------------------------------------------------------
def test_a_card_has_a_code_and_her_picture_and_no_name_unless_she_agreed(workshop, office):
    picture, rosa = a_card(workshop.rosa.user, colour="indigo"), workshop.rosa
    address = f"/office/phones/cards/{rosa.code}/print/"

    page = office.get(address).content.decode()

    assert 'class="qr"' in page
    assert f"/motif/{picture.motif}/{picture.colour}.svg" in page
    assert rosa.name not in page

    set_consents(
        member=rosa, may_show_name=True, may_show_settlement=False, actor=workshop.treasurer
    )
    assert rosa.name in office.get(address).content.decode()


def test_a_sheet_has_the_card_of_each_member_with_a_picture(workshop, office):
    a_card(workshop.rosa.user)
    a_card(workshop.another().user)

    page = office.get("/office/phones/cards/").content.decode()

    assert page.count('class="card"') == 2
    assert Card.objects.count() == 2


def test_a_lost_card_is_replaced_and_the_trace_stays(workshop, office):
    a_card(workshop.rosa.user)
    here = f"/office/phones/cards/{workshop.rosa.code}/"
    office.get(f"{here}print/")

    office.post(f"{here}replace/", {"why": "lost"})

    assert Card.objects.filter(user=workshop.rosa.user).count() == 2
    assert Card.objects.filter(ended_at=None).count() == 1
    assert "Secretaria" in office.get(here).content.decode()


def test_without_a_picture_there_is_nothing_to_print(workshop, office):
    response = office.get(f"/office/phones/cards/{workshop.rosa.code}/print/")

    assert response.url == f"/office/phones/cards/{workshop.rosa.code}/"
    assert not Card.objects.exists()


@pytest.mark.parametrize("where", ["cards/", "sounds/", "questions/"])
def test_these_pages_are_for_those_who_need_them(db, where):
    assert browser("Almacén", "storekeeper").get(f"/office/phones/{where}").status_code == 403


# Voices ------------------------------------------------------------------------------------------
def test_the_office_lists_what_is_not_recorded_yet(office):
    page = office.get("/office/phones/sounds/?language=qu&state=missing").content.decode()

    counts = [int(one) for one in re.findall(r"\((\d+)\)</a>", page)]
    assert counts[0] == counts[1] > 50
    assert 'href="/office/phones/sounds/qu/language/"' in page


def test_a_recording_put_in_is_played_on_the_list(office):
    form = {"recorded_by": "Rosa", "recorded_on": "2026-11-20", "said": "Llamkay"}
    file = SimpleUploadedFile("a.mp3", MP3)

    response = office.post("/office/phones/sounds/qu/work/", form | {"file": file})

    assert response.status_code == 302
    page = office.get("/office/phones/sounds/?language=qu&state=recorded").content.decode()
    assert f'<audio controls preload="none" src="{Recording.objects.get().file.url}"' in page


def test_what_is_no_recording_is_said_beside_its_field(office):
    form = {"recorded_by": "Rosa", "recorded_on": "2026-11-20"}
    file = SimpleUploadedFile("a.mp3", b"<html>")

    response = office.post("/office/phones/sounds/qu/work/", form | {"file": file})

    assert response.context["form"].errors["file"]
    assert not Recording.objects.exists()


@pytest.mark.parametrize("where", ["xx/work/", "qu/no-such/", "qu/n-es-uno/"])
def test_what_no_screen_says_has_no_page(office, where):
    assert office.get(f"/office/phones/sounds/{where}").status_code == 404


def test_a_recording_can_be_taken_away(office):
    form = {"recorded_by": "Rosa", "recorded_on": "2026-11-20"}
    office.post("/office/phones/sounds/es/work/", form | {"file": SimpleUploadedFile("a.mp3", MP3)})

    office.post(f"/office/phones/sounds/{Recording.objects.get().pk}/remove/")

    assert not Recording.objects.exists()


# Questions ---------------------------------------------------------------------------------------
def test_the_treasurer_answers_a_question(workshop):
    question = ask_about_pay(member=workshop.rosa, what="missing")
    desk = browser_of(workshop.treasurer)
    here = f"/office/phones/questions/{question.pk}/"
    assert here in desk.get("/office/phones/questions/").content.decode()

    assert desk.post(here, {"answer": "   "}).status_code == 200
    assert desk.post(here, {"answer": "Ya está."}).status_code == 302

    assert PayQuestion.objects.get().answer == "Ya está."
    assert here not in desk.get("/office/phones/questions/").content.decode()
