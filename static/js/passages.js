// While somebody writes: the passages that may let a person be recognised, underlined in their field and named under it.
// It warns and never keeps from saving. The texts stay in the page: the patterns come here, not the words there.

import { blocks, detector } from "./detect.js";

const DELAY = 500; // milliseconds after the last key
const FIELDS = ["words", "seen", "reading", "place_label"];
const INSTEAD = {
  name: "«\u202fune voisine\u202f»",
  address: "«\u202fdans la rue\u202f»",
  flat: "«\u202fdans l’immeuble\u202f»",
};
const QUIET = "Un prénom, la santé, la religion, l’origine, une infraction\u00a0: gardez seulement ce qui est utile.";

/** Watches the texts of a form, from now on and for what they hold already; `address` is that of the patterns. */
export async function watch(form, address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError("no patterns");
  const detect = detector(await answer.json());
  for (const name of FIELDS) watchField(form.elements[name], detect);
}

function watchField(area, detect) {
  const mirror = Object.assign(document.createElement("div"), { className: "passage-mirror" });
  mirror.setAttribute("aria-hidden", "true");
  const note = document.createElement("div");
  note.className = "passage-note";
  const says = document.createElement("p");
  says.setAttribute("role", "status");
  const list = document.createElement("ul");
  note.append(says, list);
  area.parentElement.classList.add("passage-field");
  area.after(mirror, note);

  let timer = null;
  let shown = "";
  const look = () => {
    const hits = detect(area.value);
    // One line slides under its own edge: there the passages are named, not underlined.
    if (area.matches("textarea")) underline(area, mirror, hits);
    const now = JSON.stringify(hits.map(({ kind, start, end }) => [kind, area.value.slice(start, end)]));
    if (now === shown) return;
    shown = now;
    tell(area, says, list, hits);
  };
  const later = () => {
    mirror.replaceChildren();
    clearTimeout(timer);
    timer = setTimeout(look, DELAY);
  };
  area.addEventListener("input", later);
  area.addEventListener("scroll", () => { mirror.scrollTop = area.scrollTop; });
  area.form.addEventListener("reset", later);
  new ResizeObserver(() => place(area, mirror)).observe(area);
  look();
}

/** The same text over the field, unseen but for the lines under its passages. */
function underline(area, mirror, hits) {
  let at = 0;
  const parts = [];
  for (const hit of hits) {
    const mark = document.createElement("mark");
    mark.className = blocks(hit) ? "passage" : "passage passage-quiet";
    mark.textContent = area.value.slice(hit.start, hit.end);
    parts.push(area.value.slice(at, hit.start), mark);
    at = hit.end;
  }
  if (hits.length) parts.push(area.value.slice(at), "\n");
  mirror.replaceChildren(...parts);
  place(area, mirror);
}

// What decides where each letter stands.
const SHAPE = ["font", "letterSpacing", "wordSpacing", "lineHeight", "padding", "borderWidth", "textIndent", "boxSizing", "tabSize"];

function place(area, mirror) {
  const edges = area.offsetWidth - area.clientWidth;
  const drawn = getComputedStyle(area);
  for (const name of SHAPE) mirror.style[name] = drawn[name];
  Object.assign(mirror.style, {
    insetBlockStart: `${area.offsetTop}px`,
    insetInlineStart: `${area.offsetLeft}px`,
    inlineSize: `${area.clientWidth + Math.min(edges, 4)}px`,
    blockSize: `${area.offsetHeight}px`,
  });
  mirror.scrollTop = area.scrollTop;
}

function tell(area, says, list, hits) {
  const serious = hits.filter(blocks);
  says.className = serious.length ? "small" : "small quiet";
  says.textContent = serious.length ? sentence(serious) : hits.length ? QUIET : "";
  list.replaceChildren(...serious.map((hit) => entry(area, hit)));
}

function sentence(hits) {
  const instead = [...new Set(hits.map(({ kind }) => INSTEAD[kind]))].filter(Boolean);
  const advice = [
    instead.length ? `Dites plutôt ${instead.join(", ")}.` : "",
    hits.some(({ kind }) => !(kind in INSTEAD)) ? "Retirez numéros et adresses électroniques." : "",
  ].filter(Boolean).join(" ");
  const begin = hits.length > 1 ? "Ces passages permettent" : "Ce passage permet";
  return `${begin} peut-être de reconnaître quelqu’un. ${advice} Vous pouvez enregistrer quand même.`;
}

/** A tap on a passage selects it in the field, ready to be written over. */
function entry(area, { start, end }) {
  const item = document.createElement("li");
  const words = area.value.slice(start, end);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-bare" });
  button.append(Object.assign(document.createElement("span"), { className: "vh", textContent: "Aller au passage\u00a0: " }));
  button.append(Object.assign(document.createElement("mark"), { className: "passage", textContent: words }));
  button.addEventListener("click", () => {
    const at = area.value.indexOf(words);
    area.focus();
    if (at >= 0) area.setSelectionRange(at, at + words.length);
  });
  item.append(button);
  return item;
}
