"""A member's phone in the hand: she comes in, loses signal, looks into what the phone keeps."""

from typing import Any

from playwright.sync_api import Error, Page, expect

from catalog.models import Variant
from coop.kit.days import month_of
from coop.members.models import Office
from orders.production.models import Assignment
from orders.production.planning import Share
from orders.production.services import assign, open_work
from tests.browser.small_house import PIN, SmallHouse

#: What a phone without signal writes into its console.
NO_SIGNAL = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|when fetching the script"

_DRAWERS = """async () => {
  const house = await new Promise((done) => {
    const asked = indexedDB.open("m", 1);
    asked.onsuccess = () => done(asked.result);
  });
  const all = (store, what) => new Promise((done) => {
    const asked = house.transaction(store).objectStore(store)[what]();
    asked.onsuccess = () => done(asked.result);
  });
  const found = {
    box: await all("box", "getAll"),
    drawer: await all("drawer", "getAllKeys"),
    pictures: await caches.has("pictures"),
    shells: (await caches.keys()).filter((name) => name !== "pictures"),
    local: localStorage.length + sessionStorage.length,
  };
  house.close();
  return found;
}"""

_CHANGE = """async ([key, change]) => {
  const house = await new Promise((done) => {
    const asked = indexedDB.open("m", 1);
    asked.onsuccess = () => done(asked.result);
  });
  await new Promise((done) => {
    const drawer = house.transaction("drawer", "readwrite").objectStore("drawer");
    const asked = drawer.get(key);
    asked.onsuccess = () =>
      (drawer.put({ ...asked.result, ...change }, key).onsuccess = done);
  });
  house.close();
}"""


_DEAF = """async () => {
  const hears = () => fetch("/m/offline/", { cache: "no-store" }).then(() => true, () => false);
  for (let times = 0; times < 100; times++) {
    if (!(await hears())) return true;
    await new Promise((later) => setTimeout(later, 100));
  }
  return false;
}"""


def offer(house: SmallHouse, quantity: int, code: str = "T-01", sku: str = "LLAMA") -> Assignment:
    """Work offered to a knitter."""
    actor = house.user(Office.Post.SECRETARY)
    order = open_work(
        variant=Variant.objects.get(sku=sku),
        quantity=quantity,
        due_on=house.day,
        reference=f"stock:{sku}:{quantity}:{code}",
        actor=actor,
    )
    share = Share(
        order.pk, house.members[code].pk, month_of(house.day), quantity, 30 * quantity, house.day
    )
    return assign(plan=[share], actor=actor)[0]


def type_pin(page: Page, pin: str = PIN) -> None:
    """On the keypad that is open."""
    page.locator("input[name=pin]").fill(pin)
    page.locator("button[name=enter]").click()


def come_in(page: Page, card: int, pin: str = PIN) -> None:
    """By picture and PIN; the worker stands, and what may be kept is kept."""
    page.goto(f"/m/login/{card}/")
    type_pin(page, pin)
    page.wait_for_url("**/m/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_for(page, "kept")


def until(page: Page, condition: str) -> None:
    """Until `condition` holds, an expression over what `drawers` finds, named `found`."""
    looking = f"""async () => {{
      for (let tries = 0; tries < 300; tries += 1) {{
        const found = await ({_DRAWERS})();
        if ({condition}) return true;
        await new Promise((done) => setTimeout(done, 100));
      }}
      return false;
    }}"""
    try:
        is_so = page.evaluate(looking)
    except Error as problem:
        # The house has answered meanwhile, and the phone shows its page: look again from there.
        if "context was destroyed" not in str(problem):
            raise
        page.wait_for_load_state()
        is_so = page.evaluate(looking)
    assert is_so, condition


def wait_for(page: Page, key: str) -> None:
    """Until the phone has `key` in its drawer."""
    until(page, f"found.drawer.includes('{key}')")


def drawers(page: Page) -> dict[str, Any]:
    """Everything that the phone keeps."""
    found: dict[str, Any] = page.evaluate(_DRAWERS)
    return found


def change(page: Page, key: str, **values: object) -> None:
    """Change what lies in the drawer, as time would."""
    page.evaluate(_CHANGE, [key, values])


def stay(page: Page) -> None:
    """She wants her work kept on this phone."""
    page.goto("/m/phone/")
    page.locator("[data-stays=work] button").click()
    expect(page.locator("[data-stays=work] button")).to_have_attribute("aria-pressed", "true")
    wait_for(page, "kept")


def say_yes(page: Page, work: Assignment) -> None:
    """Press yes; without signal it waits."""
    page.locator(f"form[data-later=take][data-number='{work.pk}'] button[type=submit]").click()


def say_yes_without_signal(page: Page, work: Assignment) -> None:
    """Press yes, and see that it waits."""
    say_yes(page, work)
    expect(page.locator("[data-signal]")).to_contain_text("1 espera señal, hoy")
    expect(page.locator(".waits")).to_be_visible()
    form = page.locator(f"form[data-later=take][data-number='{work.pk}']")
    expect(form).not_to_have_attribute("data-is-busy", "yes")


def lose_signal(page: Page) -> None:
    """Walk out of the village, and wait until the phone's workers have noticed too."""
    page.context.set_offline(True)
    for worker in page.context.service_workers:
        try:
            assert worker.evaluate(_DEAF), "the worker still has signal"
        except Error:
            # It was put to sleep meanwhile; it will wake without signal.
            continue


def find_signal(page: Page) -> None:
    """Up on the hill again."""
    page.context.set_offline(False)
