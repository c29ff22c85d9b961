// The worker of the members' screens: pages from the house whenever it answers; without signal
// those that she keeps, or the page that says so. Never a page of the house from a cache.
import { send } from "./outbox.js";
import { read, words } from "./store.js";
import { keepOpened, lock, page, PICTURES } from "./vault.js";

/** At most so many pictures and sounds, none larger: 18 MB, and mostly a tenth of that. */
const MOST = 120;
const LARGEST = 150_000;
const PICTURE = /^\/(media\/(images|audio)|motif|static\/(img|audio))\//;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const AWAY_SECONDS = 310;
/** Of these pages those that she opens are kept, if the page itself says that it may be. */
const OPENED = /^\/m\/(book|earnings)\/([\d]+\/|orders\/)?$/;

/** `shell`: addresses that are all kept; `away`: the offline page of each language. */
export function serve({ version, shell, away, patience = 10_000 }) {
  const name = `shell-${version}`;
  const known = new Set(shell);

  addEventListener("install", (event) => event.waitUntil(install().then(() => skipWaiting())));
  addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
  addEventListener("sync", (event) => event.waitUntil(tellAll()));
  addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.mode === "navigate") event.respondWith(walk(event, request, url));
    else if (request.method !== "GET") return;
    else if (known.has(url.pathname)) event.respondWith(fromShell(request, url));
    else if (PICTURE.test(url.pathname)) event.respondWith(fromPictures(event, url));
  });

  async function install() {
    const box = await caches.open(name);
    await box.addAll(shell);
    await box.addAll(Object.values(away).map((path) => new Request(path, { cache: "reload" })));
  }

  async function tidy() {
    const old = (await caches.keys()).filter((one) => one !== name && one !== PICTURES);
    await Promise.all(old.map((one) => caches.delete(one)));
  }

  async function fromShell(request, url) {
    return (await (await caches.open(name)).match(url.pathname)) ?? fetch(request);
  }

  async function walk(event, request, url) {
    if (request.method !== "GET") {
      return fetch(request).catch(() => unsent(url));
    }
    const waits = (await read("kept").catch(() => null)) ? patience : 0;
    try {
      const answer = await within(waits, fetch(request));
      // A tired gateway before the house is no signal either.
      if (answer.status < 502 || answer.status > 504) {
        if (OPENED.test(url.pathname) && answer.status === 200) event.waitUntil(opened(url, answer.clone()));
        return answer;
      }
    } catch {
      // No signal.
    }
    // The page that checks receipts lies in the shell.
    if (known.has(url.pathname)) return fromShell(request, url);
    return (await kept(url).catch(() => null)) ?? nothing();
  }

  /** A form without signal. The phone locks by itself; all else was not sent, and says so. */
  async function unsent(url) {
    if (!/\/(lock|leave)\/$/.test(url.pathname)) return Response.redirect("/m/offline/#unsent", 303);
    await lock();
    return Response.redirect("/m/", 303);
  }

  async function kept(url) {
    const html = await page(url.pathname + url.search);
    if (!html) return null;
    return new Response(html, {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "private, no-store",
        Refresh: String(AWAY_SECONDS),
      },
    });
  }

  async function nothing() {
    const language = await read("lang").catch(() => "");
    const path = away[language] ?? Object.values(away)[0];
    return (await (await caches.open(name)).match(path)) ?? Response.error();
  }
}

/** What she opened, sealed beside what the house sends by itself; no room is no harm. */
const opened = async (url, answer) => keepOpened(url.pathname + url.search, await answer.text()).catch(() => {});

function within(time, promise) {
  if (!time) return promise;
  const late = new Promise((_done, failed) => setTimeout(failed, time, new Error("late")));
  return Promise.race([promise, late]);
}

async function fromPictures(event, url) {
  const box = await caches.open(PICTURES);
  const address = url.pathname + url.search;
  const range = event.request.headers.get("Range");
  let answer = await box.match(address);
  if (!answer) {
    answer = await fetch(range ? address : event.request);
    if (answer.status === 200) event.waitUntil(keep(box, address, answer.clone()));
  }
  return range && answer.status === 200 ? slice(answer, range) : answer;
}

async function keep(box, address, answer) {
  const body = await answer.blob();
  if (body.size > LARGEST) return;
  await box.put(address, new Response(body, { headers: answer.headers })).catch(() => {});
  const all = await box.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((old) => box.delete(old)));
}

/** Players ask for a part of a sound; some play nothing but a part. */
async function slice(answer, range) {
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(range) ?? [null, "0", ""];
  const whole = await answer.arrayBuffer();
  const end = to ? Math.min(Number(to), whole.byteLength - 1) : whole.byteLength - 1;
  const headers = {
    "Content-Type": answer.headers.get("Content-Type") ?? "",
    "Content-Range": `bytes ${from}-${end}/${whole.byteLength}`,
  };
  return new Response(whole.slice(Number(from), end + 1), { status: 206, headers });
}

/** The phone woke us because there is signal. What still waits makes it try again, later. */
async function tellAll() {
  const { whose, answers } = await send();
  for (const one of await clients.matchAll()) one.postMessage("told");
  const isStuck = (await words()).some((word) => word.whose === whose && !answers.has(word.id));
  if (isStuck) throw new Error("something still waits");
}
