/* Small comforts of the pages; everything they do has a way without JavaScript. */
"use strict";

(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-dismiss]");
    if (close) {
      close.closest(".message").remove();
      return;
    }
    const copy = event.target.closest("[data-copy]");
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => {
        find("[data-copy-label]", copy).textContent = copy.dataset.copied;
      });
    }
    if (event.target.closest("[data-print]")) window.print();
    all("[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("[data-menu][open]").forEach((menu) => {
      menu.open = false;
      find("summary", menu).focus();
    });
  });

  const showChecked = () => {
    const boxes = all("[data-check]");
    const checked = boxes.filter((box) => box.checked).length;
    all("[data-checked-count]").forEach((place) => {
      place.textContent = String(checked);
    });
    all("[data-check-all]").forEach((box) => {
      box.checked = checked > 0 && checked === boxes.length;
      box.indeterminate = checked > 0 && checked < boxes.length;
    });
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-check-all]")) {
      all("[data-check]").forEach((box) => {
        box.checked = event.target.checked;
      });
    }
    if (event.target.matches("[data-check], [data-check-all]")) showChecked();
  });

  // What went well need not be closed by hand; what can be undone stays longer, and both wait for the mouse.
  const fade = () => {
    all(".message--success:not([data-fading])").forEach((message) => {
      message.dataset.fading = "";
      const wait = find(".message__undo", message) ? 20_000 : 6_000;
      const leave = () => (message.matches(":hover, :focus-within") ? setTimeout(leave, wait) : message.remove());
      setTimeout(leave, wait);
    });
  };
  document.addEventListener("htmx:oobAfterSwap", fade);

  // On a phone a row of tabs is wider than the window: the one shown is brought into sight.
  document.fonts.ready.then(() => {
    all(".tabs [aria-current], .marketing__tabs [aria-current]").forEach((tab) => {
      tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
    });
  });

  const say = (text) => {
    const place = find("[data-messages]");
    const message = document.createElement("div");
    const words = document.createElement("p");
    message.className = "message message--error";
    words.className = "message__text";
    words.textContent = text;
    message.append(words);
    place.replaceChildren(message);
  };

  // What the server says itself, where it says it: a problem, whose detail is for people.
  const told = (xhr) => {
    if (!xhr?.getResponseHeader("Content-Type")?.startsWith("application/problem+json")) return "";
    return JSON.parse(xhr.responseText).detail;
  };

  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      say(told(event.detail.xhr) || find("[data-messages]").dataset.offline);
    });
  }

  // Empty filters do not belong into the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches("[data-filters]")) return;
    const values = event.detail.parameters;
    for (const key of Object.keys(values)) if (values[key] === "") delete values[key];
  });

  document.addEventListener("DOMContentLoaded", () => {
    const drawer = find("[data-filter-drawer]");
    // Closed on a phone, always open where there is room.
    const wide = window.matchMedia("(width >= 48rem)");
    const fit = () => {
      if (drawer) drawer.open = wide.matches;
    };
    fit();
    wide.addEventListener("change", fit);
    const form = find("[data-focus]");
    const named = form && form.dataset.focus && find(`[name="${CSS.escape(form.dataset.focus)}"]`, form);
    const field = find(".field--wrong .input") || named || find("[autofocus]");
    // A browser heeds autofocus when it first paints, which a page opened in the background never saw.
    if (field && document.activeElement !== field) field.focus();
    fade();
    showChecked();
  });
})();
