"""The treasurer's year: what there was at the beginning, rent, pay days, the way to the bank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from djmoney.money import Money

from coop.demo import read
from coop.demo.cash import CashBox
from coop.demo.people import People
from coop.demo.read import soles
from coop.demo.story import Act, Story, working_day
from coop.kit import days
from coop.kit.days import month_of, next_month
from coop.members.models import Member
from coop.people.models import User
from ledger import queries
from ledger.cash.plans import pay_plan
from ledger.cash.services import ask_pay_day
from ledger.models import JournalEntry, Payment
from ledger.reports.services import write_budget, write_decision
from ledger.services import (
    How,
    credit,
    debit,
    gather_block,
    hand_over,
    post_entry,
    record_rate,
    request_payment,
    sign_payment,
)

Kind = JournalEntry.Kind

#: On this day of the month the treasurer asks for everybody's pay.
PAY_DAY = 26
#: What stays in the bank for wool and rent when the members are paid.
_RESERVE = soles("700.00")
#: What stays in the cash box when the rest is taken to the bank.
_PETTY_CASH = soles("300.00")


@dataclass
class Treasury:
    """Everything that the treasurer does."""

    story: Story
    people: People

    @cached_property
    def cash(self) -> CashBox:
        """The box, and who has it."""
        return CashBox(self.story, self.people)

    # The beginning ---------------------------------------------------------------------------
    def open_books(self, day: date) -> None:
        """What the group had before it kept books: money in the bank and in the box."""
        opening = read.data("house")["opening"]
        bank, cash = soles(opening["bank"]), soles(opening["cash"])
        post_entry(
            day=day,
            kind=Kind.OPENING,
            memo="Apertura",
            lines=[
                debit(queries.account("bank"), bank),
                debit(queries.account("cash"), cash),
                credit(queries.account("opening_equity"), bank + cash),
            ],
            reference="demo:opening",
            created_by=self.people.treasurer,
        )
        self.cash.open(day)
        self._decide(day)

    def _decide(self, day: date) -> None:
        """The first assembly decides who reads what, and what the year shall bring."""
        for one in read.data("house")["decisions"]:
            write_decision(
                subject=one["subject"],
                chosen=one["chosen"],
                day=day,
                words=one["words"],
                acta=one["acta"],
                actor=self.people.secretary,
            )
        for year in sorted({day.year, days.today().year}):
            for role, amount in read.data("house")["budget"].items():
                write_budget(
                    account=queries.account(role),
                    year=year,
                    month=0,
                    amount=soles(amount),
                    actor=self.people.treasurer,
                )

    def write_rates(self, day: date) -> None:
        """What other currencies cost that day: about the same, a little up and down."""
        for place, (currency, about) in enumerate(read.data("house")["rates"].items()):
            swing = (day.toordinal() + 3 * place) % 7 - 3
            rate = Decimal(about) * (1000 + swing) / 1000
            record_rate(
                currency=currency,
                day=day,
                rate=rate.quantize(Decimal("0.0001")),
                actor=self.people.treasurer,
            )

    def collect_shares(self, day: date) -> None:
        """Each who knits brings her share to the assembly, in cash."""
        share = soles(read.data("house")["opening"]["share"])
        cash, shares = queries.account("cash"), queries.account("member_shares")
        for member in self.people.knitters:
            post_entry(
                day=day,
                kind=Kind.SHARES,
                memo=f"Aporte {member.code}",
                lines=[debit(cash, share), credit(shares, share)],
                reference=f"demo:share:{member.code}",
                created_by=self.people.treasurer,
            )

    # Every month -----------------------------------------------------------------------------
    def plan_month(self, month: date) -> None:
        """Put down what happens in a month: rent, minibus, the bank, pay day."""
        calendar = self.story.calendar
        for one in read.data("house")["monthly"]:
            calendar.put(working_day(month.replace(day=one["day"])), self._expense(one))
        calendar.put(working_day(month.replace(day=12)), self.bring_to_bank)
        calendar.put(month.replace(day=PAY_DAY), self.ask_for_pay)
        calendar.put(next_month(month) - timedelta(days=1), self.close_month)

    def _expense(self, one: dict[str, str]) -> Act:
        def pay(day: date) -> None:
            payment = self.ask_expense(one, day)
            self.sign(payment, day, self.people.signers)
            self.hand_over(payment, day)

        return pay

    def hand_over(self, payment: Payment, day: date) -> None:
        """By transfer; the bank's operation number follows from the payment."""
        how = How.by_transfer(f"{payment.pk * 7919 % 1_000_000:06}")
        hand_over(payment=payment, how=how, actor=self.people.treasurer, on=day)

    def ask_expense(self, one: dict[str, str], day: date) -> Payment:
        """Ask for one of the monthly expenses."""
        return request_payment(
            from_account=queries.account("bank"),
            to_account=queries.account(one["role"]),
            payee=None,
            payee_name=one["payee"],
            amount=soles(one["amount"]),
            kind=Kind.EXPENSE_PAID,
            purpose=one["purpose"],
            actor=self.people.treasurer,
            on=day,
            reference=f"demo:{one['key']}:{day:%Y-%m}",
        )

    def bring_to_bank(self, day: date) -> None:
        """What is too much for the box goes to the bank."""
        cash = queries.account("cash")
        rest = queries.balance(cash) - _PETTY_CASH
        if rest.amount > 0:
            post_entry(
                day=day,
                kind=Kind.TRANSFER,
                memo="Depósito",
                lines=[debit(queries.account("bank"), rest), credit(cash, rest)],
                reference=f"demo:to-bank:{day}",
                created_by=self.people.treasurer,
            )

    def close_month(self, day: date) -> None:
        """Gather the month's entries into a block: they get their numbers."""
        self.cash.count_month(day)
        gather_block(on=day)

    # Paying members --------------------------------------------------------------------------
    def ask_for_pay(self, day: date) -> None:
        """Ask for what each is owed, by the rule where the bank does not reach; signed tomorrow."""
        bank = queries.account("bank")
        if not pay_plan(bank, day, keep=_RESERVE).gets.amount:
            return
        made = ask_pay_day(
            from_account=bank,
            purpose=f"Pago de {month_of(day):%m/%Y}",
            actor=self.people.treasurer,
            on=day,
            reference=f"demo:pay:{day}",
            keep=_RESERVE,
        )
        first, second = self.story.soon(day, 0, 1), self.story.soon(day, 1, 2)
        for line in made.lines.exclude(payment=None).select_related("payment"):
            payment = line.payment
            assert payment is not None  # noqa: S101 - those without were left out
            self.story.calendar.put(first, self._signs(payment, 0))
            self.story.calendar.put(second, self._signs(payment, 1))
            self.story.calendar.put(second + timedelta(days=1), self._pays(payment))

    def request_pay(self, owed: Iterable[tuple[Member, Money]], day: date) -> list[Payment]:
        """Ask for the members' pay, out of the bank."""
        bank = queries.account("bank")
        payments = []
        for member, amount in owed:
            assert member.account is not None  # noqa: S101 - only who knits is paid
            payments.append(
                request_payment(
                    from_account=bank,
                    to_account=member.account,
                    payee=member.user,
                    payee_name="",
                    amount=amount,
                    kind=Kind.MEMBER_PAID,
                    purpose=f"Pago de {month_of(day):%m/%Y}",
                    actor=self.people.treasurer,
                    on=day,
                    reference=f"demo:pay:{member.code}:{day}",
                )
            )
        return payments

    def _signs(self, payment: Payment, turn: int) -> Act:
        def sign(day: date) -> None:
            sign_payment(payment=payment, signer=self.able(payment)[turn], on=day)

        return sign

    def _pays(self, payment: Payment) -> Act:
        def pay(day: date) -> None:
            self.hand_over(payment, day)

        return pay

    def able(self, payment: Payment) -> list[User]:
        """Who of the Junta may sign a payment: not the one who receives it."""
        return [one for one in self.people.signers if one.pk != payment.payee_id]

    def sign(self, payment: Payment, day: date, signers: list[User]) -> None:
        """Two signatures, of whoever does not receive it."""
        for signer in [one for one in signers if one.pk != payment.payee_id][:2]:
            sign_payment(payment=payment, signer=signer, on=day)
