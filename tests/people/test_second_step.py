"""Who signs for money comes into the office with more than a password."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

from coop.people import roles
from coop.people.errors import NoSuchDoor, NotInJunta
from coop.people.factors import FactorAdapter
from coop.people.models import SecondStepRule, User
from coop.people.second_step import Level, decide, lacks, level_of, levels
from tests.factories.office import browser_of
from tests.factories.people import a_card_of_the_junta, someone_in
from tests.shop.pages import text

RULES = "/office/doors/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_of_the_treasurer(settings) -> None:
    settings.SECOND_STEP_REQUIRED = (roles.PRESIDENT, roles.TREASURER)


def with_app(user: User) -> User:
    TOTP.activate(user, generate_totp_secret())
    return user


# What is asked -----------------------------------------------------------------------------
def test_it_is_asked_of_treasurer_and_president_and_advised_to_the_rest_of_the_office() -> None:
    asked = levels()

    assert {role for role, level in asked.items() if level == Level.REQUIRED} == {
        roles.PRESIDENT,
        roles.TREASURER,
    }
    assert asked[roles.EDITOR] == Level.ADVISED
    assert roles.MEMBER not in asked


def test_of_two_roles_the_stricter_counts() -> None:
    user = someone_in(roles.EDITOR)
    user.groups.add(*someone_in(roles.TREASURER).groups.all())

    assert level_of(user) == Level.REQUIRED


def test_a_demo_log_in_is_only_advised() -> None:
    assert level_of(someone_in(roles.TREASURER, is_demo=True)) == Level.ADVISED


def test_the_house_decides_otherwise_and_each_decision_stays_written() -> None:
    president = someone_in(roles.PRESIDENT)

    decide(role=roles.EDITOR, level=Level.REQUIRED, actor=president)
    decide(role=roles.EDITOR, level=Level.FREE, actor=president)
    same = decide(role=roles.EDITOR, level=Level.FREE, actor=president)

    assert levels()[roles.EDITOR] == Level.FREE
    assert same is None
    assert SecondStepRule.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondStepRule.objects.update(level=Level.REQUIRED)
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondStepRule.objects.all().delete()


def test_others_decide_nothing_and_a_role_without_office_has_no_door() -> None:
    with pytest.raises(NotInJunta):
        decide(role=roles.TREASURER, level=Level.FREE, actor=someone_in(roles.EDITOR))
    with pytest.raises(NoSuchDoor):
        decide(role=roles.MEMBER, level=Level.REQUIRED, actor=someone_in(roles.PRESIDENT))

    assert not SecondStepRule.objects.exists()


# The door ----------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/office/", "/office/shop/orders/", "/m/sign/"])
def test_without_it_the_door_stays_closed_and_says_where_to_go(address: str) -> None:
    page = browser_of(someone_in(roles.TREASURER)).get(address)

    assert page.status_code == 403
    assert "Falta un paso" in text(page)
    assert "/account/2fa/" in page.content.decode()


def test_the_pages_on_which_it_is_set_up_are_open() -> None:
    page = browser_of(someone_in(roles.TREASURER)).get("/es/account/2fa/")

    assert page.status_code == 200
    assert "Tu cargo lo necesita" in text(page)


def test_with_it_the_door_is_open() -> None:
    assert browser_of(with_app(someone_in(roles.TREASURER))).get("/office/").status_code == 200


def test_recovery_codes_alone_are_no_second_step() -> None:
    user = someone_in(roles.TREASURER)
    RecoveryCodes.activate(user)

    assert lacks(user) == Level.REQUIRED


def test_who_is_only_advised_comes_in_and_is_reminded() -> None:
    page = browser_of(someone_in(roles.EDITOR)).get("/office/")

    assert page.status_code == 200
    assert "Preparar el segundo paso" in text(page)


def test_the_members_pages_and_a_pin_that_signs_stay_as_they_are(client: Client) -> None:
    user = someone_in(roles.TREASURER)
    a_card_of_the_junta(user)
    client.force_login(User.objects.get(pk=user.pk), backend="coop.people.backends.PinBackend")
    session = client.session
    session["portal_seen"] = 4_000_000_000
    session.save()

    assert client.get("/m/sign/").status_code == 200


# The office's page -------------------------------------------------------------------------
def test_president_and_secretary_decide_in_the_office_and_see_who_lacks_it() -> None:
    with_app(someone_in(roles.TREASURER, "Tomasa"))
    lacking = someone_in(roles.PRESIDENT, "Petra")
    secretary = browser_of(someone_in(roles.SECRETARY, "Nieves"))

    page = text(secretary.get(RULES))
    assert "le falta" in page
    assert "aplicación" in page

    wanted = dict.fromkeys(levels(), Level.ADVISED)
    page = secretary.post(RULES, wanted, follow=True)

    assert "Está anotado" in text(page)
    assert lacks(lacking) == Level.ADVISED
    assert SecondStepRule.objects.count() == 2


def test_a_level_that_does_not_exist_is_refused_beside_its_field() -> None:
    browser = browser_of(someone_in(roles.SECRETARY))

    page = browser.post(RULES, dict.fromkeys(levels(), "never"))

    assert page.status_code == 200
    assert not SecondStepRule.objects.exists()


def test_the_page_is_for_president_and_secretary() -> None:
    assert browser_of(someone_in(roles.EDITOR)).get(RULES).status_code == 403


@pytest.mark.parametrize("people", [1, 4])
def test_the_page_asks_the_database_as_often_for_one_as_for_four(
    people: int, django_assert_max_num_queries
) -> None:
    browser = browser_of(someone_in(roles.SECRETARY))
    for _number in range(people):
        with_app(someone_in(roles.CHECKER))
    browser.get(RULES)

    with django_assert_max_num_queries(40):
        browser.get(RULES)


# Secrets, and what is lost -----------------------------------------------------------------
def test_a_stolen_copy_of_the_database_makes_no_codes(settings) -> None:
    secret = generate_totp_secret()
    TOTP.activate(user := someone_in(roles.TREASURER), secret)
    kept = Authenticator.objects.get(user=user).data["secret"]

    assert secret not in kept
    assert FactorAdapter().decrypt(kept) == secret
    settings.SECRET_KEY = "another key of the site, as long as the first one was"
    lost = FactorAdapter().decrypt(kept)
    assert lost != FactorAdapter().decrypt(kept)
    assert not validate_totp_code(lost, "")


def test_whoever_runs_the_machine_lets_her_begin_anew() -> None:
    user = with_app(someone_in(roles.TREASURER, email="tomasa@example.org"))
    RecoveryCodes.activate(user)
    browser = browser_of(user)

    call_command("forget_second_step", email="Tomasa@example.org")

    assert not Authenticator.objects.filter(user=user).exists()
    assert browser.get("/office/").status_code == 302  # her sessions have ended
    with pytest.raises(CommandError, match="has no second step"):
        call_command("forget_second_step", email="tomasa@example.org")
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("forget_second_step", email="nobody@example.org")


def test_an_address_that_the_house_wrote_down_needs_no_mail_to_be_hers() -> None:
    user = someone_in(roles.TREASURER)

    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()


def test_who_opened_an_account_by_herself_confirms_her_address_first(client: Client) -> None:
    wanted = {"email": "new@example.org", "password1": "a-quiet-word-of-hers"}
    client.post("/es/account/signup/", wanted | {"password2": wanted["password1"]})

    page = client.get("/es/account/2fa/webauthn/add/", follow=True)

    assert "Confirma primero tu correo" in text(page)
