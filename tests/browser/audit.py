"""What a page must fulfil for everybody: names, labels, landmarks, unique ids, contrast (WCAG 2.2 AA)."""

from __future__ import annotations

from playwright.sync_api import Page

_AUDIT = r"""() => {
  const found = [];
  const say = (rule, one) => found.push(`${rule}: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 140)}`);
  const main = document.querySelector("main");
  const all = (selector) => [...main.querySelectorAll(selector)].filter((one) => one.checkVisibility());

  // Names
  const nameOf = (one) => {
    const by = one.getAttribute("aria-labelledby");
    const label = one.labels && one.labels.length ? one.labels[0].textContent : "";
    const text = [...one.childNodes].map((node) => node.nodeType === 3 ? node.textContent
      : node.nodeType === 1 && node.getAttribute("aria-hidden") !== "true" ? node.textContent : "").join("");
    const named = by && document.getElementById(by).textContent;
    return (one.getAttribute("aria-label") || named || label || text).trim();
  };
  for (const one of all("a[href], button, summary, input:not([type=hidden]), select, textarea"))
    if (!nameOf(one)) say("no name", one);
  for (const one of all("svg"))
    if (!one.closest("[aria-hidden=true]") && !one.getAttribute("aria-label")) say("no name", one);
  for (const one of all("img")) if (!one.hasAttribute("alt")) say("no alt", one);

  // Structure
  if (document.querySelectorAll("main").length !== 1) found.push("not one main");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  const ids = [...document.querySelectorAll("main [id]")].map((one) => one.id);
  for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) found.push(`id twice: ${id}`);
  if (!document.documentElement.lang) found.push("no language");
  for (const one of main.querySelectorAll("[style]:not([style=''])")) say("inline style", one);

  // Contrast: paint colours on a canvas, because they may be written in any colour space.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => rgb.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const layers = (one) =>
    one ? [...layers(one.parentElement), getComputedStyle(one).backgroundColor] : ["#fff"];
  const ratio = (fore, back) => {
    const [a, b] = [light(fore), light(back)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    const isText = walker.currentNode.textContent.trim() && one.checkVisibility();
    if (!isText || one.closest("svg, .visually-hidden, script, option")) continue;
    const style = getComputedStyle(one);
    const back = layers(one);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    const reached = ratio(paint([...back, style.color]), paint(back));
    if (reached < least) say(`contrast ${reached.toFixed(2)}`, one);
  }
  for (const one of all(".input")) {
    const around = layers(one.parentElement);
    const reached = ratio(paint([...around, getComputedStyle(one).borderTopColor]), paint(around));
    if (reached < 3) say(`border ${reached.toFixed(2)}`, one);
  }
  return [...new Set(found)];
}"""


def complaints_about(page: Page) -> list[str]:
    """Return what is wrong with the page, one sentence each."""
    found: list[str] = page.evaluate(_AUDIT)
    return found
