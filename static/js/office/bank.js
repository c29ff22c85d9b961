// The bank beside the books: the first suggestion has the focus, so that Enter confirms it; the
// arrow keys go to the others; what is marked is added up. Without script every button works.

const form = document.querySelector("[data-bank]");

function confirmButtons() {
  return [...form.querySelectorAll("[data-bank-confirm]")];
}

function go(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = confirmButtons();
  const at = buttons.indexOf(document.activeElement);
  if (!step || at < 0) return;
  const next = buttons[at + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

function money(minor) {
  const digits = Number(form.dataset.digits);
  const amount = Math.abs(minor) / 10 ** digits;
  const told = amount.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${minor < 0 ? "−" : ""}${form.dataset.symbol}\u00a0${told}`;
}

function sumOf(side) {
  const marked = form.querySelectorAll(`[data-bank-mark="${side}"]:checked`);
  return [...marked].reduce((sum, one) => sum + Number(one.dataset.minor), 0);
}

function addUp() {
  const line = form.querySelector("[data-bank-sums]");
  if (!line) return;
  const [bank, books] = [sumOf("bank"), sumOf("books")];
  line.hidden = !form.querySelector("[data-bank-mark]:checked");
  line.parentElement.toggleAttribute("data-idle", line.hidden);
  for (const [name, minor] of Object.entries({ bank, books, difference: bank - books })) {
    line.querySelector(`[data-bank-sum="${name}"]`).textContent = money(minor);
  }
}

if (form) {
  form.addEventListener("keydown", go);
  form.addEventListener("change", addUp);
  addUp();
  // Where there is no keyboard, nothing moves by itself.
  const hasKeys = matchMedia("(hover: hover)").matches;
  if (hasKeys && !document.querySelector('[role="alert"]')) confirmButtons()[0]?.focus();
}
