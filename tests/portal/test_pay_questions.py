"""Was she paid wrong? One touch asks, the treasurer answers, nobody answers herself."""

import pytest

from coop.portal.errors import (
    AnsweredAlready,
    EarnsNothing,
    NotHerWork,
    NothingAnswered,
    OwnQuestion,
)
from coop.portal.models import PayQuestion
from coop.portal.services import answer_pay_question, ask_about_pay
from orders.production.services import pass_piece
from tests.factories.ledger import DAY

What = PayQuestion.What


def test_she_asks_with_one_touch_and_sees_that_it_waits(workshop, phone):
    client = phone(workshop.rosa.user)
    assert 'href="/m/earnings/wrong/"' in client.get("/m/earnings/").content.decode()
    page = client.get("/m/earnings/wrong/").content.decode()
    assert page.count('name="what"') == len(What) - 1
    assert 'href="/m/earnings/wrong/?missing"' in page

    assert client.post("/m/earnings/wrong/", {"what": "missing"}).url == "/m/earnings/"

    (question,) = PayQuestion.objects.all()
    assert (question.member, question.what) == (workshop.rosa, What.PIECE_MISSING)
    assert 'href="/m/earnings/wrong/"' not in client.get("/m/earnings/").content.decode()


def test_before_anything_is_asked_she_is_asked_whether_she_means_it(workshop, phone):
    page = phone(workshop.rosa.user).get("/m/earnings/wrong/").content.decode()

    for form in page.split("<form")[1:]:
        if 'name="what"' in form:
            assert "sure__panel" in page.split(form)[0].rsplit("act__key", 1)[1]


def test_a_piece_is_missing_of_a_work_at_which_she_points(workshop, phone):
    """The treasurer reads which, and how many of it she brought."""
    (piece, _other) = workshop.brought(2)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    hers, client = workshop.rosa.assignments.get(), phone(workshop.rosa.user)
    assert f'value="missing:{hers.pk}"' in client.get("/m/earnings/wrong/?missing").content.decode()

    client.post("/m/earnings/wrong/", {"what": f"missing:{hers.pk}"})

    question = PayQuestion.objects.get()
    assert (question.what, question.assignment) == (What.PIECE_MISSING, hers)


def test_she_does_not_point_at_anothers_work(workshop, phone):
    other = workshop.another()
    workshop.brought(1, who=other)
    hers = other.assignments.get()

    phone(workshop.rosa.user).post("/m/earnings/wrong/", {"what": f"missing:{hers.pk}"})

    assert PayQuestion.objects.get().assignment is None
    with pytest.raises(NotHerWork):
        ask_about_pay(member=workshop.rosa, what="missing", assignment=hers)


def test_asked_twice_it_is_one_question(workshop):
    first = ask_about_pay(member=workshop.rosa, what="too_little")

    assert ask_about_pay(member=workshop.rosa, what="missing") == first


def test_what_cannot_be_asked_is_not_written(workshop, phone):
    response = phone(workshop.rosa.user).post("/m/earnings/wrong/", {"what": "everything"})

    assert response.status_code == 200
    assert not PayQuestion.objects.exists()


def test_the_answer_stands_on_her_pay_screen_and_she_may_ask_again(workshop, phone):
    question = ask_about_pay(member=workshop.rosa, what="missing")

    answer_pay_question(question=question, answer="Falta revisarla.", actor=workshop.treasurer)

    page = phone(workshop.rosa.user).get("/m/earnings/").content.decode()
    assert "Falta revisarla." in page
    assert 'href="/m/earnings/wrong/"' in page
    assert ask_about_pay(member=workshop.rosa, what="missing") != question


def test_nobody_else_sees_her_question(workshop, phone):
    question = ask_about_pay(member=workshop.rosa, what="missing")
    answer_pay_question(question=question, answer="Ya está.", actor=workshop.treasurer)

    assert "Ya está." not in phone(workshop.another().user).get("/m/earnings/").content.decode()


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_answer_says_something(workshop, empty):
    question = ask_about_pay(member=workshop.rosa, what="missing")

    with pytest.raises(NothingAnswered):
        answer_pay_question(question=question, answer=empty, actor=workshop.treasurer)

    question.refresh_from_db()
    assert not question.is_answered


def test_it_is_answered_once_and_never_by_herself(workshop):
    question = ask_about_pay(member=workshop.rosa, what="missing")
    with pytest.raises(OwnQuestion):
        answer_pay_question(question=question, answer="Bien", actor=workshop.rosa.user)

    answer_pay_question(question=question, answer="Bien", actor=workshop.treasurer)

    with pytest.raises(AnsweredAlready):
        answer_pay_question(question=question, answer="Mal", actor=workshop.treasurer)


def test_who_earns_nothing_has_nothing_to_ask(workshop):
    workshop.rosa.account_id = None

    with pytest.raises(EarnsNothing):
        ask_about_pay(member=workshop.rosa, what="missing")
