"""A mail that does not go is tried again, and goes once; what is never sent is given up."""

import logging
import smtplib
from functools import partial

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, OperationalError, transaction
from django.db.models.signals import post_migrate
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from orders.shop import notices, outbox, sweeping
from orders.shop.daily import sweep_once_a_day
from orders.shop.models import Order, OrderMail
from orders.shop.outbox import MOST_ATTEMPTS, deliver
from orders.shop.services import cancel_order
from tests.factories.shop import Shop, findings
from tests.harness.fixtures import at_the_same_time
from tests.shop.mail_server import (
    failing,
    later,
    minutes_to_go,
    no_answer,
    sweep_after,
    told_order,
)

Status, Problem = OrderMail.Status, OrderMail.Problem
IN_THE_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SWEEPS = "orders.shop.sweeping.sweep_mails"


@pytest.fixture
def real_shop(fresh_db: str) -> Shop:
    """A shop on a database of its own, where everything commits."""
    return Shop()


# Tried again -------------------------------------------------------------------------------
def test_a_mail_that_did_not_go_is_tried_again_and_arrives_once(shop: Shop) -> None:
    one = told_order(shop)

    with failing(*no_answer()):
        deliver(one.pk)
        one.refresh_from_db()
        assert (one.status, one.attempts) == (Status.WAITING, 1)
        assert one.last_problem == Problem.NO_CONNECTION
        assert minutes_to_go(one) == 1
        # Not before it is due, whoever asks.
        deliver(one.pk)
        assert mail.outbox == []
        for _round in range(3):
            sweep_after(minutes=2)

    one.refresh_from_db()
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]
    assert (one.status, one.attempts, one.last_problem) == (Status.SENT, 2, "")
    assert one.sent_at is not None
    assert findings() == []


def test_the_pauses_grow_and_after_the_last_try_it_is_given_up(shop: Shop) -> None:
    one, waited = told_order(shop), []

    with failing(*no_answer(20)):
        while one.status == Status.WAITING:
            sweep_after(hours=25)
            one.refresh_from_db()
            waited.append(minutes_to_go(one) if one.next_try_at else None)
        sweep_after(hours=25)

    assert waited == [1, 5, 30, 120, 360, 1440, None]
    one.refresh_from_db()
    assert (one.status, one.attempts) == (Status.FAILED, MOST_ATTEMPTS)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        (TimeoutError("timed out"), Problem.NO_CONNECTION),
        (smtplib.SMTPServerDisconnected("gone"), Problem.NO_CONNECTION),
        (smtplib.SMTPConnectError(421, b"busy"), Problem.NO_CONNECTION),
        (smtplib.SMTPAuthenticationError(535, b"minka:secret is wrong"), Problem.LOGIN),
        (
            smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"no such user")}),
            Problem.ADDRESS,
        ),
        (smtplib.SMTPDataError(554, b"ana@example.org is spam"), Problem.REFUSED),
    ],
)
def test_what_went_wrong_is_said_without_giving_anything_away(
    shop: Shop, failure: OSError, problem: str, caplog: pytest.LogCaptureFixture
) -> None:
    one = told_order(shop)

    with failing(failure), caplog.at_level(logging.WARNING, "orders.shop"):
        deliver(one.pk)

    one.refresh_from_db()
    assert one.last_problem == problem
    assert f"mail {one.pk} not sent: {type(failure).__name__}" in caplog.text
    assert "ana@" not in caplog.text
    assert "secret" not in caplog.text


def test_the_worker_itself_tries_again(real_shop: Shop) -> None:
    """The house's own queue: the failure sets the next try, and that one sends."""

    def work() -> None:
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="worker",
            excluded_queue_names=[],
        ).run()

    with override_settings(TASKS=IN_THE_DATABASE), failing(*no_answer(2)):
        one = real_shop.order((real_shop.chullo, 1)).mails.get()
        for pause in (1, 5):
            work()
            one.refresh_from_db()
            waiting = DBTaskResult.objects.get(
                task_path="orders.shop.tasks.deliver_mail", status="READY"
            )
            assert waiting.run_after == one.next_try_at
            assert minutes_to_go(one) == pause
            assert mail.outbox == []
            later(minutes=pause)
            DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
        work()

    one.refresh_from_db()
    assert (one.status, one.attempts, len(mail.outbox)) == (Status.SENT, 3, 1)


# Once --------------------------------------------------------------------------------------
def test_many_workers_with_the_same_mail_send_it_once(real_shop: Shop) -> None:
    with override_settings(TASKS=IN_THE_DATABASE):
        one = told_order(real_shop)

    results = at_the_same_time(*(partial(deliver, one.pk) for _worker in range(8)))

    assert results == [None] * 8
    assert len(mail.outbox) == 1
    one.refresh_from_db()
    assert (one.status, one.attempts) == (Status.SENT, 1)


def test_without_taking_it_under_lock_each_worker_would_send_it(
    real_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the same eight, when each only reads that it is due."""
    with override_settings(TASKS=IN_THE_DATABASE):
        one = told_order(real_shop)
    due = OrderMail.objects.get(pk=one.pk)
    monkeypatch.setattr(outbox, "take", lambda _mail_id: due)

    at_the_same_time(*(partial(deliver, one.pk) for _worker in range(8)))

    assert len(mail.outbox) == 8


def test_the_same_notice_told_by_many_at_once_is_one_row(real_shop: Shop) -> None:
    order = real_shop.order((real_shop.chullo, 1))
    tell = partial(notices.tell, order, notices.Notice.CANCELLED)

    results = at_the_same_time(*(tell for _time in range(8)))

    assert results == [None] * 8
    assert order.mails.filter(notice="cancelled").count() == 1


# Killed ------------------------------------------------------------------------------------
def test_a_worker_killed_while_sending_loses_nothing(shop: Shop) -> None:
    one = told_order(shop)
    assert outbox.take(one.pk) is not None  # … and never comes back

    assert sweep_after(minutes=9) == 0
    assert mail.outbox == []
    assert sweep_after(minutes=2) == 1

    one.refresh_from_db()
    assert (one.status, one.attempts, len(mail.outbox)) == (Status.SENT, 2, 1)
    assert sweep_after(hours=25) == 0


def test_a_copy_sent_by_a_killed_worker_has_the_same_name(shop: Shop) -> None:
    """Killed after the mail server took it: the second copy is known as the first."""
    taken = outbox.take(told_order(shop).pk)
    assert taken is not None
    assert outbox.hand_over(taken) is None

    sweep_after(minutes=11)

    names = [message.message()["Message-ID"] for message in mail.outbox]
    assert names == [taken.message_id] * 2


def test_a_mail_that_kills_each_worker_is_given_up(shop: Shop) -> None:
    one = told_order(shop)

    for _worker in range(MOST_ATTEMPTS):
        assert outbox.take(one.pk) is not None
        later(minutes=11)

    assert outbox.take(one.pk) is None
    one.refresh_from_db()
    assert (one.status, one.last_problem) == (Status.FAILED, Problem.INTERRUPTED)


def test_who_comes_back_too_late_changes_nothing_of_the_next_try(shop: Shop) -> None:
    one = told_order(shop)
    slow = outbox.take(one.pk)
    assert slow is not None
    later(minutes=11)
    second = outbox.take(one.pk)
    assert second is not None

    assert outbox.mark_problem(slow, Problem.REFUSED) is None

    one.refresh_from_db()
    assert (one.status, one.next_try_at) == (Status.SENDING, second.next_try_at)
    outbox.mark_sent(second)
    assert outbox.mark_problem(slow, Problem.REFUSED) is None
    one.refresh_from_db()
    assert (one.status, one.last_problem) == (Status.SENT, "")


def test_a_queue_that_takes_nothing_does_not_spoil_the_order(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    class BrokenQueue:
        def enqueue(self, _mail_id: int) -> None:
            raise OperationalError("disk full")

    monkeypatch.setattr(notices, "deliver_mail", BrokenQueue())
    with django_capture_on_commit_callbacks(execute=True):
        order = shop.order((shop.chullo, 1))

    assert Order.objects.get() == order
    assert sweep_after(minutes=0) == 1
    assert [message.subject for message in mail.outbox] == ["Your order #1"]


# No longer needed --------------------------------------------------------------------------
def test_what_was_overtaken_is_not_sent_any_more(shop: Shop) -> None:
    one = told_order(shop)
    cancel_order(order=one.order, actor=shop.president, why="Changed her mind.")

    sweep_after(minutes=0)

    one.refresh_from_db()
    assert (one.status, one.attempts) == (Status.DROPPED, 0)
    assert [message.subject for message in mail.outbox] == ["Order #1 is cancelled"]


def test_a_late_acknowledgement_of_what_is_paid_asks_for_no_money(shop: Shop) -> None:
    one = told_order(shop)
    shop.pay(one.order)

    deliver(one.pk)

    assert "bank transfer" not in mail.outbox[0].body
    assert "All is paid, thank you." in mail.outbox[0].body


# The rounds --------------------------------------------------------------------------------
@override_settings(TASKS=IN_THE_DATABASE)
def test_the_rounds_begin_by_themselves_and_go_on(shop: Shop) -> None:
    house = apps.get_app_config("shop")
    rounds = DBTaskResult.objects.filter(task_path=SWEEPS)
    for _time in range(2):
        facts = {"verbosity": 0, "interactive": False, "using": "default", "plan": []}
        post_migrate.send(sender=house, app_config=house, apps=apps, **facts)
    assert rounds.count() == 1

    rounds.update(status="RUNNING")
    sweeping.sweep_mails.func()
    assert rounds.filter(status="READY").count() == 1

    # The round was lost with its worker: the next visitor begins them again.
    rounds.update(status="RUNNING")
    sweep_once_a_day()
    assert rounds.filter(status="READY").count() == 1


def test_where_tasks_run_at_once_no_round_is_set(shop: Shop) -> None:
    assert not sweeping.keep_sweeping_mails()
    assert not DBTaskResult.objects.exists()


# The database ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"notice": "paid"},
        {"key": "payment:1"},
        {"message_id": "<other@example.org>"},
        {"status": Status.SENT},
        {"status": Status.FAILED},
        {"sent_at": timezone.now()},
    ],
)
def test_the_database_keeps_what_a_mail_is_about(shop: Shop, change: dict) -> None:
    one = told_order(shop)

    with pytest.raises(IntegrityError), transaction.atomic():
        OrderMail.objects.filter(pk=one.pk).update(**change)


def test_a_sent_mail_stays_sent_and_none_is_deleted(shop: Shop) -> None:
    one = told_order(shop)
    deliver(one.pk)

    for forbidden in (
        lambda rows: rows.update(status=Status.WAITING, sent_at=None, next_try_at=timezone.now()),
        lambda rows: rows.update(sent_at=timezone.now()),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            forbidden(OrderMail.objects.filter(pk=one.pk))


def test_the_audit_names_mails_that_tell_what_was_not(shop: Shop) -> None:
    order = told_order(shop).order
    payment = shop.pay(shop.order((shop.puppet, 1)), "10.00")
    assert findings(of=["orders.shop"]) == []

    notices.tell(order, notices.Notice.SENT)
    notices.tell(order, notices.Notice.PAID, key=f"payment:{payment.pk}")

    assert len(findings(of=["orders.shop"])) == 2
    assert any("was never “sent or handed over”" in row for row in findings(of=["orders.shop"]))
    assert any("which is not its own" in row for row in findings(of=["orders.shop"]))
