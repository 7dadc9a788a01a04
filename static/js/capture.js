// The form's page. Saving keeps the observation on this phone, then sends it (phone.js); without this script the form posts itself.
// The position and the map load their code when they are asked for.

import * as phone from "./phone.js";
import * as store from "./store.js";

const form = document.getElementById("observation");
const head = document.querySelector(".form-head");
const settings = JSON.parse(document.getElementById("phone").textContent);
const SAVE_DELAY = 400; // milliseconds after the last key
const SECOND_CLICK = 400; // milliseconds
const correcting = "correcting" in form.dataset;
// What « une autre ici » keeps.
const HERE = ["neighbourhood", "place_kind", "precision", "latitude", "longitude", "place_label", "noted_by"];

// Digests and identifiers need a secure page; elsewhere the form posts itself.
const keeps = window.isSecureContext;

for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
document.getElementById("errors")?.focus();

document.getElementById("position").addEventListener("click", async () => {
  const { usePosition } = await import("./position.js");
  usePosition(form, settings);
});

document.getElementById("map-open").addEventListener("click", openMap);
form.addEventListener("change", (event) => {
  if (event.target.name === "precision" && event.target.value !== "quartier" && !form.latitude.value) openMap();
});

let map = null;
async function openMap() {
  map ??= import("./place_map.js").then(({ open }) => open(form, settings));
  await map.catch(() => {
    map = null;
    document.getElementById("map-says").textContent = "La carte n’arrive pas. Le quartier suffit.";
  });
}

// On the first touch, so that the first load stays small; out of reach, tried again at the next.
let suggesting = null;
form.addEventListener("focusin", () => {
  suggesting ??= import("./suggestions.js").then(({ suggest }) => suggest(form)).catch(() => { suggesting = null; });
  check();
});

let checking = null;
function check() {
  checking ??= import("./passages.js").then(({ watch }) => watch(form, settings.detection)).catch(() => { checking = null; });
}

// --- what a folded part holds, said on its summary ---------------------------------------------

const day = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const said = {
  people: () => labelOf("people") ?? "Facultatif",
  observed_on: () => {
    const { value, max, valueAsDate } = form.elements.observed_on;
    if (!valueAsDate) return "Dites quel jour";
    return (value === max ? "Aujourd’hui, " : "") + day.format(valueAsDate);
  },
  place: () => {
    const kind = form.place_kind.selectedOptions[0];
    // At somebody's home the point and the name are hidden, and left behind at sending.
    if (kind?.value === "domicile") return "À domicile : seul le quartier est gardé";
    const point = form.latitude.value && form.precision.value !== "quartier" ? labelOf("precision") : null;
    const parts = [kind?.value ? kind.text : null, point, form.place_label.value || null].filter(Boolean);
    return parts.join(", ") || "Facultatif. Jamais un logement.";
  },
};

function labelOf(name) {
  return form.querySelector(`[name="${name}"]:checked`)?.labels[0].textContent.trim();
}

function saySummaries() {
  for (const place of form.querySelectorAll("[data-says]")) place.textContent = said[place.dataset.says]();
}
form.addEventListener("change", saySummaries);

function openWrittenFolds() {
  for (const fold of form.querySelectorAll("details:has(textarea)")) {
    fold.open ||= Boolean(fold.querySelector("textarea").value);
  }
  saySummaries();
}

// --- the observation in hand ----------------------------------------------------------------------

// Its row while it waits, when it was taken back from the queue; null for a new one.
let taken = null;
let captured = null;
let timer = null;
let leaving = false;
let release = () => {};

const draftSays = document.getElementById("draft-says");

/** The history remembers this form's key: reloaded, or come back to, it is the same observation. */
function remember(id) {
  form.elements.id.value = id;
  history.replaceState({ form: id }, "");
}

/** One tab writes one draft. Resolves to false when another tab holds it. */
function hold(id) {
  release();
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`accords-brouillon-${id}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise((done) => (release = done));
    });
  });
}

async function keep() {
  clearTimeout(timer);
  timer = null;
  if (leaving || !phone.person) return;
  const id = form.elements.id.value;
  try {
    if (taken && !(await takeBack())) return;
    if (!SAID.some((name) => form.elements[name].value.trim())) {
      await store.remove(id);
      draftSays.textContent = "";
      return;
    }
    await store.put({ ...row(id), state: "draft" });
    draftSays.textContent = "Brouillon gardé sur ce téléphone.";
  } catch {
    draftSays.textContent = "";
  }
}

function row(id) {
  captured ??= new Date().toISOString();
  const kept = { id, user: phone.person.key, fields: read(), labels: labels(), captured_at: captured };
  return correcting ? { ...kept, correcting, saved_at: Date.now() } : { ...kept, saved_at: Date.now() };
}

/** A waiting observation leaves the queue at the first change: what is on the screen is what will be sent. */
async function takeBack() {
  const back = await phone.queue.take(taken);
  if (back) {
    taken = null;
    return true;
  }
  const sent = (await store.get(taken)) === null;
  draftSays.textContent = sent
    ? "Elle vient de partir telle qu’elle était. Vous pouvez encore la corriger dans « Mes observations »."
    : "Elle est en train de partir. Attendez un instant.";
  return false;
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, SAVE_DELAY);
});
// What was typed since the last delay is written before the page may die.
addEventListener("pagehide", () => timer && keep());
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && timer && keep());

document.getElementById("draft-drop").addEventListener("click", async () => {
  leaving = true;
  await store.remove(form.elements.id.value).catch(() => {});
  location.assign(form.getAttribute("action"));
});

// --- what the form holds -----------------------------------------------------------------------------

const LEFT_OUT = new Set(["csrfmiddlewaretoken", "id"]);
const SAID = ["words", "seen", "reading"];
const CHOSEN = ["neighbourhood", "nature", "place_kind", "place_label", "people", "agreement", "observed_on"];

/** A form's fields as [name, value] pairs, in order. */
function read() {
  return [...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name));
}

/** Puts back what `read` gave. */
function write(fields) {
  const values = new Map(fields);
  for (const control of form.elements) {
    if (!control.name || LEFT_OUT.has(control.name)) continue;
    if (control.type === "radio") control.checked = values.get(control.name) === control.value;
    else if (control.type === "checkbox") control.checked = values.has(control.name);
    else if (control.tagName !== "BUTTON") control.value = values.get(control.name) ?? "";
  }
}

/** What the wire carries, version 1 of the contract. `captured_at` is ISO 8601. */
function payload(captured_at) {
  const data = new FormData(form);
  const text = (name) => (data.get(name) ?? "").toString();
  const place = text("place_kind") === "domicile" ? "quartier" : text("precision") || "quartier";
  const sent = { form: 1, captured_at, theme: themeOf()?.value ?? "", precision: place, words_exact: data.has("words_exact") };
  for (const name of [...SAID, ...CHOSEN]) sent[name] = text(name);
  sent.agreement ||= text("words").trim() ? "" : "sans_objet";
  if (place !== "quartier") {
    sent.latitude = Number(text("latitude"));
    sent.longitude = Number(text("longitude"));
  }
  if (text("follows")) Object.assign(sent, { follows: text("follows"), changed: text("changed") });
  if (text("noted_by")) sent.noted_by = Number(text("noted_by"));
  return sent;
}

/** The radio, or the entry of the list, that says the theme most closely; undefined before. */
function themeOf() {
  const theme = form.querySelector("[name=theme]:checked");
  const sub = theme?.closest(".tile").nextElementSibling?.querySelector("[name=sub]:checked");
  // Browsers that cannot fold the sub-themes show them as one list.
  const listed = form.elements.sub_list.selectedOptions[0];
  return sub ?? (listed?.value && listed.parentElement.dataset.theme === theme?.value ? listed : theme ?? undefined);
}

/** Words for a list that has no form beside it: { theme, neighbourhood, nature }. */
function labels() {
  const theme = form.querySelector("[name=theme]:checked")?.labels[0].textContent.trim();
  const chosen = themeOf();
  const sub = chosen?.name === "theme" ? "" : (chosen?.text ?? chosen?.labels[0].textContent.trim());
  return {
    theme: [theme, sub].filter(Boolean).join(" · "),
    neighbourhood: form.elements.neighbourhood.value && form.elements.neighbourhood.selectedOptions[0].text,
    nature: form.querySelector("[name=nature]:checked")?.labels[0].textContent.trim() ?? "",
  };
}

// --- beginning --------------------------------------------------------------------------------------

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** A page from the cache may be days old. */
function setDay() {
  form.elements.observed_on.max = today();
  if (!("sent" in form.dataset) && !correcting) form.elements.observed_on.value = today();
}

/** A page from the cache knows nobody: whose quartiers it lists, and for whom a CDSU may type in. */
async function dress() {
  if (!("shell" in form.dataset)) return;
  const { neighbourhoods, note_takers: takers = [] } = phone.person ?? {};
  const list = form.elements.neighbourhood;
  if (neighbourhoods) for (const option of [...list.options]) if (option.value && !neighbourhoods.includes(option.value)) option.remove();
  if (!list.value && !phone.locked) list.value = (await store.recall("neighbourhood").catch(() => null)) ?? "";
  if (list.selectedIndex < 0) list.selectedIndex = 0;
  const paper = form.elements.noted_by;
  if (takers.length && paper.options.length === 1) paper.append(...takers.map(([key, name]) => new Option(name, key)));
  paper.closest(".field").hidden = takers.length === 0;
  paper.disabled = takers.length === 0;
}

/** « Est-ce que ça a changé ? »: of which card, when the form was opened from one. A page from the cache reads its address. */
function askAfter() {
  const { follows, told } = form.elements;
  const asked = new URLSearchParams(location.search).get("retour");
  if (asked && "shell" in form.dataset && !follows.value) {
    follows.value = asked;
    told.value = new URLSearchParams(location.hash.slice(1)).get("titre") ?? "";
  }
  const part = document.getElementById("asked-after");
  part.hidden = !follows.value;
  part.querySelector("[data-told]").textContent = told.value;
}

/** Words typed on a slow network before this script came, or put back by the browser after a reload. */
const typed = () => SAID.some((name) => form.elements[name].value !== form.elements[name].defaultValue);

/** What the server sent back with its errors is newer than any draft. */
async function begin() {
  setDay();
  await phone.start();
  await dress();
  const query = new URLSearchParams(location.search);
  const asked = query.get("reprendre");
  const known = history.state?.form;
  const early = !asked && !correcting && typed();
  // What was typed early may have been posted too, under the server's key.
  if (!correcting && !("sent" in form.dataset)) remember(asked ?? known ?? newKey(early));
  if (!phone.locked && !("sent" in form.dataset)) {
    if (early) await goOn(known);
    else await bringBack(asked ?? (correcting ? form.elements.id.value : known), !asked && !correcting && !query.has("retour"));
  }
  askAfter();
  // « Radar de proximité » opens the form on a strength; a choice made before stands.
  const nature = [...form.elements.nature].find(({ value }) => value === query.get("nature"));
  if (nature && !form.elements.nature.value) nature.checked = true;
  await hold(form.elements.id.value);
  saySummaries();
  if (SAID.some((name) => form.elements[name].value)) check();
  form.dataset.ready = "";
}

const newKey = (early) => (early && form.elements.id.value) || crypto.randomUUID();

/**
 * Words stand in the form already: no draft takes their place. They go on with the draft that they repeat, if any.
 * Somebody else's, which the browser put back on a reload, are taken away.
 */
async function goOn(known) {
  const kept = known ? await store.get(known).catch(() => null) : null;
  const before = new Map(kept?.fields);
  const repeats = isMine(kept) && SAID.every((name) => form.elements[name].value.startsWith(before.get(name) ?? ""));
  if (repeats && (await hold(known))) adopt(kept);
  else if (kept) remember(crypto.randomUUID());
  if (kept && kept.user !== phone.person?.key) form.reset();
  openWrittenFolds();
  await keep();
}

const isMine = (kept) => kept?.user === phone.person?.key && Boolean(kept.correcting) === correcting && kept.state !== "gone";

function adopt(kept) {
  remember(kept.id);
  captured = kept.captured_at;
  taken = kept.state === "draft" ? null : kept.id;
  document.getElementById("draft-back").hidden = kept.state !== "draft" || Boolean(kept.problem);
}

/** Puts a kept observation back in the form: the one asked for, else the last draft that no other tab holds. */
async function bringBack(id, orAny) {
  const found = id ? [await store.get(id).catch(() => null)].filter(isMine) : [];
  if (!found.length && orAny && phone.person) found.push(...(await store.list(phone.person.key, "draft").catch(() => [])).filter(isMine));
  for (const kept of found) {
    if (!(await hold(kept.id))) continue;
    write(kept.fields);
    adopt(kept);
    openWrittenFolds();
    if (kept.problem?.errors) await showFaults(kept.problem.errors);
    return;
  }
}

// --- saving -----------------------------------------------------------------------------------------

const NOBODY = "Connectez-vous une première fois, là où il y a du réseau, pour saisir sur ce téléphone.";
const FULL =
  "Ce téléphone n’a plus de place et le serveur ne répond pas. Ne fermez pas cette page\u00a0: libérez de la place ou retrouvez du réseau, puis enregistrez.";
let saving = false;

// Fetched at the first word. Should it not have come when it is needed, the server checks all the same, later.
const checks = () => import("./faults.js").catch(() => null);
form.addEventListener("input", checks, { once: true });

async function isFaulty() {
  const faults = await checks();
  const found = faults?.find(form, settings) ?? {};
  faults?.show(form, found);
  return Object.keys(found).length > 0;
}

async function showFaults(found) {
  (await checks())?.show(form, found);
}

async function save(event) {
  if (correcting || !keeps) return;
  event.preventDefault();
  if (saving) return;
  saving = true;
  try {
    await ready;
    if (!(await isFaulty())) await saveHere();
  } finally {
    saving = false;
  }
}

async function saveHere() {
  if (!phone.person) return showFaults({ __all__: [NOBODY] });
  clearTimeout(timer);
  timer = null;
  if (taken && !(await takeBack())) return;
  const id = form.elements.id.value;
  const written = { ...row(id), payload: payload((captured ??= new Date().toISOString())) };
  const kept = await phone.queue.save(written).catch(() => null);
  if (kept) await showKept(kept);
  else await sendUnkept(await phone.queue.row(written));
}

/** The phone keeps nothing (full, private window): the only safe place is the server, now. */
async function sendUnkept(unkept) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const { means, errors } = await phone.queue.sendUnkept(unkept);
  button.disabled = false;
  if (means === "stored") return showKept(unkept);
  return showFaults(means === "look" && errors ? errors : { __all__: [FULL] });
}

const screen = document.getElementById("kept");
let kept = null;

/** The calm after saving: what happened to it, another one here, a change of mind. */
async function showKept(observation) {
  kept = observation;
  release();
  history.replaceState({}, "", form.getAttribute("action"));
  await store.remember("neighbourhood", form.elements.neighbourhood.value).catch(() => {});
  const values = new Map(observation.fields);
  screen.querySelector("[data-theme]").textContent = observation.labels.theme;
  screen.querySelector("[data-where]").textContent = observation.labels.neighbourhood;
  screen.querySelector("[data-words]").textContent = values.get("words").trim() ? `«\u202f${values.get("words").trim()}\u202f»` : values.get("seen").trim();
  form.hidden = head.hidden = true;
  screen.hidden = false;
  // The second click of a double click falls where the button was: it opens nothing.
  screen.dataset.fresh = "";
  setTimeout(() => delete screen.dataset.fresh, SECOND_CLICK);
  scrollTo(0, 0);
  await follow();
  screen.focus({ preventScroll: true });
  await phone.sendWaiting();
  navigator.storage?.persist?.();
}

/** Says where the observation is now, as often as it moves. */
async function follow() {
  if (!kept) return;
  const now = await store.get(kept.id).catch(() => null);
  const state = now?.state ?? "stored";
  screen.dataset.state = state;
  screen.querySelector("[data-says]").textContent = {
    stored: "Reçue. Elle sera relue, et vous verrez ce qu’elle devient.",
    queued: `Gardée sur ce téléphone${next()}`,
    sending: "Gardée sur ce téléphone, envoi en cours.",
    attention: "Gardée sur ce téléphone, mais il y a un point à revoir.",
    gone: "Vous l’aviez retirée\u00a0: elle reste effacée.",
  }[state];
  screen.querySelector("[data-received]").hidden = state !== "stored";
  screen.querySelector("[data-received]").href = `/saisie/${kept.id}/merci/`;
  screen.querySelector("[data-change]").hidden = !["queued", "attention"].includes(state);
  screen.querySelector("[data-change]").href = `${form.getAttribute("action")}?reprendre=${kept.id}`;
}

/** What a waiting observation waits for. */
function next() {
  if (!navigator.onLine) return ". Elle partira dès le retour du réseau.";
  if (phone.outcome === "sign-in") return ". Elle partira une fois la session rouverte\u00a0: reconnectez-vous.";
  return phone.outcome === "wait" ? ". Elle partira dès que le serveur répondra." : ", envoi en cours.";
}

document.getElementById("again").addEventListener("click", async () => {
  const place = read().filter(([name]) => HERE.includes(name));
  kept = captured = taken = null;
  form.reset();
  write([...place, ["observed_on", today()]]);
  askAfter();
  showFaults({});
  remember(crypto.randomUUID());
  for (const fold of form.querySelectorAll("details[open]")) fold.open = false;
  document.getElementById("draft-back").hidden = true;
  draftSays.textContent = "";
  saySummaries();
  screen.hidden = true;
  form.hidden = head.hidden = false;
  scrollTo(0, 0);
  // Within the tap: later, a phone would not open its keyboard, and the first letters would go nowhere.
  form.elements.words.focus();
  await hold(form.elements.id.value);
});

/** The button says what it does: without a network, it keeps. */
function nameButton() {
  if (correcting) return;
  form.querySelector("[type=submit]").textContent = navigator.onLine || !keeps ? "Enregistrer" : "Garder sur ce téléphone";
}

document.addEventListener("phone", ({ detail }) => {
  follow();
  if (detail === "known" || detail === "person") dress();
  // Somebody else's words, or a locked phone: the form starts afresh; what was written is kept for its author.
  if (detail === "person" || detail === "locked") startAfresh();
});

async function startAfresh() {
  if (timer) await keep();
  leaving = true;
  history.replaceState({}, "");
  location.replace(form.getAttribute("action"));
}

// What is missing is said in the page, in French, by faults.js.
form.noValidate = keeps && !correcting;
form.addEventListener("submit", save);
for (const event of ["online", "offline"]) addEventListener(event, nameButton);
nameButton();
const ready = begin();
