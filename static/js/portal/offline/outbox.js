// What she pressed, until the house has heard it: in order, each with a key of its own, by which
// the house knows what it has heard before. Used by the pages and by the worker.
import { dropWord, erase, keepWord, read, words } from "./store.js";
import { forget } from "./vault.js";

const HOUSE = "/m/";
const PATIENCE = 20_000;

/** Ask the house for JSON; raises when there is no signal, or somebody else answers. */
async function ask(path, options) {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(HOUSE + path, { cache: "no-store", signal: stop.signal, ...options });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!answer.ok || !isOurs || answer.redirected) throw new Error(`answer ${answer.status}`);
    return await answer.json();
  } finally {
    clearTimeout(clock);
  }
}

const post = (path, token, body) =>
  ask(path, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(body) });

/** Put a word into the box; returns it with its place. Raises when the phone is full. */
export async function put({ act, number, seen, whose }) {
  const word = { key: crypto.randomUUID(), act, number, seen, whose, at: Date.now(), tries: 0 };
  try {
    return { ...word, id: await keepWord(word) };
  } catch (problem) {
    if (problem?.name !== "QuotaExceededError") throw problem;
    // Her word is worth more than pages and pictures that can be fetched again.
    await forget();
    return { ...word, id: await keepWord(word) };
  }
}

/**
 * Tell the house what waits and is hers who is in, one sender at a time. `live` is the place of a
 * word for which she waits before the page. Raises when there is no signal.
 */
export function send(live) {
  const once = () => sendNow(live);
  return navigator.locks ? navigator.locks.request("outbox", once) : once();
}

async function sendNow(live) {
  const kept = await read("kept");
  const door = await ask(`outbox/?kept=${encodeURIComponent(kept?.mark ?? "")}`);
  if (!door.keep) await forget();
  if (door.whose && (await read("left")) === door.whose) {
    const headers = { "X-CSRFToken": door.token };
    await fetch(`${HOUSE}leave/`, { method: "POST", headers, redirect: "manual" });
    await erase("left");
    return { whose: "", answers: new Map() };
  }
  const answers = new Map();
  const blocked = new Set();
  for (const word of await words()) {
    if (!door.whose || word.whose !== door.whose || blocked.has(word.number)) continue;
    const isLate = word.id !== live || word.tries > 0;
    await keepWord({ ...word, tries: word.tries + 1 });
    const { key, whose, act, number, seen, at } = word;
    const said = { key, whose, act, number, seen, told_at: at, late: isLate ? "1" : "" };
    const answer = await post("outbox/tell/", door.token, said).catch((problem) => {
      // No signal any more: all others wait too. A broken answer: only what hangs on this one.
      if (problem instanceof TypeError || problem?.name === "AbortError") throw problem;
      return null;
    });
    if (!answer || answer.outcome === "stays") blocked.add(word.number);
    else await dropWord(word.id);
    if (answer) answers.set(word.id, answer);
  }
  return { whose: door.whose, answers };
}
