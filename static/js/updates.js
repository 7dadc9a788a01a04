// The worker that keeps the shell, its installation and its updates: a new version never reloads a form being written.
// Where there is no worker, or it fails, everything goes on as without it.

const LOCK = "saisie-en-cours";
const CHECK_EVERY = 30 * 60_000; // milliseconds

let letGo = null;
let checked = Date.now();

/**
 * Says that this page holds a form being written: no tab takes a new version until the function returned is called.
 * Typing says it too. Called again while it holds, returns the same function.
 */
export function holdForm() {
  if (letGo) return letGo;
  const held = new Promise((resolve) => {
    const release = () => {
      if (letGo === release) letGo = null;
      resolve();
      offer();
    };
    letGo = release;
  });
  navigator.locks?.request(LOCK, { mode: "shared" }, () => held);
  return letGo;
}

document.addEventListener("input", holdForm);
// What was written is saved, and nobody looks: a new version may come in before the next observation.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && document.getElementById("kept")?.hidden === false) letGo?.();
});

/** Lets the waiting version in when no form is held anywhere. Without Web Locks it waits for every tab to close. */
async function offer() {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration?.waiting || letGo) return;
  await navigator.locks?.request(LOCK, { ifAvailable: true }, (lock) => {
    if (lock) registration.waiting?.postMessage("take-over");
  });
}

async function register() {
  const registration = await navigator.serviceWorker.register("/sw.js").catch(() => null);
  if (!registration) return;
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - checked > CHECK_EVERY) check(registration);
  });
  offer();
}

/** The browser checks by itself when a page opens; an installed application may stay open for days. */
function check(registration) {
  checked = Date.now();
  registration.update().catch(() => {});
}

function watch() {
  let controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled && !letGo) location.reload();
    controlled = true;
  });
}

// Rare: the code comes only then.
if (navigator.standalone === false) import("./install.js").then(({ explain }) => explain()).catch(() => {});
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  import("./install.js").then(({ propose }) => propose(event)).catch(() => {});
});

if ("serviceWorker" in navigator) {
  watch();
  // After everything else: on a slow network nothing may delay the form.
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
