// The toolbar of the desk: puts Markdown at the caret of the field that was written in last, so
// that the browser's own undo takes it back. What is chosen from is fetched once.
"use strict";

(() => {
  const form = document.getElementById("desk-form");
  const bar = form?.querySelector(".desk-toolbar");
  if (!bar) return;
  const FIELDS = "textarea[name$='-block'], textarea[name$='-body']";
  // What a box or a note begins with, in the language of its field.
  const BEGUN = {
    "zh-hans": { title: "标题", text: "写在这里[@own]。", link: "链接文字" },
    en: { title: "Title", text: "Write here.[@own]", link: "words of the link" },
  };
  const said = document.getElementById("desk-words").dataset;
  const dialog = document.getElementById("desk-choose").content.firstElementChild.cloneNode(true);
  const list = dialog.querySelector("ul");
  const filter = dialog.querySelector("[type=search]");
  const address = dialog.querySelector("[type=url]");
  const state = dialog.querySelector("[role=status]");
  let writing = null;
  let known = null;
  let kind = "";

  document.body.append(dialog);
  bar.hidden = false;
  form.addEventListener("focusin", (event) => {
    if (event.target.matches(FIELDS)) writing = event.target;
  });

  bar.addEventListener("click", (event) => {
    const { puts, chooses } = event.target.closest("button")?.dataset ?? {};
    if (puts) ways[puts](field());
    if (chooses) choose(chooses);
  });

  const ways = {
    bold(into) {
      put(into, `**${selected(into)}**`, selected(into) ? 0 : 2);
    },
    // The number stands where the caret is, the note in a block of its own.
    note(into) {
      const { title, text } = begun(into);
      const name = freeName();
      putAfterSelection(into, `[^${name}]`);
      own(into, () => `[^${name}]: **${title}** ${text}`, [language(into)]);
    },
    stop: (into) => box(into, "stop"),
    stuck: (into) => box(into, "stuck"),
    guide: (into, { key }) => link(into, key),
    term: (into, { key }) => link(into, key),
    source: (into, { key }) => putAfterSelection(into, `[@${key}]`),
    picture(into, { key, titles }) {
      own(into, (code) => `![[${key}|${titles[code] ?? ""}]]`);
    },
  };

  function box(into, name) {
    own(into, (code) => {
      const { title, text } = BEGUN[code] ?? BEGUN.en;
      return `!!! ${name} "${title}"\n    ${text}`;
    });
  }

  function link(into, key) {
    const words = selected(into);
    put(into, words ? `[[${key}|${words}]]` : `[[${key}]]`);
  }

  // --- The field

  function field() {
    return writing?.isConnected && !writing.disabled ? writing : form.querySelector(FIELDS);
  }

  function language(into) {
    return into.name.replace(/-(block|body)$/, "");
  }

  function begun(into) {
    return BEGUN[language(into)] ?? BEGUN.en;
  }

  function selected(into) {
    return into.value.slice(into.selectionStart, into.selectionEnd);
  }

  function putAfterSelection(into, words) {
    into.selectionStart = into.selectionEnd;
    put(into, words);
  }

  // In place of what is selected; the caret stands that many characters before the end.
  function put(into, words, back = 0) {
    into.focus();
    if (!document.execCommand("insertText", false, words)) {
      into.setRangeText(words, into.selectionStart, into.selectionEnd, "end");
      into.dispatchEvent(new Event("input", { bubbles: true }));
    }
    into.selectionStart = into.selectionEnd = into.selectionEnd - back;
  }

  // In a block of its own: this one where it is empty, else a new one below it, in these
  // languages or in all; in a text seen as a whole, after the line of the caret.
  function own(into, words, languages = null) {
    const row = into.closest("[data-number]");
    if (!row) {
      const end = into.value.indexOf("\n", into.selectionEnd);
      into.selectionStart = into.selectionEnd = end < 0 ? into.value.length : end;
      put(into, `${into.value ? "\n\n" : ""}${words(language(into))}`);
      return;
    }
    let there = row;
    if ([...row.querySelectorAll("textarea")].some((one) => one.value.trim())) {
      row.querySelector("button[value^='add:']").click();
      there = document.activeElement.closest("[data-number]");
    }
    for (const one of there.querySelectorAll("textarea")) {
      if (!languages || languages.includes(language(one))) put(one, words(language(one)));
    }
    there.querySelector(`textarea[name='${into.name}']`).focus();
  }

  function freeName() {
    const text = [...form.querySelectorAll(FIELDS)].map((one) => one.value).join("\n");
    let number = 1;
    while (text.includes(`[^n${number}]`)) number += 1;
    return `n${number}`;
  }

  // --- Choosing

  async function choose(wanted) {
    const into = field();
    kind = wanted;
    writing = into;
    dialog.querySelector("h2").textContent = said[kind];
    for (const part of dialog.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== kind;
    filter.value = address.value = "";
    list.replaceChildren();
    state.textContent = said.waiting;
    dialog.showModal();
    filter.focus();
    try {
      known ??= await fetched();
      show();
    } catch {
      state.textContent = said.failed;
    }
  }

  async function fetched() {
    const answer = await fetch(bar.dataset.choices, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    return answer.json();
  }

  function show() {
    const words = filter.value.trim().toLowerCase();
    const here = language(writing);
    const found = known[kind].filter((one) =>
      [one.key, ...Object.values(one.titles)].join(" ").toLowerCase().includes(words),
    );
    list.replaceChildren(...found.map((one) => item(one, here)));
    state.textContent = found.length ? "" : known[kind].length ? said.none : said.empty;
  }

  function item(one, here) {
    const made = document.createElement("li");
    const button = made.appendChild(document.createElement("button"));
    button.type = "button";
    if (one.picture) {
      const picture = button.appendChild(document.createElement("img"));
      picture.src = one.picture;
      picture.alt = "";
      picture.loading = "lazy";
    }
    const titles = button.appendChild(document.createElement("span"));
    for (const code of [here, ...Object.keys(one.titles).filter((code) => code !== here)]) {
      if (!one.titles[code]) continue;
      const title = titles.appendChild(document.createElement("span"));
      title.textContent = one.titles[code];
      title.lang = code === "zh-hans" ? "zh-Hans" : code;
    }
    const key = button.appendChild(document.createElement("code"));
    key.textContent = one.key;
    button.addEventListener("click", () => {
      dialog.close();
      ways[kind](writing, one);
    });
    return made;
  }

  filter.addEventListener("input", () => known && show());
  dialog.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-links]").addEventListener("click", toAddress);
  dialog.addEventListener("close", () => writing.focus());

  function toAddress() {
    if (!/^https?:\/\/\S+$/.test(address.value.trim())) {
      address.focus();
      return;
    }
    dialog.close();
    const words = selected(writing) || begun(writing).link;
    put(writing, `[${words}](${address.value.trim()})`);
  }

  // Arrows go through the list; Enter in the field takes the first that was found.
  dialog.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown") (buttons[at + 1] ?? buttons.at(-1))?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? buttons[at - 1] : filter).focus();
    else if (event.key === "Enter" && event.target === filter) buttons[0]?.click();
    else if (event.key === "Enter" && event.target === address) toAddress();
    else return;
    event.preventDefault();
  });
})();
