// What is wrong with the form, said before anything is kept, in the server's own sentences.

const SAID = ["words", "seen", "reading"];

/** What the server would refuse, in its own sentences: { field: [sentence] }. */
export function find(form, { sentences, longest }) {
  const { words, seen, agreement } = Object.fromEntries(["words", "seen", "agreement"].map((name) => [name, form.elements[name].value.trim()]));
  const found = {};
  const fault = (name, key = name) => (found[name] ??= [sentences[key]]);
  if (!words && !seen) fault("words");
  for (const name of SAID) {
    const over = [...form.elements[name].value.trim()].length - longest;
    if (over > 0) found[name] = [sentences.too_long.replace("{over}", over)];
  }
  for (const name of ["nature", "theme", "neighbourhood", "observed_on"]) if (!form.elements[name].value) fault(name);
  if (form.elements.follows.value && !form.elements.changed.value) fault("changed");
  if (!agreement && words) fault("agreement");
  else if (words && agreement === "sans_objet") fault("agreement", "agreement_said");
  else if (!words && agreement && agreement !== "sans_objet") fault("agreement", "agreement_silent");
  const pointed = form.elements.place_kind.value !== "domicile" && !["", "quartier"].includes(form.elements.precision.value);
  if (pointed && !form.elements.latitude.value) fault("precision");
  return found;
}

/** Shows { field: [sentence] } as the server's own page does, and brings the reader to them; {} takes them away. */
export function show(form, found) {
  for (const old of form.querySelectorAll("[data-fault]")) old.remove();
  for (const bad of form.querySelectorAll("[data-bad]")) delete bad.dataset.bad;
  const summary = document.getElementById("faults");
  const entries = Object.entries(found).flatMap(([name, each]) => each.map((sentence) => [name, sentence]));
  summary.hidden = entries.length === 0;
  if (!entries.length) return;
  const howMany = entries.length > 1 ? `${entries.length} points à revoir.` : "Un point à revoir.";
  summary.querySelector("b").textContent = `${howMany} Votre texte est gardé.`;
  summary.querySelector("ul").replaceChildren(...entries.map(([name, sentence]) => link(form, name, sentence)));
  for (const [name, sentence] of entries) mark(form, name, sentence);
  summary.focus();
}

function fieldOf(form, name) {
  const control = form.elements[name];
  return control instanceof RadioNodeList ? control[0] : control;
}

function link(form, name, sentence) {
  const item = document.createElement("li");
  const field = fieldOf(form, name);
  if (!field) return Object.assign(item, { textContent: sentence });
  const anchor = Object.assign(document.createElement("a"), { href: `#${field.id || `id_${name}`}`, textContent: sentence });
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    field.focus();
  });
  item.append(anchor);
  return item;
}

function mark(form, name, sentence) {
  const field = fieldOf(form, name);
  if (!field) return;
  const holder = field.type === "radio" ? field.closest("fieldset") : field.closest(".field");
  if (!holder) return;
  holder.dataset.bad = "";
  const error = document.createElement("p");
  error.className = "error";
  error.id = `id_${name}-fault`;
  error.dataset.fault = "";
  error.textContent = sentence;
  field.setAttribute("aria-describedby", error.id);
  (holder.querySelector("legend, label") ?? holder.firstElementChild).after(error);
}
