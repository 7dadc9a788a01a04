// Comforts of the synthèse's pages. Without them everything still works: arrows submit the form, the browser prints.

import "./copy.js";

/** Shows the print button, which only a script can serve. */
function offerPrinting(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** Lets the arrows reorder the chosen words in place; the order is kept when the draft is saved. */
function orderInPlace(list) {
  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  list.after(said);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const other = button.dataset.move === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(item);
    else other.after(item);
    refresh(list);
    button.focus();
    const place = [...list.children].indexOf(item) + 1;
    said.textContent = `Parole placée en position ${place} sur ${list.children.length}. À enregistrer.`;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function refresh(list) {
  const items = [...list.children];
  items.forEach((item, i) => {
    for (const button of item.querySelectorAll("[data-move]")) {
      const up = button.dataset.move === "up";
      const stuck = up ? i === 0 : i === items.length - 1;
      if (stuck) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
      button.querySelector(".vh").textContent = `${up ? "Monter" : "Descendre"} la parole ${i + 1}`;
    }
  });
}

/** Asks before leaving a draft whose changes are not saved. */
function keepChanges(form) {
  let changed = false;
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

offerPrinting(document);
document.querySelectorAll("[data-chosen]").forEach(orderInPlace);
document.querySelectorAll("form#draft").forEach(keepChanges);
