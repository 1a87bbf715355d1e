// The language switch leads to the heading that was being read: headings carry the same ids in
// each language. The switch stands at the top, so where somebody rested before going up counts.
"use strict";

const REST = 700; // ms without scrolling: somebody reads here
const MEMORY = 30000; // ms that going up to the switch may take
const header = document.querySelector(".site-header");
let rested = { heading: undefined, at: -MEMORY };
let resting = 0;

addEventListener(
  "scroll",
  () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (scrollY > header.offsetHeight) {
        rested = { heading: headingInView(), at: performance.now() };
      }
    }, REST);
  },
  { passive: true },
);

for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => {
    const lately = performance.now() - rested.at < MEMORY ? rested.heading : undefined;
    const heading = (scrollY > 0 && headingInView()) || lately;
    link.hash = heading ? `#${heading.id}` : location.hash;
  });
}

function headingInView() {
  return [...document.querySelectorAll("main h2[id]")]
    .filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3)
    .pop();
}
