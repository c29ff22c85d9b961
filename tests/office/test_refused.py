"""What a role does not open is said in the office, with the menu of whoever asked beside it."""

import pytest
from django.test import Client
from django.urls import reverse

from coop.people import roles
from tests.factories.ledger import person
from tests.factories.office import browser, browser_of

pytestmark = pytest.mark.django_db

ADDRESSES = [
    (roles.STOREKEEPER, "/office/ledger/"),
    (roles.STOREKEEPER, "/office/members/"),
    (roles.EDITOR, "/office/shop/orders/"),
    (roles.AUDITOR, "/office/ledger/journal/write/"),
]


@pytest.mark.parametrize(("role", "address"), ADDRESSES)
def test_a_page_of_another_role_stays_in_the_office(role: str, address: str) -> None:
    answer = browser("Rosa", role).get(address)

    html = answer.content.decode()
    assert answer.status_code == 403
    assert "wagtail-sidebar" in html
    assert "Esta página es para otras" in html
    assert f'href="{reverse("wagtailadmin_home")}">A lo que espera hoy' in html


def test_it_is_said_in_her_language() -> None:
    rosa = person("Rosa", roles.STOREKEEPER)
    rosa.language = "en"
    rosa.save(update_fields=["language"])

    html = browser_of(rosa).get("/office/ledger/").content.decode()

    assert "This page is for others" in html
    assert "To what waits today" in html


@pytest.mark.parametrize("address", ["/office/users/", "/office/pages/"])
def test_a_page_of_wagtails_own_says_why_it_did_not_open(address: str) -> None:
    answer = browser("Rosa", roles.STOREKEEPER).get(address, follow=True)

    assert answer.redirect_chain == [("/office/", 302)]
    assert "no tienes permisos para acceder a esta área" in answer.content.decode()


def test_a_script_that_may_not_is_refused_plainly() -> None:
    answer = browser("Rosa", roles.STOREKEEPER).get(
        "/office/users/", headers={"X-Requested-With": "XMLHttpRequest"}
    )

    assert answer.status_code == 403


def test_a_member_without_the_office_meets_the_houses_own_page() -> None:
    client = Client()
    client.force_login(person("Ana"), backend="coop.people.backends.EmailBackend")

    assert "wagtail-sidebar" not in client.get("/office/ledger/").content.decode()
