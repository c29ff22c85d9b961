"""The treasurer's quieter work: closing months with another, a grant and its budget, the result."""

from dataclasses import dataclass
from datetime import date, timedelta

from coop.demo import read
from coop.demo.money import Treasury
from coop.demo.papers import receipt
from coop.demo.read import soles
from coop.demo.story import Act, Story, working_day
from coop.kit.days import month_of, months_back
from coop.kit.money import from_minor, to_minor
from ledger import plain, queries
from ledger.models import Account, Grant, Voucher
from ledger.services import (
    ask_from_template,
    open_grant,
    pay_payment,
    receive_grant,
    request_closing,
    share_surplus,
    show_voucher,
    sign_closing,
)
from ledger.services.surplus import Decision

#: A month is closed on about this day of the next.
CLOSING_DAY = 10
#: In this month of the story the grant begins; its money is spent in those that follow.
GRANT_MONTH = 4


@dataclass
class Ledger:
    """What is done so that the books end well."""

    story: Story
    treasury: Treasury

    def plan_month(self, month: date) -> None:
        """Close the month before, but not the last one: that waits for a signature today."""
        calendar, before = self.story.calendar, month - timedelta(days=1)
        is_last = month >= month_of(self.story.today)
        if before >= self.story.first_day and not is_last:
            calendar.put(working_day(month.replace(day=CLOSING_DAY)), self._closes(before))
        if month.month == 2:
            calendar.put(working_day(month.replace(day=20)), self.share_result)
        # A story of few months has its grant early.
        ago = max(self.story.scale.months - GRANT_MONTH, min(self.story.scale.months, 1))
        if month == months_back(month_of(self.story.today), ago):
            self._plan_grant(month)

    def _closes(self, last_day: date) -> Act:
        def close(day: date) -> None:
            people = self.treasury.people
            closing = request_closing(last_day=last_day, actor=people.treasurer, on=day)
            for signer in people.signers[:2]:
                sign_closing(closing=closing, signer=signer, on=day)

        return close

    def ask_for_last_month(self) -> None:
        """The month that is over is asked for today; who asked has signed."""
        last_day = month_of(self.story.today) - timedelta(days=1)
        if last_day < self.story.first_day:
            return
        treasurer = self.treasury.people.treasurer
        closing = request_closing(last_day=last_day, actor=treasurer, on=self.story.today)
        sign_closing(closing=closing, signer=treasurer, on=self.story.today)

    # The result ------------------------------------------------------------------------------
    def share_result(self, day: date) -> None:
        """Half of what the year left stays with the house, half goes to the women by their hours."""
        result = to_minor(queries.balance(queries.account(Account.Role.RESULT)))
        if result <= 0:
            return
        reserve, wool = result * 3 // 10, result // 5
        words = read.data("house")["surplus"]
        share_surplus(
            to_funds={"reserve": from_minor(reserve), "wool_fund": from_minor(wool)},
            to_members=from_minor(result - reserve - wool),
            formula="hours",
            decision=Decision(day, words["words"], words["acta"]),
            actor=self.treasury.people.treasurer,
            on=day,
            reference=f"demo:surplus:{day}",
        )

    # The grant -------------------------------------------------------------------------------
    def _plan_grant(self, month: date) -> None:
        told = read.data("house")["grant"]
        first = max(month.replace(day=4), self.story.first_day + timedelta(days=2))
        self.story.calendar.put(working_day(first), self._begins)
        for one in told["uses"]:
            day = working_day(first + timedelta(days=2 + one["after"]))
            self.story.calendar.put(day, self._uses(one))

    def _begins(self, day: date) -> None:
        told, treasurer = read.data("house")["grant"], self.treasury.people.treasurer
        grant = open_grant(
            code=told["code"],
            name=told["name"],
            donor=told["donor"],
            purpose=told["purpose"],
            starts_on=day,
            ends_on=day + timedelta(days=300),
            lines=[(one["what"], soles(one["planned"])) for one in told["lines"]],
            actor=treasurer,
            on=day,
        )
        receive_grant(
            grant=grant,
            into=queries.account("bank"),
            amount=soles(told["received"]),
            actor=treasurer,
            on=day,
            reference="demo:grant:received",
        )

    def _uses(self, one: dict[str, str]) -> Act:
        def use(day: date) -> None:
            treasurer = self.treasury.people.treasurer
            line = Grant.objects.get().lines.get(name=one["what"])
            payment = ask_from_template(
                template=plain.find(one["template"]),
                amount=soles(one["amount"]),
                account=queries.account(plain.find(one["template"]).roles[0]),
                place=queries.account("bank"),
                payee=None,
                payee_name=one["payee"],
                purpose=one["purpose"],
                grant_line=line,
                vouchers=[self._paper_of(one)],
                actor=treasurer,
                on=day,
                reference=f"demo:grant:{one['purpose'][:40]}",
            )
            self.treasury.sign(payment, day, self.treasury.people.signers)
            pay_payment(payment=payment, actor=treasurer, on=day)
            for paper in payment.vouchers.all():
                show_voucher(voucher=paper, is_open=True, actor=treasurer)

        return use

    def _paper_of(self, one: dict[str, str]) -> Voucher:
        actor = self.treasury.people.treasurer
        return receipt(one["payee"], one["purpose"], one["amount"], actor=actor)
