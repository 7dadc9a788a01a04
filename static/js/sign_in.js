// Somebody is about to sign in on this phone: until the server says who, it shows nothing of the one before.

import { forget, recall, remember } from "./store.js";

recall("person")
  .then((person) => person && remember("locked", { since: "" }))
  .catch(() => {});

// Said once on a phone, here or in the notebook, that several people use it: said for both.
const shared = document.querySelector("[data-shared-phone]");
recall("shared").then((known) => (shared.checked ||= Boolean(known))).catch(() => {});
shared.addEventListener("change", () => (shared.checked ? remember("shared", true) : forget("shared")).catch(() => {}));
