// What is ticked in a guide: kept in this browser for strangers, on the server for whoever is
// signed in. The page says which by what carries `data-ticks`: a form, or a sentence.
"use strict";

const place = document.querySelector("[data-ticks]");
if (place) {
  const key = `keyright.ticks.${place.dataset.ticks}`;
  for (const before of (place.dataset.ticksBefore || "").split(" ")) {
    if (before) takeOver(`keyright.ticks.${before}`, key);
  }
  const kept = read(key);
  if (place.tagName === "FORM") keepOnServer(place, key, kept);
  else keepHere(place, key, kept);
}

function read(key) {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) || "[]"));
  } catch {
    return new Set(); // storage is refused or holds something else: begin anew
  }
}

function write(key, ticks) {
  try {
    localStorage.setItem(key, JSON.stringify([...ticks]));
    return true;
  } catch {
    return false;
  }
}

// What was ticked while the guide had another address.
function takeOver(old, key) {
  const ticks = read(old);
  if (ticks.size && write(key, new Set([...read(key), ...ticks]))) localStorage.removeItem(old);
}

function boxes() {
  return document.querySelectorAll('.tasks input[name="done"]');
}

function keepHere(sentence, key, ticks) {
  sentence.hidden = !write(key, ticks);
  for (const box of boxes()) {
    if (ticks.has(box.value)) box.checked = true;
    box.addEventListener("change", () => {
      if (box.checked) ticks.add(box.value);
      else ticks.delete(box.value);
      write(key, ticks);
    });
  }
  for (const step of document.querySelectorAll("[data-step]")) {
    if (ticks.has(step.dataset.step)) markDone(step);
  }
  for (const link of document.querySelectorAll("[data-done]")) {
    link.addEventListener("click", () => {
      ticks.add(link.dataset.done);
      write(key, ticks);
    });
  }
}

function markDone(step) {
  step.classList.add("is-done");
  for (const word of step.querySelectorAll("[data-done-word]")) word.hidden = false;
}

// What was ticked before signing in is shown at once, while js/carry.js takes it to the account.
function keepOnServer(form, key, ticksOfStranger) {
  const button = form.querySelector("[data-save]");
  if (button) button.hidden = true;
  for (const box of boxes()) {
    if (ticksOfStranger.has(box.value)) box.checked = true;
    box.addEventListener("change", () => {
      if (!box.checked) forgetHere(key, box.value);
      save(form, new FormData(form));
    });
  }
  for (const step of document.querySelectorAll("[data-step]")) {
    if (ticksOfStranger.has(step.dataset.step)) markDone(step);
  }
}

// A tick that could not be carried yet is not carried once it is taken away.
function forgetHere(key, item) {
  const kept = read(key);
  if (kept.delete(item)) write(key, kept);
}

async function save(form, data) {
  const state = form.querySelector("[role=status]");
  state.textContent = state.dataset.saving;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    // Led to another page, such as that for signing in: it was not kept.
    if (!answer.ok || new URL(answer.url).pathname !== location.pathname) throw new Error();
    state.textContent = state.dataset.saved;
  } catch {
    state.textContent = state.dataset.failed;
  }
}
