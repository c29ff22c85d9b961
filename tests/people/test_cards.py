"""A printed card finds her picture; her PIN opens the door; a lost card stops at once."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from coop.people.cards import card_of, end_card, give_card, picture_of_card, replace_card
from coop.people.errors import CardStopped, NoPicture
from coop.people.models import Card, User
from tests.factories.people import PIN, a_card, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return an_account("Secretaria Mamani", email="secretaria@ensayo.example")


def test_printed_twice_it_is_the_same_card(actor):
    user = a_card().user

    assert give_card(user=user, actor=actor) == give_card(user=user, actor=actor)


def test_without_picture_and_pin_there_is_no_card(actor):
    with pytest.raises(NoPicture):
        give_card(user=an_account(email=None), actor=actor)

    assert not Card.objects.exists()


def test_a_lost_card_stops_and_the_new_one_works(actor):
    picture = a_card()
    old = give_card(user=picture.user, actor=actor)

    new = replace_card(user=picture.user, actor=actor)

    assert new.token != old.token
    with pytest.raises(CardStopped):
        picture_of_card(old.token)
    assert picture_of_card(new.token) == picture
    old.refresh_from_db()
    assert (old.ended_by, old.why_ended) == (actor, Card.Why.LOST)


def test_a_card_that_was_ended_never_works_again(actor):
    user = a_card().user
    old = give_card(user=user, actor=actor)
    end_card(user=user, actor=actor, why=Card.Why.WORN)

    assert card_of(user) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        Card.objects.filter(pk=old.pk).update(ended_at=None, ended_by=None, why_ended="")


def test_a_card_changes_hands_never(actor):
    card = give_card(user=a_card().user, actor=actor)
    other = a_card().user

    with pytest.raises(DatabaseError), transaction.atomic():
        Card.objects.filter(pk=card.pk).update(user=other)


def test_nobody_has_two_cards_that_work(actor):
    user = a_card().user
    give_card(user=user, actor=actor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(user=user, made_by=actor)


# On a phone ------------------------------------------------------------------------------------
def test_the_code_leads_to_her_picture_and_not_in(client, actor):
    picture = a_card()
    card = give_card(user=picture.user, actor=actor)

    response = client.get(f"/m/c/{card.token}/")

    assert response.url == f"/m/login/{picture.pk}/"
    assert "_auth_user_id" not in client.session
    assert client.get("/m/").status_code == 302
    client.post(response.url, {"pin": PIN, "enter": "1"})
    assert client.get("/m/").status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 22])
def test_an_unknown_code_says_kindly_where_to_go(client, token):
    response = client.get(f"/m/c/{token}/")

    assert response.status_code == 404
    assert 'href="/m/login/"' in response.content.decode()


def test_the_card_of_a_closed_account_finds_nothing(client, actor):
    card = give_card(user=a_card().user, actor=actor)
    User.objects.filter(pk=card.user_id).update(is_active=False)

    assert client.get(f"/m/c/{card.token}/").status_code == 404


def test_a_card_is_no_way_around_the_limits(client, actor):
    picture = a_card()
    card = give_card(user=picture.user, actor=actor)
    for _try in range(5):
        client.post(f"/m/login/{picture.pk}/", {"pin": "9753", "enter": "1"})

    page = client.get(f"/m/c/{card.token}/", follow=True).content.decode()

    assert "pad__key" not in page
