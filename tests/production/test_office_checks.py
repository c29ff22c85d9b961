"""Checks in the office: what passes, what goes back, what is said."""

import pytest

from catalog.models import Piece
from coop.people.models import User
from orders.production.models import Assignment
from tests.factories.production import findings
from tests.production.desk import WORK, text

pytestmark = pytest.mark.usefixtures("on_the_day")


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
