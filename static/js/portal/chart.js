// The row that she is on: a mark on the chart, moved by two keys, remembered in this phone.
const part = document.querySelector("[data-rowmark]");
const chart = document.querySelector(".knitting-chart");

function begin() {
  const { rows, high } = chart.dataset;
  const key = `row-${part.dataset.rowmark}`;
  const mark = document.createElementNS(chart.namespaceURI, "rect");
  mark.setAttribute("class", "rowmark__mark");
  mark.setAttribute("width", chart.viewBox.baseVal.width);
  mark.setAttribute("height", high);
  chart.append(mark);
  let row = Number(localStorage.getItem(key)) || 1;

  // Rows are knitted, and counted, from the lowest up.
  const draw = () => {
    mark.setAttribute("y", (rows - row) * high);
    part.querySelector("output").textContent = row;
  };
  part.addEventListener("click", (event) => {
    const by = Number(event.target.closest("[data-by]")?.dataset.by);
    if (!by) return;
    row = Math.min(Math.max(row + by, 1), rows);
    localStorage.setItem(key, row);
    draw();
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  draw();
  part.hidden = false;
}

if (part && chart?.dataset.rows) begin();
