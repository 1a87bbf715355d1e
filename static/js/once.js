// A form is sent once: a second click on the way would open a second case.
"use strict";

const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  if (sent.has(event.target)) {
    event.preventDefault();
    return;
  }
  sent.add(event.target);
  // Where nothing came back, it can be sent again.
  setTimeout(() => sent.delete(event.target), 5000);
});

// The page as the back button finds it.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form);
});
