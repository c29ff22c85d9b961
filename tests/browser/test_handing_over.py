"""Cash is handed over before a screen: she draws her name with a finger, or says her own code."""

import re

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from coop.kit.audit import findings
from coop.kit.strokes import is_drawing
from ledger import queries
from ledger.cash.services import open_box
from ledger.models import Handing, JournalEntry, Payment
from ledger.services import credit, debit, gather_all, post_entry, request_payment, sign_payment
from tests.browser.small_house import PIN, SmallHouse, soles
from tests.browser.test_journey import come_in
from tests.harness.browser import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.site("small"),
    pytest.mark.usefixtures("running_site"),
]

#: A name as a finger draws it: two strokes, in parts of the paper's width and height.
NAME = (
    [(0.1, 0.5), (0.2, 0.2), (0.3, 0.7), (0.4, 0.3)],
    [(0.5, 0.6), (0.6, 0.2), (0.7, 0.6), (0.85, 0.4)],
)


def signed_payment(house: SmallHouse) -> Payment:
    """T-01 earned S/ 37.50; two have signed that she gets them out of the box."""
    member, treasurer = house.members["T-01"], house.user("treasurer")
    cash = queries.account("cash")
    if not cash.is_box:
        open_box(account=cash, holder=treasurer, actor=treasurer, on=house.day)
    post_entry(
        day=house.day,
        kind=JournalEntry.Kind.HAND,
        memo="T-01",
        lines=[
            debit(queries.account("finished_pieces"), soles("37.50")),
            credit(member.account, soles("37.50")),
        ],
        reference="earned",
        created_by=None,
    )
    payment = request_payment(
        from_account=queries.account("cash"),
        to_account=member.account,
        payee=member.user,
        payee_name="",
        amount=soles("37.50"),
        kind=JournalEntry.Kind.MEMBER_PAID,
        purpose="Pago",
        actor=house.user("treasurer"),
        on=house.day,
        reference="pay",
    )
    for role in ("treasurer", "president"):
        sign_payment(payment=payment, signer=house.user(role), on=house.day)
    payment.refresh_from_db()
    return payment


def her_phone(open_page: OpenPage, to: str) -> Page:
    """Her own phone, opened with picture and PIN."""
    phone = open_page("phone")
    phone.goto("/m/")
    phone.locator("a.face").first.click()
    for digit in PIN:
        phone.locator(f"button[name=press][value='{digit}']").click()
    phone.locator("button[name=enter]").click()
    expect(phone.locator("a[href$='/m/earnings/']").first).to_be_visible()
    phone.wait_for_load_state()
    phone.goto(to)
    return phone


def at_the_desk(open_page: OpenPage, payment: Payment, by: str, size: str) -> Page:
    """The treasurer before the page on which she hands it over."""
    page = come_in(open_page(size, locale="en-GB"), "treasurer@ensayo.example", "/office/")
    page.goto(f"/office/ledger/payments/{payment.pk}/pay/?by={by}")
    return page


def draw_with_a_finger(page: Page, paper: Locator) -> None:
    """Touches as a phone's glass reports them: down, along, up."""
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    glass: CDPSession = page.context.new_cdp_session(page)
    for stroke in NAME:
        points = [
            {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in stroke
        ]
        for kind, point in zip(["touchStart", *["touchMove"] * 3], points, strict=True):
            glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def draw_with_a_mouse(page: Page, paper: Locator) -> None:
    """The same at a desk."""
    box = paper.bounding_box()
    assert box is not None
    for stroke in NAME:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()


def she_reads_her_receipt(open_page: OpenPage, payment: Payment) -> Page:
    """The money, how it came to her, and the receipt, on her own phone."""
    gather_all()
    entry = JournalEntry.objects.get(payment=payment)
    phone = her_phone(open_page, f"/m/earnings/{entry.pk}/")
    phone.locator("details.cloth summary, .cloth summary").first.click()
    expect(phone.locator("main")).to_contain_text("37.50")
    receipt = phone.request.get(f"/m/earnings/{entry.pk}/receipt.json")
    assert receipt.ok
    assert str(entry.number) in receipt.text()
    assert findings() == []
    return phone


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_she_draws_her_name(open_page: OpenPage, small_house: SmallHouse, size: str) -> None:
    payment = signed_payment(small_house)
    page = at_the_desk(open_page, payment, "signature", size)
    paper, paid = page.locator("svg.drawn-pad__paper"), page.locator("form.office-form button").last

    # With nothing drawn nothing is paid.
    page.get_by_role("button", name=re.compile("is paid$")).click()
    expect(page.locator("main, #main").first).to_contain_text("Nothing is drawn yet")
    assert not Handing.objects.exists()

    draw = draw_with_a_finger if size == "phone" else draw_with_a_mouse
    draw(page, paper)
    expect(paper.locator("polyline")).to_have_count(2)
    page.get_by_role("button", name="Wipe it out").click()
    expect(paper.locator("polyline")).to_have_count(0)
    draw(page, paper)
    expect(paid).to_be_enabled()
    page.get_by_role("button", name=re.compile("is paid$")).click()
    page.wait_for_url(lambda url: "/pay/" not in url)
    page.goto(f"/office/ledger/payments/{payment.pk}/")
    expect(page.locator("main svg polyline")).to_have_count(2)

    handing = Handing.objects.get(payment=payment)
    assert is_drawing(handing.drawing)
    assert handing.drawing.count(";") == 1
    payment.refresh_from_db()
    assert payment.status == Payment.Status.PAID
    phone = she_reads_her_receipt(open_page, payment)
    expect(phone.locator("main svg polyline").first).to_be_attached()


@pytest.mark.daily
def test_she_says_the_code_of_her_own_phone(open_page: OpenPage, small_house: SmallHouse) -> None:
    payment = signed_payment(small_house)
    phone = her_phone(open_page, "/m/earnings/")
    code_line = phone.locator(".own-code").first
    expect(code_line).to_be_hidden()
    phone.locator("[data-cloth] > summary").first.click()
    expect(code_line).to_be_in_viewport(ratio=1)
    code = (code_line.text_content() or "").strip()
    assert re.fullmatch(r"\d{4}", code)

    page = at_the_desk(open_page, payment, "code", "desktop")
    page.locator("input[name=code]").fill(f"{(int(code) + 1) % 10_000:04}")
    page.get_by_role("button", name=re.compile("is paid$")).click()
    expect(page.locator("main, #main").first).to_contain_text("That is not the code")
    assert not Handing.objects.exists()

    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name=re.compile("is paid$")).click()
    page.wait_for_url(lambda url: "/pay/" not in url)
    assert Handing.objects.get(payment=payment).proof == Handing.Proof.CODE
    she_reads_her_receipt(open_page, payment)


@pytest.mark.parametrize("language", ["es-PE", "en-GB"])
@pytest.mark.parametrize("width", [360, 320])
def test_the_second_woman_types_without_scrolling(
    open_page: OpenPage, small_house: SmallHouse, width: int, language: str
) -> None:
    """On a phone 640 px high every key and *In* are in view, also after a wrong number."""
    treasurer, second = small_house.user("treasurer"), small_house.members["T-01"].user
    box = open_box(
        account=queries.account("cash"), holder=treasurer, actor=treasurer, on=small_house.day
    )
    type(second).objects.filter(pk=second.pk).update(
        first_name="María del Rosario", last_name="Huanacuni Condorchoque"
    )
    size = {"viewport": {"width": width, "height": 640}, "locale": language}
    page = come_in(open_page("phone", **size), "treasurer@ensayo.example", "/office/")
    page.goto(f"/m/count/{box.pk}/")
    page.locator("main form .act--go button").first.click()
    page.locator(f"a[href^='?with={second.pk}']").click()
    draw_with_a_finger(page, page.locator("svg.drawn-pad__paper"))
    page.locator("form.draws .act--go button").click()

    every_key_is_in_view(page)
    expect(page.locator("form.pad")).to_contain_text("María del Rosario")
    page.locator("button[name=press][value='0']").click()
    page.locator("button[name=enter]").click()
    expect(page.locator("form.pad [role=alert]")).to_be_visible()
    every_key_is_in_view(page)


def every_key_is_in_view(page: Page) -> None:
    """As the page opens, without a touch."""
    page.wait_for_load_state()
    page.evaluate("scrollTo(0, 0)")
    keys = page.locator("form.pad .pad__key")
    expect(keys).to_have_count(12)
    for one in keys.all():
        expect(one).to_be_in_viewport(ratio=1)
