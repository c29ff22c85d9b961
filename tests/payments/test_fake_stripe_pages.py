"""The page where the customer pays, and the desk of who shows it."""

import http.client
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.fake_stripe import FakeStripe
from tests.payments.fake import client, in_an_hour, make, order

OK, DECLINED = "4242 4242 4242 4242", "4000000000000002"
EXPIRED, ASKS = "4000000000000069", "4000002500003155"


@dataclass
class Seen:
    status: int
    text: str
    location: str | None


def visit(fake: FakeStripe, path: str, form: dict[str, str] | None = None, **headers: str) -> Seen:
    connection = http.client.HTTPConnection(urlsplit(fake.url).netloc, timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    method, body = ("GET", None) if form is None else ("POST", urlencode(form))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, kind | named)
    answer = connection.getresponse()
    seen = Seen(answer.status, answer.read().decode(), answer.getheader("Location"))
    connection.close()
    return seen


def told(fake: FakeStripe, session: Any, form: dict[str, str], after: str = "") -> str:
    """What her page says after a form that was not taken: by its own address, and once."""
    page = f"/c/pay/{session.id}"
    seen = visit(fake, page + after, form)
    assert (seen.status, seen.location) == (303, page)
    said, later = (visit(fake, page).text for _time in range(2))
    assert 'role="alert"' in said
    assert 'role="alert"' not in later
    return said


def typed(number: str = OK, expiry: str = "08/40", cvc: str = "123") -> dict[str, str]:
    return {"number": number, "expiry": expiry, "cvc": cvc}


def found(fake: FakeStripe, session: Any) -> Any:
    return client(fake).v1.checkout.sessions.retrieve(session.id)


def test_the_page_shows_what_is_bought_in_the_language_of_the_order(fake):
    spanish = visit(fake, urlsplit(make(fake).url).path).text
    assert '<html lang="es">' in spanish
    assert "2 × Ch&#x27;ulu" in spanish
    assert "145,00 USD" in spanish
    assert "http://shop.example/basket" in spanish
    english = visit(fake, urlsplit(make(fake, locale="en").url).path).text
    assert '<html lang="en">' in english
    assert "145.00 USD" in english


def test_an_open_locale_follows_the_browser(fake):
    path = urlsplit(make(fake, locale="auto").url).path
    assert '<html lang="es">' in visit(fake, path, Accept_Language="es-BO,es").text
    assert '<html lang="en">' in visit(fake, path, Accept_Language="de").text


def test_a_good_card_pays_and_leads_back_to_the_shop(fake):
    session = make(fake)
    seen = visit(fake, f"/c/pay/{session.id}", typed())
    assert (seen.status, seen.location) == (303, f"http://shop.example/thanks?s={session.id}")
    assert found(fake, session).payment_status == "paid"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (DECLINED, "declined the card"),
        ("4000000000009995", "insufficient funds"),
        (EXPIRED, "has expired"),
        ("4539578763621486", "Only the cards to rehearse"),
    ],
)
def test_a_declined_card_says_why_and_another_may_be_tried(fake, number, words):
    session = make(fake, locale="en")
    assert words in told(fake, session, typed(number))
    assert found(fake, session).status == "open"
    assert visit(fake, f"/c/pay/{session.id}", typed()).status == 303


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (typed(number="4242424242424241"), "número de tarjeta no es correcto"),
        (typed(number=""), "número de tarjeta no es correcto"),
        (typed(expiry="13/40"), "fecha no es correcta"),
        (typed(expiry="01/20"), "fecha no es correcta"),
        (typed(cvc="12"), "tres o cuatro cifras"),
    ],
)
def test_a_slip_of_the_finger_is_said_before_any_bank_is_asked(fake, form, words):
    session = make(fake)
    assert words in told(fake, session, form)
    assert found(fake, session).payment_intent is None


def test_two_taps_pay_once(fake):
    session = make(fake)
    seen: list[Seen] = []
    taps = [
        threading.Thread(target=lambda: seen.append(visit(fake, f"/c/pay/{session.id}", typed())))
        for _ in range(8)
    ]
    for tap in taps:
        tap.start()
    for tap in taps:
        tap.join()
    assert {page.status for page in seen} == {303}
    assert fake.control("sums")["usd"]["charges"] == 14500


def test_the_bank_may_ask_first(fake):
    session = make(fake, locale="en")
    asked = visit(fake, f"/c/pay/{session.id}", typed(ASKS))
    assert asked.location == f"/c/pay/{session.id}/3ds"
    assert "Is it you" in visit(fake, asked.location).text
    assert found(fake, session).status == "open"
    assert "did not confirm" in told(fake, session, {"result": "fail"}, after="/3ds")
    assert visit(fake, asked.location).location == f"/c/pay/{session.id}"
    visit(fake, f"/c/pay/{session.id}", typed(ASKS))
    done = visit(fake, asked.location, {"result": "complete"})
    assert done.location == f"http://shop.example/thanks?s={session.id}"
    assert found(fake, session).payment_status == "paid"


def test_paid_and_expired_sessions_show_a_kind_page(fake):
    paid, late = make(fake), make(fake, expires_at=in_an_hour())
    fake.control("pay", session=paid.id)
    fake.control("advance", seconds=3700)
    assert "Ya está pagado" in visit(fake, f"/c/pay/{paid.id}").text
    for form in (None, typed()):
        seen = visit(fake, f"/c/pay/{late.id}", form)
        assert seen.status == 410
        assert "No se cobró nada" in seen.text
    assert fake.control("sums")["usd"]["charges"] == 14500
    assert visit(fake, "/c/pay/cs_test_nothing").status == 404


def _way(name: str, amount: int) -> Any:
    fixed = {"amount": amount, "currency": "usd"}
    return {"shipping_rate_data": {"display_name": name, "fixed_amount": fixed}}


def test_the_customer_chooses_how_it_is_sent(fake):
    session = make(fake, shipping_options=[_way("Correo", 1000), _way("Courier", 4000)])
    path = f"/c/pay/{session.id}"
    seen = visit(fake, path).text
    assert "Envío: Correo" in seen
    assert "Courier, 40,00 USD" in seen
    declined = told(fake, session, {**typed(DECLINED), "shipping": "1"})
    assert "Envío: Courier" in declined
    assert "185,00 USD" in declined
    # A way that does not exist changes nothing.
    assert visit(fake, path, {**typed(), "shipping": "7"}).status == 303
    assert fake.control("sums")["usd"]["charges"] == 18500


def test_one_way_of_sending_is_no_choice(fake):
    session = make(fake, shipping_options=[_way("Correo <b>", 1000)])
    seen = visit(fake, f"/c/pay/{session.id}").text
    assert "radio" not in seen
    assert "Envío: Correo &lt;b&gt;" in seen
    assert "155,00 USD" in seen


def test_a_telephone_pays_without_typing(fake):
    session = make(fake)
    assert "Google Pay (ensayo)" in visit(fake, f"/c/pay/{session.id}").text
    seen = visit(fake, f"/c/pay/{session.id}", {"wallet": "google_pay"})
    assert seen.status == 303
    (charge,) = client(fake).v1.charges.list().data
    assert charge.payment_method_details.card.wallet.type == "google_pay"
    other = make(fake)
    assert "número de tarjeta" in told(fake, other, {"wallet": "purse"})


def test_the_page_of_a_partner_pays_the_partner(fake):
    fake.control("connect", partner="acct_1Partner", currency="usd")
    session = client(fake).v1.checkout.sessions.create(order(), {"stripe_account": "acct_1Partner"})
    assert visit(fake, f"/c/pay/{session.id}", typed(ASKS)).status == 303
    assert visit(fake, f"/c/pay/{session.id}/3ds", {"result": "complete"}).status == 303
    assert fake.control("sums") == {}
    assert fake.control("sums", account="acct_1Partner")["usd"]["charges"] == 14500
    desk = visit(fake, "/_fake/").text
    assert "Partner acct_1Partner" in desk
    intent = client(fake).v1.payment_intents.list({}, {"stripe_account": "acct_1Partner"}).data[0]
    pressed = visit(fake, "/_fake/refund", {"payment_intent": intent.id})
    assert (pressed.status, pressed.location) == (303, "/_fake/")
    assert fake.control("sums", account="acct_1Partner")["usd"]["refunds"] == -14500


def test_the_desk_shows_sessions_and_pays_them(fake):
    session = make(fake)
    desk = visit(fake, "/_fake/").text
    assert "M-1001" in desk
    assert f'value="{session.id}"' in desk
    pressed = visit(fake, "/_fake/pay", {"session": session.id, "card": "ok"})
    assert (pressed.status, pressed.location) == (303, "/_fake/")
    assert "Refund" in visit(fake, "/_fake/").text


def test_the_desk_keeps_up_with_what_happens(fake):
    intent = fake.control("pay", session=make(fake).id)["session"]["payment_intent"]
    fake.control("dispute", payment_intent=intent)
    assert "We win" in visit(fake, "/_fake/").text
    fake.control("pay", session=make(fake).id)
    payout = fake.control("payout", with_pending=True)["payout"]
    assert payout["id"] in visit(fake, "/_fake/").text


def test_a_foreign_page_cannot_press_the_buttons(fake):
    session = make(fake)
    form = {"session": session.id}
    assert visit(fake, "/_fake/pay", form, Origin="http://evil.example").status == 403
    assert found(fake, session).status == "open"
