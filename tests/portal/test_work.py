"""Work on a phone: what is asked, yes or no, and how far it is."""

from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images import get_image_model

from orders.production import hooks
from orders.production.models import Assignment, DayWish
from orders.production.services import deliver, pass_piece, refuse_wish, send_to_mend, take_on
from tests.factories.ledger import DAY
from tests.factories.production import DUE

Status = Assignment.Status


@pytest.fixture(autouse=True)
def on_the_day():
    with patch("coop.kit.days.today", return_value=DAY):
        yield


def test_an_offer_shows_how_many_by_when_and_with_which_wool(workshop, phone):
    offer = workshop.offered(5)

    page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    assert "<b>5</b> <span>Llama" in page
    facts = page.split('class="offer__facts"')[1].split('class="act ')[0]
    assert facts.count("suns__week") == (DUE - DAY).days // 7
    assert "<b>100</b> g" in page
    assert f'action="/m/work/{offer.pk}/yes/"' in page
    assert f'action="/m/work/{offer.pk}/no/"' in page


def test_what_it_pays_lies_under_a_cloth(workshop, phone):
    workshop.offered(5)

    page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    before, after = page.split("S/\xa040.00")
    assert (
        before.rindex("<details") > before.rindex("</details>") if "</details>" in before else True
    )
    assert "<details open" not in page
    assert "</details>" in after


def test_offers_come_before_what_she_took_on(workshop, phone):
    workshop.taken(2)
    workshop.offered(3)

    page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    assert page.index('class="offer"') < page.index('class="mine"')


def test_yes_takes_it_on(workshop, phone):
    offer = workshop.offered(5)

    response = phone(workshop.rosa.user).post(f"/m/work/{offer.pk}/yes/")

    assert response.url == f"/m/work/{offer.pk}/"
    offer.refresh_from_db()
    assert (offer.status, offer.rate_minor) == (Status.TAKEN, 800)
    assert offer.events.last().actor == workshop.rosa.user


def test_yes_tapped_twice_is_yes_once(workshop, phone):
    offer, client = workshop.offered(5), phone(workshop.rosa.user)
    for _tap in range(2):
        assert client.post(f"/m/work/{offer.pk}/yes/").status_code == 302

    assert offer.events.filter(kind="taken").count() == 1


def test_no_gives_it_back(workshop, phone):
    offer = workshop.offered(5)

    response = phone(workshop.rosa.user).post(f"/m/work/{offer.pk}/no/")

    assert response.url == "/m/work/"
    offer.refresh_from_db()
    assert offer.status == Status.DECLINED


def test_an_answer_that_comes_too_late_is_refused_kindly(workshop, phone):
    offer, client = workshop.offered(5), phone(workshop.rosa.user)
    client.post(f"/m/work/{offer.pk}/no/")

    response = client.post(f"/m/work/{offer.pk}/yes/")

    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    offer.refresh_from_db()
    assert offer.status == Status.DECLINED


@pytest.mark.parametrize("way", ["", "yes/", "no/"])
def test_nobody_opens_or_answers_the_work_of_another(workshop, phone, way):
    offer, client = workshop.offered(5), phone(workshop.another().user)

    ask = client.post if way else client.get
    assert ask(f"/m/work/{offer.pk}/{way}").status_code == 404

    offer.refresh_from_db()
    assert offer.status == Status.OFFERED


@pytest.mark.parametrize("way", ["yes", "no"])
def test_a_link_answers_nothing(workshop, phone, way):
    offer = workshop.offered(5)

    assert phone(workshop.rosa.user).get(f"/m/work/{offer.pk}/{way}/").status_code == 405


def test_she_sees_how_far_it_is_in_stitches(workshop, phone):
    taken = workshop.taken(5)
    pieces = deliver(assignment=taken, quantity=3, actor=workshop.keeper, on=DAY)
    pass_piece(piece=pieces[0], checker=workshop.checker, on=DAY)
    send_to_mend(piece=pieces[1], checker=workshop.checker, note="An ear is loose.", on=DAY)

    page = phone(workshop.rosa.user).get(f"/m/work/{taken.pk}/").content.decode()

    counts = [
        page.count(f'class="stitch stitch--{one}"')
        for one in ("passed", "checking", "mending", "left")
    ]
    assert counts == [1, 1, 1, 2]
    assert "An ear is loose." in page


def test_she_sees_the_wool_that_she_still_has_to_fetch(workshop, phone):
    taken = workshop.taken(5, with_wool=False)
    client = phone(workshop.rosa.user)
    assert "<b>100</b> g" in client.get(f"/m/work/{taken.pk}/").content.decode()

    workshop.hand_out(taken)

    assert "<b>100</b> g" not in client.get(f"/m/work/{taken.pk}/").content.decode()


def test_the_reason_why_she_was_asked_names_nobody(workshop, phone):
    other = workshop.another("Basilia Quispe")
    offer = workshop.offered(5)
    Assignment.objects.filter(pk=offer.pk).update(why="least:60:2400")

    page = phone(workshop.rosa.user).get(f"/m/work/{offer.pk}/").content.decode()

    assert "1 " in page
    assert other.name not in page


def test_late_work_says_so(workshop, phone):
    workshop.taken(1)

    with patch("coop.kit.days.today", return_value=DUE + timedelta(days=1)):
        page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    assert "suns__late" in page


def test_without_work_there_is_a_picture_and_a_sentence(workshop, phone):
    page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    assert 'class="nothing"' in page


def test_the_list_costs_the_same_for_one_and_for_three(
    workshop, phone, django_assert_max_num_queries
):
    client = phone(workshop.rosa.user)
    workshop.offered(1)
    workshop.taken(1)
    with django_assert_max_num_queries(14) as one:
        client.get("/m/work/")
    for _row in range(2):
        workshop.offered(1)
        workshop.taken(1)
    with django_assert_max_num_queries(len(one)):
        client.get("/m/work/")


def test_long_lists_come_in_pages(workshop, phone):
    for _offer in range(10):
        take_on(assignment=workshop.offered(1), actor=workshop.rosa.user, on=DAY)
    client = phone(workshop.rosa.user)

    first = client.get("/m/work/").content.decode()
    second = client.get("/m/work/?page=2").content.decode()

    assert (first.count('class="mine"'), second.count('class="mine"')) == (8, 2)
    assert client.get("/m/work/?page=nonsense").status_code == 200


# Between yes and no ----------------------------------------------------------------------------
def test_fewer_are_taken_and_the_others_go_back(workshop, phone):
    offer, client = workshop.offered(5), phone(workshop.rosa.user)

    for _tap in range(2):
        response = client.post(f"/m/work/{offer.pk}/less/", {"value": "2"})
        assert response.url == f"/m/work/{offer.pk}/"

    offer.refresh_from_db()
    assert (offer.status, offer.quantity) == (Status.TAKEN, 2)
    assert offer.events.filter(kind="reduced").get().quantity == 3
    assert offer.events.last().actor == workshop.rosa.user


@pytest.mark.parametrize("value", ["0", "6", "-1", "x", "²", "99999999999", ""])
def test_a_number_that_makes_no_sense_is_refused_kindly(workshop, phone, value):
    offer = workshop.offered(5)

    response = phone(workshop.rosa.user).post(f"/m/work/{offer.pk}/less/", {"value": value})

    assert 'role="alert"' in response.content.decode()
    offer.refresh_from_db()
    assert (offer.status, offer.quantity) == (Status.OFFERED, 5)


def test_the_number_is_drawn_stitch_by_stitch_without_script_too(workshop, phone):
    workshop.offered(5)
    client = phone(workshop.rosa.user)

    def drawn(address: str) -> tuple[int, int, bool]:
        panel = client.get(address).content.decode().split("act--less")[1].split("</form>")[0]
        counts = [panel.count(f'"stitch stitch--{one}"') for one in ("passed", "left")]
        return (*counts, "data-sure open" in panel)

    assert drawn("/m/work/") == (3, 2, False)
    assert drawn("/m/work/?less=2") == (2, 3, True)
    assert drawn("/m/work/?less=99") == (4, 1, True)
    assert drawn("/m/work/?less=x") == (3, 2, False)


def test_of_one_piece_there_is_nothing_less(workshop, phone):
    workshop.offered(1)

    assert "act--less" not in phone(workshop.rosa.user).get("/m/work/").content.decode()


def test_a_later_day_is_asked_of_the_office_and_its_answer_comes_back(workshop, phone):
    offer, client = workshop.offered(5), phone(workshop.rosa.user)
    day = DUE + timedelta(days=7)
    assert f'value="{day}"' in client.get("/m/work/").content.decode()

    client.post(f"/m/work/{offer.pk}/day/", {"value": str(day)})

    wish = DayWish.objects.get()
    assert (wish.wanted_on, wish.asked_by) == (day, workshop.rosa.user)
    page = client.get("/m/work/").content.decode()
    assert page.count("<p>Pediste otro día") == 1
    assert "act--day" not in page
    assert f'action="/m/work/{offer.pk}/yes/"' in page
    refuse_wish(wish=wish, actor=workshop.secretary, on=DAY)
    assert "Otro día no se puede" in client.get("/m/work/").content.decode()


def test_a_day_that_keeps_the_promise_is_hers_at_once(workshop, phone, monkeypatch):
    day = DUE + timedelta(days=7)
    monkeypatch.setattr(hooks.promised_day, "listeners", [lambda work_order: day])
    offer, client = workshop.offered(5), phone(workshop.rosa.user)
    panel = client.get("/m/work/").content.decode().split("act--day")[1:]
    assert any("act--go-day" in part for part in panel)

    client.post(f"/m/work/{offer.pk}/day/", {"value": str(day)})

    offer.refresh_from_db()
    assert (offer.status, offer.due_on) == (Status.TAKEN, day)


@pytest.mark.parametrize("value", ["", "tomorrow", "2026-02-31", "1999-01-01", "9999-12-31"])
def test_a_day_that_makes_no_sense_changes_nothing(workshop, phone, value):
    offer = workshop.offered(5)

    response = phone(workshop.rosa.user).post(f"/m/work/{offer.pk}/day/", {"value": value})

    assert response.status_code in {200, 302}
    assert not DayWish.objects.exists()


@pytest.mark.parametrize("way", ["less", "day"])
def test_nobody_answers_otherwise_for_another(workshop, phone, way):
    offer, client = workshop.offered(5), phone(workshop.another().user)

    assert client.post(f"/m/work/{offer.pk}/{way}/", {"value": "2"}).status_code == 404
    assert client.get(f"/m/work/{offer.pk}/{way}/").status_code == 405


def test_the_chart_leads_back_to_where_she_came_from(workshop, phone):
    taken = workshop.taken(2)
    client, chart = phone(workshop.rosa.user), f"/m/work/{taken.pk}/chart/"
    assert f'href="{chart}"' in client.get("/m/work/").content.decode()

    from_list = client.get(chart, headers={"referer": "http://testserver/m/work/"})
    assert 'href="/m/work/" data-speak' in from_list.content.decode().split("bar__title")[0]
    from_work = client.get(chart, headers={"referer": "http://elsewhere.example/m/work/"})
    assert f'href="/m/work/{taken.pk}/"' in from_work.content.decode().split("bar__title")[0]


def photograph(height: int, focal_point_y: int | None):
    drawn = BytesIO()
    Picture.new("RGB", (height * 4 // 5, height), "#94163A").save(drawn, "PNG")
    file = ImageFile(drawn, name="llama.png")
    return get_image_model().objects.create(title="A llama", file=file, focal_point_y=focal_point_y)


@pytest.mark.parametrize(
    ("marked", "shown"), [(None, "high"), (100, "high"), (250, "middle"), (450, "low")]
)
def test_the_stage_shows_what_an_editor_marked_in_the_photograph(
    workshop, phone, settings, tmp_path, marked, shown
):
    settings.MEDIA_ROOT = tmp_path
    product = workshop.llama.product
    product.image = photograph(height=500, focal_point_y=marked)
    product.save()
    workshop.offered(2)

    page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    assert f'class="stage stage--{shown}"' in page
    assert 'type="image/avif"' in page


def test_what_waits_for_the_office_comes_after_what_waits_for_her(workshop, phone):
    asked, other = workshop.offered(5), workshop.offered(3)
    client = phone(workshop.rosa.user)
    assert 'tile__waiting">2<' in client.get("/m/").content.decode()
    client.post(f"/m/work/{asked.pk}/day/", {"value": str(DUE + timedelta(days=7))})

    page = client.get("/m/work/").content.decode()

    assert f'action="/m/work/{other.pk}/yes/"' in page
    assert f'href="/m/work/{asked.pk}/"' in page
    assert 'tile__waiting">1<' in client.get("/m/").content.decode()


def test_why_she_was_asked_is_told_in_whole_hours_and_two_bars(workshop, phone):
    offer = workshop.offered(1)
    Assignment.objects.filter(pk=offer.pk).update(why="least:2796:16380")

    page = phone(workshop.rosa.user).get(f"/m/work/{offer.pk}/").content.decode()

    assert "has tenido 47 de las 273 horas" in page
    bars = page.split('class="why__bars"')[1]
    assert 'class="why__had" width="17%"' in bars
    assert "<b>47</b>" in bars
    assert "<b>273</b>" in bars
