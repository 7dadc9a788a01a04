// Chips beside the grid, for the themes that the words speak of, and under the list, for a quartier that they name.
// Nothing is chosen until a chip is tapped, what is chosen is never replaced, and no word leaves the page.

import { LEXICON } from "./lexicon.js";
import { place } from "./quartiers.js";
import { neighbourhood, read, themes } from "./suggest.js";

const DELAY = 300; // milliseconds after the last key
const TYPED = new Set(["words", "seen", "place_label"]);

/** Suggests in this form, from now on and for what it holds already. */
export function suggest(form) {
  const lexicon = read(LEXICON);
  const tiles = [...form.querySelectorAll("[name=theme]")].map(tile);
  const { neighbourhood: list } = form.elements;
  const places = [...list.options].filter(({ value }) => value).map(({ value, text }) => ({ code: value, name: text }));

  const status = Object.assign(document.createElement("p"), { className: "vh" });
  status.setAttribute("role", "status");
  const themeRow = document.getElementById("suggestions");
  const placeRow = Object.assign(document.createElement("div"), { className: "suggested" });
  list.after(placeRow);
  themeRow.before(status);

  let timer = null;
  let shown = "";
  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(show, TYPED.has(target.name) ? DELAY : 0);
  });
  show();

  function show() {
    const offers = [themeOffers(), placeOffers()];
    const now = JSON.stringify(offers);
    if (now === shown) return;
    shown = now;
    inPlace(() => {
      fill(themeRow, "Thème, d’après vos mots", offers[0]);
      fill(placeRow, "Quartier, d’après vos mots", offers[1]);
    });
    const names = offers.flat().map(({ name, detail }) => [name, detail].filter(Boolean).join(", "));
    status.textContent = names.length ? `D’après vos mots\u00a0: ${names.join(", ou ")}.` : "";
  }

  /** Any theme while none is chosen; then only what makes the chosen one more precise. */
  function themeOffers() {
    const chosen = tiles.find(({ radio }) => radio.checked);
    if (chosen?.subs.some(({ radio }) => radio.checked)) return [];
    const grid = (chosen ? [chosen] : tiles).map(({ slug, subs }) => ({ slug, subs: subs.map((sub) => sub.slug) }));
    return themes(`${form.words.value}\n${form.seen.value}`, grid, lexicon)
      .filter(({ sub }) => sub || !chosen)
      .map(({ theme, sub }) => {
        const { name, subs } = tiles.find(({ slug }) => slug === theme);
        return { theme, sub, name, detail: subs.find(({ slug }) => slug === sub)?.name };
      });
  }

  /** While the list stands as the page brought it: blank, or on a guess. */
  function placeOffers() {
    if (list.value && !list.selectedOptions[0].defaultSelected) return [];
    const code = neighbourhood([form.place_label.value, `${form.words.value}\n${form.seen.value}`], places);
    return code === null || code === list.value ? [] : [{ code, name: places.find((one) => one.code === code).name }];
  }

  function fill(row, heading, offers) {
    row.replaceChildren();
    if (!offers.length) return;
    const title = Object.assign(document.createElement("p"), { className: "help", textContent: heading });
    const chips = document.createElement("div");
    chips.className = "suggested-chips";
    chips.setAttribute("role", "group");
    chips.setAttribute("aria-label", heading);
    chips.append(...offers.map(chip));
    row.append(title, chips);
  }

  function chip({ theme, sub, code, name, detail }) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn suggestion" });
    const text = document.createElement("span");
    text.append(detail ? `${name}, ` : name);
    if (detail) text.append(Object.assign(document.createElement("b"), { textContent: detail }));
    button.append(text);
    const chosen = tiles.find(({ slug }) => slug === theme);
    if (chosen) button.prepend(chosen.mark.cloneNode(true));
    button.addEventListener("click", () => (chosen ? choose(chosen, sub) : settle(code)));
    return button;
  }

  /** As taps in the grid do. A browser that cannot unfold the sub-themes leaves them to its own list. */
  function choose({ radio, subs }, slug) {
    radio.click();
    const sub = subs.find((one) => one.slug === slug)?.radio;
    const seen = sub && sub.offsetParent !== null;
    if (seen) sub.click();
    (seen ? sub : radio).focus();
  }

  function settle(code) {
    place(form, code);
    list.focus();
  }
}

/** What has the focus stays where it is on the screen, whatever opens or closes above it. */
function inPlace(change) {
  const top = () => document.activeElement.getBoundingClientRect().top;
  const before = top();
  change();
  window.scrollBy({ top: top() - before, behavior: "instant" });
}

/** A theme of the grid: { slug, name, mark, radio, subs: [{ slug, name, radio }] }. */
function tile(radio) {
  const label = radio.closest(".tile");
  const following = label.nextElementSibling;
  const subs = following?.matches(".subs") ? [...following.querySelectorAll("[name=sub]")] : [];
  const mark = label.querySelector(".mark").cloneNode(true);
  mark.classList.add("mark-s");
  return { ...named(radio), mark, subs: subs.map(named) };
}

function named(radio) {
  return { slug: radio.value, name: radio.labels[0].textContent.trim(), radio };
}
