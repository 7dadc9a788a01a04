// The map that places a point: Leaflet and the outlines arrive when it is opened, tiles only if they answer.
// A tap places the point; so do an address, and the centre of the map for whoever has no pointer.

import { search } from "./address.js";
import { cell, locate, rounded } from "./geo.js";
import { loadLeaflet } from "./leaflet_loader.js";
import { squarePaper } from "./map_paper.js";
import { distance, nameOf, outlines, place } from "./quartiers.js";

const CLOSE = 17; // zoom of a street
const NAME_TAG = { permanent: true, direction: "center", className: "map-name" };
const WIDE = { center: [46.6, 2.4], zoom: 5 }; // France, where no quartier is known

/** Opens the map in the form; resolves when it can be tapped. */
export async function open(form, settings) {
  document.getElementById("map-part").hidden = false;
  document.getElementById("map-open").hidden = true;
  const says = document.getElementById("map-says");
  says.textContent = "La carte arrive. Le reste du formulaire marche déjà.";
  const [, quartiers] = await Promise.all([
    loadLeaflet(document.getElementById("leaflet")),
    outlines(settings).catch(() => ({ type: "FeatureCollection", features: [] })),
  ]);
  const picker = new Picker(form, settings, quartiers);
  says.textContent = "Touchez la carte pour placer le point.";
  picker.draw();
  search(form, settings, (latitude, longitude) => picker.put(latitude, longitude));
}

class Picker {
  constructor(form, settings, quartiers) {
    this.form = form;
    this.quartiers = quartiers;
    this.map = window.L.map("map", { attributionControl: Boolean(settings.tiles), maxZoom: 18, fadeAnimation: false });
    this.mark = window.L.layerGroup();
    this.map.attributionControl?.setPrefix(false);
    if (settings.tiles) window.L.tileLayer(settings.tiles, { attribution: settings.attribution, maxZoom: 18 }).addTo(this.map);
    this.outlines = window.L.geoJSON(quartiers, { interactive: false, style: { className: "map-outline", color: "currentColor" } });
    for (const outline of this.outlines.getLayers()) outline.bindTooltip(nameTag(outline.feature), NAME_TAG);
    this.outlines.addTo(this.map);
    this.mark.addTo(this.map);
    this.look();
    squarePaper(this.map, this.map.getContainer(), document.getElementById("map-square"));
    this.map.on("click", ({ latlng }) => this.put(latlng.lat, latlng.wrap().lng));
    this.map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === this.map.getContainer()) {
        event.preventDefault();
        this.putCentre();
      }
    });
    document.getElementById("map-centre").addEventListener("click", () => this.putCentre());
    document.getElementById("map-clear").addEventListener("click", () => this.clear());
    form.addEventListener("change", (event) => event.target.name === "precision" && this.draw());
  }

  /** Where the map opens: the point, else the chosen quartier, else all of them. */
  look() {
    const { latitude, longitude, neighbourhood } = this.form.elements;
    const chosen = this.outlines.getLayers().find(({ feature }) => feature.properties.code === neighbourhood.value);
    if (latitude.value) this.map.setView([Number(latitude.value), Number(longitude.value)], CLOSE);
    else if (chosen) this.map.fitBounds(chosen.getBounds());
    else if (this.quartiers.features.length) this.map.fitBounds(this.outlines.getBounds());
    else this.map.setView(WIDE.center, WIDE.zoom);
  }

  putCentre() {
    const { lat, lng } = this.map.getCenter();
    this.put(lat, lng);
  }

  /** Places the point; a form that kept only the quartier now keeps a sector of 200 m. */
  put(latitude, longitude) {
    if (this.form.precision.value === "quartier" || !this.form.precision.value) this.form.precision.value = "secteur";
    [this.form.latitude.value, this.form.longitude.value] = rounded(latitude, longitude, "lieu");
    if (!this.map.getBounds().contains([latitude, longitude])) this.map.setView([latitude, longitude], CLOSE);
    this.form.latitude.dispatchEvent(new Event("input", { bubbles: true }));
    this.form.latitude.dispatchEvent(new Event("change", { bubbles: true }));
    this.draw();
    this.say(locate(latitude, longitude, this.quartiers));
  }

  clear() {
    this.form.latitude.value = this.form.longitude.value = "";
    this.form.precision.value = "quartier";
    this.form.latitude.dispatchEvent(new Event("input", { bubbles: true }));
    this.form.latitude.dispatchEvent(new Event("change", { bubbles: true }));
    this.draw();
    document.getElementById("map-says").textContent = "Pas de point : le quartier seul est gardé.";
  }

  /** Shows what will be kept: a point, a sector, or nothing. */
  draw() {
    this.mark.clearLayers();
    const { latitude, longitude, precision } = this.form.elements;
    if (!latitude.value || precision.value === "quartier") return;
    const at = [Number(latitude.value), Number(longitude.value)];
    const shape = precision.value === "secteur"
      ? window.L.rectangle(sector(...at), { className: "map-cell", color: "currentColor", interactive: false })
      : window.L.circleMarker(at, { className: "map-point", color: "currentColor", radius: 9, interactive: false });
    shape.addTo(this.mark);
  }

  say(found) {
    const says = document.getElementById("map-says");
    if (!found) {
      says.textContent = "Le point est placé.";
      return;
    }
    const name = nameOf(found, this.quartiers);
    if (found.inside) {
      place(this.form, found.code);
      says.textContent = `Le point est dans ${name}.`;
    } else {
      says.textContent = `Le point est hors QPV, à ${distance(found.distance)} de ${name}.`;
    }
  }
}

/** A DOM node, never HTML: names come from a file that somebody imported. */
function nameTag({ properties }) {
  return Object.assign(document.createElement("span"), { textContent: properties.short_name ?? properties.name });
}

/** Corners of the 200 m sector that holds a point. */
function sector(latitude, longitude) {
  const [middle, across] = rounded(latitude, longitude, "secteur");
  const [row] = cell(latitude, longitude);
  const half = 0.0009;
  const wide = half / Math.cos((row + 0.5) * 2 * half * Math.PI / 180);
  return [[middle - half, across - wide], [middle + half, across + wide]];
}
