// A preview as on a phone, in this window or on paper: the sheets' questions about medium and
// width are answered as there, and the page is laid out in that width.
"use strict";

(() => {
  const bar = document.querySelector("[data-preview]");
  if (!bar) return;
  const EM = 16;
  // A4 without its margins of 25 mm, at 96 pixels an inch.
  const VIEWS = {
    phone: { width: 390, medium: "screen" },
    desktop: null,
    print: { width: 605, medium: "print" },
  };
  const asked = new Map(); // each list of media with what its sheet says
  const buttons = [...bar.querySelectorAll("[data-as]")];

  bar.querySelector("[data-without-script]").hidden = true;
  bar.querySelector("[data-views]").hidden = false;
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.as));

  function show(name) {
    const view = VIEWS[name];
    for (const sheet of document.styleSheets) {
      if (sheet.ownerNode?.dataset.asItIs === undefined) answer(sheet, view);
    }
    document.documentElement.classList.toggle("is-narrowed", view !== null);
    document.body.style.width = view ? `${view.width}px` : "";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.as === name));
    }
  }

  function answer(sheet, view) {
    change(sheet.media, view);
    for (const rule of sheet.cssRules) within(rule, view);
  }

  function within(rule, view) {
    if (rule.styleSheet) answer(rule.styleSheet, view);
    if (rule.media) change(rule.media, view);
    for (const inner of rule.cssRules ?? []) within(inner, view);
  }

  function change(media, view) {
    if (!asked.has(media)) asked.set(media, media.mediaText);
    const said = asked.get(media);
    if (said) media.mediaText = view ? said.split(",").map((one) => told(one, view)).join(", ") : said;
  }

  // What is left of one question once medium and width are known.
  function told(question, { width, medium }) {
    const left = [];
    for (const part of question.trim().split(/\s+and\s+/)) {
      const size = /^\((min|max)-width:\s*([\d.]+)(px|em|rem)\)$/.exec(part);
      if (size) {
        const limit = Number(size[2]) * (size[3] === "px" ? 1 : EM);
        if (size[1] === "min" ? width < limit : width > limit) return "not all";
      } else if (part === "print" || part === "screen") {
        if (part !== medium) return "not all";
      } else if (medium === "print" && part.startsWith("(prefers-color-scheme")) {
        if (part.includes("dark")) return "not all";
      } else if (part !== "all") {
        left.push(part);
      }
    }
    return left.join(" and ") || "all";
  }
})();
