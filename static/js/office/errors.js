// After a form came back with something to change, the first such field is in view and has the
// focus: the page may be long. Without script the sentence above the form says it.

const wrong = document.querySelector("main .w-field--error, main .office-errors, main .field--wrong");

if (wrong) {
  const field = wrong.querySelector("input:not([type=hidden]), select, textarea");
  wrong.scrollIntoView({ block: "center" });
  if (field) field.focus({ preventScroll: true });
}
