// A number opens its note where the browser does not do so itself; Esc closes what is open.
"use strict";

document.addEventListener("click", (event) => {
  const reference = event.target.closest("a.ref");
  const note = reference && document.getElementById(reference.hash.slice(1));
  const details = note && note.closest("details");
  if (details) details.open = true;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open =
    document.activeElement.closest("details.note[open], details.stamp[open]") ||
    [...document.querySelectorAll("details.note[open]")].pop();
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
