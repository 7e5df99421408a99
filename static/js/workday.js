/* The agent's day by keyboard: c logs a call, 1 to 4 say how it went, h and l move a deal, u takes back, l and a open forms. */
"use strict";

(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const isTyping = (target) =>
    target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox");

  const currentRow = () => document.activeElement.closest("[data-row]");

  // The menu of the row one stands on; the page's own, or the first, for who stands on none.
  const openLog = () => {
    const row = currentRow();
    const menu = find("[data-quick-log]", row || document);
    if (!menu) return false;
    for (const other of document.querySelectorAll("[data-quick-log][open]")) {
      if (other !== menu) other.open = false;
    }
    menu.open = true;
    find("[data-outcome]", menu).focus();
    return true;
  };

  // A menu left open on another row is not what the key is meant for.
  const choose = (key) => {
    const button = find(`[data-quick-log][open] [data-outcome="${key}"]`, currentRow() || document);
    if (button) button.click();
    return Boolean(button);
  };

  const move = (key) => {
    const row = currentRow();
    const button = row && find(`[data-move="${key}"]`, row);
    if (button) button.click();
    return Boolean(button);
  };

  // Opens the form a key stands for, and puts the cursor into it.
  const openForm = (key) => {
    const summary = find(`summary[data-key="${key}"]`);
    if (!summary) return false;
    const form = summary.parentElement;
    form.open = true;
    const field = find("input:not([type=hidden]), select, textarea", form);
    if (field) field.focus();
    return true;
  };

  const takeBack = () => {
    const undo = [...document.querySelectorAll(".message__undo button")].pop();
    if (undo) undo.click();
    return Boolean(undo);
  };

  const keys = {
    c: openLog,
    1: () => choose("1"),
    2: () => choose("2"),
    3: () => choose("3"),
    4: () => choose("4"),
    h: () => move("h"),
    l: () => move("l") || openForm("l"),
    a: () => openForm("a"),
    u: takeBack,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || find("dialog[open]")) return;
    const act = keys[event.key];
    if (act && act()) event.preventDefault();
  });

  // After a call the next customer is at hand.
  document.addEventListener("htmx:afterSwap", (event) => {
    const row = find("[data-called]:not([data-seen])");
    if (!row || !event.detail.successful) return;
    row.dataset.seen = "";
    const next = row.nextElementSibling || row;
    const link = find("[data-open]", next);
    if (link) link.focus();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form) form.requestSubmit();
  });
})();
