"""The fake's money: what goes back, what is disputed, what is paid out, and that it adds up."""

from typing import Any

import pytest
import stripe

from tests.fake_stripe import ControlRefused, FakeStripe
from tests.payments.fake import DAY, client, pay


def _refund(fake: FakeStripe, intent: str, **values):
    asked: Any = {"payment_intent": intent, **values}
    return client(fake).v1.refunds.create(asked)


def _adds_up(fake: FakeStripe, currency: str = "usd") -> dict[str, int]:
    row = fake.control("sums")[currency]
    moved = row["charges"] + row["refunds"] + row["disputes"] + row["payouts"]
    assert row["balance"] == moved - row["fees"] == row["available"] + row["pending"]
    balance = client(fake).v1.balance.retrieve()
    assert [part.amount for part in balance.available if part.currency == currency] == [
        row["available"]
    ]
    assert [part.amount for part in balance.pending if part.currency == currency] == [
        row["pending"]
    ]
    return row


def test_a_refund_takes_its_part_of_the_balance_and_leaves_the_fee(fake):
    intent = pay(fake).payment_intent
    refund = client(fake).v1.refunds.create(
        {
            "payment_intent": intent.id,
            "amount": 4500,
            "metadata": {"order": "M-1001"},
            "expand": ["balance_transaction", "charge"],
        }
    )
    entry = refund.balance_transaction
    assert (refund.status, refund.metadata["order"]) == ("succeeded", "M-1001")
    assert (entry.type, entry.source, entry.amount, entry.fee) == ("refund", refund.id, -4500, 0)
    assert (refund.charge.amount_refunded, refund.charge.refunded) == (4500, False)
    assert _adds_up(fake)["balance"] == 13878 - 4500


def test_no_more_goes_back_than_was_paid(fake):
    intent = pay(fake).payment_intent.id
    _refund(fake, intent, amount=10000)
    with pytest.raises(stripe.InvalidRequestError) as too_much:
        _refund(fake, intent, amount=4501)
    assert too_much.value.param == "amount"
    _refund(fake, intent)
    with pytest.raises(stripe.InvalidRequestError) as again:
        _refund(fake, intent)
    assert again.value.code == "charge_already_refunded"
    found = client(fake).v1.refunds.list({"payment_intent": intent}).data
    assert [refund.amount for refund in found] == [4500, 10000]
    assert _adds_up(fake)["refunds"] == -14500


def test_a_refused_refund_is_remembered_under_its_key(fake):
    intent = pay(fake).payment_intent.id
    refunds = client(fake).v1.refunds
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            refunds.create(
                {"payment_intent": intent, "amount": 99999}, {"idempotency_key": "refund-1"}
            )
    assert refused.value.headers["Idempotent-Replayed"] == "true"


def test_a_refund_that_fails_comes_back_at_its_own_rate():
    with FakeStripe(settlement={"usd": ("bob", "6.96")}) as fake:
        intent = pay(fake).payment_intent.id
        refund = _refund(fake, intent)
        fake.control("settlement", currency="usd", to="bob", rate="9.1")
        fake.control("fail_refund", refund=refund.id)
        failed = client(fake).v1.refunds.retrieve(
            refund.id, {"expand": ["failure_balance_transaction", "charge"]}
        )
        back = failed.failure_balance_transaction
        assert (failed.status, failed.failure_reason) == ("failed", "lost_or_stolen_card")
        assert (back.type, back.amount, back.currency) == ("refund_failure", 100920, "bob")
        assert (failed.charge.amount_refunded, failed.charge.refunded) == (0, False)
        assert _adds_up(fake, "bob")["refunds"] == 0


def test_a_refund_may_wait_for_its_bank(fake):
    intent = pay(fake).payment_intent.id
    fake.control("refunds", pending=True)
    refund = _refund(fake, intent)
    assert refund.status == "pending"
    fake.control("succeed_refund", refund=refund.id)
    assert client(fake).v1.refunds.retrieve(refund.id).status == "succeeded"


@pytest.mark.parametrize(("won", "left"), [(True, 0), (False, -14500)])
def test_a_dispute_takes_the_money_and_perhaps_gives_it_back(fake, won, left):
    intent = pay(fake).payment_intent
    dispute = fake.control("dispute", payment_intent=intent.id)["dispute"]
    assert (dispute["id"][:3], dispute["status"]) == ("du_", "needs_response")
    assert [entry["net"] for entry in dispute["balance_transactions"]] == [-16000]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        _refund(fake, intent.id)
    assert refused.value.code == "charge_disputed"
    fake.control("close_dispute", dispute=dispute["id"], won=won)
    closed = client(fake).v1.disputes.retrieve(dispute["id"])
    assert closed.status == ("won" if won else "lost")
    entries = client(fake).v1.balance_transactions.list({"source": dispute["id"]}).data
    assert {entry.id for entry in entries} == {entry.id for entry in closed.balance_transactions}
    row = _adds_up(fake)
    assert (row["disputes"], row["fees"]) == (left, 622 if won else 2122)


def test_a_payout_pays_all_that_is_available_and_names_its_lines(fake):
    intent = pay(fake).payment_intent.id
    _refund(fake, intent, amount=500)
    with pytest.raises(ControlRefused, match="nothing available"):
        fake.control("payout", currency="usd")
    fake.control("advance", seconds=2 * DAY)
    pay(fake)
    payout = fake.control("payout", currency="usd")["payout"]
    assert (payout["amount"], payout["status"], payout["automatic"]) == (13378, "in_transit", True)
    entries = client(fake).v1.balance_transactions.list({"payout": payout["id"]}).data
    assert sorted(entry.type for entry in entries) == ["charge", "payout", "refund"]
    assert sum(entry.net for entry in entries) == 0
    fake.control("payout_status", payout=payout["id"], status="paid")
    assert client(fake).v1.payouts.retrieve(payout["id"]).status == "paid"
    row = _adds_up(fake)
    assert (row["available"], row["pending"]) == (0, 13878)


def test_what_a_failed_payout_brings_back_goes_out_with_the_next(fake):
    pay(fake)
    first = fake.control("payout", currency="usd", with_pending=True)["payout"]
    fake.control("payout_status", payout=first["id"], status="failed")
    failed = client(fake).v1.payouts.retrieve(
        first["id"], {"expand": ["failure_balance_transaction"]}
    )
    assert (failed.status, failed.failure_balance_transaction.type) == ("failed", "payout_failure")
    assert _adds_up(fake)["available"] == 13878
    second = fake.control("payout", currency="usd")["payout"]
    assert second["amount"] == 13878
    entries = client(fake).v1.balance_transactions.list({"payout": second["id"]}).data
    assert sorted(entry.type for entry in entries) == ["payout", "payout_failure"]
    assert _adds_up(fake)["balance"] == 0


def test_lines_of_the_balance_are_found_by_type_and_time(fake):
    session = pay(fake)
    _refund(fake, session.payment_intent.id, amount=100)
    entries = client(fake).v1.balance_transactions
    assert [row.type for row in entries.list({"type": "charge"}).data] == ["charge"]
    assert len(entries.list({"created": {"gte": session.created}}).data) == 2
    page = entries.list({"limit": 1})
    assert [row.type for row in page.auto_paging_iter()] == ["refund", "charge"]
    assert entries.list({"created": {"gte": session.created + DAY}}).data == []


def test_the_source_of_a_line_can_be_expanded(fake):
    pay(fake)
    rows = client(fake).v1.balance_transactions.list({"expand": ["data.source"]}).data
    assert rows[0].source.object == "charge"
    assert rows[0].source.metadata["order"] == "M-1001"


def test_the_account_is_there(fake):
    account = client(fake).v1.accounts.retrieve_current()
    assert (account.charges_enabled, account.default_currency) == (True, "usd")
