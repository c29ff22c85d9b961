"""The fake answers Stripe's own library as Stripe would: sessions."""

import pytest
import stripe

from tests.fake_stripe import FakeStripe
from tests.payments.fake import DAY, client, in_an_hour, make, order, pay


def test_a_new_session_is_open_and_has_an_address(fake):
    session = make(fake)
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert session.amount_total == 14500
    assert session.payment_intent is None
    assert session.url == f"{fake.url}/c/pay/{session.id}"
    assert session.metadata["order"] == "M-1001"


def test_a_paid_session_leads_to_its_money(fake):
    session = pay(fake)
    intent = session.payment_intent
    charge = intent.latest_charge
    entry = charge.balance_transaction
    assert (session.status, session.payment_status) == ("complete", "paid")
    assert (intent.status, intent.amount_received) == ("succeeded", 14500)
    assert (intent.description, intent.metadata["order"]) == ("M-1001", "M-1001")
    assert (charge.paid, charge.amount, charge.payment_intent) == (True, 14500, intent.id)
    # 3.6 % of 145.00 is 5.22, and one more.
    assert (entry.type, entry.source) == ("charge", charge.id)
    assert (entry.amount, entry.fee, entry.net) == (14500, 622, 13878)


def test_a_currency_settles_in_another_at_its_rate():
    with FakeStripe(settlement={"usd": ("bob", "6.9615")}) as fake:
        entry = pay(fake).payment_intent.latest_charge.balance_transaction
    assert (entry.currency, entry.amount, entry.exchange_rate) == ("bob", 100942, 6.9615)
    assert entry.fee == 3734


def test_currencies_without_cents_convert_by_their_unit():
    with FakeStripe(settlement={"usd": ("clp", "950.5")}) as fake:
        entry = pay(fake).payment_intent.latest_charge.balance_transaction
    assert (entry.amount, entry.exchange_rate) == (137823, 9.505)


def test_the_same_key_gives_the_same_answer_even_when_it_would_be_refused_now(fake):
    deadline = in_an_hour()
    first = make(fake, "order-1", expires_at=deadline)
    fake.control("advance", seconds=3000)
    again = make(fake, "order-1", expires_at=deadline)
    assert again.id == first.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(client(fake).v1.checkout.sessions.list().data) == 1


def test_the_same_key_for_something_else_is_refused(fake):
    make(fake, "order-1")
    with pytest.raises(stripe.IdempotencyError):
        make(fake, "order-1", client_reference_id="M-1002")


def test_a_key_is_forgotten_after_a_day(fake):
    first = make(fake, "order-1")
    fake.control("advance", seconds=DAY + 1)
    assert make(fake, "order-1").id != first.id


@pytest.mark.parametrize("ahead", [29 * 60, DAY + 60])
def test_a_deadline_out_of_bounds_is_refused_and_not_remembered(fake, ahead):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(fake, "order-1", expires_at=in_an_hour() - 3600 + ahead)
    assert refused.value.param == "expires_at"
    assert make(fake, "order-1", expires_at=in_an_hour()).status == "open"


def test_the_shop_expires_a_session_once(fake):
    sessions = client(fake).v1.checkout.sessions
    session = make(fake)
    assert sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        sessions.expire(session.id)


def test_a_paid_session_cannot_be_expired_nor_an_expired_one_paid(fake):
    sessions = client(fake).v1.checkout.sessions
    paid = pay(fake)
    with pytest.raises(stripe.InvalidRequestError):
        sessions.expire(paid.id)
    expired = sessions.expire(make(fake).id)
    assert fake.control("pay", session=expired.id)["outcome"] == "expired"
    assert sessions.retrieve(expired.id).payment_intent is None


def test_the_clock_expires_what_nobody_paid(fake):
    session = make(fake, expires_at=in_an_hour())
    fake.control("advance", seconds=3601)
    assert client(fake).v1.checkout.sessions.retrieve(session.id).status == "expired"
    events = client(fake).v1.events.list({"type": "checkout.session.expired"}).data
    assert [event.data.object.id for event in events] == [session.id]


def test_a_declined_card_leaves_the_session_open(fake):
    session = make(fake)
    fake.control("pay", session=session.id, card="declined")
    found = client(fake).v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge"]}
    )
    assert (found.status, found.payment_status) == ("open", "unpaid")
    assert found.payment_intent.last_payment_error.decline_code == "generic_decline"
    assert (found.payment_intent.latest_charge.status, fake.control("sums")) == ("failed", {})


def test_sessions_are_listed_newest_first_in_pages(fake):
    made = [make(fake).id for _ in range(5)]
    sessions = client(fake).v1.checkout.sessions
    page = sessions.list({"limit": 2})
    assert ([row.id for row in page.data], page.has_more) == (made[:2:-1], True)
    rest = sessions.list({"limit": 3, "starting_after": page.data[-1].id})
    assert ([row.id for row in rest.data], rest.has_more) == (made[2::-1], False)
    assert [row.id for row in page.auto_paging_iter()] == made[::-1]


def test_sessions_are_found_by_their_payment_and_their_time(fake):
    make(fake)
    paid = pay(fake)
    sessions = client(fake).v1.checkout.sessions
    found = sessions.list({"payment_intent": paid.payment_intent.id}).data
    assert [row.id for row in found] == [paid.id]
    assert len(sessions.list({"created": {"gte": paid.created - 60}}).data) == 2
    assert sessions.list({"created": {"gte": paid.created + 60}}).data == []


@pytest.mark.parametrize(
    ("changes", "code", "param"),
    [
        ({"colour": "red"}, "parameter_unknown", "colour"),
        (
            {"payment_intent_data": {"colour": "red"}},
            "parameter_unknown",
            "payment_intent_data[colour]",
        ),
        ({"client_reference_id": ""}, "parameter_invalid_empty", "client_reference_id"),
        ({"success_url": "thanks"}, "url_invalid", "success_url"),
        ({"customer_email": "ana"}, "email_invalid", "customer_email"),
        ({"expand": ["colour"]}, None, "expand"),
    ],
)
def test_what_stripe_does_not_know_is_refused(fake, changes, code, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(fake, **changes)
    assert (refused.value.code, refused.value.param) == (code, param)
    assert client(fake).v1.checkout.sessions.list().data == []


@pytest.mark.parametrize("amount", [0, -5, "12.5", "many"])
def test_amounts_are_positive_whole_numbers(fake, amount):
    asked = order()
    asked["line_items"][0]["price_data"]["unit_amount"] = amount
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client(fake).v1.checkout.sessions.create(asked)
    assert refused.value.param == "line_items[0][price_data][unit_amount]"


def test_a_wrong_key_is_not_let_in(fake):
    stranger = stripe.StripeClient("sk_test_other", base_addresses={"api": fake.url})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.balance.retrieve()


def test_what_does_not_exist_is_not_found(fake):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client(fake).v1.charges.retrieve("ch_nothing")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


def test_the_fake_speaks_the_version_that_the_library_pins(fake):
    pay(fake)
    assert client(fake).v1.events.list().data[0].api_version == stripe.api_version


def test_another_version_is_not_answered_in_this_ones_shape(fake):
    with pytest.raises(stripe.InvalidRequestError, match="API version"):
        client(fake).v1.balance.retrieve({}, {"stripe_version": "2020-08-27"})
