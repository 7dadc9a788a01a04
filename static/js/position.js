// Which quartier the phone stands in. The exact position never leaves the phone: it chooses in a list, here.

import { locate } from "./geo.js";
import { distance, nameOf, outlines, place } from "./quartiers.js";

const WAIT = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };
const REFUSED = "Votre téléphone ne donne pas sa position. Choisissez le quartier dans la liste.";

/** Asks for the position, on a tap, and fills the quartier. */
export async function usePosition(form, settings) {
  const says = document.getElementById("position-says");
  says.textContent = "Recherche de votre position…";
  try {
    const [{ coords }, quartiers] = await Promise.all([ask(), outlines(settings)]);
    says.textContent = settle(form, locate(coords.latitude, coords.longitude, quartiers), quartiers);
  } catch {
    says.textContent = REFUSED;
  }
}

function settle(form, found, quartiers) {
  if (!found) return "Aucun quartier n’est encore importé.";
  const name = nameOf(found, quartiers);
  const listed = place(form, found.code);
  if (found.inside) return listed ? `Vous êtes dans ${name}.` : `Vous êtes dans ${name}, hors de vos quartiers.`;
  return `Vous êtes hors QPV, à ${distance(found.distance)} de ${name}. Corrigez dans la liste s’il le faut.`;
}

function ask() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) reject(new Error("no geolocation"));
    else navigator.geolocation.getCurrentPosition(resolve, reject, WAIT);
  });
}
