// Sends files one by one as they are chosen, dropped or pasted, and says of each how far it is
// and what became of it. Without a script the form underneath sends them all at once.
"use strict";

const AT_ONCE = 2;
// Of a file of another type only its beginning and end travel: enough to say what it is.
const EXCERPT = 32 * 1024;
const TYPES = /^(?:\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a)|%PDF-\d/;
const TYPES_WITHIN = 1024;
// Which buttons a row has in which state, and in which states leaving the page would lose it.
const WAYS = {
  reading: [],
  waiting: ["cancel"],
  sending: ["cancel"],
  checking: [],
  kept: [],
  same: ["off"],
  refused: ["off"],
  cancelled: ["again", "off"],
  broken: ["again", "off"],
  busy: ["again", "off"],
  failed: ["again", "off"],
  "signed-out": ["sign-in", "off"],
};
const UNDER_WAY = ["reading", "waiting", "sending", "checking", "busy"];
const UNSAVED = [...UNDER_WAY, "broken", "signed-out"];

const uploading = document.querySelector("form[data-upload]");
if (uploading) takeFiles(uploading);

function takeFiles(form) {
  const field = form.elements.files;
  const consent = form.elements.consent;
  const list = form.querySelector("[data-uploads]");
  const status = form.querySelector("[data-status]");
  const next = form.querySelector("[data-next]");
  const pattern = form.querySelector("template[data-row]");
  const limit = Number(form.dataset.limit) * 2 ** 20;
  const rows = new Set();
  let isSignedOut = false;
  let number = 0;

  const say = (name, values = {}) => fill(form.getAttribute(`data-${name}`), values);
  const isHeldUp = () => Boolean(consent && !consent.checked);
  const those = (...states) => [...rows].filter((row) => states.includes(row.state));

  // --- A row for each file

  function add(file, isFolder = false) {
    const element = pattern.content.firstElementChild.cloneNode(true);
    const find = (name) => element.querySelector(`[data-${name}]`);
    const row = { file, element, find, state: "", request: null, isExcerpt: false };
    find("name").textContent = file.name;
    find("name").id = `upload-${(number += 1)}`;
    for (const way of find("ways").children) way.setAttribute("aria-describedby", find("name").id);
    find("size").textContent = isFolder ? "" : sized(file.size);
    find("cancel").addEventListener("click", () => cancel(row));
    find("again").addEventListener("click", () => again(row));
    find("off").addEventListener("click", () => takeOff(row));
    rows.add(row);
    list.append(element);
    list.hidden = false;
    if (isFolder) become(row, "refused", say("folder"));
    else begin(row);
  }

  function sized(size) {
    const power = Math.min(3, Math.floor(Math.log2(Math.max(size, 1)) / 10));
    const amount = power ? (size / 2 ** (10 * power)).toFixed(1) : String(size);
    return say(`size-${["b", "kb", "mb", "gb"][power]}`).replace("%s", amount);
  }

  // `words`: of the script, or those of the server as a fragment of the page.
  function become(row, state, words) {
    const { element, find } = row;
    const isNews = state !== row.state || words !== find("words").textContent;
    if (!isNews) return;
    const hadFocus = element.contains(document.activeElement);
    row.state = state;
    element.dataset.state = state;
    if (typeof words === "string") {
      const line = document.createElement("p");
      line.textContent = words;
      line.className = [...UNDER_WAY, "cancelled"].includes(state) ? "detail" : "taken-why";
      words = line;
    }
    find("words").replaceChildren(words);
    find("progress").hidden = state !== "sending";
    for (const way of ["cancel", "again", "sign-in", "off"]) {
      find(way).hidden = !WAYS[state].includes(way);
    }
    find("ways").hidden = !WAYS[state].length;
    // Focus stays with the file whose button has just gone.
    const focused = document.activeElement;
    if (hadFocus && !(element.contains(focused) && isShown(focused))) {
      ([...element.querySelectorAll("a, button")].find(isShown) || element).focus();
    }
    count();
  }

  function count() {
    const waiting = those(...UNDER_WAY).length;
    const done = those("kept", "same").length;
    const values = { done, all: rows.size };
    const words = rows.size ? [say("count", values)] : [];
    if (waiting) words.push(say("count-waiting", { count: waiting }));
    if (rows.size > done + waiting) {
      words.push(say("count-not", { count: rows.size - done - waiting }));
    }
    const text = words.join(" ");
    if (status.textContent !== text) status.textContent = text;
    const onward = list.querySelector("a[data-goes-on]");
    next.hidden = !onward;
    if (onward) next.href = onward.href;
  }

  // --- On its way

  async function begin(row) {
    become(row, "reading", say("waiting"));
    try {
      row.isExcerpt = !(await isOfOurTypes(row.file));
    } catch {
      become(row, "refused", say("unreadable"));
      return;
    }
    if (!row.isExcerpt && row.file.size > limit) {
      const values = { size: sized(row.file.size), limit: sized(limit) };
      become(row, "refused", say("too-large", values));
      return;
    }
    again(row);
  }

  function goOn() {
    for (const row of those("waiting")) {
      const hasRoom = those("sending", "checking").length < AT_ONCE;
      if (hasRoom && !isHeldUp() && !isSignedOut) send(row);
      else become(row, "waiting", say(isHeldUp() ? "consent" : "waiting"));
    }
  }

  function send(row) {
    const request = new XMLHttpRequest();
    const progress = row.find("progress");
    const show = (percent) => {
      progress.value = percent;
      row.find("words").firstElementChild.textContent = say("sending", { percent });
    };
    row.request = request;
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => show(Math.floor((100 * event.loaded) / event.total));
    request.upload.onload = () => become(row, "checking", say("checking"));
    request.onload = () => answered(row);
    request.onerror = () => end(row, "broken", say(navigator.onLine ? "broken" : "offline"));
    become(row, "sending", say("sending", { percent: 0 }));
    progress.setAttribute("aria-labelledby", row.find("name").id);
    show(0);
    request.send(contentOf(row));
  }

  function contentOf({ file, isExcerpt }) {
    const data = new FormData(form);
    const parts = [file.slice(0, EXCERPT), file.slice(Math.max(EXCERPT, file.size - EXCERPT))];
    data.set("files", isExcerpt ? new Blob(parts) : file, file.name);
    if (isExcerpt) data.set("excerpt", "1");
    return data;
  }

  function end(row, state, words) {
    row.request = null;
    become(row, state, words);
    goOn();
  }

  async function answered(row) {
    const { status: code } = row.request;
    const found = readJSON(row.request.responseText);
    const pause = Number(row.request.getResponseHeader("Retry-After"));
    if (code === 503 && pause) {
      end(row, "busy", say("busy", { seconds: pause }));
      setTimeout(() => row.state === "busy" && again(row), 1000 * pause);
    } else if (found && found.state) {
      tell(row, found);
    } else if (code === 403 && !row.isRenewed && (await renew())) {
      // Signed in anew, elsewhere: the page's token was of the session before.
      row.isRenewed = true;
      send(row);
    } else if (code === 403 || code === 404) {
      signedOut(row);
    } else {
      end(row, "failed", say("failed"));
    }
  }

  // What the server says of it stands in the row as it stands on the page without a script.
  function tell(row, found) {
    if (found.name) row.find("name").textContent = found.name;
    if (found.room) form.querySelector("[data-room]").textContent = plain(found.room);
    if (found.state === "kept") row.file = null;
    end(row, found.state in WAYS ? found.state : "failed", fragment(found.words));
  }

  function signedOut(row) {
    isSignedOut = true;
    end(row, "signed-out", say("signed-out"));
  }

  // --- What a person or the network does about it

  function cancel(row) {
    if (row.request) row.request.abort();
    end(row, "cancelled", say("cancelled"));
  }

  function again(row) {
    row.isRenewed = false;
    become(row, "waiting", say("waiting"));
    goOn();
  }

  function takeOff(row) {
    const { element } = row;
    const neighbour = element.nextElementSibling || element.previousElementSibling;
    rows.delete(row);
    element.remove();
    list.hidden = !rows.size;
    (neighbour || form.querySelector("[data-choose]")).focus();
    count();
  }

  // A new token from the same page; false where there is none, because nobody is signed in.
  async function renew() {
    try {
      const answer = await fetch(form.action, { headers: { Accept: "text/html" } });
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("form[data-upload] [name=csrfmiddlewaretoken]");
      if (!token) return false;
      form.elements.csrfmiddlewaretoken.value = token.value;
      return true;
    } catch {
      return false; // offline as well: later
    }
  }

  async function comeBack() {
    if (!isSignedOut || !(await renew())) return;
    isSignedOut = false;
    those("signed-out").forEach(again);
  }

  addEventListener("online", () => {
    those("broken").forEach(again);
    comeBack();
  });
  addEventListener("focus", comeBack);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") comeBack();
  });
  addEventListener("beforeunload", (event) => {
    if (those(...UNSAVED).length) event.preventDefault();
  });

  // --- Choosing, dropping, pasting

  function takeChosen() {
    const files = [...field.files];
    field.value = ""; // the same one may be chosen again
    for (const file of files) add(file);
  }

  for (const part of form.querySelectorAll("[data-plain]")) part.hidden = true;
  for (const part of form.querySelectorAll("[data-scripted]")) part.hidden = false;
  form.querySelector("[data-choose]").addEventListener("click", () => field.click());
  field.addEventListener("change", takeChosen);
  takeChosen(); // before this script came
  form.addEventListener("submit", (event) => event.preventDefault());
  if (consent) consent.addEventListener("change", goOn);

  const box = form.querySelector("[data-dropbox]");
  const hasFiles = (event) => event.dataTransfer && event.dataTransfer.types.includes("Files");
  // Anywhere on the page, where the browser would open the file in place of it.
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) box.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    box.classList.remove("is-over");
    const dropped = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const folders = dropped.map((item) => {
      const entry = item.webkitGetAsEntry && item.webkitGetAsEntry();
      return Boolean(entry && entry.isDirectory);
    });
    [...event.dataTransfer.files].forEach((file, index) => add(file, folders[index]));
  });
  document.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    files.forEach((file, index) => add(named(file, index)));
  });
}

async function isOfOurTypes(file) {
  const bytes = new Uint8Array(await file.slice(0, TYPES_WITHIN).arrayBuffer());
  return TYPES.test(String.fromCharCode(...bytes));
}

// A screenshot has no name of its own: browsers call each of them "image".
function named(file, index) {
  if (file.name && !/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const digits = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()];
  const written = [digits, time].map((part) => part.map((n) => String(n).padStart(2, "0")).join(""));
  const ending = file.type === "image/jpeg" ? "jpg" : file.type.split("/")[1] || "png";
  const name = `screenshot-${written.join("-")}${index ? `-${index + 1}` : ""}.${ending}`;
  return new File([file], name, { type: file.type });
}

function fill(words, values) {
  return words.replace(/%\((\w+)\)s|%%/g, (whole, name) => (name ? values[name] : "%"));
}

function readJSON(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a page, of a server or of a network in between
  }
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

const plain = (html) => fragment(html).textContent.trim();

// Not so in a part that is hidden.
const isShown = (element) => element.isConnected && element.getClientRects().length > 0;
