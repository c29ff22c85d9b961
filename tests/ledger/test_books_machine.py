"""Posting, reversing, paying by two, settling debts, matching with the bank, closing and sealing
at random, against a pencil and paper.

To drive more of the ledger, add a rule to `BooksMachine` (what the bank does: `machine_bank`) and
what it does on paper to `paper`; every invariant is asked after each step by itself.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from djmoney.money import Money
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from ledger import queries
from ledger.errors import LedgerError
from ledger.models import JournalEntry, Payment
from ledger.services import (
    NewEntry,
    credit,
    debit,
    gather_block,
    pay_payment,
    post_entries,
    post_entry,
    reverse_entry,
    sign_payment,
    void_payment,
)
from tests.factories.ledger import Books, close_period
from tests.ledger.machine_bank import FIRST, BankRules, coins, days
from tests.ledger.paper import Paper
from tests.ledger.test_audit import findings

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
ROLES = ["finished_pieces", "receivable", "sales", "wool_store", "supplier", "rent"]
MORE = ["cash", "bank", "stripe", "customer_deposits", "bank_charges"]
amounts = st.integers(1, 10**7)
roles = st.sampled_from(ROLES)


class BooksMachine(BankRules):
    """One story of the books; each step is done in the ledger and on paper."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.paper = Paper()
        self.entries = []
        self.reversed: set[int] = set()
        #: Each with who signed it, and from where to where it goes.
        self.payments: list[tuple[Payment, set[int], str, str]] = []
        self.count = 0
        self.books.put_in_cash("50000", day=FIRST)
        self.books.post("bank", "opening_equity", "50000", kind=Kind.OPENING, day=FIRST)
        for place in ("cash", "bank"):
            self.paper.write(FIRST, **{place: 5_000_000, "opening_equity": -5_000_000})

    def teardown(self) -> None:
        """Leave the books as they were."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # What happens ------------------------------------------------------------------------------
    def _reference(self) -> str:
        self.count += 1
        return f"machine:{self.count}"

    def _values(self, day: date, one: str, other: str, minor: int) -> dict[str, Any]:
        amount = Money(minor, "PEN") / 100
        return {
            "day": day,
            "kind": Kind.HAND,
            "memo": "",
            "lines": [
                debit(self.books.account(one), amount), credit(self.books.account(other), amount)
            ],
            "reference": self._reference(),
            "created_by": self.books.treasurer,
        }  # fmt: skip

    @staticmethod
    def _net(one: str, other: str, minor: int) -> dict[str, int]:
        net: dict[str, int] = defaultdict(int)
        net[one] += minor
        net[other] -= minor
        return dict(net)

    @rule(day=days, one=roles, other=roles, minor=amounts)
    def post(self, day: date, one: str, other: str, minor: int) -> None:
        """An entry of two lines; told twice it is one."""
        values = self._values(day, one, other, minor)
        try:
            entry = post_entry(**values)
        except LedgerError:
            assert not self.paper.takes(day)
            return
        assert self.paper.takes(day)
        assert post_entry(**values) == entry
        self.paper.write(day, **self._net(one, other, minor))
        self.entries.append((entry, self._net(one, other, minor)))

    @rule(day=days, moves=st.lists(st.tuples(roles, roles, amounts), min_size=1, max_size=4))
    def post_many(self, day: date, moves: list[tuple[str, str, int]]) -> None:
        """Several at once: all or none."""
        try:
            post_entries([NewEntry(**self._values(day, *move)) for move in moves])
        except LedgerError:
            assert not self.paper.takes(day)
            return
        assert self.paper.takes(day)
        for move in moves:
            self.paper.write(day, **self._net(*move))

    @precondition(lambda self: self.entries)
    @rule(which=st.integers(0, 99), day=days)
    def reverse(self, which: int, day: date) -> None:
        """Undo one, once."""
        place = which % len(self.entries)
        entry, net = self.entries[place]
        try:
            undoing = reverse_entry(
                entry=entry, reason=str(day), day=day, actor=self.books.treasurer
            )
        except LedgerError:
            assert place in self.reversed or not self.paper.takes(day)
            return
        if place not in self.reversed:
            assert self.paper.takes(day)
            back = {name: -minor for name, minor in net.items()}
            self.note(undoing, back, undoes=entry.pk)
        self.reversed.add(place)

    @rule(day=days, minor=amounts)
    def earn(self, day: date, minor: int) -> None:
        """A piece of Rosa's passes."""
        try:
            self.books.earned(str(Money(minor, "PEN").amount / 100), day=day)
        except LedgerError:
            assert not self.paper.takes(day)
            return
        self.paper.write(day, finished_pieces=minor, rosa=-minor)

    @rule(minor=amounts)
    def ask(self, minor: int) -> None:
        """Somebody asks that Rosa be paid; never more than she is owed, less what waits."""
        waiting = sum(
            payment.amount_minor
            for payment, _signed, _place, whom in self.payments
            if whom == "rosa" and payment.status in _OPEN
        )
        owed = -self.paper.balance("rosa")
        try:
            payment = self.books.request(
                str(Money(minor, "PEN").amount / 100),
                on=self.paper.first_open(FIRST),
                reference=self._reference(),
            )
        except LedgerError:
            assert minor > owed - waiting
            return
        assert minor <= owed - waiting
        self.payments.append((payment, set(), "cash", "rosa"))

    @rule(minor=coins)
    def ask_for_a_supplier(self, minor: int) -> None:
        """A bill is to be paid out of the bank, to somebody who is nobody of the house."""
        payment = self.books.request(
            f"{minor / 100:.2f}",
            from_account=self.books.account("bank"),
            to_account=self.books.account("supplier"),
            payee=None,
            payee_name="Michell",
            kind=Kind.SUPPLIER_PAID,
            on=self.paper.first_open(FIRST),
            reference=self._reference(),
        )
        self.payments.append((payment, set(), "bank", "supplier"))

    @precondition(lambda self: self.payments)
    @rule(which=st.integers(0, 99), who=st.sampled_from(["treasurer", "president", "rosa"]))
    def sign(self, which: int, who: str) -> None:
        """The receiver cannot; nobody twice; two are enough."""
        payment, signed, _place, _whom = self.payments[which % len(self.payments)]
        signer = getattr(self.books, who)
        may = who != "rosa" and signer.pk not in signed and payment.status == "requested"
        try:
            sign_payment(payment=payment, signer=signer, on=FIRST)
        except LedgerError:
            assert not may
            return
        assert may
        signed.add(signer.pk)
        payment.refresh_from_db()
        assert payment.status == ("signed" if len(signed) == 2 else "requested")

    @precondition(lambda self: self.payments)
    @rule(which=st.integers(0, 99), day=days)
    def pay(self, which: int, day: date) -> None:
        """Only what two signed, only what its place holds and she is owed; twice it is once."""
        payment, signed, place, whom = self.payments[which % len(self.payments)]
        minor, was = payment.amount_minor, payment.status
        may = (
            was == "signed" and len(signed) == 2 and self.paper.takes(day)
            and self.paper.balance(place) >= minor
            and (whom != "rosa" or -self.paper.balance("rosa") >= minor)
        )  # fmt: skip
        try:
            entry = pay_payment(payment=payment, actor=self.books.treasurer, on=day)
        except LedgerError:
            assert not may
            return
        payment.refresh_from_db()
        if was != "paid":
            assert may
            self.note(entry, {whom: minor, place: -minor}, is_final=True)

    @precondition(lambda self: self.payments)
    @rule(which=st.integers(0, 99))
    def call_off(self, which: int) -> None:
        """What is not paid yet may be called off."""
        payment = self.payments[which % len(self.payments)][0]
        was = payment.status
        try:
            void_payment(payment=payment, actor=self.books.president, reason="x", on=FIRST)
        except LedgerError:
            assert was not in _OPEN
            return
        payment.refresh_from_db()
        assert was in _OPEN

    @rule(until=days)
    def close(self, until: date) -> None:
        """Two people close days; they stay closed."""
        try:
            close_period(last_day=until, actor=self.books.treasurer)
        except LedgerError:
            return
        assert until > self.paper.closed
        self.paper.closed = until

    @rule()
    def seal(self) -> None:
        """A block gathers what waits."""
        gather_block()

    # What always holds -------------------------------------------------------------------------
    @invariant()
    def balances_are_those_on_paper(self) -> None:
        """Now, and as of a day."""
        middle = FIRST + timedelta(days=45)
        accounts = {name: self.books.account(name) for name in [*ROLES, *MORE]}
        for name, account in (accounts | {"rosa": self.books.rosas}).items():
            sign = account.natural_sign
            assert queries.balance(account).amount * 100 == sign * self.paper.balance(name)
            on = queries.balance_on(account, middle)
            assert on.amount * 100 == sign * self.paper.balance(name, middle)

    @invariant()
    def the_trial_balance_balances(self) -> None:
        """Debits and credits."""
        assert queries.trial_balance().is_balanced

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        """And the database's own constraints hold."""
        assert findings() == []
        connection.check_constraints()


_OPEN = {"requested", "signed"}


def test_books_and_paper_agree_whatever_happens(books: Books):
    from hypothesis.stateful import run_state_machine_as_test

    machine = type("Story", (BooksMachine,), {"books": books})
    short = settings.default
    run_state_machine_as_test(
        machine,
        settings=settings(
            short, stateful_step_count=12, max_examples=max(6, short.max_examples // 3)
        ),
    )
