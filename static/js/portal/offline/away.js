// The page that stands where there is no signal: what waits, and her work behind her PIN.
import { when } from "./status.js";
import { read, words } from "./store.js";
import { isOpen, page, unlock } from "./vault.js";

const part = (name) => document.querySelector(`[data-away-${name}]`);

async function begin() {
  const [kept, open] = [await read("kept"), await read("open")];
  // What was not sent does not wait: the two must not stand together.
  part("still").hidden = location.hash === "#unsent";
  part("unsent").hidden = location.hash !== "#unsent";
  part("mine").hidden = part("wool").hidden = !isOpen(open);
  for (const [name, path] of [["pay", "/m/earnings/"], ["book", "/m/book/"]]) {
    part(name).hidden = !(isOpen(open) && (await page(path)));
  }
  if (isOpen(open)) await waits(open.whose);
  const canOpen = kept?.stays && kept.until > Date.now() && !isOpen(open);
  part("open").hidden = !canOpen;
  if (canOpen && kept.picture) part("face").src = kept.picture;
  else part("face").remove();
}

/** What she pressed and the house has not heard: its picture out of the page that is kept, while she is in. */
async function waits(whose) {
  for (const word of (await words()).filter((one) => one.whose === whose)) {
    const row = part("wait").content.cloneNode(true);
    const html = await page(`/m/work/${word.number}/`);
    const kept = html && new DOMParser().parseFromString(html, "text/html").querySelector(".content .picture img");
    if (kept) row.querySelector("img").src = kept.getAttribute("src");
    else row.querySelector("img").remove();
    for (const act of row.querySelectorAll("[data-act]")) act.hidden = act.dataset.act !== word.act;
    row.querySelector("time").textContent = when(word.at, document.documentElement.lang);
    part("waits").append(row);
  }
}

async function typed(event) {
  const form = event.target;
  if (event.submitter?.name === "press") return;
  event.preventDefault();
  const field = form.querySelector("input[name=pin]");
  const pin = field.value;
  field.value = "";
  if (!pin) return;
  const left = await unlock(pin);
  if (left < 0) {
    location.assign("/m/");
    return;
  }
  if (!part("gone").hidden) return;
  part("wrong").hidden = left === 0;
  part("gone").hidden = left > 0;
  if (left === 0) form.hidden = true;
}

part("pad").addEventListener("submit", typed);
part("again").addEventListener("click", () => location.reload());
addEventListener("online", () => location.reload());
begin();
