// Putting the notebook on the home screen: said once on an iPhone, which has no button for it, offered elsewhere.
// On an iPhone the installed notebook and Safari keep apart what they store, hence before the first observation.

const SEEN = "installation-comprise";

/** On an iPhone, outside the installed notebook: how to install it, until it is understood. */
export function explain() {
  const part = document.getElementById("install");
  if (!part || store().getItem(SEEN)) return;
  part.hidden = false;
  part.querySelector("button").addEventListener("click", () => {
    part.hidden = true;
    store().setItem(SEEN, "1");
    document.getElementById("contenu").focus();
  });
}

/** Where the browser can install, a button of the account's menu does it. */
export function propose(prompt) {
  const button = document.getElementById("install-button");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.hidden = true;
    await prompt.prompt();
  }, { once: true });
}

/** A browser that keeps nothing (some private windows) throws: the sentence then comes back each time. */
function store() {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => {} };
  }
}
