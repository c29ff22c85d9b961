"""Checks in the office: what passes, what goes back, what is said."""

import re

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
    form = {"all": "1", f"grams-{pieces[1].pk}": "17", "piece": [one.pk for one in pieces]}

    desk(workshop.checker).post(f"{WORK}check/{taken.pk}/", form)

    assert Piece.objects.filter(place=Piece.Place.STORE).count() == 3
    assert pieces[1].inspections.get().grams == 17
    taken.refresh_from_db()
    assert taken.status == Assignment.Status.DONE
    assert findings() == []


def test_a_piece_goes_to_be_mended_with_a_word_why(workshop, desk):
    (piece,) = workshop.brought(1)
    form = {"mend": "1", "bad": piece.pk, "note": "An ear is loose."}

    desk(workshop.checker).post(f"{WORK}check/{Assignment.objects.get().pk}/", form)

    piece.refresh_from_db()
    assert piece.place == Piece.Place.MAKER
    assert piece.inspections.get().note == "An ear is loose."


def test_without_a_word_it_stays_and_the_others_keep_what_was_typed(workshop, desk):
    one, two = workshop.brought(2)
    form = {"mend": "1", "bad": one.pk, "note": " ", f"grams-{two.pk}": "19"}

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
        f"{WORK}check/{Assignment.objects.get().pk}/",
        {"all": "1", "piece": [one.pk for one in pieces]},
    )

    assert response.status_code == 200
    assert "20\xa0g" in text(response) or "20 g" in text(response)
    assert [Piece.objects.get(pk=one.pk).place for one in pieces] == ["store", "checker"]


def all_of(pieces: list[Piece], **typed: object) -> dict[str, object]:
    """The form of a delivery whose one large button was pressed."""
    return {"all": "1", "piece": [one.pk for one in pieces]} | typed


def test_weighed_together_the_grams_are_shared_and_none_is_lost(workshop, desk):
    pieces = workshop.brought(3)

    desk(workshop.checker).post(
        f"{WORK}check/{Assignment.objects.get().pk}/", all_of(pieces, together="56")
    )

    assert sorted(one.inspections.get().grams for one in pieces) == [18, 19, 19]
    assert findings() == []


@pytest.mark.parametrize("weight", ["2", "0", "x", "-9", "1234567"])
def test_a_weight_of_all_that_is_none_passes_nothing(workshop, desk, weight):
    pieces = workshop.brought(3)

    response = desk(workshop.checker).post(
        f"{WORK}check/{Assignment.objects.get().pk}/", all_of(pieces, together=weight)
    )

    assert response.status_code == 200
    assert f'value="{weight}"' in text(response)
    assert Piece.objects.filter(place=Piece.Place.CHECKER).count() == 3


def test_weighed_together_all_pass_or_none(workshop, desk):
    pieces = workshop.brought(2, with_wool=False)
    workshop.issue(workshop.red, 20)

    response = desk(workshop.checker).post(
        f"{WORK}check/{Assignment.objects.get().pk}/", all_of(pieces, together="40")
    )

    assert 'role="alert"' in text(response)
    assert Piece.objects.filter(place=Piece.Place.CHECKER).count() == 2


def test_only_what_she_saw_passes(workshop, desk):
    pieces = workshop.brought(3)

    desk(workshop.checker).post(f"{WORK}check/{Assignment.objects.get().pk}/", all_of(pieces[:2]))

    assert [Piece.objects.get(pk=one.pk).place for one in pieces] == ["store", "store", "checker"]


def test_two_of_three_are_good_in_few_presses(workshop, desk):
    pieces = workshop.brought(3)
    client, address = desk(workshop.checker), f"{WORK}check/{Assignment.objects.get().pk}/"

    client.post(address, {"mend": "1", "bad": pieces[1].pk, "note": "An ear is loose."})
    client.post(address, all_of([pieces[0], pieces[2]]))

    assert [Piece.objects.get(pk=one.pk).place for one in pieces] == ["store", "maker", "store"]


def test_who_marks_none_is_told_to_mark_one(workshop, desk):
    workshop.brought(2)

    response = desk(workshop.checker).post(
        f"{WORK}check/{Assignment.objects.get().pk}/", {"mend": "1", "note": "Loose."}
    )

    assert response.status_code == 200
    assert 'role="alert"' in text(response)
    assert 'value="Loose."' in text(response)


def test_the_checker_finds_a_makers_pieces_by_name(workshop, desk):
    workshop.brought(1)
    client = desk(workshop.checker)

    assert "delivery-" not in text(client.get(WORK + "check/?who=zzz"))
    name = Piece.objects.get().maker.name
    assert "delivery-" in text(client.get(f"{WORK}check/?who={name}"))


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


# Tags ------------------------------------------------------------------------------------------
def test_the_tags_of_what_just_passed_are_printed_and_no_others(workshop, desk):
    earlier = workshop.brought(1)
    client = desk(workshop.checker)
    taken = Assignment.objects.get()
    client.post(f"{WORK}check/{taken.pk}/", {"all": "1", "piece": [earlier[0].pk]}, follow=True)
    pieces = workshop.brought(2)
    taken = Assignment.objects.latest("pk")

    passed = client.post(
        f"{WORK}check/{taken.pk}/", {"all": "1", "piece": [one.pk for one in pieces]}, follow=True
    )

    address = re.search(r'href="(/office/tags/sheet/\?tag=[^"]+)"', text(passed))
    assert address is not None
    sheet = text(client.get(address[1].replace("&amp;", "&")))
    for one in (*pieces, *earlier):
        one.refresh_from_db()
    assert all(one.tag in sheet for one in pieces)
    assert earlier[0].tag not in sheet
    assert sheet.count('class="tag"') == 2


def test_the_key_of_a_delivery_speaks_of_one_piece_or_of_several(workshop, desk):
    workshop.taken(1)
    assert ">She brings it</button>" in text(desk(workshop.keeper).get(WORK + "deliveries/"))

    workshop.taken(2)
    assert ">She brings them</button>" in text(desk(workshop.keeper).get(WORK + "deliveries/"))
