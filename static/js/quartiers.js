// The quartiers' outlines, fetched once when the position or the map asks for them, and how they are spoken of.

let asked = null;

/** GeoJSON FeatureCollection of the quartiers that this person works in. Rejects when the network does not answer. */
export function outlines(settings) {
  asked ??= fetch(settings.neighbourhoods, { headers: { Accept: "application/json" } })
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
    .catch((error) => {
      asked = null;
      throw error;
    });
  return asked;
}

/** Chooses a quartier in the form's list; false when the list does not hold it. */
export function place(form, code) {
  const list = form.elements.neighbourhood;
  if (![...list.options].some((option) => option.value === code)) return false;
  list.value = code;
  list.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

export function nameOf(found, quartiers) {
  const feature = quartiers.features.find(({ properties }) => properties.code === found.code);
  return feature?.properties.short_name ?? found.name;
}

/** « 120 m », « 1,4 km ». */
export function distance(metres) {
  if (metres < 995) return `${metres < 50 ? Math.max(1, Math.round(metres)) : Math.round(metres / 10) * 10}\u00a0m`;
  return `${(metres / 1000).toLocaleString("fr-FR", { maximumFractionDigits: metres < 9950 ? 1 : 0 })}\u00a0km`;
}
