"""Books for the tests: a chart, people with roles, entries and payments, by the services."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from djmoney.money import Money

from coop.people.models import User
from ledger import queries
from ledger.cash.services import open_box
from ledger.models import Account, JournalEntry, Payment, Period
from ledger.reports.decisions import Total
from ledger.reports.models import Decision
from ledger.reports.services import write_decision
from ledger.services import (
    How,
    Line,
    credit,
    debit,
    install_chart,
    open_member_account,
    pay_payment,
    post_entry,
    record_rate,
    request_closing,
    request_payment,
    sign_closing,
    sign_payment,
)

Kind = JournalEntry.Kind
DAY = date(2026, 3, 10)
#: A name, drawn.
NAME = "10,20 12,30 14,40 20,60 30,80;40,80 45,70 50,60 55,50"


def soles(amount: str) -> Money:
    """`amount` in the books' currency."""
    return Money(amount, "PEN")


def person(name: str, *roles: str) -> User:
    """Someone with these roles."""
    user = User.objects.create_user(
        username=f"u-{name.lower()}", email=f"{name.lower()}@example.org", first_name=name
    )
    user.groups.add(*Group.objects.filter(name__in=roles))
    return user


def close_period(*, last_day: date, actor: User, on: date | None = None) -> Period:
    """Days closed as two people close them: asked for and signed by `actor`, and by another."""
    closing = request_closing(last_day=last_day, actor=actor, on=on)
    others = User.objects.filter(groups__name="president").exclude(pk=actor.pk)
    for signer in (actor, others.first() or person("Second", "president")):
        sign_closing(closing=closing, signer=signer, on=on)
    return Period.objects.get(last_day=last_day)


class Books:
    """A chart, a treasurer, a president, a secretary and one member, Rosa, with her account."""

    def __init__(self) -> None:
        install_chart(chart="pe", currency="PEN")
        self.treasurer = person("Tomasa", "treasurer")
        self.president = person("Petra", "president")
        self.secretary = person("Silvia", "secretary")
        self.rosa = person("Rosa", "member")
        self.rosas = open_member_account(member_code="T-07", holder=self.rosa)
        self.references = 0

    def publish(self, *totals: str) -> Decision:
        """The assembly makes totals public: these, or all."""
        return write_decision(
            subject=Decision.Subject.PUBLIC_TOTALS,
            chosen=totals or Total.values,
            day=DAY,
            words="Everybody may read them.",
            acta="3",
            actor=self.secretary,
        )

    def decide_pay(self, how: str) -> Decision:
        """The assembly decides how the pay of others is shown."""
        return write_decision(
            subject=Decision.Subject.OTHERS_PAY,
            chosen=[how],
            day=DAY,
            words="So we read it.",
            acta="4",
            actor=self.secretary,
        )

    def account(self, role: str) -> Account:
        """The account of a role."""
        return queries.account(role)

    def rate(self, currency: str, rate: str, day: date = DAY) -> None:
        """What a currency costs on a day, written by the treasurer, whatever it was before."""
        record_rate(
            currency=currency, day=day, rate=Decimal(rate), actor=self.treasurer, insisted=True
        )

    def write(self, kind: str, *lines: Line, day: date = DAY) -> JournalEntry:
        """An entry of any lines that a provider reports."""
        return post_entry(
            day=day,
            kind=kind,
            memo="",
            lines=lines,
            reference=self.next_reference(),
            created_by=None,
        )

    def next_reference(self) -> str:
        """A reference that was not used."""
        self.references += 1
        return f"test:{self.references}"

    def post(
        self,
        debited: Account | str,
        credited: Account | str,
        amount: str,
        **changes: Any,
    ) -> JournalEntry:
        """An entry of two lines; accounts by role or themselves."""
        sides = [self.account(one) if isinstance(one, str) else one for one in (debited, credited)]
        values: dict[str, Any] = {
            "day": DAY,
            "kind": Kind.HAND,
            "memo": "",
            "lines": [debit(sides[0], soles(amount)), credit(sides[1], soles(amount))],
            "reference": self.next_reference(),
            "created_by": self.treasurer,
        }
        return post_entry(**(values | changes))

    def put_in_cash(self, amount: str, **changes: Any) -> JournalEntry:
        """Money taken over from paper, in the cash box."""
        return self.post("cash", "opening_equity", amount, kind=Kind.OPENING, **changes)

    def earned(self, amount: str, **changes: Any) -> JournalEntry:
        """A piece of Rosa's that passed."""
        values = {"kind": Kind.PIECE_PASSED, **changes}
        return self.post("finished_pieces", self.rosas, amount, **values)

    def request(self, amount: str, **changes: Any) -> Payment:
        """A payment to Rosa, asked for by the treasurer."""
        values: dict[str, Any] = {
            "from_account": self.account("cash"),
            "to_account": self.rosas,
            "payee": self.rosa,
            "payee_name": "",
            "amount": soles(amount),
            "kind": Kind.MEMBER_PAID,
            "purpose": "March",
            "actor": self.treasurer,
            "on": DAY,
            "reference": self.next_reference(),
        }
        return request_payment(**(values | changes))

    def sign_twice(self, payment: Payment) -> Payment:
        """Signed by the treasurer and the president."""
        sign_payment(payment=payment, signer=self.treasurer, on=DAY)
        sign_payment(payment=payment, signer=self.president, on=DAY)
        payment.refresh_from_db()
        return payment

    def open_box(self) -> Account:
        """The cash is a box, which the treasurer has; paid out of it is in notes."""
        cash = self.account("cash")
        if not cash.is_box:
            open_box(account=cash, holder=self.treasurer, actor=self.treasurer, on=DAY)
        return self.account("cash")

    def pay(self, amount: str) -> JournalEntry:
        """Rosa is paid in cash, all the way; she draws her name."""
        self.open_box()
        return pay_payment(
            payment=self.sign_twice(self.request(amount)),
            actor=self.treasurer,
            on=DAY,
            how=How.by_signature(NAME),
        )
