// The language switch leads to the same heading: headings carry the same ids in each language.
"use strict";

for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => {
    const heading = headingInView();
    link.hash = heading ? `#${heading.id}` : location.hash;
  });
}

function headingInView() {
  const passed = [...document.querySelectorAll("main h2[id]")].filter(
    (heading) => heading.getBoundingClientRect().top < innerHeight / 3,
  );
  return scrollY > 0 ? passed.pop() : undefined;
}
