"""One order travels through the whole house, clicked as people click, and the books agree.

What the open book must say at the end is worked out here by hand, in soles:

    bank    2,000.00 opening − 300.00 for wool + 622.00 transfer − 200.00 paid to T-01 = 2,122.00
    cash      100.00 opening + 40.00 brought back from Arequipa                       =   140.00
    wool    110.00 cochineal + 90.00 cream + 60.00 indigo bought                      =   260.00
            − 24.00 in the shawl (200 g indigo at 0.12)
            − 10.20 in the chullo (60 g at 0.11 and 40 g at 0.09)
            − 26.00 in 25 puppets (175 g at 0.11 and 75 g at 0.09)                    =   199.80
    pieces  the 25 puppets: 25 × 7.90 pay + 26.00 wool                                =   223.50
    owed    275.00 to T-02 for the shawl
            + 69.00 + 197.50 to T-01 for chullo and puppets − 200.00 paid             =   341.50
"""

import csv
import io
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from catalog.models import Piece
from coop.kit.audit import findings
from ledger.queries import account, balance, open_book_summary
from orders.production.models import Assignment
from orders.shop.models import Order
from tests.browser.small_house import (
    PASSWORD,
    PIN,
    PUPPETS,
    SmallHouse,
    soles,
)
from tests.harness.browser import OpenPage
from tests.harness.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.daily, pytest.mark.site("small")]


def come_in(page: Page, email: str, to: str) -> Page:
    """By e-mail and password."""
    page.goto(to)
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(re.compile(re.escape(to)))
    return page


def office(open_page: OpenPage, role: str) -> Page:
    """Somebody of the office at her desk."""
    return come_in(open_page(locale="en-GB"), f"{role}@ensayo.example", "/office/")


def card_of(page: Page, *words: str) -> Locator:
    """The card that says all these words."""
    found = page.locator(".work-card")
    for word in words:
        found = found.filter(has_text=word)
    return found.first


# 1 -----------------------------------------------------------------------------------------
def a_guest_orders(page: Page) -> None:
    """A visitor walks from the first page to an order: one chullo, and the one shawl."""
    page.goto("/en/")
    page.get_by_role("link", name="Shop").first.click()
    page.get_by_role("link", name="Chullo").first.click()
    page.locator(".options").get_by_role("link", name="M", exact=True).click()
    page.locator(".options").get_by_role("link", name="cochineal").click()
    page.get_by_role("button", name="Put it in my cart").click()
    page.wait_for_url("**/en/cart/")
    page.goto("/en/shop/")
    page.get_by_role("link", name="Shawl").first.click()
    page.get_by_role("button", name="Put it in my cart").click()
    page.wait_for_url("**/en/cart/")
    page.goto("/en/cart/")
    expect(page.locator(".lines .line")).to_have_count(2)
    page.get_by_role("link", name="To the checkout").click()
    page.get_by_label("Name").fill("Margaret Hollis")
    page.get_by_label("E-mail").fill("margaret@example.org")
    page.locator("input[name=delivery][value=peru]").check()
    page.locator("textarea[name=address]").fill("12 Weaver's Row\nHebden Bridge")
    page.locator("input[name=method][value=transfer]").check()
    page.get_by_role("button", name="Order now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("#1")
    expect(page.locator("main")).to_contain_text("622.00")


def the_office_records_her_money(page: Page) -> None:
    """The transfer came in: all of it."""
    page.goto("/office/shop/orders/")
    page.get_by_role("link", name="#1").first.click()
    form = page.locator("form[action$='/payment/']")
    expect(form.locator("input[name=amount]")).to_have_value("622.00")
    form.locator("[name=method][value=transfer], select[name=method]").first.evaluate(
        "field => field.tagName === 'SELECT' ? field.value = 'transfer' : field.click()"
    )
    form.locator("input[name=reference]").fill("OP 0017")
    form.get_by_role("button").last.click()
    expect(page.get_by_text("The payment is in the books.")).to_be_visible()


# 2 -----------------------------------------------------------------------------------------
def the_hotel_sends_its_list(page: Page, house: SmallHouse) -> None:
    """Twelve designs, 25 of each, for a day in two months."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["design", "quantity", "date"])
    wanted_on = house.day + timedelta(days=60)
    writer.writerows([code, 25, wanted_on.isoformat()] for code in PUPPETS)
    file = {"name": "puppets.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".sums")).to_contain_text("300")
    expect(page.locator(".sums")).to_contain_text("4,050.00")
    page.get_by_role("button", name="Order now").click()
    expect(page.locator("main")).to_contain_text("#2")


# 3 -----------------------------------------------------------------------------------------
def the_secretary_shares_out(page: Page) -> None:
    """The fair proposal, offered as it stands."""
    page.goto("/office/work/share-out/")
    page.get_by_role("button", name="Offer it all").click()
    page.goto("/office/work/share-out/")
    expect(page.get_by_text("All open work has been given out.")).to_be_visible()


def the_knitter_says_yes(phone: Page, *works: str) -> None:
    """Picture, PIN, and yes to each of these works."""
    phone.goto("/m/")
    phone.locator("a.face").first.click()
    for digit in PIN:
        phone.locator(f"button[name=press][value='{digit}']").click()
    phone.locator("button[name=enter]").click()
    phone.locator("a[href$='/m/work/']").first.click()
    for work in works:
        # One question at a time: the others wait as rows below it.
        expect(phone.locator("article.offer")).to_be_visible()
        offer = phone.locator("article.offer").filter(has_text=work).first
        if not offer.count():
            phone.locator("a.mine").filter(has_text=work).first.click()
        offer.locator("form[action$='/yes/'] button").click()
        # First into the phone's box, then to the house, whose page follows.
        expect(phone.locator("form[action$='/yes/']")).to_have_count(0, timeout=30_000)
        phone.goto("/m/work/")
        expect(phone.locator("a.mine").filter(has_text=work)).to_be_visible()


# 4 -----------------------------------------------------------------------------------------
def the_storekeeper_hands_out_wool(page: Page, *works: str) -> None:
    """By weight, as each work needs it."""
    for work in works:
        page.goto("/office/work/wool/")
        card_of(page, "Tejedora 1", work).get_by_role("button", name="Hand it out").click()
        expect(card_of(page, "Tejedora 1", work)).to_have_count(0)
    expect(page.get_by_text("Everyone has the wool for her work.")).to_be_visible()


def she_brings(page: Page, work: str, count: int) -> None:
    """The storekeeper writes down what she brings."""
    page.goto("/office/work/deliveries/")
    card = card_of(page, "Tejedora 1", work)
    card.locator("input[name=quantity]").fill(str(count))
    card.get_by_role("button", name=re.compile("She brings (it|them)$")).click()
    expect(page.locator(".messages")).to_contain_text(str(count))


def the_checker_looks(page: Page, store: Page, puppet: str) -> None:
    """One puppet is sent to be mended, comes back and passes; everything else passes."""
    page.goto("/office/work/check/")
    card = card_of(page, puppet)
    card.locator("details.work-mend > summary").first.click()
    card.locator("input[name=bad]").first.check(force=True)
    card.locator("input[name=note]").fill("One ear is loose.")
    card.locator("button[name=mend]").click()
    card_of(page, puppet).get_by_role("button", name="All 24 are good").click()
    card_of(page, "Chullo").locator("button[name=all]").click()
    expect(page.get_by_text("No piece waits to be checked.")).to_be_visible()

    store.goto("/office/work/deliveries/")
    store.get_by_role("button", name="She brings it mended").click()
    page.goto("/office/work/check/")
    expect(page.locator(".work-card")).to_contain_text("One ear is loose.")
    card_of(page, puppet).locator("button[name=all]").click()
    expect(page.get_by_text("No piece waits to be checked.")).to_be_visible()


def the_tag_has_its_page(page: Page, tag: str) -> None:
    """What anybody reads who scans a tag: what it is, not who made it or when."""
    answer = page.goto(f"/en/piece/{tag}/")
    assert answer is not None
    assert answer.ok
    main = page.locator("main")
    expect(main).to_contain_text(tag)
    expect(main).not_to_contain_text("Tejedora")


# 5 -----------------------------------------------------------------------------------------
def the_parcel_leaves(page: Page) -> None:
    """The guest's order is complete: it is sent, and the sale is booked."""
    page.goto("/office/shop/orders/1/")
    form = page.locator("form[action$='/ship/']")
    form.locator("input[name=carrier]").fill("Cruz del Altiplano")
    form.get_by_role("button").last.click()
    expect(page.get_by_text("receipt number 1")).to_be_visible()


def the_treasurer_asks_for_her_pay(page: Page) -> str:
    """200.00 of what she is owed; the treasurer signs first. Returns the payment's address."""
    page.goto("/office/ledger/payments/owed/")
    row = page.locator("tr").filter(has_text="Tejedora 1")
    expect(row).to_contain_text("266.50")
    row.get_by_role("link", name="Pay her").click()
    form = page.locator("form.office-form")
    expect(form.locator("input[name=amount]")).to_have_value("266.50")
    form.locator("input[name=amount]").fill("200.00")
    bank = form.locator("select[name=from_account] option").filter(has_text="Ban").first
    form.locator("select[name=from_account]").select_option(bank.get_attribute("value"))
    form.locator("[name=purpose]").fill("Pay of the month")
    form.get_by_role("button", name="Ask for the payment").click()
    page.get_by_role("button", name=re.compile("^Sign")).click()
    expect(page.get_by_text("You have signed it.")).to_be_visible()
    return page.url


def a_second_signs(page: Page, address: str) -> None:
    """Another one of the Junta."""
    page.goto(address)
    page.get_by_role("button", name=re.compile("^Sign")).click()
    expect(page.get_by_text("You have signed it.")).to_be_visible()


def it_is_paid(page: Page, address: str) -> None:
    """The treasurer hands the money over and writes it down."""
    page.goto(address)
    page.get_by_role("link", name="Hand it over").click()
    page.locator("a[href='?by=transfer']").click()
    page.locator("[name=operation]").fill("OP-4711")
    page.get_by_role("button", name=re.compile("is paid$")).click()
    expect(page.get_by_text("It is paid and in the books.")).to_be_visible()


def she_sees_earned_paid_and_owed(phone: Page) -> None:
    """Each amount lies under its cloth until she lifts it."""
    phone.goto("/m/earnings/")
    for name, amount in (("owed", "66.50"), ("earned", "266.50"), ("paid", "200.00")):
        total = phone.locator(f".content > .sum--{name}")
        expect(total.locator(".amount")).not_to_be_visible()
        total.locator("summary").click()
        expect(total.locator(".amount")).to_have_text(re.compile(re.escape(amount)))


# 6 -----------------------------------------------------------------------------------------
def the_treasurer_reads_her_books(page: Page) -> None:
    """Journal, accounts and trial balance."""
    page.goto("/office/ledger/trial-balance/")
    expect(page.locator("main, #main").first).to_contain_text("2,122.00")
    page.goto("/office/ledger/journal/")
    expect(page.locator("main, #main").first).to_contain_text("200.00")
    page.goto("/office/ledger/")
    expect(page.locator("main, #main").first).to_contain_text("2,122.00")
    page.goto("/office/ledger/payments/owed/")
    expect(page.locator("tr").filter(has_text="Tejedora 1")).to_contain_text("66.50")


def everybody_reads_the_same_book(public: Page, phone: Page) -> None:
    """The figures of the open book, to the cent, as worked out above."""
    public.goto("/en/open-book/")
    expect(public.locator("[data-figure=money]")).to_have_text(re.compile(r"2,262\.00"))
    for figure in ("140.00", "2,122.00", "199.80", "223.50", "341.50"):
        expect(public.locator("main")).to_contain_text(figure)
    expect(public.locator("main")).not_to_contain_text("Tejedora")
    phone.goto("/m/book/")
    expect(phone.locator(".ours__sum")).to_have_text(re.compile(r"2,262\.00"))
    for figure in ("199.80", "223.50", "341.50"):
        expect(phone.locator(".ours")).to_contain_text(figure)


def the_books_are_those_worked_out_by_hand() -> None:
    """The same, read from the ledger."""
    book = open_book_summary()
    assert book.money == soles("2262.00")
    assert book.wool == soles("199.80")
    assert book.pieces == soles("223.50")
    assert book.owed_to_members == soles("341.50")
    assert book.customer_deposits == book.receivable == book.advances == soles("0")
    assert (book.total_in, book.total_out) == (soles("2762.00"), soles("500.00"))
    expected = {
        "bank": "2122.00",
        "cash": "140.00",
        "wool_store": "199.80",
        "wool_members": "0",
        "sales": "608.00",
        "shipping_charged": "14.00",
        # The shawl, 275.00 + 24.00, and the chullo, 69.00 + 10.20.
        "cost_of_sales": "378.20",
    }
    assert {role: balance(account(role)) for role in expected} == {
        role: soles(amount) for role, amount in expected.items()
    }


def a_puppet_that_she_was_offered() -> str:
    """The design of the first 25 puppets that the plan gave to T-01."""
    offers = Assignment.objects.filter(
        member__code="T-01", quantity=25, work_order__variant__sku__in=PUPPETS
    )
    sku: str = offers.order_by("pk").values_list("work_order__variant__sku", flat=True)[0]
    return sku.capitalize()


def test_an_order_travels_from_the_shop_to_a_knitters_pay(
    running_site: Site, open_page: OpenPage, small_house: SmallHouse
) -> None:
    guest, phone = open_page(locale="en-GB"), open_page("phone", locale="es-PE")

    a_guest_orders(guest)
    treasurer = office(open_page, "treasurer")
    the_office_records_her_money(treasurer)
    assert Order.objects.get(number=1).status == Order.Status.CONFIRMED

    hotel = come_in(open_page(locale="en-GB"), "hotel@ensayo.example", "/en/wholesale/")
    the_hotel_sends_its_list(hotel, small_house)

    secretary = office(open_page, "secretary")
    the_secretary_shares_out(secretary)
    puppet = a_puppet_that_she_was_offered()
    the_knitter_says_yes(phone, "Chullo", puppet)

    storekeeper, checker = office(open_page, "storekeeper"), office(open_page, "checker")
    the_storekeeper_hands_out_wool(storekeeper, "Chullo", puppet)
    she_brings(storekeeper, "Chullo", 1)
    she_brings(storekeeper, puppet, 25)
    the_checker_looks(checker, storekeeper, puppet)
    passed = Piece.objects.filter(maker__code="T-01", place=Piece.Place.STORE)
    assert passed.count() == 26
    the_tag_has_its_page(guest, str(passed.order_by("pk")[0].tag))

    the_parcel_leaves(secretary)
    payment = the_treasurer_asks_for_her_pay(treasurer)
    a_second_signs(office(open_page, "president"), payment)
    it_is_paid(treasurer, payment)
    she_sees_earned_paid_and_owed(phone)

    the_treasurer_reads_her_books(treasurer)
    everybody_reads_the_same_book(guest, phone)
    the_books_are_those_worked_out_by_hand()
    assert findings() == []
    # As somebody types it, on the running house: it ends with 1 if anything is wrong.
    running_site.manage("audit")
