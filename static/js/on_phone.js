// What waits on this phone, each with its state: to read, change, send or destroy.

import * as phone from "./phone.js";
import * as store from "./store.js";

const SHOWN = 50;
const section = document.getElementById("on-phone");
const ORDER = ["attention", "gone", "draft", "sending", "queued"];
const STATES = {
  attention: ["À corriger", "state-ask"],
  gone: ["Effacée", "state-out"],
  draft: ["Brouillon", "state-wait"],
  sending: ["Envoi…", "state-wait"],
  queued: ["En attente", "state-wait"],
};
const TAKEN = "Ce formulaire a déjà servi\u00a0: une observation est enregistrée avec lui, et le texte n’est plus le même. Rien n’est perdu, choisissez.";
const TOO_LATE = "La première est déjà relue, ou les 20 minutes sont passées. Faites de ce texte une nouvelle observation.";
const NO_ANSWER = "Le serveur ne répond pas. Réessayez avec du réseau.";

let drawn = "";

async function show() {
  if (!section) return;
  const rows = phone.person && !phone.locked ? await readRows() : [];
  section.hidden = rows.length === 0;
  // Redrawn only when something moved: a fold opened, or a focus, stays.
  const now = JSON.stringify(rows.map(({ id, state, saved_at, problem }) => [id, state, saved_at, problem]));
  if (now === drawn) return;
  drawn = now;
  section.querySelector("[data-items]").replaceChildren(...rows.slice(0, SHOWN).map(card));
  const more = section.querySelector("[data-more]");
  more.hidden = rows.length <= SHOWN;
  more.textContent = "Les plus anciennes ne sont pas montrées. Elles partiront comme les autres.";
}

async function readRows() {
  const lists = await Promise.all(ORDER.map((state) => store.list(phone.person.key, state, SHOWN + 1)));
  return lists.flat();
}

function card(row) {
  const article = section.querySelector("template").content.firstElementChild.cloneNode(true);
  const part = (name) => article.querySelector(`[data-${name}]`);
  const values = new Map(row.fields);
  const labels = row.labels ?? {};
  const [state, style] = STATES[row.state];
  part("theme").textContent = labels.theme || (row.state === "gone" ? "Observation retirée" : "Thème à choisir");
  part("state").textContent = state;
  part("state").classList.add(style);
  fill(part("words"), values.get("words"), (text) => `«\u202f${text}\u202f»`);
  fill(part("seen"), values.get("seen"));
  part("neighbourhood").textContent = labels.neighbourhood ?? "";
  part("nature").textContent = labels.nature ?? "";
  for (const name of ["neighbourhood", "nature"]) if (!part(name).textContent) part(name).remove();
  part("when").textContent = `Saisie ${phone.moment(row.saved_at)}`;
  const taken = row.problem?.status === 409;
  const problem = part("problem");
  tell(problem, row.state === "gone" ? "Elle avait été retirée\u00a0: le serveur n’en garde aucun mot, ce téléphone non plus." : taken ? TAKEN : Object.values(row.problem?.errors ?? {}).flat().join(" "));
  part("edit").href = `/saisie/?reprendre=${row.id}`;
  part("edit").hidden = taken || ["gone", "sending"].includes(row.state);
  if (row.correcting) part("edit").href = `/saisie/${row.id}/`;
  part("correct").hidden = part("renew").hidden = !taken;
  part("understood").hidden = row.state !== "gone";
  part("destroy").hidden = ["gone", "sending"].includes(row.state);
  part("correct").addEventListener("click", () => correct(row, problem));
  part("renew").addEventListener("click", () => act(() => phone.queue.renew(row.id, crypto.randomUUID())));
  for (const button of [part("understood"), part("destroy").querySelector("button")]) {
    button.addEventListener("click", () => act(() => store.remove(row.id)));
  }
  return article;
}

function fill(element, text, wrap = (same) => same) {
  if (text?.trim()) element.lastElementChild.textContent = wrap(text.trim());
  else element.remove();
}

function tell(element, sentence) {
  element.textContent = sentence;
  element.hidden = !sentence;
}

async function correct(row, problem) {
  tell(problem, "Envoi…");
  const means = await phone.queue.correct(row.id);
  if (means === "look" || means === "gone" || means === "retry") tell(problem, TOO_LATE);
  else if (means !== "stored") tell(problem, means === "sign-in" ? "Reconnectez-vous pour envoyer." : NO_ANSWER);
  else location.reload();
}

async function act(action) {
  await action();
  await phone.show();
  await phone.sendWaiting();
  section.querySelector("h2").focus();
}

const choice = document.getElementById("this-phone");
choice.querySelector("[data-shared]").addEventListener("change", async ({ target }) => {
  const says = choice.querySelector("[data-shared-says]");
  try {
    await (target.checked ? store.remember("shared", true) : store.forget("shared"));
    says.textContent = target.checked ? "C’est retenu\u00a0: ce téléphone se verrouille seul." : "C’est retenu\u00a0: il reste ouvert.";
  } catch {
    target.checked = !target.checked;
    says.textContent = "Ce téléphone n’a rien pu retenir\u00a0: libérez de la place, puis recommencez.";
  }
});

choice.querySelector("[data-lock]").addEventListener("click", () => phone.lockNow());
for (const words of document.querySelectorAll("[data-signing-out]")) words.hidden = location.pathname !== "/compte/logout/";

async function showChoice() {
  choice.querySelector("[data-shared]").checked = Boolean(await store.recall("shared"));
  choice.hidden = !phone.person || phone.locked;
}

const atHome = document.querySelector("[data-at-home]");
if (atHome && location.pathname === "/hors-ligne/") {
  atHome.hidden = false;
  document.querySelector("[data-stand-in]").hidden = true;
  document.title = document.title.replace("Pas de réseau", "Sur ce téléphone");
}

document.addEventListener("phone", ({ detail }) => {
  // What the server wrote on this page is somebody's: it goes with the lock.
  if (detail === "locked" && document.body.dataset.user) location.replace("/hors-ligne/");
  show();
  showChoice();
});
phone.start().then(show).then(showChoice).catch(() => {});
