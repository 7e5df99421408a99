/* Shortcuts: / searches, j and k move, Enter opens, x selects, e edits, n adds, ? explains. */
"use strict";

(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const links = () => [...document.querySelectorAll("[data-row] [data-open]")];

  const isTyping = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";

  const move = (step) => {
    const rows = links();
    if (!rows.length) return false;
    const row = document.activeElement.closest("[data-row]");
    const current = row ? rows.indexOf(find("[data-open]", row)) : -1;
    const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : current + step;
    const target = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    target.focus();
    target.closest("[data-row]").scrollIntoView({ block: "nearest" });
    return true;
  };

  const press = (selector) => {
    const target = find(selector);
    if (target) target.click();
    return Boolean(target);
  };

  const focusSearch = () => {
    const search = find("[data-search]");
    if (search) {
      search.focus();
      search.select();
    }
    return Boolean(search);
  };

  const select = () => {
    const row = document.activeElement.closest("[data-row]");
    const box = row && find("[data-check]", row);
    if (box) box.click();
    return Boolean(box);
  };

  const explain = () => {
    const dialog = find("[data-keyboard-help]");
    if (dialog && !dialog.open) dialog.showModal();
    return Boolean(dialog);
  };

  const editChosen = () => {
    const link = document.activeElement.closest("[data-row]") && document.activeElement;
    if (!link || !link.matches("[data-open]")) return press("[data-key=e]");
    window.location.assign(`${link.getAttribute("href")}/edit`);
    return true;
  };

  const keys = {
    "/": focusSearch,
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    x: select,
    e: editChosen,
    n: () => press("[data-key=n]"),
    "?": explain,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const search = find("[data-search]");
    if (event.target === search && (event.key === "ArrowDown" || event.key === "Escape")) {
      if (event.key === "Escape") search.blur();
      else if (move(1)) event.preventDefault();
      return;
    }
    if (isTyping(event.target) || find("dialog[open]")) return;
    const isArrow = event.key.startsWith("Arrow");
    // Arrows scroll the page unless somebody is moving through the list already.
    if (isArrow && !event.target.closest("[data-row]")) return;
    const act = keys[event.key];
    if (act && act()) event.preventDefault();
  });
})();
