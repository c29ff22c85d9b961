// The bank beside the books, by the keys of a keyboard: the first line's button has the focus, Enter
// does what it says, and the next line has it then; nothing jumps. Forms are sent beside the page,
// which comes back with the next state in place. Without script every button works by itself.

const STEPS = "[data-bank-step]";

const area = () => document.querySelector("[data-bank]");
const steps = () => [...area().querySelectorAll(STEPS)];
const rows = () => [...area().querySelectorAll("[data-bank-row]")];
const rowOf = (element) => element?.closest("[data-bank-row]");

// Where she is ------------------------------------------------------------------------------
function place() {
  const row = rowOf(document.activeElement);
  const own = row?.querySelector(STEPS) ?? document.activeElement;
  return steps().indexOf(own);
}

function go(to) {
  const next = steps()[to];
  next?.focus();
  return Boolean(next);
}

// What is marked, added up ------------------------------------------------------------------
function money(minor) {
  const digits = Number(area().dataset.digits);
  const amount = Math.abs(minor) / 10 ** digits;
  const told = amount.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${minor < 0 ? "−" : ""}${area().dataset.symbol}\u00a0${told}`;
}

function sumOf(side) {
  const marked = area().querySelectorAll(`[data-bank-mark="${side}"]:checked`);
  return [...marked].reduce((sum, one) => sum + Number(one.dataset.minor), 0);
}

function addUp() {
  const line = area().querySelector("[data-bank-sums]");
  if (!line) return;
  const [bank, books] = [sumOf("bank"), sumOf("books")];
  line.hidden = !area().querySelector("[data-bank-mark]:checked");
  line.closest("[data-bank-bar]").toggleAttribute("data-idle", line.hidden);
  for (const [name, minor] of Object.entries({ bank, books, difference: bank - books })) {
    line.querySelector(`[data-bank-sum="${name}"]`).textContent = money(minor);
  }
}

// Looking through the books' side -------------------------------------------------------------
function look(field) {
  const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const row of area().querySelectorAll("[data-bank-side]")) {
    const told = row.textContent.toLocaleLowerCase();
    const isMarked = row.querySelector("[data-bank-mark]")?.checked;
    row.hidden = !isMarked && !words.every((one) => told.includes(one));
  }
}

// Sending a form, and putting the next state in its place --------------------------------------
let isBusy = false;

function bodyOf(form, button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  return body;
}

async function send(form, button) {
  const before = {
    at: place(),
    top: rowOf(button)?.getBoundingClientRect().top,
    // After an undoing the line that came back is looked at; else whatever comes next.
    rows: form.hasAttribute("data-bank-undo") ? rows().map((one) => one.id) : null,
  };
  const address = button?.getAttribute("formaction") || form.getAttribute("action");
  const answer = await fetch(address, { method: "POST", body: bodyOf(form, button) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-bank]");
  if (!fresh) {
    // Something else came (she is logged out, an error): the page itself shows it.
    window.location.assign(answer.url);
    return;
  }
  renew(fresh, page);
  stay(before);
}

function renew(fresh, page) {
  // What is said aloud stays the same element, or nobody would hear it.
  const said = area().querySelector("[data-bank-said]");
  fresh.querySelector("[data-bank-said]").replaceWith(said);
  area().replaceWith(fresh);
  const refusal = fresh.querySelector("[data-bank-refusal]");
  const told = refusal ?? page.querySelector(".messages");
  said.textContent = told ? told.textContent.replace(/\s+/g, " ").trim() : "";
  // Where it leads somewhere, the way stays.
  for (const link of told?.querySelectorAll("a[href]") ?? []) {
    said.append(" ", link.cloneNode(true));
  }
  // Who does not see the difference hears it.
  const heard = document.createElement("span");
  heard.className = "w-sr-only";
  const difference = fresh.querySelector(".bank-sum__difference");
  heard.textContent = ` ${difference.textContent.replace(/\s+/g, " ").trim()}`;
  said.append(heard);
  begin();
}

// The office scrolls within its frame, on a phone the whole page does.
function scroller(element) {
  for (let one = element.parentElement; one; one = one.parentElement) {
    const isOpen = ["auto", "scroll"].includes(getComputedStyle(one).overflowY);
    if (isOpen && one.scrollHeight > one.clientHeight) return one;
  }
  return document.scrollingElement;
}

// The next line with an offer; what must be written by hand can wait for the end.
function nextFrom(at) {
  const all = steps();
  const offers = all.filter((one) => one.matches("[data-bank-confirm]"));
  const below = offers.find((one) => all.indexOf(one) >= at);
  return below ?? offers[0] ?? all[Math.min(Math.max(at, 0), all.length - 1)];
}

function stay({ at, top, rows: before }) {
  const back = before && rows().find((one) => !before.includes(one.id));
  const target =
    back?.querySelector(STEPS) ?? nextFrom(at) ?? area().querySelector("[data-bank-done]");
  if (!target) return;
  target.focus({ preventScroll: true });
  const row = rowOf(target);
  if (row && top !== undefined) {
    scroller(row).scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
  }
  target.scrollIntoView({ block: "nearest", behavior: "instant" });
}

async function submitted(event) {
  const form = event.target;
  if (!form.matches("[data-bank-form]")) return;
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  area().setAttribute("aria-busy", "true");
  try {
    await send(form, event.submitter);
  } catch {
    // No connection, most likely: the browser's own way says so.
    form.submit();
  } finally {
    isBusy = false;
    area().removeAttribute("aria-busy");
  }
}

// Keys --------------------------------------------------------------------------------------
const KEYS = {
  ArrowDown: () => go(place() + 1),
  ArrowUp: () => go(Math.max(place() - 1, 0)),
  "/": () => {
    const field = area().querySelector("[data-bank-filter] input");
    field?.focus();
    return Boolean(field);
  },
  x: () => {
    const box = rowOf(document.activeElement)?.querySelector("[data-bank-mark]");
    box?.click();
    return Boolean(box);
  },
};

function isWriting(element) {
  return element.matches("textarea, select, [contenteditable], input:not([type=checkbox])");
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !area()) return;
  if (event.key === "Escape" && isWriting(event.target)) {
    nextFrom(0)?.focus();
    return;
  }
  if (isWriting(event.target) || event.target.closest("dialog, [role=menu]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const button = area().querySelector(`[data-bank-key="${CSS.escape(key)}"]`);
  if (button && !event.repeat) {
    event.preventDefault();
    button.click();
  } else if (KEYS[key]?.()) {
    event.preventDefault();
  }
}

function begin() {
  const filter = area().querySelector("[data-bank-filter]");
  if (filter) filter.hidden = false;
  addUp();
}

if (area()) {
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", pressed);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-bank-mark]")) addUp();
  });
  document.addEventListener("input", (event) => {
    if (event.target.closest("[data-bank-filter]")) look(event.target);
  });
  begin();
  // Where there is no keyboard, nothing moves by itself.
  const hasKeys = matchMedia("(hover: hover)").matches;
  const isCalm = !document.querySelector('[role="alert"]') && !location.hash;
  if (hasKeys && isCalm) nextFrom(0)?.focus();
}
