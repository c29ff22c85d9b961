"""`/_fake/`: what a person needs at a demonstration, as buttons over the control commands."""

from datetime import UTC, datetime
from html import escape
from typing import Any

from tests.fake_stripe import balance, sessions
from tests.fake_stripe.currencies import digits
from tests.fake_stripe.fake import Fake
from tests.fake_stripe.pages import STYLE
from tests.fake_stripe.store import Thing

_SHOWN = 30
_WIDE = """
main{max-width:60rem}
article{background:#fff;border:1px solid #d8cdc2;border-radius:.375rem;padding:.75rem;
margin-bottom:.75rem}
article p{margin:0 0 .5rem;overflow-wrap:anywhere}
form{display:inline-block;margin:0 .25rem .25rem 0}
form button{display:inline-block;width:auto;margin:0;padding:.5rem .75rem}
table{border-collapse:collapse;margin-bottom:1rem;display:block;overflow-x:auto}
table td,table th{padding:.25rem .75rem .25rem 0;text-align:right;white-space:nowrap}
"""


def page(fake: Fake) -> str:
    with fake.store.transaction():
        sessions.expire_due(fake.world)
        parts = [_clock(fake)]
        for account in fake.world.accounts:
            with fake.store.within(account):
                parts += [_name(fake), _money(fake), _sessions(fake), _payouts(fake)]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<title>Fake Stripe</title><style>{STYLE}{_WIDE}</style></head><body><main>"
        '<h1>Fake Stripe</h1><p class="note">A rehearsal: no money moves.</p>'
        f"{''.join(parts)}</main></body></html>"
    )


def _button(name: str, text: str, **values: Any) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{key}" value="{escape(str(value))}">'
        for key, value in values.items()
    )
    return (
        f'<form method="post" action="/_fake/{name}">{hidden}'
        f'<button class="second">{text}</button></form>'
    )


def _amount(amount: int, currency: str) -> str:
    places = digits(currency)
    sign = "−" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 10**places)
    cents = f".{rest:0{places}d}" if places else ""
    return f"{sign}{whole:,}{cents} {currency.upper()}"


def _clock(fake: Fake) -> str:
    now = datetime.fromtimestamp(fake.store.now(), tz=UTC)
    buttons = [
        _button("advance", "An hour later", seconds=3600),
        _button("advance", "A day later", seconds=86400),
        _button("advance", "A week later", seconds=7 * 86400),
        _button("release", "Release waiting requests"),
    ]
    return f"<p>{now:%Y-%m-%d %H:%M} UTC</p>{''.join(buttons)}"


def _name(fake: Fake) -> str:
    """Whose money this is."""
    account = fake.store.account
    words = "The platform" if account == fake.world.platform else f"Partner {escape(account)}"
    return f"<h2>{words}</h2>"


def _money(fake: Fake) -> str:
    sums = balance.sums(fake.world)
    if not sums:
        return "<h3>Balance</h3><p>Nothing yet.</p>"
    names = list(next(iter(sums.values())))
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows, buttons = "", ""
    for currency, row in sorted(sums.items()):
        cells = "".join(f"<td>{_amount(row[name], currency)}</td>" for name in names)
        rows += f"<tr>{cells}</tr>"
        if row["available"] > 0:
            mine = {"currency": currency, "account": fake.store.account}
            buttons += _button("payout", f"Pay out {currency.upper()}", **mine)
    return f"<h3>Balance</h3><table><tr>{head}</tr>{rows}</table>{buttons}"


def _sessions(fake: Fake) -> str:
    rows = [_session(fake, row) for row in fake.store.all("checkout.session")[:_SHOWN]]
    return f"<h3>Sessions</h3>{''.join(rows) or '<p>None yet.</p>'}"


def _session(fake: Fake, session: Thing) -> str:
    reference = escape(session["client_reference_id"] or session["id"])
    total = _amount(session["amount_total"], session["currency"])
    words = f"<p><strong>{reference}</strong> · {total} · {session['status']}</p>"
    if session["status"] == "open":
        mine = {"session": session["id"]}
        buttons = [
            f'<a href="{escape(session["url"])}">The customer’s page</a> ',
            _button("pay", "Pay", **mine, card="ok"),
            _button("pay", "Decline", **mine, card="declined"),
            _button("expire", "Expire", **mine),
        ]
    elif session["status"] == "complete":
        buttons = _after(fake, session["payment_intent"])
    else:
        buttons = []
    return f"<article>{words}{''.join(buttons)}</article>"


def _after(fake: Fake, intent_id: str) -> list[str]:
    """What may still happen to what was paid."""
    intent = fake.store.get("payment_intent", intent_id)
    charge = fake.store.get("charge", intent["latest_charge"])
    buttons = []
    if charge["amount_refunded"]:
        back = _amount(charge["amount_refunded"], charge["currency"])
        buttons.append(f"<p>Refunded: {back}</p>")
    if not charge["refunded"] and not charge["disputed"]:
        buttons += [
            _button("refund", "Refund", payment_intent=intent_id),
            _button("dispute", "Dispute", payment_intent=intent_id),
        ]
    for refund in fake.store.all("refund"):
        if refund["charge"] == charge["id"] and refund["status"] in {"pending", "succeeded"}:
            name = _amount(refund["amount"], refund["currency"])
            buttons.append(_button("fail_refund", f"Refund of {name} fails", refund=refund["id"]))
    for dispute in fake.store.all("dispute"):
        if dispute["charge"] == charge["id"]:
            buttons.append(f"<p>Dispute: {dispute['status']}</p>")
            if dispute["status"] not in {"won", "lost"}:
                mine = {"dispute": dispute["id"]}
                buttons += [
                    _button("close_dispute", "We win", **mine, won="true"),
                    _button("close_dispute", "We lose", **mine, won="false"),
                ]
    return buttons


def _payouts(fake: Fake) -> str:
    rows = ""
    for payout in fake.store.all("payout")[:_SHOWN]:
        words = f"<p>{_amount(payout['amount'], payout['currency'])} · {payout['status']}</p>"
        nexts = {"in_transit": ("paid", "failed"), "paid": ("failed",)}.get(payout["status"], ())
        buttons = "".join(
            _button("payout_status", status.capitalize(), payout=payout["id"], status=status)
            for status in nexts
        )
        rows += f"<article>{words}{buttons}</article>"
    return f"<h3>Payouts</h3>{rows or '<p>None yet.</p>'}"
