"""A month in the life of the demo's treasurer, with the buttons and fields that she has.

She brings in the bank's file and matches it, counts the cash with another, pays the members with
two signatures, closes the month with a second one, and prints the reports. After each step the
rows of the books are asked, not only the page.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db.models import QuerySet
from djmoney.money import Money
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from coop.kit.cash import PIECES
from coop.kit.days import month_of, today
from coop.kit.money import format_money, from_minor, to_minor
from coop.people import roles
from coop.people.models import User
from coop.people.services import speak
from ledger import queries
from ledger.bank.models import BankLine, Match, Statement
from ledger.bank.queries import standing_of
from ledger.cash.models import Box, Count, PayDay
from ledger.models import Account, Closing, JournalEntry, Payment, Period, Posting
from ledger.month_steps import Span, span_of, steps_of
from ledger.services import credit, debit, post_entry, void_payment
from tests.browser.test_member_rules import come_in as come_in_by_picture
from tests.harness.browser import OpenPage
from tests.harness.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.daily, pytest.mark.site("demo")]

Kind, Status = JournalEntry.Kind, Payment.Status
#: What the bank kept, and what somebody brought to its counter: the books hear of both from it.
FEE, DEPOSIT = Decimal("7.50"), Decimal("45.00")
#: One coin of fifty céntimos, and what is smaller than any coin, is not in the box.
COIN = 50


def soles(amount: str | Decimal) -> Money:
    return Money(amount, "PEN")


@dataclass
class Demo:
    """Who is who in the demo, and the month that is over."""

    site: Site
    open_page: OpenPage
    month: Span = field(init=False)

    def __post_init__(self) -> None:
        self.month = span_of(month_of(today()) - timedelta(days=1))

    def user(self, role: str) -> User:
        email = self._login(role, "/office/")["who"]
        return User.objects.get(email=email)

    def _login(self, role: str, opens: str) -> dict[str, str]:
        return next(one for one in self.site.logins if (one["role"], one["open"]) == (role, opens))

    def office(self, role: str) -> Page:
        """Somebody of the office at her desk."""
        login, page = self._login(role, "/office/"), self.open_page(locale="en-GB")
        page.goto("/office/")
        page.locator("input[name=login]").fill(login["who"])
        page.locator("input[name=password]").fill(login["secret"])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    def writes(self, memo: str, to: Account, out_of: Account, amount: str) -> None:
        """An entry by hand of the month's last day."""
        post_entry(
            day=self.month.last,
            kind=Kind.HAND,
            memo=memo,
            lines=[debit(to, soles(amount)), credit(out_of, soles(amount))],
            reference=f"test:{memo}",
            created_by=self.user(roles.TREASURER),
        )

    def phone(self, role: str) -> Page:
        """The same woman on her phone, by picture and PIN."""
        page = self.open_page("phone")
        come_in_by_picture(page, self._login(role, "/m/"))
        return page


@pytest.fixture
def demo(running_site: Site, open_page: OpenPage) -> Demo:
    """The demo: last month two sales came to the bank, and what is owed waits to be asked for."""
    house = Demo(running_site, open_page)
    for role in (roles.TREASURER, roles.PRESIDENT, roles.SECRETARY):
        speak(user=house.user(role), language="en")
    treasurer = house.user(roles.TREASURER)
    for payment in Payment.objects.waiting():
        void_payment(payment=payment, actor=treasurer, reason="So that this month begins anew.")
    bank, fund = queries.account("bank"), queries.account("common_fund")
    house.writes("Op. 770101", bank, fund, "120.00")
    house.writes("Op. 770102", bank, fund, "80.00")
    # Each of them paid the minibus out of her own pocket: it is owed to her.
    for member in Account.objects.of_members().filter(holder__isnull=False).order_by("code")[:4]:
        house.writes(f"Minibus {member.code}", queries.account("transport"), member, "18.50")
    return house


# The bank's file ---------------------------------------------------------------------------
def lines_of_the_bank(month: Span) -> Iterator[tuple[date, str, Decimal, str]]:
    """What the bank saw of our postings, and two movements of which we know nothing yet."""
    postings = Posting.objects.filter(account__role="bank", day__gte=month.first)
    rows = postings.filter(day__lte=month.last).exclude(entry__kind=Kind.OPENING)
    rows = rows.select_related("account", "entry")
    for one in rows.order_by("day", "pk"):
        sign = 1 if one.side == Posting.Side.DEBIT else -1
        numbers = re.findall(r"\d{6}", one.entry.memo)
        yield one.day, f"MOVIMIENTO {one.entry.memo}", sign * one.amount.amount, "".join(numbers)
    yield month.last, "COMISION MANTENIMIENTO DE CUENTA", -FEE, ""
    yield month.last, "DEPOSITO EN EFECTIVO AGENCIA PUNO", DEPOSIT, ""


def file_of_the_bank(month: Span) -> tuple[bytes, int]:
    """As the bank gives it, with its balance after each line; and how many lines it has."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Fecha", "Descripción", "Cargo", "Abono", "Saldo", "Nro. operación"])
    bank = queries.account("bank")
    # What was there when the books began stands in the bank's opening balance.
    told = sum(amount for _day, _text, amount, _number in lines_of_the_bank(month))
    held = queries.balance_on(bank, month.last).amount + DEPOSIT - FEE - told
    count = 0
    for day, text, amount, number in lines_of_the_bank(month):
        held, count = held + amount, count + 1
        sides = [f"{-amount:.2f}", ""] if amount < 0 else ["", f"{amount:.2f}"]
        writer.writerow([f"{day:%d/%m/%Y}", text, *sides, f"{held:.2f}", number])
    return out.getvalue().encode(), count


# 1 and 2 -----------------------------------------------------------------------------------
def she_brings_in_the_statement(page: Page, month: Span) -> Statement:
    """From her first page: the month's first step, the file, and the page beside the books."""
    content, count = file_of_the_bank(month)
    step_of(page, 1).get_by_role("link", name="Import a statement").click()
    page.locator("select[name=account]").select_option(queries.account("bank").code)
    page.locator("input[name=file]").set_input_files(
        {"name": "movimientos.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Import it").click()
    page.wait_for_url("**/office/bank/statement/*/")

    statement = Statement.objects.get()
    assert statement.mentions.count() == count
    assert statement.closing == soles(
        queries.balance_on(statement.account, month.last).amount + DEPOSIT - FEE
    )
    assert not Match.objects.exists()
    return statement


def she_matches_by_keyboard(page: Page, statement: Statement) -> None:
    """Enter after Enter confirms; then one is undone, and confirmed once more."""
    offers = page.locator("[data-bank-confirm]")
    expect(offers.first).to_be_focused()
    while left := offers.count():
        expect(offers.first).to_be_focused()
        page.keyboard.press("Enter")
        expect(offers).to_have_count(left - 1)
    # All but what somebody brought to the counter, which the house cannot know.
    assert list(open_texts()) == ["DEPOSITO EN EFECTIVO AGENCIA PUNO"]
    fee = JournalEntry.objects.get(kind=Kind.BANK_CHARGE, day=statement.last_day)
    assert queries.total_of(fee) == soles(FEE)

    made = Match.objects.count()
    row = page.locator("tr").filter(has_text="770101")
    row.get_by_role("button", name="Undo").click()
    expect(offers).to_have_count(1)
    assert Match.objects.filter(how=Match.How.UNDONE).count() == 1
    assert open_texts().filter(text__contains="770101").count() == 1
    expect(offers.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(offers).to_have_count(0)
    assert Match.objects.count() == made + 2
    assert not open_texts().filter(text__contains="770101").exists()


def open_texts() -> QuerySet[BankLine, str]:
    """What the bank says of lines that are matched with nothing."""
    return BankLine.objects.still_open().values_list("text", flat=True)


def she_writes_what_is_missing(page: Page, statement: Statement) -> None:
    """Cash that was brought to the bank: written from the bank's own line, in place."""
    assert not standing_of(statement).is_reconciled
    expect(page.locator(".bank-sum__difference")).to_contain_text(f"{DEPOSIT}")
    page.get_by_role("link", name="Not in our books? Write it here.").click()
    page.locator("select[name=kind]").select_option(Kind.TRANSFER)
    page.locator("select[name=other]").select_option(str(queries.account("cash").pk))
    page.get_by_role("button", name=re.compile("^Write .* and match it")).click()

    expect(page.locator(".bank-sum--even")).to_be_visible()
    expect(page.locator(".bank-sum__difference")).to_contain_text("0.00")
    standing = standing_of(statement)
    assert standing.is_reconciled
    assert (standing.open_count, standing.difference) == (0, soles("0"))
    written = JournalEntry.objects.get(kind=Kind.TRANSFER, postings__bank_parts__line__in=lines())
    assert queries.total_of(written) == soles(DEPOSIT)
    # The page itself says what comes now.
    expect(page.locator(".month-next")).to_contain_text("Next: Pay the members.")


def lines() -> QuerySet[BankLine]:
    return BankLine.objects.filter(text__startswith="DEPOSITO EN EFECTIVO AGENCIA")


# 3 -----------------------------------------------------------------------------------------
def two_count_the_box(demo: Demo, page: Page) -> None:
    """She counts note by note; the president says on her own phone that she counted the same."""
    box = Box.objects.get(account__role="cash")
    held = to_minor(queries.balance(box.account))
    lies_there = (held - COIN) // PIECES[-1] * PIECES[-1]
    page.locator(".month-next").get_by_role("link", name="See the whole month").click()
    step_of(page, 3).get_by_role("link", name="See the boxes").click()
    page.locator(f"a[href$='/cash/{box.pk}/']").click()
    page.get_by_role("link", name="Count it").click()
    left = lies_there
    for worth in PIECES:
        number, left = divmod(left, worth)
        field = page.locator(f"input[data-worth='{worth}']")
        if number == 1:
            page.locator("li", has=field).locator("[data-by='1']").click()
            expect(field).to_have_value("1")
        else:
            field.fill(str(number))
    expect(page.locator("[data-coins-sum]")).to_have_text(format_money(from_minor(lies_there)))
    page.get_by_role("button", name="That is all that is there").click()
    page.wait_for_url("**/m/count/of/*/")

    count = Count.objects.get(counter=demo.user(roles.TREASURER), box=box, agreement=None)
    assert (count.counted_minor, count.expected_minor) == (lies_there, held)
    assert to_minor(queries.balance(box.account)) == held, "nothing is booked by one alone"

    phone = demo.phone(roles.PRESIDENT)
    phone.goto("/m/count/")
    phone.locator(f"a[href$='/of/{count.pk}/']").click()
    phone.locator("details.sure > summary").click()
    phone.locator(".sure__panel button[type=submit]").click()
    expect(phone.locator(".paper__who")).to_contain_text(str(demo.user(roles.PRESIDENT)))

    count.refresh_from_db()
    assert count.agreement.person == demo.user(roles.PRESIDENT)
    assert to_minor(queries.balance(box.account)) == lies_there
    [short] = JournalEntry.objects.filter(kind=Kind.CASH_COUNTED, day=today())
    assert queries.total_of(short) == from_minor(held - lies_there)
    phone.context.close()


# 4 -----------------------------------------------------------------------------------------
def she_asks_for_the_pay(page: Page) -> PayDay:
    """The list that she sees is what is asked for."""
    page.goto("/office/ledger/month/")
    step_of(page, 4).get_by_role("link", name="Ask for the pay").click()
    owed = {one.pk: -one.kept_balance.amount_minor for one in queries.payable_members()}
    bank = queries.account("bank")
    page.locator(f".office-tabs a[href='?from={bank.pk}']").click()
    page.get_by_role("button", name="Ask for this list").click()
    page.wait_for_url(re.compile(r"/cash/pay-days?/\d+/"))

    made = PayDay.objects.order_by("-pk")[0]
    assert {one.account_id: one.owed_minor for one in made.lines.all()} == owed
    payments = of(made)
    assert payments.exists()
    assert set(payments.values_list("status", flat=True)) == {Status.REQUESTED}
    assert set(payments.values_list("from_account", flat=True)) == {bank.pk}
    return made


def of(made: PayDay) -> QuerySet[Payment]:
    """The payments of a pay day."""
    return Payment.objects.filter(pk__in=made.lines.exclude(payment=None).values("payment"))


def two_sign(demo: Demo, page: Page, made: PayDay) -> None:
    """She signs at her desk and the president on her phone; neither signs her own."""
    treasurer, president = demo.user(roles.TREASURER), demo.user(roles.PRESIDENT)
    page.get_by_role("link", name="To sign and pay").first.click()
    page.get_by_label("Mark all").check()
    page.get_by_role("button", name="Sign the marked ones").click()
    hers = set(of(made).exclude(payee=treasurer).values_list("pk", flat=True))
    expect(page.get_by_text("somebody else's signature").first).to_be_visible()
    assert signed_by(treasurer, made) == hers

    phone = demo.phone(roles.PRESIDENT)
    phone.locator("a[href$='/m/sign/']").first.click()
    phone.locator(f"a[href$='/m/sign/day/{made.pk}/']").click()
    theirs = of(made).exclude(payee=president)
    # Each woman comes by herself, with her amount; then all of them together.
    for number in range(1, theirs.count() + 1):
        expect(phone.locator(".turn__bar")).to_have_attribute("value", str(number))
        key = phone.locator("button[name=next]").get_attribute("value")
        payment = theirs.get(pk=int(str(key)))
        expect(phone.locator(".paper")).to_contain_text(payment.payee_label)
        expect(phone.locator(".paper__amount")).to_have_text(format_money(payment.amount))
        phone.locator("button[name=next]").click()
    assert not signed_by(president, made)
    expect(phone.locator(".pay-list__row")).to_have_count(theirs.count())
    phone.locator("button[name=sign]").click()
    phone.wait_for_url("**/m/sign/")
    assert signed_by(president, made) == set(theirs.values_list("pk", flat=True))
    phone.context.close()

    both = theirs.exclude(payee=treasurer)
    assert set(both.values_list("status", flat=True)) == {Status.SIGNED}
    # What one of the two receives waits for a third: nobody signs her own.
    own = of(made).filter(payee__in=[treasurer, president])
    assert set(own.values_list("status", flat=True)) <= {Status.REQUESTED}
    if own.exists():
        a_third_signs(demo, made)


def signed_by(person: User, made: PayDay) -> set[int]:
    return set(of(made).filter(approvals__signer=person).values_list("pk", flat=True))


def a_third_signs(demo: Demo, made: PayDay) -> None:
    """The secretary signs what the other two receive."""
    page = demo.office(roles.SECRETARY)
    page.goto("/office/ledger/payments/")
    page.get_by_label("Mark all").check()
    page.get_by_role("button", name="Sign the marked ones").click()
    expect(page.locator("main")).to_be_visible()
    assert set(of(made).values_list("status", flat=True)) == {Status.SIGNED}
    page.context.close()


def she_pays(page: Page, made: PayDay) -> None:
    """One transfer after another, each with its number, until nobody waits."""
    bank = queries.account("bank")
    held, due = queries.balance(bank), sum(one.amount.amount for one in of(made))
    page.goto("/office/ledger/payments/")
    page.get_by_role("link", name="Hand over, one after another").click()
    count = of(made).count()
    for number in range(1, count + 1):
        page.locator("[name=operation]").fill(f"OP-{number:04}")
        page.get_by_role("button", name="Paid, and on to the next").click()
        expect(page.get_by_text("It is paid and in the books.")).to_be_visible()
    page.wait_for_url("**/office/ledger/payments/")

    assert set(of(made).values_list("status", flat=True)) == {Status.PAID}
    assert queries.balance(bank) == held - soles(due)
    numbers = of(made).values_list("handing__operation", flat=True)
    assert sorted(numbers) == [f"OP-{number:04}" for number in range(1, count + 1)]
    for payment in of(made).select_related("entry"):
        signers = set(payment.approvals.values_list("signer", flat=True))
        assert len(signers) == 2
        assert payment.payee_id not in signers
        assert queries.total_of(payment.entry) == payment.amount


# 5 -----------------------------------------------------------------------------------------
def the_month_is_closed(demo: Demo, page: Page) -> None:
    """What was asked for before she wrote in it no longer holds; asked anew, two sign."""
    treasurer, president = demo.user(roles.TREASURER), demo.user(roles.PRESIDENT)
    before = queries.closing_waiting()
    assert before is not None
    page.goto(f"/office/ledger/closed-days/{before.pk}/")
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Ask for the closing").click()
    page.get_by_role("button", name=re.compile("^Sign: close up to")).click()
    expect(page.get_by_text("You have signed it. Somebody else signs too.")).to_be_visible()
    assert before is not None
    before.refresh_from_db()
    assert before.status == Closing.Status.VOID
    assert queries.closed_until() is None

    other = demo.office(roles.PRESIDENT)
    other.get_by_role("listitem").filter(has_text="closing of days").get_by_role("link").click()
    other.get_by_role("link", name="Read and sign").last.click()
    other.get_by_role("button", name=re.compile("^Sign: close up to")).click()
    expect(other.get_by_text("Every day up to")).to_be_visible()
    other.context.close()

    period = Period.objects.get()
    assert period.last_day == demo.month.last
    closing = Closing.objects.get(status=Closing.Status.CLOSED)
    signers = set(closing.signatures.values_list("signer", flat=True))
    assert signers == {treasurer.pk, president.pk}


# 6 -----------------------------------------------------------------------------------------
def she_prints_the_reports(page: Page, month: Span) -> None:
    """Each paper of the month says what the books say of its last day."""
    page.goto(f"/office/ledger/month/?of={month.first:%Y-%m}")
    held = {
        role: format_money(queries.balance_on(queries.account(role), month.last))
        for role in ("bank", "cash")
    }
    for title in ("Where is our money?", "Balance sheet"):
        words = words_of_pdf(page, title)
        for amount in held.values():
            assert plain(amount) in words, title
    earned = income_of(month)
    assert plain(format_money(earned)) in words_of_pdf(page, "Income statement")

    page.get_by_role("link", name="Balance sheet", exact=True).click()
    expect(page.locator(".report-body")).to_contain_text(held["bank"])
    with page.expect_download() as coming:
        page.get_by_role("link", name="Spreadsheet (XLSX)").click()
    sheet = openpyxl.load_workbook(io.BytesIO(coming.value.path().read_bytes())).active
    assert sheet is not None
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    for role in held:
        assert float(queries.balance_on(queries.account(role), month.last).amount) in cells

    page.goto(f"/office/money-reports/trial-balance/?until={month.last:%Y-%m-%d}")
    with page.expect_download() as coming:
        page.get_by_role("link", name="As a table (CSV)").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    # Every account of the books, on its side, to the cent.
    trial = queries.trial_balance(month.last)
    told = {row[0]: row[3:5] for row in csv.reader(io.StringIO(text)) if row}
    assert len(trial.lines) > 10
    for line in trial.lines:
        sides = ["" if one is None else f"{one.amount:.2f}" for one in (line.debit, line.credit)]
        assert told[line.code] == sides


def words_of_pdf(page: Page, title: str) -> str:
    """The text of a report's PDF, as she downloads it."""
    row = page.locator(".month-papers li").filter(has_text=title)
    with page.expect_download() as coming:
        row.get_by_role("link", name="PDF").click()
    paper = PdfReader(coming.value.path())
    return plain(" ".join(one.extract_text() for one in paper.pages))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def income_of(month: Span) -> Money:
    """What was earned in a month, in the books' currency."""
    before = queries.nets_as_of(month.first - timedelta(days=1))
    after = queries.nets_as_of(month.last)
    accounts = Account.objects.filter(kind=Account.Kind.INCOME, currency="PEN")
    return from_minor(-sum(after.get(one.pk, 0) - before.get(one.pk, 0) for one in accounts))


# The whole month ---------------------------------------------------------------------------
def step_of(page: Page, number: int) -> Locator:
    """A step of the month on the page."""
    return page.locator(".month-steps > li").nth(number - 1)


def states(month: Span) -> list[str]:
    """How the steps of a month stand, by the rows."""
    return [one.state for one in steps_of(month)]


def test_a_month_of_the_demos_treasurer(demo: Demo) -> None:
    month = demo.month
    page = demo.office(roles.TREASURER)
    assert states(month) == ["left", "later", "done", "left", "left", "later"]
    expect(page.locator(".month-step--done")).to_have_count(1)

    statement = she_brings_in_the_statement(page, month)
    she_matches_by_keyboard(page, statement)
    she_writes_what_is_missing(page, statement)
    assert states(month)[:2] == ["done", "done"]

    two_count_the_box(demo, page)
    counted = Count.objects.filter(agreement__isnull=False).order_by("-pk")[0]
    assert counted.is_short
    assert states(month)[2] == "done"

    made = she_asks_for_the_pay(page)
    two_sign(demo, page, made)
    she_pays(page, made)
    assert states(month)[3] == "done"

    the_month_is_closed(demo, page)
    assert states(month) == ["done"] * 5 + ["ready"]

    she_prints_the_reports(page, month)
    # As somebody types it, on the running house: it ends with 1 if a single row breaks a rule.
    demo.site.manage("audit")
