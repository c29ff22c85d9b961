"""What is missing, forbidden or broken is said kindly, in the visitor's language."""

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from coop.kit.errors import Refusal
from coop.kit.middleware import RefusalMiddleware
from tests.cms.html import Page as Html

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_missing_page_is_said_kindly(client, language):
    response = client.get(f"/{language}/nothing/")

    page = Html(response.content.decode())
    assert response.status_code == 404
    assert page.problems == []
    assert page.lang == language


def test_a_missing_row_of_the_api_is_not_looked_for_elsewhere(client):
    for path in ("/api/v1/nothing/", "/motif/dragon/plain.svg", "/media/none.png"):
        assert client.get(path).status_code == 404, path


def test_an_old_form_is_said_kindly():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/en/account/login/", {"login": "a@b.pe", "password": "x"})

    assert response.status_code == 403
    assert Html(response.content.decode()).problems == []
    assert "This form has expired" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "429.html", "500.html"])
def test_error_pages_stand_without_any_context(name, django_assert_num_queries):
    with translation.override("en"), django_assert_num_queries(0):
        page = Html(render_to_string(name))

    assert page.problems == []
    assert page.lang == "en"


class Fled(Refusal):
    message = "The llama is not at home."


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"accept": "text/html,application/xhtml+xml"}, 200),
        ({"accept": "text/html", "hx-request": "true"}, 409),
        ({"accept": "application/json"}, 409),
        ({}, 409),
    ],
)
def test_a_person_reads_a_refusal_and_a_program_is_told_its_status(rf, headers, status):
    """On a page's own answer anything from 400 on would be an error in the browser's console."""
    middleware = RefusalMiddleware(lambda request: HttpResponse())

    answer = middleware.process_exception(rf.post("/en/", headers=headers), Fled())

    assert answer.status_code == status
    assert "The llama is not at home." in answer.content.decode()


def test_a_refusal_says_what_is_wrong(rf):
    html = render_to_string("refusal.html", {"sentence": "Choose another one."})

    assert "Choose another one." in html
    assert Html(html).problems == []


def test_a_page_that_broke_claims_nothing_about_what_was_written() -> None:
    with translation.override("es"):
        page = render_to_string("500.html")

    assert "a medias" not in page
    assert "mira antes de enviarlo otra vez" in page


@pytest.mark.parametrize("path", ["/en/cart/", "/en/nothing/", "/es/cart/"])
def test_each_page_is_titled_with_the_name_of_the_house(client, path):
    html = client.get(path).content.decode()

    title = html.split("<title>")[1].split("</title>")[0]
    assert title.partition(" · ")[2], title
