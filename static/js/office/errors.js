// After a form came back with something to change, the first such field is in view and has the
// focus: the page may be long. Without script the sentence above the form says it.

const main = document.querySelector("main");
const wrong = main?.querySelector(
  '[aria-invalid="true"], .w-field--error :is(input, select, textarea), .field--wrong :is(input, select, textarea)',
);
const shown = wrong ?? main?.querySelector(".office-errors");

shown?.scrollIntoView({ block: "center" });
wrong?.focus({ preventScroll: true });
