// Without signal: her answers wait in the phone, and her work can be looked at. Only where there
// are service workers (https, or this machine); elsewhere the screens work as without this.
import { answerTo, put, send } from "./outbox.js";
import { show } from "./status.js";
import { change, erase, read, words, write } from "./store.js";
import { comeIn, forget, lock, look, prepare, seal } from "./vault.js";

const { dataset, lang } = document.documentElement;
const isComingIn = dataset.source === "house" && !dataset.whose;
const SOONEST = 5_000;
const LATEST = 10 * 60_000;
const FRESH = 60_000;

let pause = SOONEST;
let clock;
/** How much of hers waited when this page last looked. */
let waited = 0;

/** Try now; if something of hers still waits, later, each time with more patience. */
async function tell() {
  clearTimeout(clock);
  if (!(await words()).length && !(await read("left")) && !(await read("kept"))) return;
  waited = Math.max(waited, (await hersNow()).length);
  const answered = await send().catch(() => null);
  if (answered?.answers.size) pause = SOONEST;
  await show(document);
  // A page out of the phone, while the house is there again and she is in.
  if (dataset.source === "phone" && answered?.whose === dataset.whose) location.reload();
  await lookAgain();
  if (!(await words()).some((word) => word.whose === dataset.whose)) return;
  clock = setTimeout(tell, pause * (0.5 + Math.random()));
  pause = Math.min(pause * 2, LATEST);
}

const hersNow = async () => (await words()).filter((word) => word.whose === dataset.whose);

/** What waited has been told, perhaps by the worker: the house's page says what came of it, and counts anew. */
async function lookAgain() {
  const left = (await hersNow()).length;
  const isCountedAnew = left < waited && document.querySelector(".tile__waiting");
  waited = left;
  if (isCountedAnew || (!left && document.querySelector(".waits"))) location.reload();
}

async function askLater() {
  const worker = await navigator.serviceWorker.getRegistration();
  await worker?.sync?.register("outbox").catch(() => {});
}

/** She has pressed a form that can wait: into the box first, then to the house. */
async function pressed(form, key) {
  const { later: act, number, seen } = form.dataset;
  const value = chosen(form, key);
  let word;
  try {
    word = await put({ act, number, seen, value, whose: dataset.whose });
  } catch {
    // No room in the phone: as without script, or, without signal, a sentence that says so.
    if (navigator.onLine) sendAsItIs(form, value);
    else form.after(document.querySelector("template[data-full]").content.cloneNode(true));
    return;
  }
  const answered = await send().catch(() => null);
  const answer = answerTo(word);
  if (answer && answer.outcome !== "stays") {
    location.assign(answer.after || location.href);
    return;
  }
  const isToldElsewhere = !(await words()).some((one) => one.id === word.id);
  if (isToldElsewhere || (answered && answered.whose !== dataset.whose)) {
    location.reload(); // the house says what came of it; or it has locked: she comes in, and it goes out
    return;
  }
  await askLater();
  await show(document);
  pause = SOONEST;
  clock = setTimeout(tell, pause);
}

/** What she chose, where there is a choice: on the key that she pressed, or in the form. */
function chosen(form, key) {
  return (key?.name === "value" ? key : form.querySelector("input[name=value]"))?.value ?? "";
}

function sendAsItIs(form, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "value", value });
  if (value && !form.querySelector("input[name=value]")) form.append(field);
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[data-later]") && dataset.whose) {
    event.preventDefault();
    if (form.dataset.isBusy) return;
    form.dataset.isBusy = "yes";
    pressed(form, event.submitter).finally(() => delete form.dataset.isBusy);
  } else if (form.matches("form[data-pad]") && isComingIn && !form.dataset.isReady) {
    comingIn(event, form);
  } else if (form.action.endsWith("/leave/") && !form.dataset.isReady) {
    event.preventDefault();
    goOut().finally(() => pass(form));
  }
});

function pass(form, key) {
  form.dataset.isReady = "yes";
  if (key) form.requestSubmit(key);
  else form.requestSubmit();
}

function comingIn(event, form) {
  const pin = form.querySelector("input[name=pin]")?.value;
  if (!pin || event.submitter?.name === "press") return;
  event.preventDefault();
  prepare(pin, form.querySelector("img")?.getAttribute("src") ?? "")
    .catch(() => {})
    .finally(() => pass(form, event.submitter));
}

/** Nothing of hers stays. What she pressed waits, unreadable, until she comes in again. */
async function goOut() {
  localStorage.clear(); // the rows of her charts
  await forget();
  if (dataset.whose && !navigator.onLine) await write("left", dataset.whose);
}

/** Fetch what may be kept, if it is not what is kept already. */
async function keep() {
  const kept = await read("kept");
  const isSaving = dataset.saver || navigator.connection?.saveData;
  const isFresh = kept?.mark === dataset.kept && Date.now() - kept.at < FRESH * (isSaving ? 30 : 1);
  const open = await read("open");
  const isReadable = kept && (await read("money")) && String(kept.salt ?? "") === String(open?.salt ?? "");
  if (isFresh && isReadable && !document.querySelector(".said")) return;
  const have = isReadable && kept.mark === dataset.kept ? kept.hash : "";
  const answer = await fetch(`/m/kept/?have=${have}`, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const sent = await answer.json();
  if (sent.isSame) {
    await change("kept", (one) => ({ ...one, at: Date.now(), until: sent.until }));
    return;
  }
  await seal({ ...sent, mark: dataset.kept });
  for (const picture of sent.pictures) await fetch(picture);
  // Voices are heard again without signal; more of them only for who keeps her work.
  if (isSaving || (await read("stays")) !== dataset.whose) return;
  for (const sound of sent.sounds) await fetch(sound);
}

/** The worker stands: what may be kept is kept. */
async function ownPhone() {
  await navigator.serviceWorker.ready;
  if (document.querySelector("[data-stays]")) await readyChoices();
  await keep().catch(() => {});
}

/** She went out without signal, and the house does not know yet: it is told, and shuts. */
async function isStillIn() {
  const hasLeft = (await read("left")) && !(await read("coming"));
  if (!hasLeft) await erase("left");
  else if (await send().catch(() => null)) location.replace("/m/login/");
  return hasLeft;
}

/** On the phone's screen: does her work stay when she locks, and even its amounts? Only with her PIN, so only if she has one. */
async function readyChoices() {
  const open = await read("open");
  const isOn = async (name) => (await read(name)) === dataset.whose;
  const parts = [...document.querySelectorAll("[data-stays]")].map((part) => [part, nameOf(part)]);
  const draw = async () => {
    for (const [part, name] of parts) {
      part.querySelector("button").setAttribute("aria-pressed", await isOn(name));
      // Amounts are never kept without the work before them.
      part.hidden = !open?.hasPin || (name !== "stays" && !(await isOn("stays")));
    }
  };
  for (const [part, name] of parts) {
    part.querySelector("button").addEventListener("click", async () => {
      if (!(await isOn(name))) await write(name, dataset.whose);
      else await erase(...(name === "stays" ? ["stays", "stays-money"] : [name]));
      await erase("kept", "money", "opened");
      await draw();
      await keep().catch(() => {});
    });
  }
  await draw();
}

const nameOf = (part) => (part.dataset.stays === "money" ? "stays-money" : "stays");

async function ready() {
  const worker = navigator.serviceWorker.register("/m/sw.js", { scope: "/m/", type: "module" });
  worker.catch(() => {}); // without signal, or not allowed: the outbox goes without it
  await write("lang", lang);
  if (dataset.source !== "house") {
    // A page out of the phone: the house has said nothing about her.
  } else if (dataset.whose) {
    if (await isStillIn()) return;
    await comeIn(dataset.kept, dataset.whose);
    if (await worker.catch(() => null)) await ownPhone();
  } else {
    await lock();
  }
  await tell();
  await show(document);
}

if (navigator.serviceWorker && globalThis.crypto?.subtle && globalThis.indexedDB) {
  show(document).catch(() => {});
  ready().catch(() => {});
  addEventListener("online", () => {
    pause = SOONEST;
    tell();
  });
  document.addEventListener("visibilitychange", () => {
    look(document.hidden);
    if (!document.hidden) tell();
  });
  navigator.serviceWorker.addEventListener("message", () => show(document).then(lookAgain));
}
