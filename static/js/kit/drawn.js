/** A name drawn with a finger: strokes of points, 0–999 across and 0–399 down (coop/kit/strokes.py). */
const WIDTH = 1000;
const HEIGHT = 400;
const LONGEST = 12000;

export function readyDrawn(pad) {
  const field = pad.querySelector("input");
  const paper = pad.querySelector("svg");
  let strokes = field.value ? field.value.split(";").map((one) => one.split(" ")) : [];
  let line = null;

  const pointOf = (event) => {
    const box = paper.getBoundingClientRect();
    const at = (value, size, most) => Math.min(most - 1, Math.max(0, Math.round((value / size) * most)));
    return `${at(event.clientX - box.left, box.width, WIDTH)},${at(event.clientY - box.top, box.height, HEIGHT)}`;
  };
  const draw = (points) => {
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    drawn.setAttribute("points", points.join(" "));
    paper.append(drawn);
    return drawn;
  };
  const keep = () => {
    field.value = strokes.map((points) => points.join(" ")).join(";");
  };
  strokes.forEach(draw);

  paper.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    paper.setPointerCapture(event.pointerId);
    strokes.push([pointOf(event)]);
    line = draw(strokes.at(-1));
  });
  paper.addEventListener("pointermove", (event) => {
    if (!line || field.value.length > LONGEST - 100) return;
    const points = strokes.at(-1);
    const point = pointOf(event);
    if (point === points.at(-1)) return;
    points.push(point);
    line.setAttribute("points", points.join(" "));
    keep();
  });
  const lift = () => {
    line = null;
    keep();
  };
  paper.addEventListener("pointerup", lift);
  paper.addEventListener("pointercancel", lift);
  pad.querySelector("button").addEventListener("click", () => {
    strokes = [];
    paper.replaceChildren();
    keep();
  });
}

document.querySelectorAll("[data-drawn]").forEach(readyDrawn);
