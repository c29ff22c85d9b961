// What is kept of her screens. Her work and her wool, never an amount (the house leaves them out);
// enciphered, and gone when she goes out, when another comes in, when the house says so.
//
// drawer: coming (her key while the house looks at her PIN), open (she is in: her key, which no
// script can read out), kept (the sealed pages), stays (she wants them kept when she locks).
import { change, erase, read, write } from "./store.js";

/** As the house locks: `coop.portal.access.IDLE_SECONDS`. */
const IDLE = 300_000;
/** Left for another app, it locks sooner, as the page does (js/portal/lock.js). */
const AWAY = 20_000;
const COMING = 60_000;
const TRIES = 5;
const ROUNDS = 300_000;
export const PICTURES = "pictures";

const bytes = (text) => new TextEncoder().encode(text);
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

/** Her PIN is short: without this phone's own key, which cannot be read out, it opens nothing. */
async function keyOf(pin, salt, device) {
  const mixed = await crypto.subtle.sign("HMAC", device, bytes(pin));
  const base = await crypto.subtle.importKey("raw", mixed, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", iterations: ROUNDS, salt };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
}

const newKey = (algorithm, uses) => crypto.subtle.generateKey(algorithm, false, uses);

/** She has typed her PIN; whether it is right, the house says with the next page. */
export async function prepare(pin, picture) {
  const salt = random(16);
  const device = await newKey({ name: "HMAC", hash: "SHA-256" }, ["sign"]);
  const key = await keyOf(pin, salt, device);
  await write("coming", { key, salt, device, picture, at: Date.now() });
}

/** A page of the house says that she is in; `mark` is another one when her log-in is another. */
export async function comeIn(mark, whose) {
  const [coming, open, kept] = [await read("coming"), await read("open"), await read("kept")];
  if ((kept && kept.mark !== mark) || (open && open.mark !== mark)) await forget();
  let mine = open?.mark === mark ? open : null;
  if (coming && Date.now() - coming.at < COMING) mine = { ...coming, hasPin: true };
  mine ??= { key: await newKey({ name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]) };
  await write("open", { ...mine, mark, whose, seen: Date.now() });
  await erase("coming");
}

/** Nobody is in: what she did not ask to keep is gone, what she did needs her PIN. */
export async function lock() {
  const kept = await read("kept");
  await erase("open", "coming");
  if (kept && !(kept.stays && kept.until > Date.now())) await forget();
}

/** Nothing of hers stays, nor a picture that says what she knits. */
export async function forget() {
  await erase("open", "coming", "kept", "stays");
  await caches.delete(PICTURES);
}

export const isOpen = (open) => open && Date.now() - open.seen < IDLE;

/** She looks away from the page, or at it again. */
export async function look(isAway) {
  const open = await read("open");
  if (!isOpen(open)) return;
  await change("open", (one) => ({ ...one, seen: Date.now() - (isAway ? IDLE - AWAY : 0) }));
}

/** Seal what the house sent: {pages, hash, until}. */
export async function seal(sent) {
  const open = await read("open");
  if (!isOpen(open) || open.mark !== sent.mark) return;
  const { mark, whose, key, salt, device, picture, hasPin } = open;
  const stays = Boolean(hasPin && (await read("stays")) === whose);
  const iv = random(12);
  const plain = bytes(JSON.stringify(sent.pages));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  const { hash, until } = sent;
  const lid = { mark, whose, salt, device, picture, hash, until, stays, at: Date.now(), tries: 0 };
  await write("kept", { ...lid, iv, sealed });
}

async function pagesIn(kept, key) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

/** A kept page while she is in; nothing otherwise. Looking at it keeps her in. */
export async function page(path) {
  const [open, kept] = [await read("open"), await read("kept")];
  if (!isOpen(open)) {
    await lock();
    return null;
  }
  if (kept?.until < Date.now()) await erase("kept");
  if (!kept || kept.mark !== open.mark || kept.until < Date.now()) return null;
  await change("open", (one) => ({ ...one, seen: Date.now() }));
  try {
    return (await pagesIn(kept, open.key))[path] ?? null;
  } catch {
    return null; // sealed with the key of an earlier coming-in
  }
}

/** Open with her PIN, without the house. Returns how many tries are left; -1 when it opened. */
export async function unlock(pin) {
  // Counted before it is looked at: neither closing the page nor many tries at once give one back.
  const kept = await change("kept", (one) => ({ ...one, tries: one.tries + 1 }));
  if (!kept?.stays || kept.until < Date.now() || kept.tries >= TRIES) {
    await forget();
    return 0;
  }
  const key = await keyOf(pin, kept.salt, kept.device);
  try {
    await pagesIn(kept, key);
  } catch {
    const left = TRIES - kept.tries - 1;
    if (left <= 0) await forget();
    return left;
  }
  const { mark, whose, salt, device, picture } = kept;
  await change("kept", (one) => ({ ...one, tries: 0 }));
  await write("open", { mark, whose, key, salt, device, picture, hasPin: true, seen: Date.now() });
  return -1;
}
