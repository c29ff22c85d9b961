"""Who is who: one account an address, and roles as groups."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction

from coop.people import roles, services
from coop.people.errors import UnknownLanguage
from coop.people.models import Installation, User
from tests.factories.people import an_account

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_person_whatever_its_capitals():
    an_account(email="Rosa@Example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="other", email="ROSA@example.ORG")])

    assert User.objects.with_email("rosa@EXAMPLE.org") is not None


def test_many_members_have_no_address():
    one, two = an_account(email=None), an_account(email=None)

    assert one.email is None
    assert two.email is None
    assert not one.has_usable_password()


def test_an_empty_address_is_no_address():
    user = an_account(email=None)
    user.email = ""
    user.save()

    user.refresh_from_db()
    assert user.email is None
    assert User.objects.with_email("") is None


def test_the_user_name_says_nothing():
    assert "rosa" not in an_account("Rosa Mamani").username.lower()


def test_a_migration_makes_every_role():
    assert set(roles.ALL) <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("role", [*roles.JUNTA, roles.STOREKEEPER, roles.CHECKER, roles.EDITOR])
def test_who_works_in_the_office_may_enter_it(role):
    user = an_account()
    services.give_role(user=user, role=role)

    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("role", [roles.MEMBER, roles.HONORARY, roles.FORMER, roles.BUYER])
def test_others_may_not(role):
    user = an_account()
    services.give_role(user=user, role=role)

    assert not User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


def test_no_role_works_as_superuser():
    assert not User.objects.filter(is_superuser=True).exists()


def test_granting_twice_is_granting_once():
    from django.apps import apps

    for _time in range(2):
        roles.grant(apps, roles.SCRIBE, ["people.user.view_user"])

    assert Permission.objects.filter(codename="view_user", group__name=roles.SCRIBE).count() == 1


def test_a_role_is_given_and_taken():
    user = an_account()
    services.give_role(user=user, role=roles.TREASURER)
    assert User.objects.get(pk=user.pk).has_role(roles.TREASURER, roles.VOCAL)

    services.take_role(user=user, role=roles.TREASURER)

    assert not User.objects.get(pk=user.pk).has_role(roles.TREASURER)


def test_the_house_learns_her_language_but_none_that_it_does_not_speak():
    user = an_account(language="es")
    services.speak(user=user, language="en")

    with pytest.raises(UnknownLanguage):
        services.speak(user=user, language="fr")

    user.refresh_from_db()
    assert user.language == "en"


def test_there_is_one_row_about_the_house():
    services.installation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(pk=2)
