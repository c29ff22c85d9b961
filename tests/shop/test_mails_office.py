"""What the office sees of the mails, and how it sends one again."""

from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from coop.people.models import User
from orders.shop.errors import MailNotOpen
from orders.shop.models import OrderMail
from orders.shop.outbox import deliver
from orders.shop.services import resend_mail
from tests.factories.shop import Shop
from tests.shop.mail_server import failing, no_answer, sweep_after, told_order
from tests.shop.pages import text
from tests.shop.test_office import INDEX, as_, page_of

Status = OrderMail.Status


@pytest.fixture
def given_up(shop: Shop) -> OrderMail:
    """A mail that was tried as often as one is, in vain."""
    one = told_order(shop)
    with failing(*no_answer(20)):
        for _time in range(7):
            sweep_after(hours=25)
    one.refresh_from_db()
    assert one.status == Status.FAILED
    return one


def again(one: OrderMail) -> str:
    return f"{page_of(one.order)}mails/{one.pk}/again/"


@pytest.fixture
def spanish(tmp_path: Path) -> Iterator[None]:
    """The house's Spanish as it stands in the catalogue, compiled or not."""
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"
    polib.pofile(str(catalogue)).save_as_mofile(str(folder / "django.mo"))
    with override_settings(LOCALE_PATHS=[tmp_path]):
        translation.activate("en")
        yield


def in_spanish(user: User) -> Client:
    """A browser in which the office speaks Spanish."""
    client = as_(user)
    User.objects.filter(pk=user.pk).update(language="es")
    return client


@pytest.mark.usefixtures("spanish")
def test_what_was_given_up_is_shown_in_both_languages(shop: Shop, given_up: OrderMail) -> None:
    said = text(as_(shop.president).get(page_of(given_up.order)))
    assert "The order came in" in said
    assert "given up" in said
    assert "The mail server could not be reached." in said
    assert "Send again" in said

    said = text(in_spanish(shop.president).get(page_of(given_up.order)))
    assert "Llegó el pedido" in said
    assert "no se pudo enviar" in said
    assert "No se pudo llegar al servidor de correo." in said
    assert "Enviar otra vez" in said


@pytest.mark.usefixtures("spanish")
def test_the_list_says_how_many_did_not_go_and_shows_their_orders(
    shop: Shop, given_up: OrderMail
) -> None:
    fine = shop.order((shop.puppet, 1))

    said = text(as_(shop.president).get(INDEX))
    assert "1 e-mail to a customer could not be sent." in said
    assert f"#{fine.number}" in said

    said = text(as_(shop.president).get(f"{INDEX}?show=mails"))
    assert f"{given_up.order} " in said
    assert f"#{fine.number}" not in said

    said = text(in_spanish(shop.president).get(INDEX))
    assert "No se pudo enviar 1 correo" in said


def test_a_mail_that_waits_after_a_failure_is_shown_at_once(shop: Shop) -> None:
    one = told_order(shop)
    assert "could not be sent" not in text(as_(shop.president).get(INDEX))

    with failing(*no_answer()):
        deliver(one.pk)

    assert "1 e-mail to a customer could not be sent." in text(as_(shop.president).get(INDEX))
    assert sweep_after(minutes=2) == 1
    assert "could not be sent" not in text(as_(shop.president).get(INDEX))


def test_pressed_twice_it_goes_once(
    shop: Shop, given_up: OrderMail, django_capture_on_commit_callbacks
) -> None:
    client = as_(shop.president)

    with django_capture_on_commit_callbacks(execute=True):
        # The second press comes before the worker has begun.
        first = client.post(again(given_up), follow=True)
        second = client.post(again(given_up), follow=True)

    assert "The e-mail is being sent." in text(first)
    assert "The e-mail is being sent." in text(second)
    assert len(mail.outbox) == 1
    third = client.post(again(given_up), follow=True)
    assert "This e-mail went out already" in text(third)
    given_up.refresh_from_db()
    assert (given_up.status, given_up.attempts) == (Status.SENT, 1)
    assert given_up.resent_by == shop.president
    assert given_up.resent_at is not None
    assert "Petra asked to send it again" in text(third)


def test_one_that_waits_for_its_next_try_need_not_wait(
    shop: Shop, django_capture_on_commit_callbacks
) -> None:
    one = told_order(shop)
    with failing(*no_answer()):
        deliver(one.pk)

    with django_capture_on_commit_callbacks(execute=True):
        resend_mail(mail=one, actor=shop.president)

    one.refresh_from_db()
    assert (one.status, len(mail.outbox)) == (Status.SENT, 1)


def test_sent_again_in_vain_it_has_all_its_tries_again(
    shop: Shop, given_up: OrderMail, django_capture_on_commit_callbacks
) -> None:
    with failing(*no_answer()), django_capture_on_commit_callbacks(execute=True):
        resend_mail(mail=given_up, actor=shop.president)

    given_up.refresh_from_db()
    assert (given_up.status, given_up.attempts) == (Status.WAITING, 1)
    assert sweep_after(minutes=2) == 1
    assert len(mail.outbox) == 1


def test_what_went_out_is_not_sent_again(shop: Shop) -> None:
    one = told_order(shop)
    deliver(one.pk)

    with pytest.raises(MailNotOpen):
        resend_mail(mail=one, actor=shop.president)

    one.refresh_from_db()
    assert (one.resent_by, len(mail.outbox)) == (None, 1)
    assert "Send again" not in _buttons(shop, one)


def _buttons(shop: Shop, one: OrderMail) -> list[str]:
    page = as_(shop.president).get(page_of(one.order)).content.decode()
    return ["Send again"] if again(one) in page else []


def test_who_only_reads_sees_mails_and_sends_none(shop: Shop, given_up: OrderMail) -> None:
    client = as_(shop.auditor)

    page = client.get(page_of(given_up.order))
    assert "given up" in text(page)
    assert again(given_up) not in page.content.decode()
    client.post(again(given_up))

    given_up.refresh_from_db()
    assert (given_up.status, given_up.resent_by) == (Status.FAILED, None)


def test_a_mail_is_found_only_below_its_own_order(shop: Shop, given_up: OrderMail) -> None:
    other = shop.order((shop.puppet, 1))
    client = as_(shop.president)

    assert client.post(f"{page_of(other)}mails/{given_up.pk}/again/").status_code == 404
    assert client.get(again(given_up)).status_code == 405


def test_more_mails_need_no_more_queries(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))
    client = as_(shop.president)
    client.get(page_of(order))
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(page_of(order))
        counts.append(len([one for one in seen if "shop_ordermail" in one["sql"]]))
        shop.pay(order, "10.00")
        shop.pay(order, "11.00")

    # One for the page, one for the badge of the menu.
    assert counts == [2, 2]
