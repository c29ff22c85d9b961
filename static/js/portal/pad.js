/** The keys write into the field without asking the house for every digit. */
export function readyPad(form) {
  const field = form.querySelector("input[name=pin]");
  if (!field) return;
  form.addEventListener("click", (event) => {
    const key = event.target.closest("button[name=press]");
    if (!key) return;
    event.preventDefault();
    field.value =
      key.value === "back" ? field.value.slice(0, -1) : (field.value + key.value).slice(0, field.maxLength);
  });
  field.addEventListener("input", () => {
    field.value = field.value.replace(/\D/g, "").slice(0, field.maxLength);
  });
}
