"""The office's side of the members' screens: cards to print, voices to record, questions to answer."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coop.members.services import set_consents
from coop.people.models import Card
from coop.portal.models import PayQuestion, Recording
from coop.portal.services import ask_about_pay
from orders.production.services import pass_piece
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
    assert f"<strong>{rosa.code}</strong>" in page
    assert "data-print" in page
    assert f'href="/office/phones/cards/{rosa.code}/"' in page

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


def test_who_answers_sees_her_pieces_her_work_her_payments_and_the_way_to_her_account(workshop):
    piece, other = workshop.brought(2)
    pass_piece(piece=piece, checker=workshop.checker, grams=20)
    workshop.offered(3)
    question = ask_about_pay(member=workshop.rosa, what="missing")

    answer = browser_of(workshop.treasurer).get(f"/office/phones/questions/{question.pk}/")

    page, story = answer.content.decode(), answer.context["story"]
    piece.refresh_from_db()
    assert f'href="/office/ledger/account/{workshop.rosa.account.code}/"' in page
    assert {row.piece: row.earned for row in story.pieces} == {
        piece: piece.variant.design.rate,
        other: None,
    }
    assert story.owed == piece.variant.design.rate
    assert [(one.quantity, one.delivered) for one in story.work] == [(2, 2), (3, 0)]
    assert [row.amount for row in story.postings] == [piece.variant.design.rate]
    assert piece.tag in page


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_page_of_a_question_costs_the_same_however_much_she_knitted(
    workshop, pieces, django_assert_max_num_queries
):
    for piece in workshop.brought(pieces):
        pass_piece(piece=piece, checker=workshop.checker, grams=20)
    question = ask_about_pay(member=workshop.rosa, what="too_little")
    desk = browser_of(workshop.treasurer)
    address = f"/office/phones/questions/{question.pk}/"
    desk.get(address)

    with django_assert_max_num_queries(40):
        assert desk.get(address).status_code == 200
