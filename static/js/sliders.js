/* A slider and its number move together; without JavaScript the number alone is sent. */
"use strict";

document.addEventListener("input", (event) => {
  const slider = event.target.closest("[data-slides]");
  if (slider) {
    document.getElementById(slider.dataset.slides).value = slider.value;
    return;
  }
  const moved = event.target.id && document.querySelector(`[data-slides="${CSS.escape(event.target.id)}"]`);
  if (moved) moved.value = event.target.value;
}, true);
