// The key that prints a sheet. Without script the browser's own menu does it, so the key is hidden.

for (const key of document.querySelectorAll("[data-print]")) {
  key.hidden = false;
  key.addEventListener("click", () => window.print());
}
