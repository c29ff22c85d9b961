// The page that stands where there is no signal: what waits, and her work behind her PIN.
import { read } from "./store.js";
import { isOpen, unlock } from "./vault.js";

const part = (name) => document.querySelector(`[data-away-${name}]`);

async function begin() {
  const [kept, open] = [await read("kept"), await read("open")];
  part("unsent").hidden = location.hash !== "#unsent";
  part("mine").hidden = !isOpen(open);
  const canOpen = kept?.stays && kept.until > Date.now() && !isOpen(open);
  part("open").hidden = !canOpen;
  if (canOpen && kept.picture) part("face").src = kept.picture;
  else part("face").remove();
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
