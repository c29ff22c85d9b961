"""`python -m tests.fake_stripe --port 8099`: Stripe at home, for demonstrations and tests."""

import argparse
import dataclasses
import signal
import sqlite3
import sys
import threading

from tests.fake_stripe.fake import Fake
from tests.fake_stripe.server import bind
from tests.fake_stripe.store import OtherLayout
from tests.fake_stripe.world import Options


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_stripe", description=__doc__)
    plain = Options()
    parser.add_argument("--port", type=int, default=8099, help="0 takes a free one")
    parser.add_argument("--state", default="memory", help="SQLite file that keeps everything")
    parser.add_argument("--url", help="public address, when it is not http://127.0.0.1:PORT")
    parser.add_argument("--webhook", help="where events are posted")
    parser.add_argument("--secret", default=plain.secret, help="signs the events")
    parser.add_argument("--key", default=plain.key, help="the API key that is let in")
    parser.add_argument("--currency", default=plain.currency, help="of the account")
    parser.add_argument("--fee-percent", default=plain.fee_percent)
    parser.add_argument("--fee-fixed", type=int, default=plain.fee_fixed)
    parser.add_argument("--dispute-fee", type=int, default=plain.dispute_fee)
    parser.add_argument(
        "--available-after", type=int, default=plain.available_after, help="seconds"
    )
    parser.add_argument("--keys-live", type=int, default=plain.keys_live, help="seconds")
    parser.add_argument("--webhook-timeout", type=float, default=plain.webhook_timeout)
    parser.add_argument(
        "--retry-after",
        type=float,
        nargs="+",
        default=plain.retry_after,
        help="seconds before each repetition of an event",
    )
    _of_money(parser)
    return parser.parse_args()


def _of_money(parser: argparse.ArgumentParser) -> None:
    """What may come several times: rates, fees, accounts."""
    parser.add_argument(
        "--settlement",
        action="append",
        default=[],
        metavar="BOB=USD:0.1447",
        help="charges in the first currency settle in the second; may come several times",
    )
    parser.add_argument(
        "--fee",
        action="append",
        default=[],
        metavar="USD=3.6+30",
        help="percent and fixed part, in the smallest unit, of what settles in this currency",
    )
    parser.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="ACCT_PARTNER=BOB",
        help="a connected account and its currency",
    )


def _settlement(texts: list[str]) -> dict[str, tuple[str, str]]:
    pairs = {}
    for text in texts:
        presented, _, rest = text.partition("=")
        settled, _, rate = rest.lower().partition(":")
        # An account before the slash is written as Stripe writes it, in large and small letters.
        account, slash, currency = presented.rpartition("/")
        pairs[f"{account}{slash}{currency.lower()}"] = (settled, rate)
    return pairs


def _fees(texts: list[str]) -> dict[str, tuple[str, int]]:
    fees = {}
    for text in texts:
        currency, _, rest = text.lower().partition("=")
        percent, _, fixed = rest.partition("+")
        fees[currency] = (percent, int(fixed or 0))
    return fees


def _accounts(texts: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    return {account: currency.lower() for account, _, currency in pairs}


def main() -> None:
    given = _arguments()
    known = {field.name for field in dataclasses.fields(Options)}
    values = {name: value for name, value in vars(given).items() if name in known}
    values |= {
        "settlement": _settlement(given.settlement),
        "fees": _fees(given.fee),
        "accounts": _accounts(given.account),
        "retry_after": tuple(given.retry_after),
    }
    options = Options(**values)
    server = bind(given.port)
    url = given.url or f"http://127.0.0.1:{server.server_address[1]}"
    try:
        server.fake = Fake(options, url, given.state)
    except (OtherLayout, sqlite3.Error) as problem:
        sys.exit(f"{given.state}: {problem}")
    server.fake.start()
    # `shutdown` waits for the loop to end, which a signal handler inside the loop may not.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    # Who started the fake reads this line to know that it listens, and where.
    sys.stdout.write(f"Fake Stripe listens on {url}\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.1)
    server.fake.stop()


if __name__ == "__main__":
    main()
