// A file that is too large is told as soon as it is chosen, before a byte of it is sent: the form
// stays as it is. What is taken at most, and the sentence, stand at this module's own element; a
// field may take less. Without script the house itself says it.

const told = document.querySelector("script[data-most-bytes]");
const MEGABYTE = 1_000_000;

function refusalOf(field) {
  const most = Number(field.dataset.mostBytes ?? told.dataset.mostBytes);
  const size = [...field.files].reduce((sum, one) => sum + one.size, 0);
  if (size <= most) return "";
  return told.dataset.tooLarge
    .replace("{size}", Math.ceil(size / MEGABYTE))
    .replace("{most}", Math.floor(most / MEGABYTE));
}

function say(field) {
  const refusal = refusalOf(field);
  const id = `${field.id || field.name}-too-large`;
  let sentence = document.getElementById(id);
  if (!sentence && refusal) {
    sentence = document.createElement("p");
    sentence.id = id;
    sentence.className = "error-message";
    sentence.setAttribute("role", "alert");
    field.after(sentence);
  }
  if (sentence) sentence.textContent = refusal;
  if (refusal) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return !refusal;
}

const isFile = (element) => element.matches?.('input[type="file"]');

document.addEventListener("change", (event) => {
  if (isFile(event.target)) say(event.target);
});

// Before whatever else hears it: nothing of this form is sent.
document.addEventListener(
  "submit",
  (event) => {
    const wrong = [...event.target.elements].filter(isFile).filter((field) => !say(field));
    if (!wrong.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong[0].focus();
  },
  true,
);
