"""What customers, banks and clocks do at the stand-in for Stripe, in a test's words."""

from typing import Any

from tests.fake_stripe import FakeStripe


class Desk:
    """A running stand-in, and what happens there."""

    def __init__(self, fake: FakeStripe) -> None:
        self.fake = fake
        self.url, self.key, self.secret = fake.url, fake.key, fake.secret

    def pay(self, session: str, card: str = "4242424242424242") -> str:
        """A customer pays a session: "" when it is paid, else what became of it."""
        outcome: str = self.fake.control("pay", session=session, card=card)["outcome"]
        return "" if outcome in {"paid", "complete"} else outcome

    def objects(self, kind: str) -> list[dict[str, Any]]:
        """Every object of a kind, the oldest first."""
        found: list[dict[str, Any]] = self.fake.control("state")["objects"][kind]
        return sorted(found, key=lambda one: one["created"])

    def balance(self) -> dict[str, int]:
        """What it holds, by currency in capitals."""
        sums = self.fake.control("sums")
        return {code.upper(): row["balance"] for code, row in sums.items()}

    def fault(self, path: str, kind: str, times: int = 1, seconds: float | None = None) -> None:
        """Let the next requests that match `path` (a regular expression) go wrong."""
        values = {"path_regex": path, "kind": kind, "times": times, "seconds": seconds}
        self.fake.control("fault", **values)

    def no_faults(self) -> None:
        """All goes well again."""
        self.fake.control("clear_faults")

    def let_hour_pass(self) -> None:
        """The clock moves beyond every open page."""
        self.fake.control("advance", seconds=32 * 60)

    def close_pages(self) -> None:
        """Every open page is over, as if its time had passed; the clock stays."""
        for one in self.objects("checkout.session"):
            if one["status"] == "open":
                self.fake.control("expire", session=one["id"])

    def dispute(self, intent: str) -> str:
        """The customer's bank takes a payment back; the dispute's id."""
        found: str = self.fake.control("dispute", payment_intent=intent)["dispute"]["id"]
        return found

    def close_dispute(self, dispute: str, *, is_won: bool) -> None:
        """The bank has decided."""
        self.fake.control("close_dispute", dispute=dispute, won=is_won)

    def payout(self, currency: str = "pen") -> str:
        """Everything of a currency goes to the bank; the payout's id."""
        made = self.fake.control("payout", currency=currency, with_pending=True)
        found: str = made["payout"]["id"]
        return found

    def payout_fails(self, payout: str) -> None:
        """The bank sends it back."""
        self.fake.control("payout_status", payout=payout, status="failed")

    def refunds_wait(self) -> None:
        """The next refunds wait for their bank."""
        self.fake.control("refunds", pending=True)

    def refund_fails(self, refund: str) -> None:
        """The bank sends it back."""
        self.fake.control("fail_refund", refund=refund, reason="expired_or_canceled_card")

    def refund_at_the_desk(self, intent: str, amount: int) -> str:
        """Somebody gives money back at Stripe's own desk; the refund's id."""
        made = self.fake.control("refund", payment_intent=intent, amount=amount)
        found: str = made["refund"]["id"]
        return found

    def reset(self) -> None:
        """It forgets everything."""
        self.fake.control("reset")
