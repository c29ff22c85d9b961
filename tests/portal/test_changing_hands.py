"""A box changes hands around one phone: everybody concerned opens it, proves who she is, or says no."""

from django.test import Client

from ledger.cash.models import Count, HandingEnd, HandingOver, Holding
from ledger.cash.services import agree, ask_handing_over, count_box, sign_handing_over
from tests.factories.ledger import NAME
from tests.factories.people import PIN
from tests.portal.conftest import new_card
from tests.portal.test_count import box_of


def handing(workshop, **changes) -> HandingOver:
    """The treasurer's box, counted by two, goes to Rosa, who is in no Junta."""
    count = count_box(
        box=box_of(workshop), numbers={}, counter=workshop.treasurer, reference="count:1"
    )
    agree(count=count, person=workshop.signers[0], actor=workshop.signers[0])
    values = {"count": count, "receiver": workshop.rosa.user, "actor": workshop.treasurer}
    return ask_handing_over(**(values | changes))


def holder():
    return Holding.objects.latest("number").holder


def test_who_receives_it_opens_and_signs_it_on_her_own_phone(workshop, phone):
    found = handing(workshop)
    sign_handing_over(handing_over=found, person=workshop.treasurer, actor=workshop.treasurer)
    hers: Client = phone(workshop.rosa.user)
    assert "/m/count/" in hers.get("/m/").content.decode()
    page = hers.get("/m/count/").content.decode()
    assert f"/m/count/hand/{found.pk}/" in page
    assert f"/m/count/{found.count.box_id}/" not in page, "the box is not hers to count"
    assert hers.get(f"/m/count/of/{found.count_id}/").status_code == 403
    here = f"/m/count/hand/{found.pk}/"
    assert hers.get(here).status_code == 200

    hers.post(here)

    assert holder() == workshop.rosa.user
    assert hers.get(here).status_code == 200


def test_another_member_opens_it_nowhere(workshop, phone):
    found = handing(workshop)
    other = phone(workshop.another().user)
    assert other.get(f"/m/count/hand/{found.pk}/").status_code in {403, 404}
    assert other.get("/m/count/").status_code == 403


def test_the_second_of_two_others_signs_here_with_her_own_pin(workshop, phone):
    first, second = workshop.signers[:2]
    found = handing(workshop, actor=first, absence="She left.")
    sign_handing_over(handing_over=found, person=workshop.rosa.user, actor=workshop.rosa.user)
    new_card(second)
    client, here = phone(first), f"/m/count/hand/{found.pk}/"
    client.post(here)
    page = client.get(f"{here}?who=").content.decode()
    assert f"who={second.pk}" in page
    assert f"who={workshop.rosa.user.pk}" not in page.split("who-list")[1]

    page = client.post(f"{here}?who={second.pk}", {"drawing": NAME}).content.decode()
    assert 'name="enter"' in page
    assert holder() == workshop.treasurer
    client.post(f"{here}?who={second.pk}", {"drawing": NAME, "pin": PIN, "enter": "1"})

    assert holder() == workshop.rosa.user
    assert found.signs.get(person=second).proof == "pin"


def test_it_is_called_off_on_the_phone(workshop, phone):
    found, hers = handing(workshop), phone(workshop.rosa.user)
    off = f"/m/count/hand/{found.pk}/off/"
    assert off in hers.get(f"/m/count/hand/{found.pk}/").content.decode()
    assert hers.post(off).url == f"/m/count/hand/{found.pk}/"

    assert HandingEnd.objects.get().actor == workshop.rosa.user
    page = phone(workshop.treasurer).get(f"/m/count/hand/{found.pk}/").content.decode()
    assert "lo anuló" in page
    assert off not in page
    assert holder() == workshop.treasurer


def test_her_first_screen_says_that_her_box_went_while_she_was_away(workshop, phone):
    first, second = workshop.signers[:2]
    found = handing(workshop, actor=first, absence="Está de viaje.")
    for one in (workshop.rosa.user, first, second):
        sign_handing_over(handing_over=found, person=one, actor=one)
    hers = phone(workshop.treasurer)
    page = hers.get("/m/").content.decode()
    assert "Mientras no estabas" in page
    assert str(workshop.rosa.user) in page
    assert "Está de viaje." in page

    assert phone(first).post(f"/m/count/hand/{found.pk}/heard/").status_code == 404
    assert hers.post(f"/m/count/hand/{found.pk}/heard/").url == "/m/"

    assert "Mientras no estabas" not in hers.get("/m/").content.decode()


def test_women_to_choose_from_have_their_own_pictures(
    workshop, phone, django_assert_max_num_queries
):
    box = box_of(workshop)
    card = new_card(workshop.signers[0])
    client = phone(workshop.treasurer)
    here = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1"}).url
    page = client.get(here).content.decode().split("who-list")[1]
    assert "face-mark" in page
    assert card.motif in page
    assert Count.objects.count() == 1
    with django_assert_max_num_queries(40):
        client.get(here)
