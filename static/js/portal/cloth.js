const COVERS_AFTER = 30_000;

/** Cover every amount again: when the page is left or hidden, and after half a minute. */
export function coverAgain(page) {
  const cloths = page.querySelectorAll("details[data-cloth]");
  const coverAll = () => cloths.forEach((cloth) => cloth.removeAttribute("open"));
  page.addEventListener("visibilitychange", () => {
    if (page.hidden) coverAll();
  });
  window.addEventListener("pagehide", coverAll);
  cloths.forEach((cloth) => {
    let falls;
    cloth.addEventListener("toggle", () => {
      clearTimeout(falls);
      if (cloth.open) falls = setTimeout(() => cloth.removeAttribute("open"), COVERS_AFTER);
    });
  });
}
