// Saves what is being written after a pause and on leaving, to the address of its own form, and
// says how that went. The button of the form does the same without a script.
"use strict";

const PAUSE = 1500;
const AGAIN = 15000;

const writing = document.querySelector("form[data-autosave]");
if (writing) keepSaved(writing);

function keepSaved(form) {
  const fields = [...form.querySelectorAll("textarea")];
  const state = form.querySelector("[data-state]");
  const signIn = form.querySelector("[data-sign-in]");
  const present = () => JSON.stringify(fields.map((field) => field.value));
  let saved = form.hasAttribute("data-unsaved") ? "" : present();
  let refused = form.hasAttribute("data-unsaved") ? present() : "";
  let timer = 0;
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

  function save({ keepalive = false } = {}) {
    clearTimeout(timer);
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
    return fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive,
    });
  }

  async function told(answer, sent) {
    if (answer.status === 403 || answer.status === 404) {
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
    if (answer.status === 200) {
      saved = sent;
      refused = "";
      for (const [name, version] of Object.entries(found.versions)) {
        form.elements[name].value = version;
      }
    }
    if (answer.status === 422) refused = sent;
    if (answer.status === 409) isStale = true;
  }

  function showErrors(errors) {
    for (const place of form.querySelectorAll("[data-error]")) {
      const words = errors[place.dataset.error];
      const line = document.createElement("p");
      const inside = document.createElement("span");
      line.className = "field-error";
      inside.textContent = words || "";
      line.append(inside);
      place.replaceChildren(...(words ? [line] : []));
      place.closest(".field").classList.toggle("is-wrong", Boolean(words));
      const field = place.closest(".field").querySelector("textarea");
      if (words) {
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", place.id);
      } else {
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
      }
    }
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
    if (!isSignedOut) wait(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    // One that is under way must come to its end, or the form would come too late after it.
    if (underWay) {
      event.preventDefault();
      underWay.then(() => form.requestSubmit());
      return;
    }
    isLeaving = true;
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
  // The answer of a form that was sent is left behind by going back: it is written on again.
  addEventListener("pageshow", () => (isLeaving = false));
}
