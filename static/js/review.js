// The reviewer's desk: keys, dialogs, several at once. Without it every form still works.

const SWITCHED_OFF = "touches-coupees";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const isShown = (element) => element.getClientRects().length > 0 && !element.disabled;

/** True when letters typed now belong to a field. A dialog just closed keeps the focus for a moment: its field is not shown. */
const isTyping = (target) =>
  isShown(target) && target.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");

/** Folds that ask for words open as one dialog; what was typed stays in them when it closes. */
function dialogs() {
  for (const dialog of all("dialog.ask-dialog")) {
    const form = dialog.closest("form");
    for (const fold of all("details.ask", form)) {
      fold.querySelector("summary").addEventListener("click", (event) => {
        event.preventDefault();
        ask(dialog, fold);
      });
      if (fold.open) ask(dialog, fold);
    }
    dialog.addEventListener("keydown", submitWithEnter);
    // The event comes late: another question may already be open.
    dialog.addEventListener("close", () => dialog.open || putBack(dialog));
  }
  for (const button of all("[data-close]")) {
    button.hidden = false;
    button.addEventListener("click", () => button.closest("dialog").close());
  }
}

// Which fold each dialog shows now.
const asking = new WeakMap();

function ask(dialog, fold, field = "textarea, input, select") {
  putBack(dialog);
  const body = fold.querySelector(".ask-body");
  fold.open = false;
  body.querySelector(".ask-title").id = "demande-titre";
  asking.set(dialog, fold);
  dialog.replaceChildren(body);
  dialog.showModal();
  body.querySelector(field)?.focus();
}

function putBack(dialog) {
  const fold = asking.get(dialog);
  if (!fold) return;
  asking.delete(dialog);
  const body = dialog.firstElementChild;
  body.querySelector(".ask-title").removeAttribute("id");
  fold.append(body);
  fold.querySelector("summary").focus();
}

/** In a dialog, Enter in a one-line field presses the dialog's own button. */
function submitWithEnter(event) {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  event.currentTarget.querySelector("button[type=submit]").click();
}

/** Each key is written on what it presses: data-key="j ArrowRight". */
function keys() {
  const dialog = document.querySelector("#touches");
  const active = document.querySelector("#touches-actives");
  active.checked = localStorage.getItem(SWITCHED_OFF) === null;
  active.addEventListener("change", () => {
    if (active.checked) localStorage.removeItem(SWITCHED_OFF);
    else localStorage.setItem(SWITCHED_OFF, "1");
  });
  for (const button of all("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && isTyping(event.target)) event.target.blur();
    if (isTyping(event.target) || !active.checked) {
      if (event.key !== "?" || isTyping(event.target)) return;
    }
    // The map answers the arrows itself.
    if (event.key.startsWith("Arrow") && event.target.closest("[data-map]")) return;
    if (press(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  });
}

function press(key) {
  const target = all(`[data-key~="${CSS.escape(key)}"]`).find(isShown);
  if (!target) return walk(key);
  // What a closed fold holds is opened before it is used: nothing is written where nobody sees it.
  const fold = target.closest("details:not([open])");
  if (fold && !target.closest("summary")) fold.open = true;
  if (target.matches("input, textarea")) target.focus();
  else if (key === "q") ask(target.closest("form").querySelector("dialog.ask-dialog"), target.parentElement, "[data-for=q]");
  else target.click();
  return true;
}

/** J and K go from line to line of the list; X ticks the line. */
function walk(key) {
  const lines = all(".list .line").filter((line) => line.querySelector("[name=choisie]") && isShown(line));
  if (!lines.length || !"jkx".includes(key)) return false;
  const here = lines.findIndex((line) => line.contains(document.activeElement));
  if (key === "x") {
    if (here < 0) return false;
    lines[here].querySelector("[name=choisie]").click();
    return true;
  }
  const next = key === "j" ? here + 1 : Math.max(here - 1, 0);
  lines[Math.min(next, lines.length - 1)].querySelector(".voice a").focus();
  return true;
}

/** The bar for several shows once a line is ticked, and says how many. */
function together() {
  const bar = document.querySelector("#ensemble");
  if (!bar) return;
  const squares = all("[name=choisie]");
  const count = bar.querySelector("[data-count]");
  const refusal = bar.querySelector(".errors");
  const update = () => {
    const picked = squares.filter((square) => square.checked).length;
    bar.hidden = !picked && !refusal;
    count.textContent =
      picked > 1 ? `Pour les ${picked} choisies\u00a0:` : picked ? "Pour celle qui est choisie\u00a0:" : "";
    for (const square of squares) square.closest(".line").classList.toggle("picked", square.checked);
  };
  for (const square of squares) square.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}

/** Copies the words into the text for partners, after what is already there. */
function copyWords() {
  const button = document.querySelector("[data-copy]");
  const words = document.querySelector("[data-words]")?.dataset.words;
  if (!button || !words) return;
  const field = document.querySelector("#text");
  button.hidden = false;
  button.addEventListener("click", () => {
    field.value = field.value.trim() ? `${field.value.trim()}\n${words}` : words;
    field.focus();
  });
}

/** The list beside the opened observation begins at its line. */
function showCurrentLine() {
  const list = document.querySelector("[data-list]");
  const line = list?.querySelector("[aria-current]");
  if (line) list.scrollTop += line.getBoundingClientRect().top - list.getBoundingClientRect().top - 96;
}

/** A toast leaves after 10 s, unless somebody is on it; the history keeps what it said. */
function toast() {
  const shown = document.querySelector("[data-toast]");
  if (!shown) return;
  const leave = () => {
    if (shown.matches(":hover, :focus-within")) setTimeout(leave, 4000);
    else shown.remove();
  };
  setTimeout(leave, 10000);
}

/** A text that was not sent asks before it is left. */
function keepWriting() {
  const form = document.querySelector("#decision");
  if (!form) return;
  const field = form.querySelector("#text");
  let sending = false;
  form.addEventListener("submit", () => (sending = true));
  addEventListener("beforeunload", (event) => {
    const unsaved = field.value !== field.defaultValue || "unsaved" in field.dataset;
    if (unsaved && !sending) event.preventDefault();
  });
}

dialogs();
keys();
together();
copyWords();
showCurrentLine();
toast();
keepWriting();
