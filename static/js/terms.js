// A marked term opens its definition under its own line. The page holds it, in the list of terms
// at its end, which is what there is on paper and without scripts.
"use strict";

const markedTerms = [...document.querySelectorAll("a.term")].filter(
  (link) => definitionOf(link) && !link.closest(".term-list"),
);
let openedTerm = null;

function definitionOf(link) {
  const slug = link.pathname.split("/").slice(-2)[0];
  return document.getElementById(`page-term-${slug}`);
}

function openTerm(link) {
  const entry = definitionOf(link);
  const box = document.createElement("span");
  box.className = "definition";
  box.id = "page-definition";
  box.lang = entry.closest("[lang]").lang; // not always that of the text around the link
  box.setAttribute("role", "note");
  for (const part of entry.children) {
    const piece = document.createElement("span");
    piece.append(...part.cloneNode(true).childNodes);
    box.append(piece, " ");
  }
  link.parentElement.classList.add("has-definition");
  link.after(box);
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", box.id);
  openedTerm = { link, box };
  box.scrollIntoView({ block: "nearest" });
}

function closeTerm() {
  if (!openedTerm) return;
  openedTerm.box.remove();
  openedTerm.link.parentElement.classList.remove("has-definition");
  openedTerm.link.setAttribute("aria-expanded", "false");
  openedTerm.link.removeAttribute("aria-controls");
  openedTerm = null;
}

for (const link of markedTerms) link.setAttribute("aria-expanded", "false");

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // to a tab of its own
  if (openedTerm && openedTerm.box.contains(event.target)) return;
  const link = event.target.closest("a.term");
  const isOpen = openedTerm && openedTerm.link === link;
  closeTerm();
  if (!markedTerms.includes(link)) return;
  event.preventDefault();
  if (!isOpen) openTerm(link);
});

// Before any other listener: one Esc closes one thing.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !openedTerm) return;
    event.stopPropagation();
    const { link } = openedTerm;
    closeTerm();
    link.focus();
  },
  true,
);
