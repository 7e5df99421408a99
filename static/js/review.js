/* Reviewing by keyboard: c claim, s same, n not the same, k skip, u undo, 1-9 and arrows pick who survives, r reason. */
"use strict";

(() => {
  const find = (selector, root = document) => root.querySelector(selector);

  const isTyping = (target) =>
    target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT" ||
    (target.tagName === "INPUT" && !/^(radio|checkbox|submit|button)$/.test(target.type));

  const press = (key) => {
    const button = find(`[data-act="${key}"]:not(:disabled)`);
    if (button) button.click();
    return Boolean(button);
  };

  const winners = () => [...document.querySelectorAll("[data-winner]:not(:disabled)")];

  const pick = (radio) => {
    if (!radio) return false;
    radio.focus({ preventScroll: true });
    if (!radio.checked) radio.click();
    return true;
  };

  const step = (by) => {
    const all = winners();
    const now = all.findIndex((one) => one.checked);
    return now < 0 ? false : pick(all[(now + by + all.length) % all.length]);
  };

  const reason = () => {
    const field = find("[data-case-form] [name=reason]");
    if (field) field.focus();
    return Boolean(field);
  };

  const act = (key) => {
    if (/^[1-9]$/.test(key)) return pick(winners()[Number(key) - 1]);
    if (key === "ArrowLeft") return step(-1);
    if (key === "ArrowRight") return step(1);
    if (key === "r") return reason();
    return "csnku".includes(key) && key.length === 1 && press(key);
  };

  // On its way down, before the shortcuts of lists see it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.matches("[name=reason]") && event.key === "Escape") event.target.blur();
    if (isTyping(event.target) || find("dialog[open]")) return;
    // Inside a group of radios arrows move within the group, as everywhere.
    if (event.key.startsWith("Arrow") && event.target.matches("[type=radio]:not([data-winner])")) return;
    if (!act(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // The number on the sidebar's entry follows what is decided here.
  const showWaiting = () => {
    const day = find("[data-waiting]");
    const badge = find("[data-waiting-badge]");
    if (!day || !badge) return;
    badge.textContent = day.dataset.waiting;
    badge.hidden = day.dataset.waiting === "0";
  };

  // A new case begins at its title, for eyes and for screen readers.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.target || !event.detail.target.matches("[data-review]")) return;
    const title = find("[data-case-title]");
    if (title) title.focus({ preventScroll: true });
    showWaiting();
  });

  window.addEventListener("pagehide", () => {
    const form = find("[data-release]");
    if (form) navigator.sendBeacon(form.action, new FormData(form));
  });
})();
