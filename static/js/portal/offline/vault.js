// What is kept of her screens, enciphered, and gone when she goes out, when another comes in, when
// the house says so. Her work and her wool are one heap, without any amount (the house leaves them
// out); our book and her pay are others, which go with the lock unless she wants even those to stay.
//
// drawer: coming (her key while the house looks at her PIN), open (she is in: her key, which no
// script can read out), kept (the sealed pages), stays (she wants them kept when she locks);
// money and opened (pages with amounts: from the house, and those she opened), stays-money.
import { change, erase, read, write } from "./store.js";

/** As the house locks: `coop.portal.access.IDLE_SECONDS`. */
const IDLE = 300_000;
/** Left for another app, it locks sooner, as the page does (js/portal/lock.js). */
const AWAY = 20_000;
const COMING = 60_000;
const TRIES = 5;
const ROUNDS = 300_000;
/** Pages with amounts that she opened: so many at most. Packed, one has about eight kilobytes. */
const MOST_OPENED = 8;
const TOKEN = /<input type="hidden" name="csrfmiddlewaretoken" value="[^"]*">/g;
/** What with another key, or of another log-in, is of no use. */
const HEAPS = ["kept", "money", "opened"];
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
  else if (!(await read("money"))?.stays) await erase("money", "opened");
}

/** Nothing of hers stays, nor a picture that says what she knits. */
export async function forget() {
  await erase("open", "coming", "stays", "stays-money", ...HEAPS);
  await caches.delete(PICTURES);
}

export const isOpen = (open) => open && Date.now() - open.seen < IDLE;

/** She looks away from the page, or at it again. */
export async function look(isAway) {
  const open = await read("open");
  if (!isOpen(open)) return;
  await change("open", (one) => ({ ...one, seen: Date.now() - (isAway ? IDLE - AWAY : 0) }));
}

/** Seal what the house sent: {pages, money, hash, until}. */
export async function seal(sent) {
  const open = await read("open");
  if (!isOpen(open) || open.mark !== sent.mark) return;
  const stays = Boolean(open.hasPin && (await read("stays")) === open.whose);
  const moneyStays = stays && (await read("stays-money")) === open.whose;
  const { hash, until } = sent;
  const { picture } = open;
  await write("money", await heap(open, sent.money, { stays: moneyStays, until }));
  await write("kept", { ...(await heap(open, sent.pages, { stays, until })), hash, picture, tries: 0 });
}

/** She opened a page with amounts: it opens without signal too, as long as those of the house do. */
export async function keepOpened(address, html) {
  const [open, money] = [await read("open"), await read("money")];
  const isHers = open && html.includes(`data-whose="${open.whose}"`) && html.includes(`data-kept="${open.mark}"`);
  const mayBe = html.includes('data-keep="opened"');
  if (!isHers || !mayBe || !isOpen(open) || !isOf(money, open)) return;
  const before = Object.entries(await pagesOf("opened", open)).filter(([one]) => one !== address);
  const kept = html.replace(TOKEN, "").replace('data-source="house"', 'data-source="phone"');
  const pages = Object.fromEntries([[address, kept], ...before].slice(0, MOST_OPENED));
  await write("opened", await heap(open, pages, { stays: money.stays, until: money.until }));
}

const isOf = (kept, open) => kept?.mark === open.mark && String(kept.salt ?? "") === String(open.salt ?? "");

async function heap({ mark, whose, key, salt, device }, pages, lid) {
  const iv = random(12);
  const packed = await through(bytes(JSON.stringify(pages)), "CompressionStream");
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, packed);
  return { mark, whose, salt, device, ...lid, at: Date.now(), iv, sealed };
}

async function pagesIn(kept, key) {
  const packed = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.sealed);
  const plain = await through(packed, "DecompressionStream");
  return JSON.parse(new TextDecoder().decode(plain));
}

/** Packed before it is sealed, a page is an eighth; a browser that cannot keeps it as it is. */
async function through(data, stream) {
  const Packing = globalThis[stream];
  if (!Packing) return data;
  const packing = new Blob([data]).stream().pipeThrough(new Packing("gzip"));
  return new Response(packing).arrayBuffer();
}

/** The pages of a heap by address, none if it is old, another's, or sealed with an earlier key. */
async function pagesOf(name, open) {
  const kept = await read(name);
  if (kept?.until < Date.now()) await erase(name);
  if (!kept || kept.mark !== open.mark || kept.until < Date.now()) return {};
  return pagesIn(kept, open.key).catch(() => ({}));
}

const made = (html) => Number(/data-made="(\d+)"/.exec(html)?.[1] ?? 0);

/** A kept page while she is in, the newest that there is; nothing otherwise. Looking at it keeps her in. */
export async function page(address) {
  const open = await read("open");
  if (!isOpen(open)) {
    await lock();
    return null;
  }
  const money = [];
  for (const name of ["money", "opened"]) money.push((await pagesOf(name, open))[address]);
  const newest = money.filter(Boolean).sort((one, other) => made(other) - made(one))[0];
  const found = newest ?? (await pagesOf("kept", open))[address] ?? null;
  await change("open", (one) => ({ ...one, seen: Date.now() }));
  return found;
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
