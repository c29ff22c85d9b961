// Above the tabs: is everything with the house, or what waits for signal since when.
import { words } from "./store.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** "hoy 10:42", "ayer 18:05", "21 nov 18:05": in the words of the phone itself. */
export function when(at, language) {
  const [then, now] = [new Date(at), new Date()];
  const clock = { hour: "2-digit", minute: "2-digit", hour12: false };
  const time = then.toLocaleTimeString(language, clock);
  const days = Math.round((new Date(then).setHours(0, 0, 0, 0) - now.setHours(0, 0, 0, 0)) / DAY);
  if (days < -1) {
    return `${then.toLocaleDateString(language, { day: "numeric", month: "short" })} ${time}`;
  }
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return `${relative.format(Math.min(days, 0), "day")} ${time}`;
}

/** Say it in the bar, and put a note in the place of each form whose answer waits. */
export async function show(page) {
  const waiting = await words();
  const bar = page.querySelector("[data-signal]");
  const { made, source, whose } = page.documentElement.dataset;
  const isAway = source !== "house";
  asOf(page.querySelector("[data-as-of]"), isAway, Number(made), page.documentElement.lang);
  if (bar) say(bar, waiting, isAway, Number(made), page.documentElement.lang);
  const hers = waiting.filter((word) => word.whose === whose);
  for (const form of page.querySelectorAll("form[data-later]")) {
    if (hers.some((word) => word.number === form.dataset.number)) replace(page, form);
  }
}

/** Money out of the phone says from when it is, before anything else. */
function asOf(mark, isAway, made, language) {
  if (!mark) return;
  mark.hidden = !isAway;
  mark.querySelector("time").textContent = when(made, language);
}

function say(bar, waiting, isAway, made, language) {
  const [well, away] = [bar.querySelector("[data-signal-well]"), bar.querySelector("[data-signal-away]")];
  const [one, many] = bar.querySelectorAll("[data-signal-waits]");
  const part = waiting.length > 1 ? many : waiting.length ? one : isAway ? away : well;
  for (const each of [well, away, one, many]) each.hidden = each !== part;
  if (waiting.length > 1) many.querySelector("b").textContent = waiting.length;
  const at = waiting[0]?.at ?? made;
  if (at) part.querySelector("time").textContent = when(at, language);
  bar.dataset.state = waiting.length ? "waits" : isAway ? "away" : "well";
  // The page without signal says so itself.
  bar.hidden = !waiting.length && !made;
}

function replace(page, form) {
  // With the key go what opened it and its loudspeaker.
  let part = form;
  for (let up = form; (up = up.parentElement?.closest(".act, details"));) part = up;
  const place = form.closest("article") ?? form.parentElement;
  const note = page.querySelector("template[data-waiting]");
  if (note && !place.querySelector(".waits")) part.before(note.content.cloneNode(true));
  part.hidden = true;
}
