// What she pressed, until the house has heard it: in order, each with a key of its own, by which
// the house knows what it has heard before. Used by the pages and by the worker.
import { dropWord, erase, keepWord, read, words } from "./store.js";
import { forget } from "./vault.js";

const HOUSE = "/m/";
const PATIENCE = 20_000;

// By the key of each word for which she waits before this page: what the house answered. Whoever
// of this page tells it, so that a sender already at work does not take it from her silently.
const awaited = new Map();

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
export async function put({ act, number, seen, value, whose }) {
  const word = { key: crypto.randomUUID(), act, number, seen, value, whose, at: Date.now(), tries: 0 };
  awaited.set(word.key, null);
  try {
    return { ...word, id: await keepWord(word) };
  } catch (problem) {
    if (problem?.name !== "QuotaExceededError") throw problem;
    // Her word is worth more than pages and pictures that can be fetched again.
    await forget();
    return { ...word, id: await keepWord(word) };
  }
}

/** What the house answered to a word of this page, told by now or not; from here on she waits no more. */
export function answerTo(word) {
  const answer = awaited.get(word.key);
  awaited.delete(word.key);
  return answer;
}

/** Tell the house what waits and is hers who is in, one sender at a time. Raises when there is no signal. */
export function send() {
  return navigator.locks ? navigator.locks.request("outbox", sendNow) : sendNow();
}

async function sendNow() {
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
    const isLate = !awaited.has(word.key) || word.tries > 0;
    await keepWord({ ...word, tries: word.tries + 1 });
    const { key, whose, act, number, seen, value = "", at } = word;
    const said = { key, whose, act, number, seen, value, told_at: at, late: isLate ? "1" : "" };
    const answer = await post("outbox/tell/", door.token, said).catch((problem) => {
      // No signal any more: all others wait too. A broken answer: only what hangs on this one.
      if (problem instanceof TypeError || problem?.name === "AbortError") throw problem;
      return null;
    });
    if (!answer || answer.outcome === "stays") blocked.add(word.number);
    else await dropWord(word.id);
    if (answer) answers.set(word.id, answer);
    if (answer && awaited.has(key)) awaited.set(key, answer);
  }
  return { whose: door.whose, answers };
}
