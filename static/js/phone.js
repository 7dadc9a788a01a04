// The phone: who writes on it, when it sends, and the one line that says what waits.
// Pages import this; it wires the rules (queue.js) to the browser.

import { Queue } from "./queue.js";
import * as store from "./store.js";

const SESSION = "/saisie/jeton/";
const PATIENCE = 60_000; // milliseconds for one observation on the slowest network
const DAY = 24 * 3_600_000;
const IDLE = 5 * 60_000;

// --- who writes on this phone --------------------------------------------------------------------

/** The person this phone belongs to now: { key, name, role, since, neighbourhoods, note_takers }, or null. */
export let person = null;
/** While true, the phone takes new observations and shows none. */
export let locked = false;

async function readPerson() {
  // A page that the server wrote for somebody knows better than the phone's memory.
  const { user: signedIn, since } = document.body.dataset;
  if (signedIn) person = { key: signedIn, since };
  const known = await store.recall("person");
  locked = Boolean(await store.recall("locked"));
  if (!signedIn || known?.key === signedIn) person = known && { ...known, ...person };
  if (signedIn) await store.remember("person", person);
}

/** Asks the server who is signed in, with a token to send under: { status, token, user, retryAfter }; status 0 is no answer. */
export async function session() {
  const answer = await ask(SESSION, { headers: { Accept: "application/json" } });
  const { status, json, retryAfter } = answer;
  if (status !== 200 || !json?.user) return { status: status === 200 ? 0 : status, retryAfter };
  await meet(json.user);
  return { status, token: json.token, user: json.user, retryAfter };
}

async function meet(user) {
  const lock = await store.recall("locked").catch(() => null);
  // Unlocked by a new sign-in, never by the session that was open when it locked.
  if (lock && lock.since !== user.since) await store.forget("locked");
  if (lock && lock.since === user.since && user.key === person?.key) return;
  const somebodyElse = person !== null && person.key !== user.key;
  // Signing in is a gesture: what it unlocks does not lock again at once.
  if (lock) noteGesture();
  person = user;
  locked = false;
  await store.remember("person", user).catch(() => {});
  announce(somebodyElse ? "person" : "known");
}

/** From now on this phone shows nothing until somebody signs in anew. `since` names the session that no longer counts. */
export async function lock(since = "") {
  await store.remember("locked", { since });
  others?.postMessage("locked");
  showLocked();
}

/** Locks for the person who is here; their server pages close too, when there is a network to say so. */
export async function lockNow() {
  await lock(person.since);
  if (navigator.onLine) endSession();
}

function showLocked() {
  locked = true;
  announce("locked");
}

/** Ends the session and goes to the sign-in page, then back here. */
export async function signInAgain() {
  await endSession();
  location.assign(signInPage());
}

const signInPage = () => `/compte/login/?next=${encodeURIComponent(location.pathname)}`;

// --- the door ------------------------------------------------------------------------------------

const door = {
  session,
  put: (row, token) => send("PUT", row, token),
  patch: (row, token) => send("PATCH", row, token),
};

function send(method, { id, body, digest }, token) {
  const headers = { "Content-Type": "application/json", "Content-Digest": `sha-256=:${digest}:`, "X-CSRFToken": token };
  return ask(`/saisie/${id}/`, { method, body, headers });
}

/** One exchange with the server: { status, json, retryAfter }. A redirection, or nothing in time, is status 0. */
async function ask(address, options) {
  try {
    const response = await fetch(address, {
      ...options,
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const json = await response.json().catch(() => null);
    return { status: response.status, json, retryAfter: Number(response.headers.get("Retry-After")) || 0 };
  } catch {
    return { status: 0, json: null, retryAfter: 0 };
  }
}

// --- sending -------------------------------------------------------------------------------------

async function digest(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

const alone = (run) =>
  navigator.locks ? navigator.locks.request("accords-envoi", { ifAvailable: true }, (lock) => (lock ? run() : null)) : run();

export const queue = new Queue({ store, door, digest, alone, locks: Boolean(navigator.locks), changed });

// "done", "sign-in", "wait", "busy": what stopped the last sending; "sending" meanwhile.
export let outcome = "done";
let timer = null;
// Asked to send now while a try was under way, on a network that may have come back since: should it fail, it says nothing.
let askedMeanwhile = false;

/** Sends what waits; `now` forgets that the last tries failed. Never rejects: the line says how it went. */
export async function sendWaiting(options) {
  if (!person) return;
  if (outcome === "sending") {
    askedMeanwhile ||= Boolean(options?.now);
    return;
  }
  clearTimeout(timer);
  askedMeanwhile = false;
  outcome = "sending";
  await show();
  try {
    outcome = await queue.send(person.key, options);
  } catch {
    outcome = "wait";
  }
  await show();
  if (outcome === "wait" && askedMeanwhile) await sendWaiting({ now: true });
  else await planNext();
}

async function planNext() {
  const delay = await queue.delay(person.key).catch(() => null);
  if (delay === null) return;
  // After "sign-in", signing in brings a new page; "busy" is another tab, whose end this one waits for.
  if (outcome !== "sign-in") timer = setTimeout(sendWaiting, Math.max(delay, 1000));
}

// --- what other parts of the page, and other tabs, should know ------------------------------------

const others = "BroadcastChannel" in window ? new BroadcastChannel("accords") : null;
others?.addEventListener("message", ({ data }) => (data === "locked" ? showLocked() : show()));

function announce(what) {
  document.dispatchEvent(new CustomEvent("phone", { detail: what }));
}

let soon = null;
function changed() {
  // A queue of thousands moves faster than anybody reads.
  soon ??= setTimeout(() => {
    soon = null;
    others?.postMessage("changed");
    show();
  }, 300);
}

/** Brings the line up to date, and tells the page. */
export async function show() {
  nameReader();
  const bar = document.querySelector("[data-waiting]");
  if (bar && person) await store.tally(person.key).then((tally) => fill(bar, tally), () => (bar.hidden = true));
  announce("moved");
}

// --- the line ------------------------------------------------------------------------------------

function fill(bar, tally) {
  const waiting = tally.queued + tally.sending;
  const late = waiting > 0 && Date.now() - tally.oldest > DAY;
  const sentences = locked ? ["Téléphone verrouillé. Ce que vous saisissez est gardé."] : [
    why(waiting),
    waiting ? `${count(waiting)}.` : "",
    tally.attention ? `${tally.attention} à corriger.` : "",
    waiting ? since(tally, waiting) : "",
    late ? "Plus de 24 heures\u00a0: ouvrez l’application là où il y a du réseau." : "",
  ];
  const [first, ...rest] = sentences.filter(Boolean);
  const text = bar.querySelector("p");
  const spoken = [Object.assign(document.createElement("b"), { textContent: first ?? "Rien n’attend sur ce téléphone." })];
  if (rest.length) spoken.push(` ${rest.join(" ")}`);
  if (text.textContent !== spoken.map((part) => part.textContent ?? part).join("")) text.replaceChildren(...spoken);
  bar.hidden = !first && !("always" in bar.dataset);
  bar.classList.toggle("waiting-calm", !first);
  bar.classList.toggle("waiting-late", late);
  bar.querySelector("[data-unlock]").hidden = !locked || !navigator.onLine;
  bar.querySelector("[data-sign-in]").hidden = locked || outcome !== "sign-in";
  bar.querySelector("[data-send]").hidden = locked || !waiting || outcome === "sign-in" || outcome === "sending" || !navigator.onLine;
  const see = bar.querySelector("[data-see]");
  if (see) see.hidden = locked || !(waiting || tally.attention);
}

function why(waiting) {
  if (!navigator.onLine) return waiting ? "Pas de réseau." : "Pas de réseau. Ce que vous saisissez est gardé ici.";
  if (outcome === "sign-in") return "Reconnectez-vous pour envoyer.";
  if (!waiting) return "";
  if (outcome === "sending" || outcome === "busy") return "Envoi…";
  return outcome === "wait" ? "Le serveur ne répond pas, nouvel essai bientôt." : "";
}

const count = (n) => (n > 1 ? `${n.toLocaleString("fr-FR")} observations en attente` : "1 observation en attente");

function since({ oldest }, waiting) {
  return waiting > 1 ? `La plus ancienne\u00a0: ${moment(oldest)}.` : `Depuis ${moment(oldest)}.`;
}

/** « 14 h 05 », « hier, 16 h 40 », « lundi 16 novembre ». */
export function moment(time) {
  const date = new Date(time);
  const clock = `${date.getHours()}\u00a0h\u00a0${String(date.getMinutes()).padStart(2, "0")}`;
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (time >= midnight) return clock;
  if (time >= midnight - DAY) return `hier, ${clock}`;
  return date.toLocaleDateString("fr-FR", { weekday: "long", day: "numeric", month: "long" });
}

/** A page from the cache knows nobody: the phone writes in whose it is, and which places are theirs. */
function nameReader() {
  const account = document.querySelector("[data-account]");
  if (account) account.textContent = person?.name ?? "";
  for (const place of document.querySelectorAll("[data-roles]")) {
    if (person?.role) place.hidden = !place.dataset.roles.split(" ").includes(person.role);
  }
}

// --- a phone that several people use --------------------------------------------------------------

/** A shared phone locks itself after five minutes without a gesture in any tab, the time it slept included. */
async function watchIdleness() {
  const opened = Date.now();
  const check = async () => {
    if (locked || !person || Date.now() - (lastGesture() || opened) <= IDLE || !(await store.recall("shared"))) return;
    await lockNow();
  };
  const gesture = () => {
    if (Date.now() - lastGesture() > 1000) noteGesture();
  };
  await check();
  // A page scrolls by itself too: only a hand counts.
  for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, gesture, { passive: true, capture: true });
  setInterval(check, 15_000);
}

const GESTURE = "dernier-geste";
const lastGesture = () => Number(localStorage.getItem(GESTURE));

function noteGesture() {
  try {
    localStorage.setItem(GESTURE, String(Date.now()));
  } catch {
    // A browser that keeps nothing has nothing to lock.
  }
}

async function endSession() {
  const { status, token } = await session();
  if (status === 200) await ask("/compte/logout/", { method: "POST", headers: { "X-CSRFToken": token } });
}

// --- start -----------------------------------------------------------------------------------------

/** Resolves once it is known who writes on this phone; the line, and sending unless `sends` is false, then go on by themselves. */
export async function start(sends = true) {
  await readPerson().catch(() => {});
  await watchIdleness().catch(() => {});
  const bar = document.querySelector("[data-waiting]");
  bar?.querySelector("[data-send]").addEventListener("click", () => sendWaiting({ now: true }));
  bar?.querySelector("[data-unlock]").addEventListener("click", signInAgain);
  if (!sends) return;
  addEventListener("online", () => sendWaiting({ now: true }));
  addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendWaiting());
  wake();
}

async function wake() {
  await show();
  // A page from the cache was written for nobody: only the server knows who is signed in.
  if ((!document.body.dataset.user || locked) && navigator.onLine) {
    const { status } = await session();
    if (status === 401 && !person) {
      location.assign(signInPage());
      return;
    }
    if (status === 401 || status === 403) {
      outcome = "sign-in";
      await show();
      return;
    }
  }
  await sendWaiting();
}
