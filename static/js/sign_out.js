// Signing out with observations that wait: send them, keep them for the return, or destroy them.

import * as phone from "./phone.js";
import * as store from "./store.js";

const form = document.getElementById("sign-out");
const choices = document.getElementById("before");
const says = choices.querySelector("[data-says]");

/** Observations and drafts of this person that only this phone holds. */
async function left() {
  const { queued, sending, attention, draft } = await store.tally(phone.person.key);
  return { unsent: queued + sending, unfinished: attention + draft, all: queued + sending + attention + draft };
}

async function show() {
  const { unsent, unfinished, all } = await left();
  choices.hidden = all === 0;
  document.getElementById("plain").hidden = all > 0;
  choices.querySelector("[data-send-first]").hidden = unsent === 0;
  const parts = [
    unsent && `${unsent} ${unsent > 1 ? "observations attendent" : "observation attend"} d’être ${unsent > 1 ? "envoyées" : "envoyée"}`,
    unfinished && `${unfinished} ${unfinished > 1 ? "restent à finir ou à corriger" : "reste à finir ou à corriger"}`,
  ];
  choices.querySelector("[data-waiting-here]").textContent = `Sur ce téléphone\u00a0: ${parts.filter(Boolean).join(", ")}.`;
}

/** Whoever signs in next sees nothing of this person; what waits is theirs again when they come back. */
async function leave() {
  await store.forget("person");
  await store.forget("neighbourhood");
  form.submit();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  leave().catch(() => form.submit());
});

choices.querySelector("[data-send-first]").addEventListener("click", async () => {
  says.textContent = "Envoi…";
  await phone.sendWaiting({ now: true });
  const { unsent, unfinished } = await left();
  if (unsent + unfinished === 0) return leave();
  await show();
  says.textContent = unsent ? "Tout n’est pas parti. Réessayez avec du réseau, ou gardez-les ici." : "Envoyé. Il reste ce qui est à finir ou à corriger.";
});

choices.querySelector("[data-destroy]").addEventListener("click", async () => {
  await store.destroy(phone.person.key);
  await leave();
});

document.addEventListener("phone", ({ detail }) => detail === "moved" && show());
// Nothing leaves while somebody decides whether it should.
phone.start(false).then(show).catch(() => {});
