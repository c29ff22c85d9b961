"""The kit's own page: every part in every state, for whoever builds a screen."""

import pytest

from coop.people.services import serve_real_cooperative, show_demo

pytestmark = pytest.mark.django_db


def test_the_kit_shows_every_part(client):
    show_demo()

    page = client.get("/m/kit/").content.decode()

    kinds = ("go", "less", "day", "no", "info", "plain")
    assert all(f"act act--{kind}" in page for kind in kinds)
    for part in ("sure__panel", "cloth__edge", "suns__week", "skein", "stitches", "said--error"):
        assert part in page
    assert page.count('name="press"') == 11


def test_a_real_cooperative_does_not_see_it(client):
    serve_real_cooperative()

    assert client.get("/m/kit/").status_code == 404
