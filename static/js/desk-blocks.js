// The blocks of a guide on the desk: a field grows with its text; a block is added, moved or
// taken away at once. Without a script the same buttons send the form, and the page comes back.
"use strict";

(() => {
  const form = document.getElementById("desk-form");
  const blank = document.getElementById("desk-new-block");
  const gone = document.getElementById("desk-gone");
  if (!form || !blank) return;
  let made = 0;

  const ways = {
    add(row) {
      const fresh = blank.content.firstElementChild.cloneNode(true);
      made += 1;
      for (const field of fresh.querySelectorAll("textarea")) {
        const label = fresh.querySelector(`label[for="${field.id}"]`);
        field.id += made;
        label.htmlFor = field.id;
      }
      if (row) row.after(fresh);
      else rows().at(-1).after(fresh);
      fresh.querySelector("textarea").focus();
    },
    up(row, button) {
      const other = before(row);
      if (other) swap(other, row, button);
    },
    down(row, button) {
      const other = after(row);
      if (other) swap(row, other, button);
    },
    // Not sent any more, and one click away until the form is.
    drop(row) {
      forgetGaps(after(row));
      turn(row, false);
      const notice = gone.content.firstElementChild.cloneNode(true);
      const back = notice.querySelector("button");
      back.addEventListener("click", () => {
        notice.remove();
        turn(row, true);
        forgetGaps(row, after(row));
        row.querySelector("textarea").focus();
        tell();
      });
      row.after(notice);
      back.focus();
    },
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    const way = button && ways[button.value.split(":")[0]];
    if (!way) return;
    event.preventDefault();
    const menu = button.closest("details");
    const row = button.closest("[data-number]");
    way(row, button);
    if (menu && !menu.contains(document.activeElement)) menu.open = false;
    tell();
  });

  // A menu closes with Esc, and when something else is used.
  form.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.desk-moves[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    for (const menu of form.querySelectorAll("details.desk-moves[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  if (!CSS.supports("field-sizing", "content")) {
    const grow = (field) => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    };
    form.querySelectorAll("[data-number] textarea").forEach(grow);
    form.addEventListener("input", (event) => {
      if (event.target.matches?.("[data-number] textarea")) grow(event.target);
    });
  }

  function rows() {
    return [...form.querySelectorAll("[data-number]:not([hidden])")];
  }

  function before(row) {
    return rows()[rows().indexOf(row) - 1];
  }

  function after(row) {
    return rows()[rows().indexOf(row) + 1];
  }

  function swap(upper, lower, button) {
    upper.before(lower);
    forgetGaps(lower, upper, after(upper));
    button.focus();
  }

  // How many empty lines belong there is counted anew.
  function forgetGaps(...moved) {
    for (const row of moved) {
      for (const gap of row?.querySelectorAll("input[type=hidden]") ?? []) gap.value = "";
    }
  }

  function turn(row, isThere) {
    row.hidden = !isThere;
    for (const field of row.querySelectorAll("textarea, input")) field.disabled = !isThere;
  }

  function tell() {
    rows().forEach((row, at) => {
      row.dataset.number = at + 1;
      for (const words of row.querySelectorAll("[data-shows=number]")) {
        words.textContent = words.textContent.replace(/\d+|^$/, at + 1);
      }
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
})();
