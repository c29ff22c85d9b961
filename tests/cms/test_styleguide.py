"""The style guide shows every component, while one works on the house and in its demo only."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from coop.kit import icons, motifs
from coop.people.services import serve_real_cooperative, show_demo
from tests.cms.html import Page as Html

pytestmark = pytest.mark.django_db
HERE = Client(HTTP_HOST="127.0.0.1")
COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
# What a page's head takes, which nobody sees; and what is a page of its own, to which the guide leads.
ELSEWHERE = {"description", "sharing", "styles", "refusal"}


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_stands_in_the_demo_in_both_languages(language):
    show_demo()

    response = HERE.get(f"/{language}/styleguide/")

    page = Html(response.content.decode())
    assert response.status_code == 200
    assert page.problems == []
    assert page.lang == language


def test_it_stands_where_one_works_on_the_house():
    with override_settings(DEBUG=True):
        assert HERE.get("/es/styleguide/").status_code == 200


def test_a_real_cooperative_does_not_show_it():
    show_demo()
    serve_real_cooperative()

    assert HERE.get("/es/styleguide/").status_code == 404


def test_the_demo_shows_it_on_its_own_machine_only():
    show_demo()

    with override_settings(ALLOWED_HOSTS=["minka.example"]):
        assert Client(HTTP_HOST="minka.example").get("/es/styleguide/").status_code == 404


def test_it_shows_every_icon_motif_and_component():
    show_demo()

    response = HERE.get("/en/styleguide/")

    html = response.content.decode()
    for key in icons.ICONS:
        assert f"<code>{key}</code>" in html
    for key in motifs.motifs():
        assert f"/motif/{key}/plain.svg" in html
    assert "/m/kit/" in html
    assert "/en/shop/nothing-here/" in html
    shown = {template.name for template in response.templates}
    for file in COMPONENTS.glob("*.html"):
        assert file.stem in ELSEWHERE or f"components/{file.name}" in shown, file.name
