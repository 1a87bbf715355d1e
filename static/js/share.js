// Copying the page's lasting address, and printing. Both buttons show themselves.
"use strict";

for (const place of document.querySelectorAll("[data-scripted]")) place.hidden = false;

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) print();
  const button = event.target.closest("[data-copy-link]");
  if (!button) return;
  const address = document.querySelector('link[rel="canonical"]').href.replace(/\?all=1$/, "");
  if (!(await copied(address))) return;
  document.querySelector("[data-share-state]").textContent = button.dataset.copied;
  button.dataset.words = button.dataset.words || button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = button.dataset.words), 2000);
});

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Old browsers, and those inside other programs: mark it and copy what is marked.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

// What is folded is printed as well.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open]):not(.share-code)")) {
    details.dataset.opened = "";
    details.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("[data-opened]")) {
    details.open = false;
    delete details.dataset.opened;
  }
});
