"""The treasurer brings in her bank's file and matches it with one key."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from coop.kit import days
from coop.kit.audit import findings
from coop.people import roles
from coop.people.models import User
from ledger import queries
from ledger.bank.models import BankLine, Match, Statement
from ledger.bank.queries import standing_of
from ledger.models import JournalEntry
from ledger.services import credit, debit, post_entry
from tests.browser.small_house import soles
from tests.browser.test_office_by_hand import come_in
from tests.harness.browser import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.site("small"),
    pytest.mark.usefixtures("running_site"),
]


def came(amount: str, reference: str, memo: str | None = None) -> None:
    """Money that the books have in the bank since today; its memo says its number, or `memo`."""
    bank, fund = queries.account("bank"), queries.account("common_fund")
    post_entry(
        day=days.today(),
        kind=JournalEntry.Kind.HAND,
        memo=f"#{reference}" if memo is None else memo,
        lines=[debit(bank, soles(amount)), credit(fund, soles(amount))],
        reference=f"test:{reference}",
        created_by=User.objects.filter(groups__name=roles.TREASURER).first(),
    )


@pytest.mark.daily
def test_a_statement_is_matched_with_one_key_until_nothing_differs(open_page: OpenPage) -> None:
    bank = queries.account("bank")
    held = queries.balance(bank)
    came("120.00", "55101")
    came("80.00", "55102")
    opening = held.amount
    day = f"{days.today():%d/%m/%Y}"
    rows = [
        "Fecha;Descripción;Monto;Saldo",
        f"{day};TRANSF 55101;120.00;{opening + 120:.2f}",
        f"{day};TRANSF 55102;80.00;{opening + 200:.2f}",
        f"{day};COMISION MANTENIMIENTO;-7.50;{opening + 200 - soles('7.50').amount:.2f}",
    ]
    page = come_in(open_page, roles.TREASURER, "/office/bank/import/")
    page.locator("select[name=account]").select_option(bank.code)
    page.locator("input[name=file]").set_input_files(
        {"name": "m.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    )
    page.locator(".office-form button[type=submit]").click()
    page.wait_for_url("**/office/bank/statement/1/")

    for left in (2, 1):
        expect(page.locator("[data-bank-confirm]")).to_have_count(left + 1)
        expect(page.locator("[data-bank-confirm]").first).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.locator("[data-bank-confirm]")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.locator(".bank-sum--even")).to_be_visible()
    assert Match.objects.count() == 3
    assert standing_of(Statement.objects.get()).is_reconciled
    page.locator("button", has_text="Undo").first.click()
    expect(page.locator("[data-bank-confirm]")).to_have_count(1)
    assert findings() == []


def test_what_is_marked_is_added_up_and_the_arrows_go_from_one_to_the_next(
    open_page: OpenPage,
) -> None:
    bank = queries.account("bank")
    came("120.00", "66101")
    came("80.00", "66102")
    day = f"{days.today():%Y-%m-%d}"
    rows = f"Fecha;Descripción;Monto\n{day};TRANSF 66101;120.00\n{day};TRANSF 66102;80.00\n"
    page = come_in(open_page, roles.TREASURER, "/office/bank/import/")
    page.locator("select[name=account]").select_option(bank.code)
    page.locator("input[name=file]").set_input_files(
        {"name": "m.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.locator(".office-form button[type=submit]").click()

    expect(page.locator("[data-bank-confirm]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-bank-confirm]").nth(1)).to_be_focused()
    page.locator("[data-bank-mark=bank]").first.check()
    page.locator("[data-bank-mark=books]").last.check()
    expect(page.locator("[data-bank-sum=difference]")).to_have_text("S/\u00a040.00")


# A whole statement ------------------------------------------------------------------------------
SURE, BY_AMOUNT, SUMS, CHARGES = 40, 12, 3, 4


def sixty_lines() -> list[str]:
    """The books have most of what the bank tells: by its number, by its amount, as sums of two; not
    what the bank kept, and one deposit that nobody knows.
    """
    day, rows = f"{days.today():%d/%m/%Y}", []
    for place in range(SURE):
        came(f"{100 + place}.10", f"88{place:03}")
        rows.append((f"TRANSF 88{place:03}", Decimal(f"{100 + place}.10")))
    for place in range(BY_AMOUNT):
        came(f"{300 + place}.20", f"a{place}", memo="")
        rows.append(("ABONO", Decimal(f"{300 + place}.20")))
    for place in range(SUMS):
        came(f"{1000 * 3**place}.30", f"b{place}", memo="")
        came(f"{5000 * 3**place}.30", f"c{place}", memo="")
        rows.append(("DEPOSITO DEL DIA", Decimal(f"{6000 * 3**place}.60")))
    rows += [("COMISION MANTENIMIENTO", Decimal("-1.50"))] * CHARGES
    rows.append(("SIN NOMBRE", Decimal("77.77")))
    held = queries.balance(queries.account("bank")).amount
    told = sum(amount for _text, amount in rows)
    known = told - Decimal("77.77") + CHARGES * Decimal("1.50")
    balance, lines = held - known, ["Fecha;Descripción;Monto;Saldo"]
    for text, amount in rows:
        balance += amount
        lines.append(f"{day};{text};{amount};{balance:.2f}")
    assert len(rows) == 60
    return lines


def bring(page: Page, lines: list[str]) -> None:
    """Choose the account by its keys and the file, and send them with Enter."""
    page.locator("select[name=account]").select_option(queries.account("bank").code)
    page.locator("input[name=file]").set_input_files(
        {"name": "m.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    page.locator(".office-form button[type=submit]").press("Enter")
    page.wait_for_url("**/office/bank/statement/1/")


def difference_is_in_view(page: Page) -> bool:
    """Whether she sees the difference without moving the page."""
    seen: bool = page.evaluate(
        """() => {
          const told = document.querySelector(".bank-sum__difference dd");
          const box = told.getBoundingClientRect();
          const at = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
          return box.top >= 0 && box.bottom <= innerHeight && Boolean(at?.closest(".bank-sum"));
        }"""
    )
    return seen


#: Where the focused line stands on the screen.
TOP = "() => document.activeElement.closest('[data-bank-row]')?.getBoundingClientRect().top"


@pytest.mark.parametrize("locale", ["es-PE", "en-GB"])
def test_sixty_lines_are_matched_by_the_keyboard_and_nothing_jumps(
    open_page: OpenPage, locale: str
) -> None:
    lines = sixty_lines()
    page = come_in(open_page, roles.TREASURER, "/office/bank/import/", locale=locale)
    bring(page, lines)
    offers = page.locator("[data-bank-confirm]")
    expect(offers).to_have_count(59)
    expect(offers.first).to_be_focused()

    # One key for what leaves no doubt.
    page.keyboard.press("a")
    left = BY_AMOUNT + SUMS + CHARGES
    expect(offers).to_have_count(left)
    assert Match.objects.count() == SURE
    assert difference_is_in_view(page)
    expect(page.locator("[data-bank-said]")).to_contain_text(str(SURE))

    # Enter for each of the others: the next one has the focus, where the one before it stood.
    while left:
        expect(offers.first).to_be_focused()
        before = page.evaluate(TOP)
        page.keyboard.press("Enter")
        left -= 1
        expect(offers).to_have_count(left)
        if left:
            expect(offers.first).to_be_focused()
            # Less than a line of text: a taller offer comes wholly into view.
            assert abs(page.evaluate(TOP) - before) < 24
        assert difference_is_in_view(page)
    assert Match.objects.count() == SURE + BY_AMOUNT + SUMS + CHARGES
    assert BankLine.objects.still_open().get().text == "SIN NOMBRE"

    # One key takes the last one back; it is looked at again, and one key confirms it anew.
    page.keyboard.press("u")
    expect(offers).to_have_count(1)
    expect(offers.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(offers).to_have_count(0)

    # What nobody knows is written in place.
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-bank-step]").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/line/**")
    page.locator("select[name=kind]").select_option(JournalEntry.Kind.HAND)
    page.locator("select[name=other]").select_option(str(queries.account("common_fund").pk))
    page.locator(".office-form:has(select[name=kind]) button[type=submit]").press("Enter")
    expect(page.locator(".bank-sum--even")).to_be_visible()
    assert standing_of(Statement.objects.get()).is_reconciled
    assert findings() == []


def test_the_same_on_a_phone_by_touch(open_page: OpenPage) -> None:
    lines = sixty_lines()
    page = come_in(open_page, roles.TREASURER, "/office/bank/import/", size="phone")
    bring(page, lines)
    offers = page.locator("[data-bank-confirm]")
    expect(offers).to_have_count(59)
    assert page.locator(".bank-legend").is_hidden()

    page.locator("[data-bank-key=a]").tap()
    left = BY_AMOUNT + SUMS + CHARGES
    expect(offers).to_have_count(left)
    while left:
        offers.first.tap()
        left -= 1
        expect(offers).to_have_count(left)
        assert difference_is_in_view(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert BankLine.objects.still_open().count() == 1


def test_keys_mark_and_look_through_the_books_and_do_nothing_while_she_writes(
    open_page: OpenPage,
) -> None:
    came("120.00", "66101")
    came("80.00", "66102")
    day = f"{days.today():%Y-%m-%d}"
    lines = ["Fecha;Descripción;Monto", f"{day};X;200.00", f"{day};Y;7.00"]
    page = come_in(open_page, roles.TREASURER, "/office/bank/import/")
    bring(page, lines)

    expect(page.locator("[data-bank-confirm]")).to_be_focused()
    sides = page.locator("[data-bank-side]")
    before = sides.count()
    page.keyboard.press("x")
    expect(page.locator("[data-bank-mark=bank]").first).to_be_checked()
    page.keyboard.press("/")
    field = page.locator("[data-bank-filter] input")
    expect(field).to_be_focused()
    page.keyboard.type("80")
    expect(sides.locator("visible=true")).to_have_count(1)
    page.keyboard.type("uamx/")
    assert not Match.objects.exists()
    expect(field).to_have_value("80uamx/")
    field.fill("80")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-bank-sum=difference]")).to_have_text("S/\u00a0120.00")
    page.keyboard.press("Escape")
    page.locator("input[name=rest]").check()
    page.keyboard.press("m")
    expect(sides).to_have_count(before - 1)
    assert Match.objects.get().parts.get().amount_minor == 8000


def test_a_file_that_is_too_large_is_told_before_it_is_sent(open_page: OpenPage) -> None:
    page = come_in(open_page, roles.TREASURER, "/office/bank/import/")
    before = Statement.objects.count()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    field = page.locator("input[name=file]")
    field.set_input_files({"name": "m.csv", "mimeType": "text/csv", "buffer": b"x" * 6_000_001})

    said = page.locator("#id_file-too-large")
    expect(said).to_contain_text("7 MB")
    page.locator(".office-form button[type=submit]").click()

    expect(said).to_contain_text("5 MB")
    expect(field).to_be_focused()
    assert sent == []
    assert Statement.objects.count() == before
