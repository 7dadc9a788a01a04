// Search of an address, through our own server: what is typed is never in an address bar or a log.

const SILENT = "La recherche d’adresse ne répond pas. Touchez la carte ou laissez vide.";

/** Wires the search; `choose(latitude, longitude)` is called with the address that is chosen. */
export function search(form, settings, choose) {
  const field = document.getElementById("address");
  const says = document.getElementById("address-says");
  const list = document.getElementById("address-found");

  async function look() {
    says.textContent = "Recherche…";
    list.replaceChildren();
    const { addresses, message } = await ask(field.value, form, settings).catch(() => ({ addresses: [], message: SILENT }));
    says.textContent = message || "Choisissez dans la liste.";
    list.replaceChildren(...addresses.map(entry));
  }

  function entry({ label, latitude, longitude }) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-bare", textContent: label });
    button.addEventListener("click", () => {
      list.replaceChildren();
      says.textContent = "Le point est sur cette adresse. Touchez la carte pour le déplacer.";
      choose(latitude, longitude);
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  document.getElementById("address-go").addEventListener("click", look);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look();
  });
}

async function ask(query, form, settings) {
  const body = new URLSearchParams({ q: query });
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const response = await fetch(settings.addresses, { method: "POST", body, headers });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
