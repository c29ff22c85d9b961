/** Coins and notes while they are counted: keys for one more and one less, and the sum of all. */
export function readyCoins(form) {
  const fields = [...form.querySelectorAll("input[data-worth]")];
  const sum = form.querySelector("[data-coins-sum]");
  const numberOf = (field) => Math.max(0, Math.trunc(Number(field.value)) || 0);
  const add = () => {
    let total = 0;
    for (const field of fields) {
      const worth = numberOf(field) * Number(field.dataset.worth);
      total += worth;
      const out = field.closest("[data-coin]")?.querySelector("output");
      if (out) out.textContent = worth ? money(worth, sum) : "";
    }
    sum.textContent = money(total, sum);
  };
  form.addEventListener("input", add);
  form.addEventListener("click", (event) => {
    const key = event.target.closest("[data-by]");
    if (!key) return;
    const field = key.closest("[data-coin]").querySelector("input");
    field.value = Math.max(0, numberOf(field) + Number(key.dataset.by)) || "";
    add();
  });
  form.querySelectorAll("[data-by]").forEach((key) => {
    key.hidden = false;
  });
  add();
}

function money(minor, sum) {
  const digits = (minor / 100).toLocaleString("en", { minimumFractionDigits: 2 });
  return `${sum.dataset.symbol}\u00a0${digits}`;
}

document.querySelectorAll("form[data-coins]").forEach(readyCoins);
