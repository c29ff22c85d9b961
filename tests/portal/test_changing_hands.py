"""A box changes hands around one phone: everybody concerned opens it, proves who she is, or says no."""

import re

from django.test import Client

from coop.people.models import User
from coop.portal.pictures import draw
from ledger.cash.models import Count, HandingEnd, HandingOver, Holding
from ledger.cash.models.handing import NOT_HERE
from ledger.cash.services import (
    agree,
    ask_handing_over,
    call_off_handing_over,
    count_box,
    sign_handing_over,
)
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
    assert "anuló esta entrega" in page
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


def main(page: str) -> str:
    return page.split("<main")[1].split("</main>", maxsplit=1)[0]


def test_a_reason_is_told_as_one_on_the_screen_and_aloud(workshop, phone):
    first, second = workshop.signers[:2]
    found = handing(workshop, actor=first, absence=NOT_HERE)
    looking = main(phone(first).get(f"/m/count/hand/{found.pk}/").content.decode())
    assert f"Por qué otras dos firman por {workshop.treasurer}: «No está aquí.»" in looking
    assert 'data-words="Por qué otras dos firman por ella: No está aquí."' in looking
    for one in (workshop.rosa.user, first, second):
        sign_handing_over(handing_over=found, person=one, actor=one)

    page = main(phone(workshop.treasurer).get("/m/").content.decode())

    assert "Otras dos firmaron por ti. Dicen por qué: «No está aquí.»" in page
    [said] = re.findall(r'data-words="(Tenías una caja[^"]*)"', page)
    assert said.endswith("Otras dos firmaron por ti. Dicen por qué: No está aquí.")


def test_a_reason_that_somebody_typed_is_said_where_a_phone_can(workshop, phone):
    first, second = workshop.signers[:2]
    found = handing(workshop, actor=first, absence="Está de viaje.")
    for one in (workshop.rosa.user, first, second):
        sign_handing_over(handing_over=found, person=one, actor=one)

    page = main(phone(workshop.treasurer).get("/m/").content.decode())

    assert "Otras dos firmaron por ti. Dicen por qué: «Está de viaje.»" in page
    assert 'data-besides="Está de viaje."' in page


def test_once_called_off_nobody_needs_to_sign_and_all_concerned_read_so(workshop, phone):
    found = handing(workshop)
    here, off = f"/m/count/hand/{found.pk}/", f"/m/count/hand/{found.pk}/off/"
    sign_handing_over(handing_over=found, person=workshop.treasurer, actor=workshop.treasurer)
    hers = phone(workshop.rosa.user)

    answer = hers.post(off, follow=True)

    assert answer.status_code == 200, "who called it off reads that she did"
    for page in (answer, phone(workshop.treasurer).get(here), phone(workshop.signers[0]).get(here)):
        told = main(page.content.decode())
        assert f"{workshop.rosa.user} anuló esta entrega" in told
        assert "Ya nadie tiene que firmar." in told
        assert "No firmó, y ya no hace falta." in told
        assert "Firmó, pero ya no vale." in told
        assert draw("pen", 38) not in told, "no pencil beside who has not signed"
        assert "se cuenta de nuevo" in told
    assert ">Contar de nuevo<" not in main(answer.content.decode()), "the box is not hers"
    assert "Contar de nuevo" in main(phone(workshop.treasurer).get(here).content.decode())


def test_a_count_whose_handing_over_was_called_off_leads_to_a_new_count(workshop, phone):
    found = handing(workshop)
    client = phone(workshop.treasurer)
    counted = f"/m/count/of/{found.count_id}/"
    assert "Ver cómo cambia de manos" in client.get(counted).content.decode()
    call_off_handing_over(handing_over=found, actor=workshop.rosa.user)

    page = main(client.get(counted).content.decode())

    assert f"{workshop.rosa.user} anuló la entrega de esta caja" in page
    assert "Para entregarla, primero se cuenta de nuevo." in page
    assert f'href="/m/count/{found.count.box_id}/"' in page


def test_who_was_to_receive_a_box_is_told_that_nothing_waits_any_more(workshop, phone):
    found = handing(workshop)
    hers = phone(workshop.rosa.user)
    call_off_handing_over(handing_over=found, actor=workshop.treasurer)

    answer = hers.get("/m/count/")

    page = main(answer.content.decode())
    assert answer.status_code == 200
    assert "Nadie te entrega una caja ahora: no hay nada que recibir." in page
    assert 'data-words="Nadie te entrega una caja ahora: no hay nada que recibir."' in page
    assert "picto" in page.split('class="nothing"')[1]
    assert "Todavía no hay ninguna caja" not in page


def test_those_who_count_read_that_no_box_changes_hands(workshop, phone):
    found = handing(workshop)
    client = phone(workshop.treasurer)
    assert "no hay nada que recibir" not in client.get("/m/count/").content.decode()
    call_off_handing_over(handing_over=found, actor=workshop.treasurer)

    page = main(client.get("/m/count/").content.decode())

    assert 'data-words="Ninguna caja cambia de manos ahora: no hay nada que recibir."' in page


def test_who_signed_already_waits_and_is_not_asked_again(workshop, phone):
    found = handing(workshop)
    sign_handing_over(handing_over=found, person=workshop.rosa.user, actor=workshop.rosa.user)

    page = main(phone(workshop.rosa.user).get("/m/count/").content.decode())

    assert "Ver cómo cambia de manos" in page
    assert "Mirar y firmar" not in page
    assert "Todavía no hay ninguna caja" not in page


def test_where_nobody_is_there_to_receive_it_the_screen_says_so(workshop, phone):
    count = count_box(
        box=box_of(workshop), numbers={}, counter=workshop.treasurer, reference="count:1"
    )
    agree(count=count, person=workshop.signers[0], actor=workshop.signers[0])
    client, here = phone(workshop.treasurer), f"/m/count/of/{count.pk}/?to="
    assert 'data-words="¿Quién recibe la caja?"' in client.get(here).content.decode()
    User.objects.exclude(pk=workshop.treasurer.pk).update(is_active=False)

    page = main(client.get(here).content.decode())

    assert 'data-words="No hay nadie a quien entregar la caja."' in page
