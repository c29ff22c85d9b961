"""A phone without signal: her work can be seen, her answer waits, and the house hears it once."""

import pytest
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page, expect

from coop.kit.audit import findings
from coop.people.models import PinCard
from coop.people.services import end_sessions, give_pin_card
from coop.portal.offline.models import Told
from orders.production.models import Assignment
from orders.production.services import withdraw
from tests.browser.offline_phone import (
    NO_SIGNAL,
    change,
    come_in,
    drawers,
    find_signal,
    lose_signal,
    offer,
    say_yes,
    say_yes_without_signal,
    stay,
    type_pin,
    until,
    wait_for,
)
from tests.browser.small_house import PIN, PRODUCTION_HASHERS, SmallHouse
from tests.harness.browser import OpenPage, Watch
from tests.harness.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.site("small", kept=True)]

BAR = "[data-signal]"
OTHER_PIN = "7305"


@pytest.fixture
def house(running_site: Site, watch: Watch, small_house: SmallHouse) -> SmallHouse:
    watch.allow(NO_SIGNAL)
    return small_house


@pytest.fixture
def phone(house: SmallHouse, open_page: OpenPage) -> Page:
    return open_page("phone", locale="es-PE")


def card(house: SmallHouse, code: str = "T-01") -> int:
    return PinCard.objects.get(user=house.members[code].user).pk


def status(work: Assignment) -> str:
    return Assignment.objects.get(pk=work.pk).status


def assert_taken_once(work: Assignment) -> None:
    assert status(work) == "taken"
    assert work.events.filter(kind="taken").count() == 1
    assert findings() == []


def until_told(page: Page) -> None:
    """The box is empty: the house has heard everything."""
    expect(page.locator(BAR)).to_have_attribute("data-state", "well", timeout=30_000)


def lock_the_house(page: Page) -> None:
    """Five minutes went by: the session is over."""
    page.context.clear_cookies(name="sessionid")


def fill_up(page: Page) -> None:
    """From now on nothing more goes into the phone."""
    page.evaluate(
        """() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException("", "QuotaExceededError");
          };
        }"""
    )


def test_yes_without_signal_is_heard_once_when_there_is_signal(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)

    phone.goto("/m/work/")
    expect(phone.locator("article.offer")).to_contain_text("Llama")
    assert "39.50" not in phone.content()
    say_yes_without_signal(phone, work)
    expect(phone.locator("form[data-later]:visible")).to_have_count(0)
    assert status(work) == "offered"

    find_signal(phone)
    until_told(phone)
    assert_taken_once(work)
    phone.goto("/m/work/")
    expect(phone.locator(f"a[href='/m/work/{work.pk}/']")).to_be_visible()
    expect(phone.locator(".answer--done")).to_be_visible()


def test_with_signal_yes_goes_out_at_once_and_the_page_says_so(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))

    phone.goto("/m/work/")
    say_yes(phone, work)

    phone.wait_for_url(f"**/m/work/{work.pk}/")
    expect(phone.locator(".said--success")).to_be_visible()
    expect(phone.locator(".answer")).to_have_count(0)
    assert_taken_once(work)


def hold_the_box(page: Page) -> None:
    """Let this page ask to send what waits; whoever asks later comes after it."""
    page.evaluate(
        """() => new Promise((held) => {
          navigator.locks.request("outbox", () => {
            held();
            return new Promise((release) => { globalThis.letGo = release; });
          });
        })"""
    )
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_function(
        "async () => (await navigator.locks.query()).pending.some((one) => one.name === 'outbox')"
    )


def test_yes_pressed_while_the_page_was_about_to_send_is_her_yes(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    phone.goto("/m/work/")
    hold_the_box(phone)

    say_yes(phone, work)
    phone.wait_for_function("async () => (await navigator.locks.query()).pending.length === 2")
    phone.evaluate("letGo()")

    phone.wait_for_url(f"**/m/work/{work.pk}/")
    expect(phone.locator(".said--success")).to_be_visible()
    expect(phone.locator(".answer")).to_have_count(0)
    assert_taken_once(work)


def test_yes_told_by_another_tab_is_not_silent(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    other = phone.context.new_page()
    other.goto("/m/")
    phone.goto("/m/work/")
    hold_the_box(other)

    say_yes(phone, work)
    other.wait_for_function("async () => (await navigator.locks.query()).pending.length === 2")
    other.evaluate("letGo()")

    expect(phone.locator(".answer--done")).to_be_visible()
    assert_taken_once(work)


def test_the_tab_is_closed_in_between_and_nothing_is_lost(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)
    phone.goto("/m/work/")
    say_yes_without_signal(phone, work)
    context: BrowserContext = phone.context
    phone.close()

    find_signal_again = context.new_page()
    context.set_offline(False)
    find_signal_again.goto("/m/work/")

    until_told(find_signal_again)
    assert_taken_once(work)


def test_the_answer_is_lost_on_the_way_and_it_is_told_again(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    phone.goto("/m/work/")
    lost: list[int] = []

    def lose_the_answer(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    phone.route("**/m/outbox/tell/", lose_the_answer)
    with phone.expect_event("requestfailed", lambda request: "/tell/" in request.url):
        say_yes(phone, work)

    until(phone, "found.box.length === 0")
    assert lost == [200]
    assert Told.objects.count() == 1
    assert_taken_once(work)


def test_another_woman_on_the_same_phone_never_sends_it(house, phone):
    with override_settings(PASSWORD_HASHERS=PRODUCTION_HASHERS):
        give_pin_card(user=house.members["T-02"].user, motif="luna", colour="indigo", pin=OTHER_PIN)
    work = offer(house, 5)
    come_in(phone, card(house))
    stay(phone)
    lose_signal(phone)
    phone.goto("/m/work/")
    say_yes_without_signal(phone, work)
    lock_the_house(phone)
    find_signal(phone)

    come_in(phone, card(house, "T-02"), OTHER_PIN)
    phone.goto("/m/work/")

    expect(phone.locator(BAR)).to_contain_text("1 espera señal")
    expect(phone.locator("article.offer")).to_have_count(0)
    assert status(work) == "offered"
    assert not Told.objects.exists()
    assert "stays" not in drawers(phone)["drawer"]

    lock_the_house(phone)
    come_in(phone, card(house))
    until_told(phone)
    assert_taken_once(work)


def test_her_session_is_over_and_it_waits_until_she_comes_in(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    phone.goto("/m/work/")
    lock_the_house(phone)

    say_yes(phone, work)

    phone.wait_for_url("**/m/login/**")
    expect(phone.locator(BAR)).to_contain_text("1 espera señal")
    assert status(work) == "offered"
    come_in(phone, card(house))
    until_told(phone)
    assert_taken_once(work)


def test_the_offer_went_to_somebody_else_meanwhile_and_she_is_told_kindly(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)
    phone.goto("/m/work/")
    say_yes_without_signal(phone, work)
    withdraw(assignment=work, actor=house.user("secretary"))
    find_signal(phone)
    until_told(phone)

    phone.goto("/m/")

    answer = phone.locator(".answer--refused")
    expect(answer).to_contain_text("ya no se ofrece")
    expect(answer.locator(".picture, img").first).to_be_visible()
    assert status(work) == "withdrawn"
    answer.locator("button[type=submit]").click()
    expect(phone.locator(".answer")).to_have_count(0)


def test_a_full_phone_without_signal_says_so_and_with_signal_it_goes_out(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)
    phone.goto("/m/work/")
    fill_up(phone)

    say_yes(phone, work)

    expect(phone.locator(".said--error")).to_contain_text("lleno")
    assert drawers(phone)["box"] == []
    find_signal(phone)
    phone.goto("/m/work/")
    fill_up(phone)
    say_yes(phone, work)
    phone.wait_for_url(f"**/m/work/{work.pk}/")
    assert_taken_once(work)


def test_going_out_leaves_nothing_of_hers_in_the_phone(house, phone):
    offer(house, 5)
    come_in(phone, card(house))
    stay(phone)
    phone.goto("/m/work/")
    assert {"kept", "open", "stays"} <= set(drawers(phone)["drawer"])

    phone.goto("/m/")
    phone.locator("form[action$='/leave/'] button").first.click()
    phone.wait_for_url("**/m/login/")

    found = drawers(phone)
    assert (found["box"], found["local"]) == ([], 0)
    assert set(found["drawer"]) <= {"lang"}
    lose_signal(phone)
    phone.goto("/m/work/")
    expect(phone.locator("[data-away-open]")).to_be_hidden()
    assert "Llama" not in phone.content()


def test_her_pin_opens_her_work_without_signal_and_five_wrong_ones_end_it(house, phone):
    offer(house, 5)
    come_in(phone, card(house))
    stay(phone)
    lose_signal(phone)
    change(phone, "open", seen=0)

    phone.goto("/m/work/")
    expect(phone.locator("[data-away-open] img")).to_be_visible()
    assert "Llama" not in phone.content()
    type_pin(phone)
    phone.wait_for_url("**/m/")
    phone.goto("/m/work/")
    expect(phone.locator("article.offer")).to_contain_text("Llama")

    change(phone, "open", seen=0)
    phone.goto("/m/work/")
    for left in (4, 3, 2, 1):
        type_pin(phone, "9999")
        expect(phone.locator("[data-away-wrong]")).to_be_visible()
        wait_for(phone, "kept")
        assert left
    type_pin(phone, "9999")
    expect(phone.locator("[data-away-gone]")).to_be_visible()
    assert not {"kept", "open", "stays"} & set(drawers(phone)["drawer"])


def test_five_wrong_pins_at_once_are_five_tries_too(house, phone):
    offer(house, 5)
    come_in(phone, card(house))
    stay(phone)
    lose_signal(phone)
    change(phone, "open", seen=0)
    phone.goto("/m/work/")
    expect(phone.locator("[data-away-open] img")).to_be_visible()

    phone.evaluate(
        """() => {
          const form = document.querySelector("[data-away-pad]");
          for (let tries = 0; tries < 5; tries += 1) {
            form.querySelector("input[name=pin]").value = "9999";
            form.requestSubmit(form.querySelector("button[name=enter]"));
          }
        }"""
    )

    until(phone, "!found.drawer.includes('kept')")
    expect(phone.locator("[data-away-gone]")).to_be_visible()


def test_her_keys_type_and_her_lock_locks_without_signal(house, phone):
    offer(house, 5)
    come_in(phone, card(house))
    stay(phone)
    lose_signal(phone)
    phone.goto("/m/work/")
    phone.evaluate("document.querySelector('form[data-lock]').submit()")
    expect(phone.locator("[data-away-open] img")).to_be_visible()
    assert "open" not in drawers(phone)["drawer"]

    for digit in PIN:
        phone.locator(f"button[name=press][value='{digit}']").click()
    phone.locator("button[name=enter]").click()

    phone.wait_for_url("**/m/")
    expect(phone.locator(".tiles, .tile").first).to_be_visible()


def test_what_she_did_not_ask_to_keep_is_gone_when_the_screen_locks(house, phone):
    offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)
    change(phone, "open", seen=0)

    phone.goto("/m/work/")

    expect(phone.locator("[data-away-again]")).to_be_visible()
    expect(phone.locator("[data-away-open]")).to_be_hidden()
    assert "kept" not in drawers(phone)["drawer"]


def test_what_is_kept_ends_after_three_days(house, phone):
    offer(house, 5)
    come_in(phone, card(house))
    stay(phone)
    lose_signal(phone)
    change(phone, "kept", until=1)

    phone.goto("/m/work/")

    expect(phone.locator("[data-away-again]")).to_be_visible()
    assert "kept" not in drawers(phone)["drawer"]


def test_when_her_log_in_is_taken_away_the_phone_forgets_at_the_next_signal(house, phone):
    offer(house, 5)
    come_in(phone, card(house))
    stay(phone)
    end_sessions(user=house.members["T-01"].user)

    phone.goto("/m/login/")

    until(phone, "!found.drawer.includes('kept') && !found.pictures")


def test_money_and_signatures_need_signal_and_say_so(house, phone):
    come_in(phone, card(house))
    lose_signal(phone)

    phone.goto("/m/earnings/wrong/")

    expect(phone.locator("[data-away-again]")).to_be_visible()
    phone.goto("/m/")
    phone.locator("form[action$='/language/'] button").first.click()
    expect(phone.locator("[data-away-unsent]")).to_be_visible()
    expect(phone.locator("[data-away-still]")).to_be_hidden()


def test_a_new_worker_takes_over_by_itself_and_the_old_shell_goes(house, phone):
    come_in(phone, card(house))
    phone.evaluate("caches.open('shell-old').then(() => true)")

    phone.evaluate("navigator.serviceWorker.register('/m/sw.js?2', {scope: '/m/', type: 'module'})")

    until(phone, "!found.shells.includes('shell-old') && found.shells.length === 1")
    until(phone, "navigator.serviceWorker.controller?.scriptURL.endsWith('?2')")
    phone.goto("/m/work/")
    expect(phone.locator("h1")).to_be_visible()
    lose_signal(phone)
    phone.goto("/m/phone/")
    expect(phone.locator("[data-away-again]")).to_be_visible()


def test_where_there_are_no_workers_everything_goes_as_before(house, open_page):
    work = offer(house, 5)
    plain = open_page("phone", locale="es-PE", service_workers="block")
    plain.add_init_script("delete Navigator.prototype.serviceWorker")
    plain.goto(f"/m/login/{card(house)}/")
    type_pin(plain)
    plain.wait_for_url("**/m/")

    plain.goto("/m/work/")
    expect(plain.locator(BAR)).to_be_hidden()
    say_yes(plain, work)

    plain.wait_for_url(f"**/m/work/{work.pk}/")
    assert_taken_once(work)


def test_fewer_pressed_without_signal_are_hers_once(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)
    phone.goto("/m/work/")

    phone.locator(".act--less summary").click()
    phone.locator("[data-step='-1']").click()
    expect(phone.locator(".many__number")).to_have_text("2")
    expect(phone.locator(".many__drawn .stitch--passed")).to_have_count(2)
    phone.locator("form[data-later=less] button[type=submit]").click()
    expect(phone.locator(".waits")).to_be_visible()
    assert status(work) == "offered"

    find_signal(phone)
    until_told(phone)
    assert_taken_once(work)
    work.refresh_from_db()
    assert work.quantity == 2
    assert work.events.get(kind="reduced").quantity == 3


def test_a_later_day_pressed_without_signal_is_asked_once(house, phone):
    work = offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)
    phone.goto("/m/work/")

    phone.locator(".act--day summary").first.click()
    day = phone.locator("form[data-later=day] button[name=value]").nth(1)
    wanted = day.get_attribute("value")
    day.click()
    expect(phone.locator(".waits")).to_be_visible()

    find_signal(phone)
    until_told(phone)
    assert [str(one.wanted_on) for one in work.wishes.all()] == [wanted]
    phone.goto("/m/work/")
    expect(phone.locator("article.offer")).to_contain_text("otro día")


def test_who_asks_what_waits_for_signal_is_shown_it_with_its_picture(house, phone):
    """The strip above the tabs leads to it; from there she goes on to her work and her wool."""
    work = offer(house, 5)
    come_in(phone, card(house))
    lose_signal(phone)
    phone.goto("/m/work/")
    say_yes_without_signal(phone, work)

    phone.locator(BAR).click()

    waiting = phone.locator("[data-away-waits] > li")
    expect(waiting).to_have_count(1)
    expect(waiting.locator("[data-act=take]")).to_be_visible()
    expect(waiting.locator("[data-act=decline]")).to_be_hidden()
    expect(waiting.locator("img")).to_be_visible()
    expect(phone.locator("[data-away-mine]")).to_be_visible()
    expect(phone.locator("[data-away-wool]")).to_be_visible()
    find_signal(phone)


def test_what_was_told_is_no_longer_counted_on_the_first_screen(house, phone):
    """She presses, goes home, and the signal comes back: the number goes by itself."""
    work = offer(house, 5)
    offer(house, 3)
    come_in(phone, card(house))
    expect(phone.locator(".tile__waiting")).to_contain_text("2")
    without_telling(phone)
    phone.goto("/m/work/")
    say_yes_without_signal(phone, work)
    phone.goto("/m/")
    expect(phone.locator(".tile__waiting")).to_contain_text("2")

    phone.unroute("**/m/outbox/**")
    phone.evaluate("dispatchEvent(new Event('online'))")

    expect(phone.locator(".tile__waiting")).to_contain_text("1", timeout=30_000)


def without_telling(page: Page) -> None:
    """Pages come, but nothing that waits goes out."""
    page.route("**/m/outbox/**", lambda route: route.abort())
