"""What a phone keeps of her screens: her work without what it pays; our book and her pay apart."""

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
from ledger import queries as books
from ledger.models import Account
from ledger.services import one_time_code, sign_payment
from orders.production.services import deliver, pass_piece
from tests.factories.ledger import DAY
from tests.portal.test_book_totals import decide
from tests.portal.test_pay import ask


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


def passed(workshop, pieces: int = 1) -> None:
    taken = workshop.taken(pieces)
    for piece in deliver(assignment=taken, quantity=pieces, actor=workshop.keeper, on=DAY):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)


def test_the_book_this_month_and_her_pay_are_kept_apart_with_their_amounts(workshop, phone):
    passed(workshop)

    sent = kept(phone(workshop.rosa.user))

    month = f"/m/book/?month={DAY:%Y-%m}"
    assert set(sent["money"]) == {"/m/book/", month, "/m/earnings/", "/m/earnings/orders/"}
    for html in sent["money"].values():
        assert re.search(r"S/.8\.00", html)
        assert "data-as-of" in html
        assert 'data-source="phone"' in html
        assert "csrfmiddlewaretoken" not in html


def test_no_amount_is_in_the_pages_that_may_outlive_the_lock(workshop, phone):
    passed(workshop)

    assert not re.search(r"S/|8\.00", "".join(kept(phone(workshop.rosa.user))["pages"].values()))


def test_nobody_is_named_on_a_phone_whoever_reads_names(workshop, phone):
    passed(workshop)
    client, box = phone(workshop.treasurer), books.account("cash")
    keeper = workshop.another().user
    Account.objects.filter(pk=box.pk).update(holder=keeper)
    name = str(workshop.rosa.user)
    assert name in client.get("/m/book/").content.decode()

    sent = kept(client)

    assert not [one for one in ("pages", "money") if name in "".join(sent[one].values())]
    assert str(keeper) in client.get("/m/book/").content.decode()
    assert str(keeper) not in sent["money"]["/m/book/"]
    assert 'data-keep="opened"' not in client.get("/m/book/").content.decode()


def test_a_code_that_is_worth_money_lies_on_no_phone(workshop, phone):
    passed(workshop)
    payment = ask(workshop, "8.00")
    for signer in workshop.signers:
        sign_payment(payment=payment, signer=signer, on=DAY)
    client, code = phone(workshop.rosa.user), one_time_code(payment)
    page = client.get("/m/earnings/").content.decode()
    assert code in page
    assert 'data-keep="opened"' not in page

    sent = kept(client)

    assert not [one for one in ("pages", "money") if code in "".join(sent[one].values())]


def test_where_pay_is_told_in_totals_a_phone_keeps_no_other(workshop, phone):
    """Nor that of who reads more by her office."""
    passed(workshop)
    decide(workshop, "totals")

    money = kept(phone(workshop.treasurer))["money"]

    assert "8.00" not in money["/m/book/"]


def test_no_signature_is_kept(workshop, phone):
    sent = kept(phone(workshop.treasurer))

    assert not [path for path in {**sent["pages"], **sent["money"]} if "sign" in path]


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
