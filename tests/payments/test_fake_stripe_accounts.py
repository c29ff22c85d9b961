"""A partner's account at the fake: its own money, its own keys, its own events."""

from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from tests.fake_stripe import ControlRefused, FakeStripe
from tests.payments.fake import DAY, client, order

PARTNER = "acct_1Partner"


@pytest.fixture
def two() -> Iterator[FakeStripe]:
    with FakeStripe(
        accounts={PARTNER: "bob"}, settlement={f"{PARTNER}/usd": ("bob", "6.96")}
    ) as running:
        yield running


def _make(fake: FakeStripe, account: str | None, key: str | None = None, **changes: Any) -> Any:
    options = {"stripe_account": account, "idempotency_key": key}
    given = {name: value for name, value in options.items() if value}
    return client(fake).v1.checkout.sessions.create(order(**changes), given)


def _at(account: str) -> Any:
    return {"stripe_account": account}


def test_each_account_sees_its_own_alone(two):
    own, partner = _make(two, None), _make(two, PARTNER)
    sessions = client(two).v1.checkout.sessions
    assert [row.id for row in sessions.list().data] == [own.id]
    assert [row.id for row in sessions.list({}, _at(PARTNER)).data] == [partner.id]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sessions.retrieve(partner.id)
    assert refused.value.code == "resource_missing"
    assert sessions.retrieve(partner.id, {}, _at(PARTNER)).id == partner.id


def test_each_account_has_its_own_balance_in_its_own_currency(two):
    for account in (None, PARTNER):
        two.control("pay", session=_make(two, account).id)
    sums = two.control("all_sums")
    platform = client(two).v1.accounts.retrieve_current().id
    assert (sums[platform]["usd"]["charges"], set(sums[platform])) == (14500, {"usd"})
    assert (sums[PARTNER]["bob"]["charges"], set(sums[PARTNER])) == (100920, {"bob"})
    assert two.control("sums", account=PARTNER) == sums[PARTNER]
    assert two.control("sums") == sums[platform]
    balance = client(two).v1.balance.retrieve({}, _at(PARTNER))
    assert [(part.currency, part.amount) for part in balance.pending] == [("bob", 97187)]


def test_money_of_a_partner_goes_back_is_disputed_and_paid_out_there(two):
    first, second = (
        two.control("pay", session=_make(two, PARTNER).id)["session"]["payment_intent"]
        for _ in range(2)
    )
    with pytest.raises(stripe.InvalidRequestError):
        client(two).v1.refunds.create({"payment_intent": first})
    refund = client(two).v1.refunds.create({"payment_intent": first}, _at(PARTNER))
    two.control("fail_refund", refund=refund.id)
    dispute = two.control("dispute", payment_intent=second)["dispute"]["id"]
    two.control("close_dispute", dispute=dispute, won=True)
    two.control("advance", seconds=2 * DAY)
    payout = two.control("payout", account=PARTNER)["payout"]
    assert payout["currency"] == "bob"
    two.control("payout_status", payout=payout["id"], status="paid")
    assert two.control("sums", account=PARTNER)["bob"]["balance"] == 0
    assert two.control("sums") == {}
    assert client(two).v1.payouts.list().data == []


def test_a_key_belongs_to_its_account(two):
    own = _make(two, None, "order-1")
    partner = _make(two, PARTNER, "order-1", client_reference_id="M-2")
    assert own.id != partner.id
    assert _make(two, PARTNER, "order-1", client_reference_id="M-2").id == partner.id
    with pytest.raises(stripe.IdempotencyError):
        _make(two, PARTNER, "order-1")


def test_an_event_names_the_connected_account_where_it_happened(two):
    two.control("pay", session=_make(two, PARTNER).id)
    two.control("pay", session=_make(two, None).id)
    events = client(two).v1.events
    assert {event.account for event in events.list({}, _at(PARTNER)).data} == {PARTNER}
    assert not any(hasattr(event, "account") for event in events.list().data)


def test_time_passes_for_every_account(two):
    session = _make(two, PARTNER)
    two.control("advance", seconds=DAY + 1)
    found = client(two).v1.checkout.sessions.retrieve(session.id, {}, _at(PARTNER))
    assert found.status == "expired"
    (event,) = client(two).v1.events.list({}, _at(PARTNER)).data
    assert (event.type, event.account) == ("checkout.session.expired", PARTNER)


def test_an_account_that_is_not_connected_is_closed_to_us(two):
    with pytest.raises(stripe.PermissionError) as refused:
        client(two).v1.balance.retrieve({}, _at("acct_stranger"))
    assert (refused.value.http_status, refused.value.error.code) == (403, "account_invalid")
    with pytest.raises(ControlRefused, match="No such account"):
        two.control("sums", account="acct_stranger")


def test_an_account_says_who_it_is(two):
    accounts = client(two).v1.accounts
    partner = accounts.retrieve_current({}, _at(PARTNER))
    assert (partner.id, partner.default_currency) == (PARTNER, "bob")
    assert accounts.retrieve(PARTNER).default_currency == "bob"
    with pytest.raises(stripe.PermissionError):
        accounts.retrieve(accounts.retrieve_current().id, {}, _at(PARTNER))


def test_a_partner_may_come_later(fake):
    fake.control("connect", partner=PARTNER, currency="usd")
    session = _make(fake, PARTNER)
    state = fake.control("state")
    assert state["belongs_to"] == {session.id: PARTNER}
    with pytest.raises(ControlRefused, match="acct_"):
        fake.control("connect", partner="partner")
