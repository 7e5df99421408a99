/* Dropping a file, and saying that something takes a moment. */
"use strict";

(() => {
  const drop = document.querySelector("[data-drop]");
  if (drop) {
    const input = drop.querySelector("[data-drop-input]");
    const text = drop.querySelector("[data-drop-text]");
    // Caught on its way down: the admin's own listener expects a text box beside every file input.
    document.addEventListener("change", (event) => {
      if (event.target !== input) return;
      event.stopPropagation();
      const file = input.files[0];
      // Said before it travels: a server that refuses a large upload hangs up in the middle of it.
      input.setCustomValidity(file && file.size > Number(input.dataset.largest) ? input.dataset.tooLarge : "");
      if (file) {
        text.textContent = file.name;
        input.reportValidity();
      }
    }, true);
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, () => drop.classList.add("drop--over"));
    }
    for (const name of ["dragleave", "drop"]) {
      drop.addEventListener(name, () => drop.classList.remove("drop--over"));
    }
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.dataset.busy || event.defaultPrevented) return;
    button.textContent = button.dataset.busy;
    // A disabled button is not sent with its form, so it is disabled after the form has left.
    setTimeout(() => {
      button.disabled = true;
    });
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
