/** The phone's back key and Escape close a panel that is open over the screen, and nothing else. */
export function readyPanel(panel) {
  let watcher;
  panel.addEventListener("toggle", () => {
    watcher?.destroy();
    watcher = panel.open && globalThis.CloseWatcher ? new CloseWatcher() : undefined;
    if (watcher) watcher.onclose = () => panel.removeAttribute("open");
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") panel.removeAttribute("open");
  });
}
