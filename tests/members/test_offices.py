"""Holding an office: one woman for each office of the Junta, and its role with it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from coop.kit import days
from coop.members.errors import (
    BeforeSheJoined,
    EndsBeforeItBegan,
    HoldsPostAlready,
    JuntaNeedsVote,
    NotActive,
    NotYet,
    OfficeEnded,
    PostHeld,
    UnknownPost,
)
from coop.members.models import Member, Office
from coop.members.queries import offices_held
from coop.members.services import appoint, end_office, suspend
from coop.people.models import User
from tests.factories.ledger import DAY
from tests.factories.members import honorary, member
from tests.factories.rules import FOUNDED, secretary

pytestmark = pytest.mark.django_db

Post = Office.Post


def give(one: Member, post: str = Post.TREASURER, from_on=FOUNDED) -> Office:
    return appoint(member=one, post=post, from_on=from_on, actor=secretary())


def may_sign(one: Member) -> bool:
    return User.objects.get(pk=one.user_id).has_perm("ledger.sign_payment")


def test_with_an_office_comes_its_role():
    one = member("T-01")
    assert not may_sign(one)

    office = give(one)

    assert may_sign(one)
    assert (office.from_on, office.until_on, office.appointed_by) == (FOUNDED, None, secretary())
    assert one.events.last().note == "treasurer"
    assert list(offices_held()) == [office]


def test_with_the_office_the_right_to_sign_ends():
    one = member("T-01")

    end_office(office=give(one), actor=secretary(), on=DAY)

    assert not may_sign(one)
    assert one.offices.get().until_on == DAY
    assert one.events.last().kind == "office_ended"
    assert list(offices_held()) == []


def test_an_office_of_the_junta_is_not_taken_over_in_silence():
    one, two = member("T-01", name="Rosa Apaza"), member("T-02")
    give(one)

    with pytest.raises(PostHeld, match="Rosa Apaza"):
        give(two)

    assert Office.objects.count() == 1
    assert not may_sign(two)
    assert may_sign(one)


def test_the_database_too_knows_one_holder_of_an_office_of_the_junta():
    one, two = member("T-01"), member("T-02")
    give(one)

    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(
            member=two, post=Post.TREASURER, from_on=DAY, appointed_by=secretary()
        )

    assert Office.objects.count() == 1


def test_an_office_is_given_on_after_its_end():
    one, two = member("T-01"), member("T-02")
    end_office(office=give(one), actor=secretary(), on=DAY)

    give(two, from_on=DAY)

    assert may_sign(two)
    assert not may_sign(one)


def test_several_women_check_and_keep_the_store():
    one, two = member("T-01"), member("T-02")

    for post in (Post.CHECKER, Post.STOREKEEPER):
        give(one, post)
        give(two, post)

    assert Office.objects.count() == 4
    with pytest.raises(HoldsPostAlready):
        give(one, Post.CHECKER)
    assert Office.objects.count() == 4


def test_an_honorary_member_is_not_in_the_junta_but_may_help():
    one = honorary()

    with pytest.raises(JuntaNeedsVote):
        give(one)

    assert Office.objects.count() == 0
    assert give(one, Post.STOREKEEPER).member == one


def test_wrong_appointments_change_nothing():
    one, two = member("T-01"), member("T-02", joined_on=DAY)
    suspend(member=one, why="x", actor=secretary())

    with pytest.raises(NotActive):
        give(one)
    with pytest.raises(UnknownPost, match="queen"):
        give(two, "queen")
    with pytest.raises(NotYet):
        give(two, from_on=days.today() + timedelta(days=1))
    with pytest.raises(BeforeSheJoined):
        give(two, from_on=DAY - timedelta(days=1))

    assert Office.objects.count() == 0
    assert not may_sign(two)


def test_an_office_ends_once_and_not_before_it_began():
    office = give(member("T-01"), from_on=DAY)

    with pytest.raises(EndsBeforeItBegan):
        end_office(office=office, actor=secretary(), on=FOUNDED)
    end_office(office=office, actor=secretary(), on=DAY)
    with pytest.raises(OfficeEnded):
        end_office(office=office, actor=secretary(), on=days.today())

    office.refresh_from_db()
    assert office.until_on == DAY
