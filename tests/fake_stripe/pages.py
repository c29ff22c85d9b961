"""The hosted page where the customer pays, and what she sees when it is too late or done."""

import re
from dataclasses import dataclass, replace
from html import escape

from tests.fake_stripe import sessions
from tests.fake_stripe.cards import CARDS, Card, card, digits_of, is_card_number
from tests.fake_stripe.fake import Fake
from tests.fake_stripe.store import Thing
from tests.fake_stripe.words import Words

_EXPIRY = re.compile(r"(0?[1-9]|1[0-2])\s*/\s*(?:20)?(\d\d)\Z")
_CVC = re.compile(r"\d{3,4}\Z")
_WALLETS = ("google_pay", "apple_pay")
_PATH = re.compile(r"/c/pay/([A-Za-z0-9_]+)(/3ds)?\Z")
STYLE = """
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;color:#2b2320;background:#f6f1ea}
main{max-width:26rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.2;margin:.5rem 0 1rem}
.note{font-size:.9375rem;border-left:.25rem solid #b0643c;padding:.25rem .75rem;margin:0 0 1rem}
.lines{width:100%;border-collapse:collapse;margin-bottom:1.25rem}
.lines td,.lines th{padding:.375rem 0;text-align:left;font-weight:400;overflow-wrap:anywhere}
.lines td{text-align:right;white-space:nowrap;padding-left:1rem;vertical-align:top}
.lines tr:last-child>*{font-weight:700;border-top:1px solid #8a7d74}
label{display:block;font-weight:600;margin-bottom:.75rem}
input{display:block;width:100%;font:inherit;padding:.625rem;border:1px solid #6b5f58;
border-radius:.375rem;background:#fff;margin-top:.25rem}
.pair{display:flex;flex-wrap:wrap;align-items:flex-end;gap:0 1rem}.pair label{flex:1 1 8rem}
button,.button{display:block;width:100%;font:inherit;font-weight:600;text-align:center;
padding:.75rem;min-height:2.75rem;border:1px solid #7d2f1d;border-radius:.375rem;
background:#8f3a25;color:#fff;margin-bottom:.75rem;cursor:pointer;text-decoration:none}
.second{background:transparent;color:#7d2f1d}
.alert{background:#fff;border:2px solid #a3211b;border-radius:.375rem;padding:.75rem;
margin:0 0 1rem}
fieldset{border:1px solid #8a7d74;border-radius:.375rem;margin:0 0 1rem}
.way{font-weight:400;display:flex;gap:.5rem;align-items:center;min-height:2.75rem;margin:0}
.way input{width:1.25rem;height:1.25rem;margin:0}
code{white-space:nowrap}
"""


@dataclass(frozen=True)
class Page:
    status: int
    html: str = ""
    location: str | None = None


def answer(fake: Fake, method: str, path: str, form: dict[str, str], accepted: str) -> Page:
    """Everything under `/c/pay/`."""
    found = _PATH.match(path)
    with fake.store.transaction():
        sessions.expire_due(fake.world)
        account = fake.store.owner(found[1]) if found else None
        if found is None or account is None:
            return _missing(Words(None, accepted))
        with fake.store.within(account):
            session = fake.store.find("checkout.session", found[1])
            if session is None:
                return _missing(Words(None, accepted))
            words = Words(session["locale"], accepted)
            posted = form if method == "POST" else None
            return _of_session(fake, session, words, posted, is_bank=bool(found[2]))


def _of_session(
    fake: Fake, session: Thing, words: Words, posted: dict[str, str] | None, *, is_bank: bool
) -> Page:
    if session["status"] != "open":
        return _closed(session, words, asked_to_pay=posted is not None)
    if is_bank:
        return _authentication(fake, session, words, posted)
    if posted is not None:
        return _pay(fake, session, words, posted)
    problem = session.pop("_problem", "")
    if problem:
        fake.store.save(session)
    return Page(200, _form(session, words, problem))


def _refused(fake: Fake, session_id: str, problem: str) -> Page:
    """Her page again, by an address that she can go back to; what was wrong is said there once."""
    session = fake.store.get("checkout.session", session_id)
    fake.store.save(session | {"_problem": problem})
    return Page(303, location=f"/c/pay/{session_id}")


def _pay(fake: Fake, session: Thing, words: Words, form: dict[str, str]) -> Page:
    wrong = _wrong(fake, form)
    if wrong:
        return _refused(fake, session["id"], words(wrong))
    way = form.get("shipping", "")
    if way.isascii() and way.isdigit() and int(way) < len(session["_ways"]):
        sessions.choose_shipping(fake.world, session, int(way))
    chosen = _chosen(form)
    outcome = sessions.pay(fake.world, session, chosen)
    if outcome == "declined":
        why = words.why_not(chosen.decline_code or chosen.code)
        return _refused(fake, session["id"], why)
    if outcome == "authenticate":
        return Page(303, location=f"/c/pay/{session['id']}/3ds")
    return _to_shop(session)


def _wrong(fake: Fake, form: dict[str, str]) -> str | None:
    """The first field that the customer should look at again."""
    if form.get("wallet") in _WALLETS:
        return None
    if not is_card_number(digits_of(form.get("number", ""))):
        return "wrong_number"
    expiry = _EXPIRY.match(form.get("expiry", "").strip())
    if not expiry or (2000 + int(expiry[2]), int(expiry[1])) < _this_month(fake):
        return "wrong_expiry"
    return None if _CVC.match(form.get("cvc", "").strip()) else "wrong_cvc"


def _chosen(form: dict[str, str]) -> Card:
    """The card that was typed, or the one that lives in her telephone."""
    wallet = form.get("wallet")
    return replace(CARDS["ok"], wallet=wallet) if wallet in _WALLETS else card(form["number"])


def _this_month(fake: Fake) -> tuple[int, int]:
    now = fake.store.today()
    return now.year, now.month


def _to_shop(session: Thing) -> Page:
    address = session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])
    return Page(303, location=address)


def _authentication(fake: Fake, session: Thing, words: Words, form: dict[str, str] | None) -> Page:
    """The bank's own page: is it you?"""
    intent = fake.store.find("payment_intent", session["payment_intent"] or "")
    if intent is None or intent["status"] != "requires_action":
        return Page(303, location=f"/c/pay/{session['id']}")
    if form is None:
        return Page(200, _ask(session, words))
    if form.get("result") == "complete":
        sessions.pay(fake.world, session, CARDS["3ds"], authenticated=True)
        return _to_shop(session)
    sessions.refuse_authentication(fake.world, session)
    why = words("payment_intent_authentication_failure")
    return _refused(fake, session["id"], why)


def _closed(session: Thing, words: Words, *, asked_to_pay: bool) -> Page:
    if session["status"] == "complete":
        # The second of two quick taps goes where the first went, and pays nothing.
        if asked_to_pay:
            return _to_shop(session)
        back = _link(_to_shop(session).location or "", words("go_on"))
        return Page(200, _document(words, words("paid_title"), f"<p>{words('paid')}</p>{back}"))
    back = _link(session["cancel_url"], words("back"))
    body = f"<p>{words('expired')}</p>{back}"
    return Page(410, _document(words, words("expired_title"), body))


def _missing(words: Words) -> Page:
    return Page(404, _document(words, words("missing_title"), f"<p>{words('missing')}</p>"))


# HTML ------------------------------------------------------------------------------------


def _document(words: Words, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>"
        f'<h1>{title}</h1><p class="note">{words("rehearsal")}</p>{body}</main></body></html>'
    )


def _link(address: str | None, text: str) -> str:
    return f'<a class="button second" href="{escape(address)}">{text}</a>' if address else ""


def _lines(session: Thing, words: Words) -> str:
    rows = [
        (f"{line['quantity']} × {escape(line['description'])}", line["amount_total"])
        for line in session["_lines"]
    ]
    rows += [
        (f"{words('shipping')}: {escape(way['name'])}", way["amount"])
        for place, way in enumerate(session["_ways"])
        if place == session["_way"]
    ]
    rows.append((words("total"), session["amount_total"]))
    cells = "".join(
        f'<tr><th scope="row">{name}</th><td>{words.money(amount, session["currency"])}</td></tr>'
        for name, amount in rows
    )
    return f'<table class="lines">{cells}</table>'


def _form(session: Thing, words: Words, problem: str) -> str:
    alert = f'<p class="alert" role="alert">{problem}</p>' if problem else ""
    cards = "".join(
        f"<li><code>{known.number}</code> {words(f'card_{name}')}</li>"
        for name, known in CARDS.items()
    )
    return _document(
        words,
        words("title"),
        f"{_lines(session, words)}{alert}"
        f'<form method="post" action="/c/pay/{session["id"]}">'
        f"{_ways(session, words)}{_field(words('number'), 'number', 'cc-number', 23)}"
        f'<div class="pair">{_field(words("expiry"), "expiry", "cc-exp", 7)}'
        f"{_field(words('cvc'), 'cvc', 'cc-csc', 4)}</div>"
        f"<button>{words('pay')}</button>"
        '<button class="second" name="wallet" value="google_pay" formnovalidate>'
        f"{words('wallet')}</button></form>{_link(session['cancel_url'], words('back'))}"
        f"<details><summary>{words('cards')}</summary><ul>{cards}</ul></details>",
    )


def _ways(session: Thing, words: Words) -> str:
    """Ways of shipping; with one there is nothing to choose."""
    if len(session["_ways"]) < 2:
        return ""
    rows = "".join(
        f'<label class="way"><input type="radio" name="shipping" value="{place}"'
        f"{' checked' if place == session['_way'] else ''}>{escape(way['name'])}, "
        f"{words.money(way['amount'], session['currency'])}</label>"
        for place, way in enumerate(session["_ways"])
    )
    return f"<fieldset><legend>{words('shipping')}</legend>{rows}</fieldset>"


def _field(label: str, name: str, autocomplete: str, length: int) -> str:
    # A date needs its slash, which a keyboard of digits does not have.
    keys = "text" if name == "expiry" else "numeric"
    return (
        f'<label>{label}<input name="{name}" autocomplete="{autocomplete}" inputmode="{keys}" '
        f'maxlength="{length}" required></label>'
    )


def _ask(session: Thing, words: Words) -> str:
    return _document(
        words,
        words("ask_title"),
        f"{_lines(session, words)}<p>{words('ask')}</p>"
        f'<form method="post" action="/c/pay/{session["id"]}/3ds">'
        f'<button name="result" value="complete">{words("complete")}</button>'
        f'<button class="second" name="result" value="fail">{words("fail")}</button></form>',
    )
