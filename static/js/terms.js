// A marked term opens its definition under its own line. The page holds it, in the list of terms
// at its end, which is what there is on paper and without scripts.
"use strict";

const links = [...document.querySelectorAll("a.term")].filter(
  (link) => entryOf(link) && !link.closest(".term-list"),
);
let opened = null;

function entryOf(link) {
  const slug = link.pathname.split("/").slice(-2)[0];
  return document.getElementById(`page-term-${slug}`);
}

function open(link) {
  const entry = entryOf(link);
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
  opened = { link, box };
  box.scrollIntoView({ block: "nearest" });
}

function close() {
  if (!opened) return;
  opened.box.remove();
  opened.link.parentElement.classList.remove("has-definition");
  opened.link.setAttribute("aria-expanded", "false");
  opened.link.removeAttribute("aria-controls");
  opened = null;
}

for (const link of links) link.setAttribute("aria-expanded", "false");

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // to a tab of its own
  if (opened && opened.box.contains(event.target)) return;
  const link = event.target.closest("a.term");
  const isOpen = opened && opened.link === link;
  close();
  if (!links.includes(link)) return;
  event.preventDefault();
  if (!isOpen) open(link);
});

// Before any other listener: one Esc closes one thing.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !opened) return;
    event.stopPropagation();
    const { link } = opened;
    close();
    link.focus();
  },
  true,
);
