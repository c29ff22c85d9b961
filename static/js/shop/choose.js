// A size or colour is chosen where one stands: the page stays, and with it how many were typed and
// the table of sizes. Without script, or where the new page does not come, the link leads there.

const PAGE = "[data-product]";
// What belongs to the chosen one; the rest of the page is not touched.
const PARTS = "[data-follows-choice]";

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function key(part) {
  return part.dataset.followsChoice;
}

function kept(page) {
  return {
    quantity: page.querySelector("#quantity")?.value,
    openTables: page.querySelectorAll("details[open]").length > 0,
  };
}

function exchange(page, other) {
  const before = kept(page);
  const fresh = new Map([...other.querySelectorAll(PARTS)].map((part) => [key(part), part]));
  document.querySelectorAll(PARTS).forEach((part) => {
    // The part itself stays: what is told aloud when it changes must be there before.
    const next = fresh.get(key(part));
    part.replaceChildren(...(next ? document.adoptNode(next).childNodes : []));
  });
  const quantity = page.querySelector("#quantity");
  if (quantity && before.quantity) quantity.value = before.quantity;
  page.querySelectorAll(".sizes").forEach((table) => {
    table.open = before.openTables;
  });
}

let newest = "";

async function choose(link) {
  const address = new URL(link.href);
  address.hash = "";
  newest = address.href;
  const page = document.querySelector(PAGE);
  const top = link.getBoundingClientRect().top;
  // Until the chosen one is here, nothing of the one before can be chosen or put into the cart.
  page.inert = true;
  const other = await fetched(address).finally(() => { page.inert = false; });
  // Whoever chose again in the meantime wants the later one.
  if (newest !== address.href) return;
  const group = link.closest("[data-options]").dataset.options;
  const place = [...link.closest("ul").children].indexOf(link.closest("li"));
  history.replaceState(history.state, "", address);
  exchange(page, other);
  const again = page.querySelectorAll(`[data-options="${group}"] li`)[place]?.querySelector("a");
  if (!again) return;
  again.focus({ preventScroll: true });
  // What stands above may have another height now; the finger's place stays.
  window.scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-options] a");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || event.button || !isPlain || event.defaultPrevented) return;
  event.preventDefault();
  choose(link).catch(() => window.location.assign(link.href));
});
