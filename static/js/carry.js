// Ticks that this browser kept while nobody was signed in go to the account of whoever is now, of
// all guides at once, wherever they land. The copies here go when the server has them.
"use strict";

const carrying = document.querySelector("[data-carry]");
const TICKS = "keyright.ticks.";
const MOST = 200; // ticks of one guide, far more than any has
if (carrying) carryTicks();

async function carryTicks() {
  const ticks = ticksOfStranger();
  if (!Object.keys(ticks).length) return;
  const data = new FormData(carrying);
  data.set("ticks", JSON.stringify(ticks));
  try {
    const answer = await fetch(carrying.action, { method: "POST", body: data });
    if (answer.status === 204) forgetTicks(ticks);
  } catch {
    // Offline: the next page tries again.
  }
}

// By guide; one that was only looked at, or cannot be read, is forgotten at once.
function ticksOfStranger() {
  const ticks = {};
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(TICKS))) {
      const kept = readTicks(localStorage.getItem(key));
      if (kept.length) ticks[key.slice(TICKS.length)] = kept;
      else localStorage.removeItem(key);
    }
  } catch {
    // Storage is refused: nothing of ours.
  }
  return ticks;
}

function readTicks(text) {
  try {
    const kept = JSON.parse(text);
    return Array.isArray(kept) ? kept.slice(0, MOST) : [];
  } catch {
    return [];
  }
}

// What another tab has ticked meanwhile stays.
function forgetTicks(carried) {
  for (const [slug, sent] of Object.entries(carried)) {
    const now = readTicks(localStorage.getItem(TICKS + slug));
    const left = now.filter((item) => !sent.includes(item));
    if (left.length) localStorage.setItem(TICKS + slug, JSON.stringify(left));
    else localStorage.removeItem(TICKS + slug);
  }
}
