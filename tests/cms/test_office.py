"""Who writes the site's pages."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms.models import HomePage, ShopPage, TextPage
from cms.services import build_site
from coop.people import roles
from coop.people.services import give_role, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built_site():
    cache.clear()
    build_site()
    yield
    cache.clear()


def office(role: str) -> Client:
    user = make_account(name="Reader", email="reader@example.org", password=None, language="en")
    give_role(user=user, role=role)
    client = Client()
    client.force_login(user, backend="coop.people.backends.EmailBackend")
    return client


@pytest.mark.parametrize("role", [roles.EDITOR, roles.PRESIDENT, roles.SECRETARY])
@pytest.mark.parametrize("model", [HomePage, ShopPage, TextPage])
def test_editors_and_the_junta_write_every_page(role, model):
    page = model.objects.first()

    response = office(role).get(f"/office/pages/{page.pk}/edit/")

    assert response.status_code == 200
    assert "action-publish" in response.content.decode()


@pytest.mark.parametrize("role", [roles.STOREKEEPER, roles.AUDITOR, roles.BUYER, roles.MEMBER])
def test_others_do_not_write_pages(role):
    page = HomePage.objects.first()

    assert office(role).get(f"/office/pages/{page.pk}/edit/").status_code in {302, 403}


def test_an_editors_words_are_published(client):
    page = TextPage.objects.get(slug="visit-us")
    data = {
        "title": "Come and see",
        "slug": "visit-us",
        "lead": "There is tea.",
        "body-count": "0",
        "seo_title": "",
        "search_description": "",
        "show_in_menus": "on",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "Publish",
    }

    response = office(roles.EDITOR).post(f"/office/pages/{page.pk}/edit/", data)

    assert response.status_code == 302
    html = client.get("/en/visit-us/").content.decode()
    assert "Come and see" in html
    assert "There is tea." in html


def _approving(page, state) -> str:
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])


@pytest.mark.parametrize("role", roles.JUNTA)
def test_what_an_editor_hands_over_is_answered_by_the_junta(role):
    page = TextPage.objects.get(slug="visit-us")
    editor = make_account(name="Ed", email="ed@example.org", password=None, language="en")
    page.lead = "Words to look at."
    page.save_revision(user=editor)

    asked = page.get_workflow().start(page, editor)

    assert (page.get_workflow().name, asked.current_task_state.task.name) == ("Junta", "Junta")
    state = asked.current_task_state
    assert office(role).post(_approving(page, state)).status_code == 302
    page.refresh_from_db()
    assert page.lead == "Words to look at."


def test_nobody_else_answers_it():
    page = TextPage.objects.get(slug="visit-us")
    editor = make_account(name="Ed", email="ed@example.org", password=None, language="en")
    page.lead = "Words to look at."
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor).current_task_state

    office(roles.AUDITOR).post(_approving(page, state))

    page.refresh_from_db()
    assert page.lead != "Words to look at."


def test_an_editor_names_the_house(client):
    site = Site.objects.get()
    data = {"name": "Tejedoras", "place_es": "", "place_en": "Puno", "email": "", "phone": ""}

    office(roles.EDITOR).post(f"/office/settings/cms/cooperativesettings/{site.pk}/", data)

    html = client.get("/en/").content.decode()
    assert "Tejedoras" in html
    assert "Puno" in html
