"""A phone without signal: her receipt is checked, and she sees which of her pieces are paid."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from coop.members.models import Office
from coop.people.models import PinCard
from coop.wool.services import issue_needs
from ledger.models import JournalEntry
from ledger.services import gather_block
from orders.production.accounting import passed_reference
from orders.production.queries import needs_of
from orders.production.services import deliver, pass_piece, take_on
from tests.browser.offline_phone import NO_SIGNAL, come_in, lose_signal, offer
from tests.browser.small_house import SmallHouse
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
    phone.locator("#receipt").fill(receipt.read_text().replace(str(entry.day), "2020-01-01", 1))
    expect(phone.locator(".verdict.is-wrong")).to_be_visible()


def test_without_signal_she_sees_which_pieces_are_paid_and_no_amount(
    house: SmallHouse, phone: Page
):
    good_piece(house)
    come_in(phone, card(house))
    lose_signal(phone)

    phone.goto("/m/earnings/orders/")

    row = phone.locator(".ordered__stitches").first
    expect(row.locator(".stitch--owed")).to_have_count(1)
    expect(row.locator(".stitch--left")).to_have_count(1)
    assert "S/" not in phone.content()
