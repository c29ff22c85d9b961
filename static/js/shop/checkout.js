// The checkout shows what belongs to the chosen way of shipping. Without script all of it stands
// there, and the server decides; nothing here is needed to order.

const form = document.querySelector("[data-checkout]");

function chosen(name) {
  return form.querySelector(`input[name="${name}"]:checked`);
}

function show(element, isShown) {
  element.hidden = !isShown;
}

function follow() {
  const delivery = chosen("delivery");
  const isPickUp = Boolean(delivery && "pickUp" in delivery.dataset);
  form.querySelectorAll("[data-when-sent]").forEach((part) => show(part, !isPickUp));
  form.querySelectorAll("[data-when-picked-up]").forEach((part) => show(part, isPickUp));
  if (!isPickUp && chosen("method")?.value === "pick_up") {
    const other = form.querySelector('input[name="method"]:not([value="pick_up"])');
    if (other) other.checked = true;
  }
  document.querySelectorAll("[data-total]").forEach((row) => {
    show(row, delivery && row.dataset.total === delivery.value);
  });
}

function sayBusy(event) {
  // Looking at another currency orders nothing.
  if (event.submitter?.name === "show_in") return;
  const button = document.querySelector("button[data-busy]");
  if (button) {
    button.textContent = button.dataset.busy;
    // The form's own key makes a second sending harmless; this only spares the question.
    button.disabled = true;
  }
}

if (form) {
  form.addEventListener("change", follow);
  form.addEventListener("submit", sayBusy);
  // Back from the next page: the button says again what it does.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  follow();
}
