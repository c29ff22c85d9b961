"""The rules that every members' screen keeps, as something that can be asked of any page.

Source: the kit (docs/architecture.md, "The members' screens"). Each problem begins with the name
of its rule.
"""

from playwright.sync_api import Page

#: Words that no tab title says: a shared phone shows its titles to everybody.
NOT_IN_TITLES = ("pago", "pay", "dinero", "money", "deben", "owe", "S/", "violen")

_RULES = """
([words]) => {
  const problems = [];
  const say = (rule, element, more = "") => {
    const look = element.cloneNode ? element.cloneNode(false).outerHTML.slice(0, 120) : element;
    problems.push(`${rule}: ${look} ${more}`);
  };
  const isSeen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    const isHidden = element.closest(".visually-hidden, .skip");
    return !isHidden && box.width > 0 && box.height > 0;
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);
  const keys = all("a[href], button, summary, input:not([type=hidden]), textarea");

  for (const key of keys) {
    const { width, height } = key.getBoundingClientRect();
    if (width < 47.9 || height < 47.9) say("target", key, `${width} x ${height}`);
  }

  // A drawing with a name of its own, such as a knitting chart, is no icon.
  for (const icon of all("svg:not([role=img])")) {
    const own = icon.closest("a, button, summary");
    const around = own?.classList.contains("say")
      ? own.closest("article, section, li, form, header, .act, .paper, .said, .nothing, .nothing__next, .shut, .weight, .bring, .why")
      : own ?? icon.closest("li, p, h2, h3, section, header, .said, .nothing, .bring, .why, .weight, .stage__pay, .stitches, div");
    const isDrawing = icon.closest("[aria-hidden=true]:not(svg), .stitches, .sizes, .sure__picture, .picture--stage, .sum, .suns__drawn");
    if (!isDrawing && !around?.innerText.trim()) say("icon", icon, around?.className ?? "");
  }

  for (const key of keys) {
    if (key.matches(".say, input, textarea, audio, .loud-words")) continue;
    const around = key.closest(".act, .tile, .row, .paper__line, .shut, .choice, .pad__line");
    if (!("speak" in key.dataset) && !around?.querySelector(".say")) say("loudspeaker", key);
  }

  // Whatever nobody typed has a key, and with it a voice, be it a machine's.
  for (const one of document.querySelectorAll("[data-words][data-say=''], [data-words][data-speak='']")) {
    // A language's own name is spoken by whoever speaks it, or not at all.
    if (!("typed" in one.dataset) && !one.closest(".languages__one")) say("voice", one, one.dataset.words);
  }

  for (const choice of document.querySelectorAll("select")) say("drop-down", choice);

  const colour = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const found = colour(getComputedStyle(one).backgroundColor);
      layers.push(found);
      if (found.a === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) =>
      c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !isSeen(element) || element.closest("script, style, template, audio")) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < 14.5) say("small", element, style.fontSize);
    if (element.closest("[aria-hidden=true]")) continue;
    const below = ground(element);
    const [a, b] = [light(over(colour(style.color), below)), light(below)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 7) say("contrast", element, `${contrast.toFixed(2)} ${text.slice(0, 30)}`);
  }
  if (parseFloat(getComputedStyle(document.body).fontSize) < 20) say("body", document.body);

  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
    say("sideways", document.body, `${document.documentElement.scrollWidth}`);
  }

  const foot = document.querySelector(".tabs")?.getBoundingClientRect().top ?? innerHeight;
  const actions = all("main .act__key, main .tile__key, main .face, main .pad__key, main .row > a:not(.say), main .shut__key");
  const main = actions.find((one) => one.closest(".act--go")) ?? actions[0];
  if (main && window.scrollY === 0 && !document.querySelector("details[open]")) {
    const { top, bottom } = main.getBoundingClientRect();
    if (top < 0 || bottom > foot + 1) say("in view", main, `${bottom} > ${foot}`);
  }

  const title = document.title.toLowerCase();
  for (const word of words) if (title.includes(word.toLowerCase())) say("title", title, word);
  return problems;
}
"""


def problems_of(page: Page) -> list[str]:
    """What `page` breaks as it stands, and with each question or cloth on it opened."""
    found: list[str] = page.evaluate(_RULES, [NOT_IN_TITLES])
    folds = page.locator("details")
    for at in range(folds.count()):
        fold = folds.nth(at)
        if not fold.is_visible():
            continue
        fold.evaluate("(fold) => fold.setAttribute('open', '')")
        opened: list[str] = page.evaluate(_RULES, [NOT_IN_TITLES])
        found += [f"{one} (opened)" for one in opened]
        fold.evaluate("(fold) => fold.removeAttribute('open')")
    return sorted(set(found))
