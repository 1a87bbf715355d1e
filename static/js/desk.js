// The desk: says so before unsaved text is left, and leads from a refusal to its line.
(() => {
  // One that saves itself asks by itself (autosave.js).
  const form = document.querySelector("form[data-unsaved]:not([data-autosave])");
  let isUnsaved = form?.dataset.unsaved === "always" || document.querySelector(".error-summary") !== null;

  form?.addEventListener("input", () => {
    isUnsaved = true;
  });
  form?.addEventListener("submit", (event) => {
    // A preview opens beside the form and leaves it as it is.
    if (event.submitter?.formTarget !== "_blank") isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (form && isUnsaved) event.preventDefault();
  });

  document.querySelector("[data-takes-focus]")?.focus();

  for (const link of document.querySelectorAll("a[data-line]")) {
    link.addEventListener("click", (event) => {
      const text = document.querySelector(link.getAttribute("href"));
      if (!(text instanceof HTMLTextAreaElement)) return;
      event.preventDefault();
      const line = Number(link.dataset.line);
      const before = text.value.split("\n").slice(0, line - 1);
      const start = before.reduce((length, each) => length + each.length + 1, 0);
      const end = text.value.indexOf("\n", start);
      text.focus();
      text.setSelectionRange(start, end < 0 ? text.value.length : end);
      text.scrollTop = (text.scrollHeight * before.length) / text.value.split("\n").length - 80;
    });
  }
})();
