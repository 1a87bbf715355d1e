// Saves what is being written after a pause and on leaving, to the address that its form names for
// that or to its own, and says how that went. A button of the form saves without a script.
"use strict";

const PAUSE = 1500;
const AT_MOST = 6000; // for whoever writes on without a pause
const AGAIN = 15000;
// A request that outlives its page may carry no more bytes than this.
const LEAVING = 60000;
const UNTYPED = ["hidden", "submit", "button", "reset"];

const writing = document.querySelector("form[data-autosave]");
if (writing) keepSaved(writing);

function keepSaved(form) {
  const state = document.querySelector("[data-state]");
  const signIn = document.querySelector("[data-sign-in]");
  // Fields may come and go while somebody writes.
  const fields = () =>
    [...form.elements].filter((one) => one.name && !one.disabled && !UNTYPED.includes(one.type));
  const present = () => JSON.stringify(fields().map(valueOf));
  const given = form.dataset.unsaved; // "": refused as it is, "send": to be sent as it is
  let saved = given === undefined ? present() : "";
  let refused = given === "" ? present() : "";
  let timer = 0;
  let changedAt = 0;
  let underWay = null;
  let isLeaving = false; // by the form's own button
  let isSignedOut = false;
  let isStale = false;

  const say = (words) => (state.textContent = words);
  const isSaved = () => present() === saved;
  const wait = (time) => {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  };

  function valueOf(field) {
    const isTick = field.type === "checkbox" || field.type === "radio";
    return [field.name, isTick ? field.checked && field.value : field.value];
  }

  function save({ keepalive = false } = {}) {
    clearTimeout(timer);
    changedAt = 0;
    if (underWay || isLeaving || isStale || isSaved() || present() === refused) return underWay;
    underWay = send(keepalive).finally(() => {
      underWay = null;
      if (!isSaved() && present() !== refused && !isSignedOut) wait(PAUSE);
    });
    return underWay;
  }

  async function send(keepalive) {
    const sent = present();
    say(form.dataset.saving);
    try {
      let answer = await post(keepalive);
      // Signed in anew, elsewhere: the page's token is of the session before.
      if (answer.status === 403 && (await renew())) answer = await post(keepalive);
      await told(answer, sent);
    } catch {
      say(form.dataset.offline);
      wait(AGAIN);
    }
  }

  function post(keepalive) {
    return fetch(form.dataset.autosave || form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive: keepalive && new Blob([present()]).size < LEAVING,
    });
  }

  async function told(answer, sent) {
    // Led away to sign in, or told so.
    if (answer.redirected || answer.status === 403 || answer.status === 404) {
      isSignedOut = true;
      signIn.hidden = false;
      say(form.dataset.signedOut);
      return;
    }
    if (![200, 409, 422].includes(answer.status)) {
      say(form.dataset.failed);
      wait(AGAIN);
      return;
    }
    const found = await answer.json();
    say(found.words);
    showErrors(found.errors || {});
    if (found.others) showOthers(found.others);
    const versions = Object.entries(found.versions || {});
    for (const [name, version] of versions) form.elements[name].value = version;
    if (answer.status === 200) {
      saved = sent;
      refused = "";
      const discard = document.querySelector("[data-discard]");
      if (discard) discard.hidden = !versions.some(([, version]) => version);
    }
    if (answer.status === 422) refused = sent;
    if (answer.status === 409) isStale = true;
  }

  function showErrors(errors) {
    for (const name of Object.keys(errors)) placeOf(name);
    for (const place of form.querySelectorAll("[data-error]")) {
      const words = errors[place.dataset.error];
      const line = document.createElement("p");
      const inside = document.createElement("span");
      line.className = "field-error";
      inside.textContent = words || "";
      line.append(inside);
      place.replaceChildren(...(words ? [line] : []));
      place.closest(".field")?.classList.toggle("is-wrong", Boolean(words));
      const field = fieldOf(place.dataset.error);
      if (words) {
        field?.setAttribute("aria-invalid", "true");
        field?.setAttribute("aria-describedby", place.id);
      } else if (field?.getAttribute("aria-describedby") === place.id) {
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
      }
    }
  }

  // A name, or the place of one among those of its name: "en-block:3".
  function fieldOf(error) {
    const [name, at] = error.split(":");
    return fields().filter((field) => field.name === name)[Number(at || 0)];
  }

  function placeOf(error) {
    const known = [...form.querySelectorAll("[data-error]")];
    if (known.some((place) => place.dataset.error === error)) return;
    const field = fieldOf(error);
    if (!field) return;
    const place = document.createElement("div");
    place.id = `unsaved-${error.replace(":", "-")}`;
    place.dataset.error = error;
    (field.closest(".field") || field.parentElement).append(place);
  }

  function showOthers(others) {
    const place = document.querySelector("[data-present]");
    if (!place) return;
    const lines = (others.length ? others : [place.dataset.nobody]).map((words) => {
      const line = document.createElement("p");
      line.textContent = words;
      return line;
    });
    place.replaceChildren(...lines);
  }

  // A new token from the same page; false where there is none, because nobody is signed in.
  async function renew() {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" } });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
    if (!token) return false;
    form.elements.csrfmiddlewaretoken.value = token.value;
    return true;
  }

  async function comeBack() {
    if (!isSignedOut) {
      save();
      return;
    }
    try {
      if (!(await renew())) return;
    } catch {
      return; // offline as well: later
    }
    isSignedOut = false;
    signIn.hidden = true;
    save();
  }

  form.addEventListener("input", () => {
    if (isSignedOut) return;
    changedAt ||= Date.now();
    wait(Math.min(PAUSE, Math.max(0, changedAt + AT_MOST - Date.now())));
  });
  form.addEventListener("submit", (event) => {
    // One that is under way must come to its end, or the form would come too late after it.
    if (underWay) {
      event.preventDefault();
      underWay.then(() => form.requestSubmit(event.submitter));
      return;
    }
    // A preview opens beside the form and leaves it as it is.
    isLeaving = event.submitter?.formTarget !== "_blank";
  });
  addEventListener("online", comeBack);
  addEventListener("focus", comeBack);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
    else comeBack();
  });
  addEventListener("pagehide", () => save({ keepalive: true }));
  addEventListener("beforeunload", (event) => {
    // What cannot be saved now is not thrown away without a question.
    const isLost = isSignedOut || isStale || !navigator.onLine || present() === refused;
    if (!isLeaving && !isSaved() && isLost) event.preventDefault();
  });
  if (given === "send") wait(0);
  // The answer of a form that was sent is left behind by going back: it is written on again.
  addEventListener("pageshow", () => (isLeaving = false));
}
