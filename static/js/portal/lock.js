// Left for another app, the screen covers itself at once and locks soon after; left alone, too.
const AWAY = 20_000;
const IDLE = 300_000;

export function readyLock(page) {
  const form = page.querySelector("form[data-lock]");
  if (!form) return;
  let away;
  let idle;
  const lock = () => form.submit();
  const wait = () => {
    clearTimeout(idle);
    idle = setTimeout(lock, IDLE);
  };
  page.addEventListener("pointerdown", wait, { passive: true });
  page.addEventListener("keydown", wait);
  wait();
  page.addEventListener("visibilitychange", () => {
    page.documentElement.classList.toggle("is-away", page.hidden);
    if (page.hidden) {
      away = Date.now();
      // The phone may never come back to this page: tell the house from here.
      idle = setTimeout(() => navigator.sendBeacon(form.action, new FormData(form)), AWAY);
    } else if (away && Date.now() - away > AWAY) {
      lock();
    } else {
      wait();
    }
  });
  // Kept by the browser for its back key: what was on it may no longer be hers to see.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
