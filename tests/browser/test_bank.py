"""The treasurer brings in her bank's file and matches it with one key."""

import pytest
from playwright.sync_api import expect

from coop.kit import days
from coop.kit.audit import findings
from coop.people import roles
from coop.people.models import User
from ledger import queries
from ledger.bank.models import Match, Statement
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


def came(amount: str, reference: str) -> None:
    """Money that the books have in the bank since today."""
    bank, fund = queries.account("bank"), queries.account("common_fund")
    post_entry(
        day=days.today(),
        kind=JournalEntry.Kind.HAND,
        memo=f"#{reference}",
        lines=[debit(bank, soles(amount)), credit(fund, soles(amount))],
        reference=f"test:{reference}",
        created_by=User.objects.filter(groups__name=roles.TREASURER).first(),
    )


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
