"""Payouts that the shop asks for, and its answers to a disputed charge."""

from typing import Any

import pytest
import stripe

from tests.fake_stripe import FakeStripe
from tests.payments.fake import client, make, pay

NET = 13878


def _pay_at_once(fake: FakeStripe) -> str:
    """One payment whose money may go out at once; its charge."""
    session = make(fake)
    fake.control("pay", session=session.id, card="available")
    return str(client(fake).v1.charges.list({"limit": 1}).data[0].id)


def _ask(fake: FakeStripe, amount: int, **changes: Any) -> Any:
    asked: Any = {"amount": amount, "currency": "usd", **changes}
    return client(fake).v1.payouts.create(asked)


def _lines(fake: FakeStripe, payout: str) -> list[tuple[str, int]]:
    rows = client(fake).v1.balance_transactions.list({"payout": payout}).data
    return sorted((row.type, row.net) for row in rows)


def test_all_that_is_available_goes_out_and_names_what_it_pays(fake):
    _pay_at_once(fake)
    payout = _ask(fake, NET, metadata={"month": "11"}, statement_descriptor="MINKA")
    assert (payout.status, payout.automatic, payout.metadata["month"]) == ("pending", False, "11")
    assert _lines(fake, payout.id) == [("charge", NET), ("payout", -NET)]
    for status in ("in_transit", "paid"):
        fake.control("payout_status", payout=payout.id, status=status)
    assert client(fake).v1.payouts.retrieve(payout.id).status == "paid"
    assert fake.control("sums")["usd"]["available"] == 0


def test_a_part_goes_out_and_the_next_payout_takes_the_rest(fake):
    _pay_at_once(fake)
    part = _ask(fake, 10000)
    assert _lines(fake, part.id) == [("payout", -10000)]
    rest = fake.control("payout")["payout"]
    assert rest["amount"] == NET - 10000
    assert sum(net for _, net in _lines(fake, rest["id"])) == 0
    assert fake.control("sums")["usd"]["balance"] == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": NET + 1}, "balance_insufficient"),
        ({"currency": "eur"}, "balance_insufficient"),
        ({"amount": 0}, "parameter_invalid_integer"),
        ({"amount": "12.5"}, "parameter_invalid_integer"),
        ({"colour": "red"}, "parameter_unknown"),
    ],
)
def test_no_more_goes_out_than_is_available(fake, changes, code):
    _pay_at_once(fake)
    pay(fake)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        _ask(fake, **{"amount": 100, **changes})
    assert refused.value.code == code
    assert client(fake).v1.payouts.list().data == []
    assert fake.control("sums")["usd"]["available"] == NET


def test_a_payout_is_called_back_before_it_left(fake):
    _pay_at_once(fake)
    payouts = client(fake).v1.payouts
    payout = _ask(fake, NET)
    assert payouts.cancel(payout.id).status == "canceled"
    assert fake.control("sums")["usd"]["available"] == NET
    sent = fake.control("payout")["payout"]
    assert (sent["amount"], sent["status"]) == (NET, "in_transit")
    with pytest.raises(stripe.InvalidRequestError):
        payouts.cancel(sent["id"])
    assert [row.id for row in payouts.list({"status": "canceled"}).data] == [payout.id]


def test_a_payout_is_told_from_its_beginning_to_its_end(fake):
    _pay_at_once(fake)
    payout = fake.control("payout")["payout"]["id"]
    fake.control("payout_status", payout=payout, status="paid")
    fake.control("payout_status", payout=payout, status="failed")
    told = client(fake).v1.events.list({"types": ["payout.*"]}).data[::-1]
    assert [event.type for event in told] == [
        "payout.created",
        "payout.reconciliation_completed",
        "payout.updated",
        "payout.paid",
        "payout.updated",
        "payout.failed",
    ]
    assert {event.data.object.id for event in told} == {payout}


def test_events_are_found_by_several_types(fake):
    pay(fake)
    events = client(fake).v1.events
    wanted = ["charge.succeeded", "checkout.session.completed"]
    assert [event.type for event in events.list({"types": wanted}).data] == wanted[::-1]
    assert events.list({"types": ["payout.paid"]}).data == []


# Disputes ----------------------------------------------------------------------------------


def _dispute(fake: FakeStripe) -> str:
    intent = pay(fake).payment_intent.id
    return str(fake.control("dispute", payment_intent=intent)["dispute"]["id"])


def test_the_shop_answers_a_dispute_in_steps(fake):
    dispute = _dispute(fake)
    disputes = client(fake).v1.disputes
    draft = disputes.update(
        dispute,
        {"evidence": {"shipping_tracking_number": "RR1BO"}, "submit": False}
        | {"metadata": {"case": "7"}},
    )
    assert (draft.status, draft.evidence_details.submission_count) == ("needs_response", 0)
    sent = disputes.update(dispute, {"evidence": {"customer_name": "Ana"}})
    assert (sent.status, sent.evidence_details.submission_count) == ("under_review", 1)
    assert sent.evidence.shipping_tracking_number == "RR1BO"
    assert (sent.evidence_details.has_evidence, sent.metadata["case"]) == (True, "7")
    fake.control("close_dispute", dispute=dispute, won=True)
    assert disputes.retrieve(dispute).status == "won"


@pytest.mark.parametrize(("word", "won"), [("winning_evidence", True), ("losing_evidence", False)])
def test_stripes_words_decide_a_dispute(fake, word, won):
    dispute = _dispute(fake)
    decided = client(fake).v1.disputes.update(dispute, {"evidence": {"uncategorized_text": word}})
    assert decided.status == ("won" if won else "lost")
    told = [event.type for event in client(fake).v1.events.list({"types": ["*.dispute.*"]}).data]
    assert ("charge.dispute.funds_reinstated" in told) == won
    assert told[0] == "charge.dispute.closed"
    assert fake.control("sums")["usd"]["balance"] == (NET if won else NET - 14500 - 1500)


def test_a_dispute_is_given_up_once(fake):
    dispute = _dispute(fake)
    disputes = client(fake).v1.disputes
    assert disputes.close(dispute).status == "lost"
    with pytest.raises(stripe.InvalidRequestError, match="closed"):
        disputes.update(dispute, {"evidence": {"customer_name": "Ana"}})
    with pytest.raises(stripe.InvalidRequestError, match="closed"):
        disputes.close(dispute)


def test_evidence_that_stripe_does_not_know_is_refused(fake):
    dispute = _dispute(fake)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client(fake).v1.disputes.update(dispute, {"evidence": {"colour": "red"}})
    assert refused.value.param == "evidence[colour]"
    assert client(fake).v1.disputes.retrieve(dispute).status == "needs_response"
