"""What the machine of the books does at the bank: debts settled, statements told, lines matched."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ledger.bank.errors import BankError
from ledger.bank.models import BankLine, Match
from ledger.bank.queries import open_lines
from ledger.bank.queries.open import open_rows
from ledger.bank.services import import_file, match_lines, undo_match, write_entry
from ledger.errors import LedgerError
from ledger.models import JournalEntry, Posting
from tests.factories.ledger import Books
from tests.ledger.paper import Line, Paper

Kind = JournalEntry.Kind
FIRST = date(2026, 1, 1)
days = st.integers(0, 90).map(lambda count: FIRST + timedelta(days=count))
#: Few and alike, so that twins and sums come about.
coins = st.sampled_from([500, 700, 1200, 1700])
texts = st.sampled_from(["Hotel", "Feria"])
rows = st.lists(
    st.tuples(st.integers(3, 6), texts, st.sampled_from([500, 700, 1200, 1700, -500, -700])),
    min_size=1,
    max_size=4,
)
picks = st.lists(st.integers(0, 9), min_size=1, max_size=3)


class BankRules(RuleBasedStateMachine):
    """Rules about money that the bank tells of. The books come from the machine itself."""

    books: Books
    paper: Paper
    entries: list[tuple[JournalEntry, dict[str, int]]]

    def __init__(self) -> None:
        super().__init__()
        self.matches: list[Match] = []
        #: What was written from a line of the bank: entry, other side, céntimos.
        self.from_line: dict[Line, list[tuple[int, str, int]]] = {}

    # Debts, and how they are settled -----------------------------------------------------------
    def _post(self, day: date, kind: str, one: str, other: str, minor: int) -> None:
        """An entry without signatures, in the ledger and on paper."""
        more: dict[str, Any] = {"day": day, "kind": kind}
        try:
            entry = self.books.post(one, other, f"{minor / 100:.2f}", **more)
        except LedgerError:
            assert not self.paper.takes(day)
            return
        assert self.paper.takes(day)
        self.note(entry, {one: minor, other: -minor})

    def note(
        self,
        entry: JournalEntry,
        net: dict[str, int],
        undoes: int | None = None,
        *,
        is_final: bool = False,
    ) -> None:
        """Write an entry on paper, and a slip if it touches the bank. What pays somebody, or takes
        another back, is final here: no rule takes it back.
        """
        self.paper.write(entry.day, **net)
        if undoes is None and not is_final:
            self.entries.append((entry, net))
        if net.get("bank"):
            self.paper.bank.write(entry.pk, entry.day, net["bank"], undoes)

    @rule(day=days, minor=coins)
    def sell_on_account(self, day: date, minor: int) -> None:
        """A hotel has its pieces and owes for them."""
        self._post(day, Kind.SALE, "receivable", "sales", minor)

    @rule(day=days, minor=coins)
    def settle(self, day: date, minor: int) -> None:
        """An order on account is paid into the bank."""
        self._post(day, Kind.RECEIVABLE_SETTLED, "bank", "receivable", minor)

    @rule(day=days, minor=coins)
    def pay_by_card(self, day: date, minor: int) -> None:
        """A customer pays in advance; the card's provider holds it."""
        self._post(day, Kind.DEPOSIT_RECEIVED, "stripe", "customer_deposits", minor)

    @rule(day=days, minor=coins)
    def pay_out(self, day: date, minor: int) -> None:
        """Money of cards reaches the bank."""
        self._post(day, Kind.PAYOUT, "bank", "stripe", minor)

    # The bank's paper --------------------------------------------------------------------------
    @rule(told=rows)
    def tell(self, told: list[tuple[int, str, int]]) -> None:
        """A file comes in, or what of it is new; twice it adds nothing."""
        movements = sorted((FIRST + timedelta(days=day), text, minor) for day, text, minor in told)
        lines = [f"{day};{text};{minor / 100:.2f}" for day, text, minor in movements]
        data = "\n".join(["Fecha;Detalle;Monto", *lines, ""]).encode()
        before = len(self.paper.bank.lines)
        self.paper.bank.tell(movements)
        bank = self.books.account("bank")
        news = []
        for _twice in range(2):
            [found] = import_file(data=data, name="m.csv", account=bank, actor=None)
            news.append(found.new)
        assert news == [len(self.paper.bank.lines) - before, 0]

    def _line(self, line: Line) -> BankLine:
        day, text, minor, nth = line
        return BankLine.objects.get(day=day, text=text, amount_minor=minor, occurrence=nth)

    @precondition(lambda self: self.paper.bank.lines and self.paper.bank.slips)
    @rule(lines=picks, slips=picks, rest=st.booleans())
    def match(self, lines: list[int], slips: list[int], rest: bool) -> None:
        """Whatever is marked on both sides: one or many."""
        on_paper = self.paper.bank
        chosen = [on_paper.lines[one % len(on_paper.lines)] for one in lines]
        keys = [list(on_paper.slips)[one % len(on_paper.slips)] for one in slips]
        self._match(chosen, keys, rest=rest)

    @precondition(lambda self: self.paper.bank.fitting())
    @rule(which=st.integers(0, 99))
    def match_what_fits(self, which: int) -> None:
        """One to one, one to many or many to one, where it comes out even."""
        fitting = self.paper.bank.fitting()
        lines, keys = fitting[which % len(fitting)]
        self._match(lines, keys, rest=False)

    def _match(self, lines: list[Line], keys: list[int], *, rest: bool) -> None:
        may = self.paper.bank.tick(lines, keys, rest=rest)
        postings = Posting.objects.filter(entry__in=keys, account=self.books.account("bank"))
        try:
            match = match_lines(
                lines=[self._line(one) for one in lines],
                postings=postings,
                actor=self.books.treasurer,
                rest_stays=rest,
            )
        except BankError:
            assert not may
            return
        assert may
        self.matches.append(match)

    @precondition(lambda self: self.matches)
    @rule(which=st.integers(0, 99))
    def undo(self, which: int) -> None:
        """Take one match back, once; what it held waits again."""
        place = which % len(self.matches)
        pair = self.paper.bank.pairs[place]
        try:
            undo_match(match=self.matches[place], actor=self.books.treasurer)
        except BankError:
            assert pair.is_undone
            return
        assert not pair.is_undone
        pair.is_undone = True

    @precondition(lambda self: self.paper.bank.lines)
    @rule(which=st.integers(0, 99))
    def write_from_line(self, which: int) -> None:
        """What the books miss: a debt settled, or what the bank keeps for itself."""
        on_paper = self.paper.bank
        line = on_paper.lines[which % len(on_paper.lines)]
        left = on_paper.left(line)
        kind, other = (
            (Kind.RECEIVABLE_SETTLED, "receivable") if line[2] > 0
            else (Kind.BANK_CHARGE, "bank_charges")
        )  # fmt: skip
        before = [one for one in self.from_line.get(line, []) if on_paper.waits(one[0])]
        again = [key for key, _other, minor in before if minor == left == on_paper.waits(key)]
        may = bool(left) and (bool(again) if before else self.paper.takes(line[0]))
        try:
            match = write_entry(
                line=self._line(line),
                kind=kind,
                other=self.books.account(other),
                actor=self.books.treasurer,
            )
        except (BankError, LedgerError):
            assert not may
            return
        assert may
        entry = match.parts.get().posting.entry
        assert again in ([], [entry.pk])
        if not again:
            self.note(entry, {"bank": left, other: -left})
            self.from_line.setdefault(line, []).append((entry.pk, other, left))
        assert on_paper.tick([line], [entry.pk], rest=False)
        self.matches.append(match)

    # What always holds -------------------------------------------------------------------------
    @invariant()
    def what_waits_on_both_sides_is_what_waits_on_paper(self) -> None:
        """Every line and every posting, and how much of it."""
        bank, on_paper = self.books.account("bank"), self.paper.bank
        told = {
            (one.day, one.text, one.amount_minor, one.occurrence): one.open_minor
            for one in open_lines(bank)
        }
        assert told == {one: left for one in on_paper.lines if (left := on_paper.left(one))}
        wrote = {one.entry_id: one.open_minor for one in open_rows(bank)}
        assert wrote == {key: left for key in on_paper.slips if (left := on_paper.waits(key))}
