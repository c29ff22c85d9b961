"""What a phone keeps of her screens: her work and her wool, and never what they pay."""

import re
import time
from typing import Any
from unittest.mock import patch

import pytest
from djmoney.money import Money

from catalog.models import Design
from coop.kit.money import HIDDEN, format_money, hiding_amounts
from coop.portal.offline.kept import KEPT, MOST_WORKS
from coop.portal.views import phone as views
from orders.production.services import deliver, pass_piece
from tests.factories.ledger import DAY


def kept(client, **query) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/m/kept/", query).json()
    return told


def test_her_home_her_work_her_orders_and_her_wool_are_kept(workshop, phone):
    offer, taken = workshop.offered(5), workshop.taken(3)

    pages = kept(phone(workshop.rosa.user))["pages"]

    assert set(pages) == {
        "/m/",
        "/m/work/",
        "/m/earnings/orders/",
        "/m/wool/",
        f"/m/work/{offer.pk}/",
        f"/m/work/{taken.pk}/",
        f"/m/work/{taken.pk}/chart/",
    }
    assert "knitting-chart" in pages[f"/m/work/{taken.pk}/chart/"]
    assert "<b>5</b>" in pages["/m/work/"]
    assert f'data-later="take" data-number="{offer.pk}"' in pages["/m/work/"]


def test_no_amount_is_kept_in_any_form(workshop, phone):
    """8.00 a piece: 40.00 for five, 56.00 for seven, and 8.00 earned; nor in words or coins."""
    workshop.offered(5)
    taken = workshop.taken(7)
    [piece] = deliver(assignment=taken, quantity=1, actor=workshop.keeper, on=DAY)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    client = phone(workshop.rosa.user)
    assert "40.00" in client.get("/m/work/").content.decode()

    text = "".join(kept(client)["pages"].values())

    assert not re.search(r"S/|\b(40|56|8)\.00|cash__one", text)
    assert not re.search(r"cuarenta|cincuenta y seis|\bsoles\b", text)


def test_nothing_of_the_book_and_no_signature_is_kept(workshop, phone):
    pages = kept(phone(workshop.treasurer))["pages"]

    assert not [path for path in pages if re.search("book|sign|earnings", path)]


def test_no_form_of_another_session_is_kept(workshop, phone):
    workshop.offered(5)

    text = "".join(kept(phone(workshop.rosa.user))["pages"].values())

    assert "csrfmiddlewaretoken" not in text
    assert 'data-source="phone"' in text
    assert 'data-source="house"' not in text


def test_what_has_not_changed_is_not_sent_again(workshop, phone):
    workshop.offered(5)
    client = phone(workshop.rosa.user)
    first = kept(client)

    with patch("django.core.signing.time.time", return_value=time.time() + 60):
        same = kept(client, have=first["hash"])

    assert same["isSame"]
    assert "pages" not in same


def test_new_work_and_another_rate_are_sent_again(workshop, phone):
    workshop.offered(5)
    client = phone(workshop.rosa.user)
    first = kept(client)

    Design.objects.update(rate_minor=700)
    second = kept(client, have=first["hash"])
    workshop.offered(2)
    third = kept(client, have=second["hash"])

    assert second["pages"]
    assert third["pages"]


def test_her_messages_wait_for_a_page_that_she_sees(workshop, phone):
    offer, client = workshop.offered(5), phone(workshop.rosa.user)
    client.post(f"/m/work/{offer.pk}/yes/")

    pages = kept(client)["pages"]

    assert "said--success" not in "".join(pages.values())
    assert "said--success" in client.get("/m/work/").content.decode()


def test_a_stranger_is_given_nothing_to_keep(client, workshop):
    assert kept(client)["pages"] == {}


def test_switched_off_phones_are_given_nothing_to_keep(workshop, phone, settings):
    client = phone(workshop.rosa.user)
    settings.MEMBERS_OFFLINE = False

    assert kept(client)["pages"] == {}


def test_many_works_are_not_all_kept(workshop, phone):
    for _work in range(MOST_WORKS + 2):
        workshop.offered(1)

    pages = kept(phone(workshop.rosa.user))["pages"]

    assert len([path for path in pages if re.fullmatch(r"/m/work/\d+/", path)]) == MOST_WORKS


def test_pages_on_a_phone_end_after_three_days():
    assert KEPT.total_seconds() == 72 * 3600
    assert views.kept.KEPT is KEPT


@pytest.mark.parametrize("amount", ["0", "8", "1240.55"])
def test_hidden_is_hidden_and_comes_back(amount):
    money = Money(amount, "PEN")
    with hiding_amounts():
        assert format_money(money) == HIDDEN

    assert "S/" in format_money(money)
