// Where tabs are one line that is wider than the screen, the one that is open is in its middle.

for (const line of document.querySelectorAll(".office-tabs")) {
  const open = line.querySelector("[aria-current]");
  if (open && line.scrollWidth > line.clientWidth) {
    line.scrollLeft = open.offsetLeft - (line.clientWidth - open.offsetWidth) / 2;
  }
}
