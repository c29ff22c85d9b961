/** How many she takes: the keys answer at once. Without this they ask the house for the page again. */
export function readyCount(form) {
  const field = form.querySelector("input[name=value]");
  const most = Number(form.dataset.count) - 1;
  const said = form.querySelector("template").content.children;
  form.addEventListener("click", (event) => {
    const key = event.target.closest("[data-step]");
    if (!key || event.defaultPrevented) return;
    event.preventDefault();
    const number = Math.min(Math.max(Number(field.value) + Number(key.dataset.step), 1), most);
    field.value = number;
    form.querySelector("output").textContent = number;
    draw(form.querySelectorAll(".stitch"), number);
    sayInstead(form.querySelector(".many__say .say"), said[number - 1], number);
  });
}

function draw(stitches, number) {
  stitches.forEach((one, at) => {
    one.setAttribute("class", `stitch stitch--${at < number ? "passed" : "left"}`);
  });
}

function sayInstead(loudspeaker, said, number) {
  const { say = "", words = String(number), spanish = words } = said?.dataset ?? {};
  Object.assign(loudspeaker.dataset, { say, words, spanish });
  loudspeaker.setAttribute("aria-label", words);
}
