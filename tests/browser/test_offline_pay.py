"""A phone without signal: her receipt is checked; our book and her pay open while she is in."""

from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from coop.members.models import Office
from coop.people.models import PinCard
from coop.people.services import give_pin_card
from coop.wool.services import issue_needs
from ledger.models import JournalEntry
from ledger.services import gather_block
from orders.production.accounting import passed_reference
from orders.production.queries import needs_of
from orders.production.services import deliver, pass_piece, take_on
from tests.browser.offline_phone import (
    NO_SIGNAL,
    change,
    come_in,
    drawers,
    lose_signal,
    offer,
    stay,
    type_pin,
    wait_for,
)
from tests.browser.small_house import PRODUCTION_HASHERS, SmallHouse
from tests.harness.browser import OpenPage, Watch
from tests.harness.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.site("small", kept=True)]


@pytest.fixture
def house(running_site: Site, watch: Watch, small_house: SmallHouse) -> SmallHouse:
    watch.allow(NO_SIGNAL)
    return small_house


@pytest.fixture
def phone(house: SmallHouse, open_page: OpenPage) -> Page:
    return open_page("phone", locale="es-PE")


def card(house: SmallHouse) -> int:
    return PinCard.objects.get(user=house.members["T-01"].user).pk


def good_piece(house: SmallHouse) -> JournalEntry:
    """A llama that she knitted and the checker found good; sealed into a block."""
    work = take_on(assignment=offer(house, 2), actor=house.members["T-01"].user)
    keeper = house.user(Office.Post.PRESIDENT)
    for need in needs_of(work.work_order.variant.design, 2):
        issue_needs(
            member=work.member,
            needs=[need],
            actor=keeper,
            on=house.day,
            reference=f"test:{work.pk}:{need.yarn.pk}:{need.colour.pk}",
        )
    [piece] = deliver(assignment=work, quantity=1, actor=keeper, on=house.day)
    pass_piece(piece=piece, checker=keeper, on=house.day)
    gather_block()
    return JournalEntry.objects.get(reference=passed_reference(piece.pk))


def test_her_receipt_is_two_touches_away_and_is_checked_without_signal(
    house: SmallHouse, phone: Page, tmp_path: Path
):
    entry = good_piece(house)
    come_in(phone, card(house))
    phone.goto("/m/earnings/")
    phone.locator(f"a[href='/m/earnings/{entry.pk}/']").click()
    with phone.expect_download() as kept:
        phone.locator(f"a[href='/m/earnings/{entry.pk}/receipt.json']").click()
    receipt = tmp_path / kept.value.suggested_filename
    kept.value.save_as(receipt)

    lose_signal(phone)
    phone.locator("a[href='/m/check/es/']").click()
    phone.locator("#file").set_input_files(receipt)

    expect(phone.locator(".verdict.is-well")).to_be_visible()
    phone.locator("details:has(#receipt) summary").click()
    phone.locator("#receipt").fill(receipt.read_text().replace(str(entry.day), "2020-01-01", 1))
    expect(phone.locator(".verdict.is-wrong")).to_be_visible()


def assert_not_kept(page: Page, path: str) -> None:
    """Without signal it does not open, and no amount stands there."""
    page.goto(path)
    expect(page.locator("[data-away-again]")).to_be_visible()
    assert "S/" not in page.content()


def keep_money(page: Page) -> None:
    """On the phone's screen: amounts stay too."""
    button = page.locator("[data-stays=money] button")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    wait_for(page, "kept")


def lock(page: Page) -> None:
    """Five minutes went by."""
    change(page, "open", seen=0)


@pytest.mark.daily
def test_the_book_and_her_pay_open_without_signal_and_say_from_when(house: SmallHouse, phone: Page):
    good_piece(house)
    come_in(phone, card(house))
    lose_signal(phone)

    for path in (
        "/m/book/",
        f"/m/book/?month={house.day:%Y-%m}",
        "/m/earnings/",
        "/m/earnings/orders/",
    ):
        phone.goto(path)
        expect(phone.locator("[data-as-of]")).to_contain_text("Así estaba hoy")
        assert "S/" in phone.content()
    phone.goto("/m/book/")
    expect(phone.locator(".ours__sum")).to_be_visible()


def test_a_page_that_she_opened_opens_again_without_signal_and_no_other(
    house: SmallHouse, phone: Page
):
    entry = good_piece(house)
    come_in(phone, card(house))
    expect(phone.locator("[data-as-of]")).to_have_count(0)
    phone.goto("/m/book/?what=work")
    expect(phone.locator("[data-as-of]")).to_be_hidden()
    phone.goto(f"/m/earnings/{entry.pk}/")
    wait_for(phone, "opened")
    lose_signal(phone)

    phone.goto("/m/book/?what=work")
    expect(phone.locator("[data-as-of]")).to_contain_text("Así estaba hoy")
    assert "csrfmiddlewaretoken" not in phone.content()
    phone.goto(f"/m/earnings/{entry.pk}/")
    expect(phone.locator("[data-as-of]")).to_be_visible()
    assert_not_kept(phone, "/m/book/?what=wool")
    expect(phone.locator("[data-away-book]")).to_be_visible()
    expect(phone.locator("[data-away-pay]")).to_be_visible()


@pytest.mark.daily
def test_no_amount_outlives_the_lock(house: SmallHouse, phone: Page):
    """Also where she keeps her work: which pieces are paid, not how much."""
    good_piece(house)
    come_in(phone, card(house))
    stay(phone)
    phone.goto("/m/earnings/")
    wait_for(phone, "opened")
    lose_signal(phone)
    lock(phone)

    assert_not_kept(phone, "/m/book/")
    assert not {"money", "opened"} & set(drawers(phone)["drawer"])
    type_pin(phone)
    phone.wait_for_url("**/m/")
    phone.goto("/m/earnings/orders/")
    row = phone.locator(".ordered__stitches").first
    expect(row.locator(".stitch--owed")).to_have_count(1)
    expect(row.locator(".stitch--left")).to_have_count(1)
    assert "S/" not in phone.content()
    assert_not_kept(phone, "/m/earnings/")


def test_if_she_wants_amounts_too_stay_behind_her_number(house: SmallHouse, phone: Page):
    good_piece(house)
    come_in(phone, card(house))
    phone.goto("/m/phone/")
    money = phone.locator("[data-stays=money]")
    expect(money).to_be_hidden()
    stay(phone)
    keep_money(phone)
    lose_signal(phone)
    lock(phone)

    assert_not_kept(phone, "/m/book/")
    type_pin(phone)
    phone.wait_for_url("**/m/")
    phone.goto("/m/book/")
    expect(phone.locator(".ours__sum")).to_be_visible()
    expect(phone.locator("[data-as-of]")).to_contain_text("Así estaba hoy")


def test_another_woman_finds_nothing_of_hers(house: SmallHouse, phone: Page):
    good_piece(house)
    with override_settings(PASSWORD_HASHERS=PRODUCTION_HASHERS):
        give_pin_card(user=house.members["T-02"].user, motif="luna", colour="indigo", pin="7305")
    come_in(phone, card(house))
    stay(phone)
    keep_money(phone)
    phone.goto("/m/earnings/")
    wait_for(phone, "opened")
    phone.context.clear_cookies(name="sessionid")
    other = PinCard.objects.get(user=house.members["T-02"].user).pk

    come_in(phone, other, "7305")
    assert not {"opened", "stays", "stays-money"} & set(drawers(phone)["drawer"])
    lose_signal(phone)
    phone.goto("/m/earnings/")

    expect(phone.locator("[data-as-of]")).to_be_visible()
    assert "7.90" not in phone.content()


def test_going_out_takes_the_amounts_along(house: SmallHouse, phone: Page):
    good_piece(house)
    come_in(phone, card(house))
    stay(phone)
    keep_money(phone)
    phone.goto("/m/earnings/")
    wait_for(phone, "opened")
    phone.goto("/m/")
    phone.locator("form[action$='/leave/'] button").first.click()
    phone.wait_for_url("**/m/login/")

    assert set(drawers(phone)["drawer"]) <= {"lang"}
