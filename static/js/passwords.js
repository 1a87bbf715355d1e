// A password can be looked at while it is typed.
"use strict";

for (const button of document.querySelectorAll("[data-shows]")) {
  const input = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
    input.focus();
  });
  // What is sent is a password again, so that the browser offers to keep it as one.
  input.form.addEventListener("submit", () => {
    input.type = "password";
  });
}
