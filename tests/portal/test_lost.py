"""Whoever is lost stays in the members' house, and finds back."""

import pytest


def test_an_address_that_leads_nowhere_leads_home(workshop, phone):
    """Her own page with its key and its tabs; not the shop's."""
    response = phone(workshop.rosa.user).get("/m/nada/")

    page = response.content.decode()
    assert response.status_code == 404
    assert 'class="act__key" href="/m/"' in page
    assert 'href="/m/work/"' in page
    assert "/cart/" not in page


@pytest.mark.parametrize("address", ["/m/work/{}/", "/m/work/{}/chart/", "/m/work/999999/"])
def test_anothers_work_is_a_page_that_is_not_there(workshop, phone, address):
    client = phone(workshop.another().user)

    response = client.get(address.format(workshop.offered(1).pk))

    assert response.status_code == 404
    assert 'class="tabs"' in response.content.decode()


def test_a_slash_that_was_left_out_is_no_way_to_be_lost(workshop, phone):
    response = phone(workshop.rosa.user).get("/m/work")

    assert (response.status_code, response.url) == (301, "/m/work/")


def test_who_is_not_in_comes_in_first(client, db):
    assert client.get("/m/nada/").url.startswith("/m/login/")
