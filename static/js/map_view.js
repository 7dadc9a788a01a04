// The review's map on Leaflet: outlines shaded by count, clusters of the view, the same filters as the list.
/* global L */

import {
  clusterName, disc, element, keepApart, keyLine, legendLines, letterOf, mark, observations, placeName, sentence, svgTitle,
} from "./map_marks.js";
import { squarePaper } from "./map_paper.js";
import { cornersOf, ShapeTools } from "./map_shape.js";
import { TimeTools } from "./map_times.js";

const FRANCE = [[42.3, -4.8], [51.1, 8.2]];
const CLOSE = 15; // zoom of a few streets: some of the quartier's outline stays in view
const SETTLE = 150; // ms without a move before the view is asked again

/** Draws the map in `root`, the element of templates/review/_map.html; `outlines`: the answer that holds the neighbourhoods. */
export async function openMap(root, outlines) {
  const places = await read(outlines);
  const view = new View(root, places.features);
  await view.refresh();
  root.removeAttribute("data-waiting");
}

async function read(response) {
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return response.json();
}

class View {
  constructor(root, features) {
    this.root = root;
    this.params = new URLSearchParams(root.dataset.query);
    // The address's filters, or those of a step in time: what is drawn, and where it leads.
    this.shown = this.params;
    this.step = null;
    this.find = (name) => root.querySelector(`[data-${name}]`);
    this.map = this.makeMap();
    // Before anything is added: Leaflet draws nothing, and has no element to name, until it knows where to look.
    this.place(features);
    this.outlines = this.addOutlines(features);
    this.clusters = L.layerGroup().addTo(this.map);
    this.ringOpened();
    this.shapeTools();
    if (root.querySelector("[data-times]")) this.times = new TimeTools(root, (step) => this.showStep(step));
    this.offerPicture();
    this.map.on("zoomend resize", () => this.untangleNames());
    this.untangleNames();
    squarePaper(this.map, this.find("canvas"), this.find("square"));
    this.map.on("moveend", () => this.moved());
    this.sayWhereOutlinesComeFrom(features);
  }

  makeMap() {
    const canvas = this.find("canvas");
    const config = JSON.parse(this.root.dataset.leaflet);
    const map = L.Map.djangoMap(canvas, {
      djoptions: {
        layers: config.TILES, overlays: config.OVERLAYS, minzoom: config.MIN_ZOOM, maxzoom: config.MAX_ZOOM,
        scale: config.SCALE, resetview: config.RESET_VIEW, tilesextent: config.TILES_EXTENT,
        attributionprefix: "Leaflet",
      },
      globals: false,
      zoomControl: false,
      // Half a zoom: a territory fills its frame. The server's cells follow the whole zoom below.
      zoomSnap: 0.5,
      // Moves at once: whoever asked for less motion is right for a working tool.
      zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
    });
    L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
    map.eachLayer((layer) => layer.on?.("tileload", () => canvas.classList.add("has-tiles")));
    return map;
  }

  // --- outlines ---

  addOutlines(features) {
    const outlines = new Map();
    features.forEach((feature, index) => {
      const { code, name, short_name: shortName } = feature.properties;
      const layer = L.geoJSON(feature, { className: "q" }).getLayers()[0].addTo(this.map);
      const outline = { code, name, shortName, letter: letterOf(index), layer };
      layer.on("click", () => this.filterBy(code));
      const path = layer.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "link");
      path.addEventListener("keydown", (event) => event.key === "Enter" && this.filterBy(code));
      this.addName(outline);
      outlines.set(code, outline);
    });
    return outlines;
  }

  addName({ layer, shortName, letter }) {
    const bounds = layer.getBounds();
    const icon = L.divIcon({ html: placeName(shortName, letter), className: "map-name-at", iconSize: null });
    const north = [bounds.getNorth(), bounds.getCenter().lng];
    L.marker(north, { icon, interactive: false, keyboard: false }).addTo(this.map);
  }

  untangleNames() {
    keepApart([...this.find("canvas").querySelectorAll(".map-name")]);
  }

  filterBy(code) {
    if (this.tools?.drawing) return; // the click places a corner
    const params = new URLSearchParams(this.params);
    if (params.get("quartier") === code) params.delete("quartier");
    else params.set("quartier", code);
    location.assign(`${location.pathname}?${params}`);
  }

  shade(counts) {
    const found = new Map(counts.map((count) => [count.code, count]));
    const lines = [];
    for (const { code, name, shortName, letter, layer } of this.outlines.values()) {
      const { n = 0, level = 0 } = found.get(code) ?? {};
      const path = layer.getElement();
      const on = this.params.get("quartier") === code;
      path.setAttribute("class", `q ${level ? `q-${level}` : ""} ${on ? "q-on" : ""} leaflet-interactive`);
      const gesture = on ? "ne plus filtrer par ce quartier" : "ne garder que ce quartier";
      path.setAttribute("aria-label", `${name}, ${observations(n)}, ${gesture}`);
      path.replaceChildren(svgTitle(`${name}, ${observations(n)}`));
      lines.push(keyLine(letter, shortName, n));
    }
    this.find("key").replaceChildren(...lines);
  }

  sayWhereOutlinesComeFrom(features) {
    const sources = features.map(({ properties }) => properties.source).filter((source) => /sch[ée]ma/i.test(source));
    const caption = this.find("source");
    caption.textContent = [...new Set(sources)].join(" ");
    caption.hidden = !sources.length;
  }

  /** A ring around the observation that is open: it may stand in a cluster, or outside the filters. */
  ringOpened() {
    if (!this.root.dataset.at) return;
    const icon = L.divIcon({ html: element("span", { title: "L’observation ouverte" }), className: "map-here", iconSize: null });
    L.marker(this.root.dataset.at.split(",").map(Number), { icon, interactive: false, keyboard: false }).addTo(this.map);
  }

  /** What is drawn is shown everywhere; the tools stand on the map's own page. */
  shapeTools() {
    const text = this.params.get("forme");
    if (this.root.querySelector("[data-shape]")) {
      this.tools = new ShapeTools(this.map, this.root, text, (drawn) => this.readInside(drawn));
    } else if (cornersOf(text).length) {
      L.polygon(cornersOf(text), { className: "map-shape", interactive: false }).addTo(this.map);
    }
  }

  readInside(drawn) {
    const params = new URLSearchParams(this.params);
    params.delete("forme");
    params.delete("cadre"); // the box of an earlier reading would cut the shape
    if (drawn) params.set("forme", drawn);
    location.assign(`${location.pathname}${this.query(params)}`);
  }

  /** The same filters over the days of `step`; null: over those of the address. */
  showStep(step) {
    this.shown = new URLSearchParams(this.params);
    if (step) {
      this.shown.set("du", step.du);
      this.shown.set("au", step.au);
    }
    this.step = step;
    return this.refresh();
  }

  // --- the picture ---

  offerPicture() {
    const tool = this.root.querySelector("[data-picture]");
    if (!tool) return;
    tool.hidden = false;
    tool.querySelector("button").addEventListener("click", () => this.takePicture(tool.dataset));
  }

  async takePicture({ name, days, subtitle, note }) {
    const counts = new Map(this.answer.neighbourhoods.map((count) => [count.code, count.n]));
    const outlines = [...this.outlines.values()].map((outline) => ({ ...outline, name: outline.shortName, n: counts.get(outline.code) ?? 0 }));
    const legend = [...this.find("legend").querySelectorAll("li:has(.q)")].map((line) => ({
      fill: getComputedStyle(line.querySelector(".q")).fill, text: line.textContent,
    }));
    const title = `${observations(this.answer.n)} ${this.step ? this.step.said : days}`;
    const sources = this.find("source").textContent;
    try {
      const { picture } = await import("./map_picture.js");
      const blob = await picture({ title, subtitle, note: [note, sources].filter(Boolean).join(" · "), outlines, legend });
      const address = URL.createObjectURL(blob);
      element("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch {
      this.say("L’image n’a pas pu être faite. Le tableau dit la même chose.");
    }
  }

  // --- the view ---

  /** At the observation that is open; else where the reader was before going to one, else the filter's box, else the whole territory. */
  place(features) {
    const before = history.state?.map;
    const here = this.root.dataset.at?.split(",").map(Number);
    const box = (this.params.get("cadre") ?? "").split(",").map(Number);
    const shape = cornersOf(this.params.get("forme"));
    if (here) this.map.setView(here, CLOSE);
    else if (before) this.map.setView(before.centre, before.zoom);
    else if (box.length === 4 && box.every(Number.isFinite)) this.map.fitBounds(latLngBounds(box));
    else if (shape.length) this.map.fitBounds(shape, { padding: [40, 40] });
    else if (features.length) this.map.fitBounds(L.geoJSON(features).getBounds(), { padding: [24, 24] });
    else this.map.fitBounds(FRANCE);
  }

  moved() {
    const { lat, lng } = this.map.getCenter();
    history.replaceState({ ...history.state, map: { centre: [lat, lng], zoom: this.map.getZoom() } }, "");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), SETTLE);
  }

  async refresh() {
    this.request?.abort();
    const request = (this.request = new AbortController());
    const params = new URLSearchParams(this.shown);
    if (this.step) params.set("echelle", Math.max(1, this.times.largest));
    params.set("boite", this.map.getBounds().toBBoxString());
    params.set("zoom", Math.floor(this.map.getZoom()));
    try {
      this.draw(await read(await fetch(`${this.root.dataset.api}?${params}`, { signal: request.signal })));
    } catch (error) {
      if (error.name !== "AbortError") this.say("La carte ne répond pas. Le tableau dit la même chose.");
    }
  }

  draw(answer) {
    const themes = new Map(answer.themes.map((theme) => [theme.slug, theme]));
    const held = this.find("canvas").contains(document.activeElement?.closest(".map-at"));
    this.clusters.clearLayers();
    for (const cluster of answer.clusters) this.addCluster(cluster, themes);
    if (held) this.find("canvas").focus({ preventScroll: true });
    this.answer = answer;
    this.shade(answer.neighbourhoods);
    this.find("legend").replaceChildren(...legendLines(answer));
    this.drawThemes(answer.themes);
    this.say(this.step ? `${this.step.label}\u00a0: ${sentence(answer)}` : sentence(answer));
  }

  drawThemes(themes) {
    const icons = this.root.dataset.icons;
    this.find("themes").replaceChildren(
      ...themes.map((theme) => element("li", {}, mark(theme, icons, true), theme.name)),
    );
    this.find("themes").closest("details").hidden = !themes.length;
  }

  say(text) {
    const status = this.find("status");
    if (status.textContent !== text) status.textContent = text;
  }

  // --- clusters ---

  addCluster(cluster, themes) {
    const shares = Object.entries(cluster.themes)
      .map(([slug, n]) => [themes.get(slug), n])
      .sort((a, b) => b[1] - a[1]);
    const target = cluster.id ? this.link(cluster, shares[0][0]) : this.button(cluster, shares);
    L.DomEvent.disableClickPropagation(target);
    const icon = L.divIcon({ html: target, className: "map-at", iconSize: null });
    // Not Leaflet's own interaction: what is inside is a real link or a real button.
    L.marker([cluster.latitude, cluster.longitude], { icon, interactive: false, keyboard: false })
      .addTo(this.clusters);
  }

  link(cluster, theme) {
    const open = cluster.id === this.root.dataset.open;
    const link = element("a", { href: `${this.root.dataset.list}${cluster.id}/${this.query(this.shown)}` });
    link.append(mark(theme, this.root.dataset.icons, true));
    link.setAttribute("aria-label", `Une observation, ${theme.name}`);
    link.title = theme.name;
    if (open) link.setAttribute("aria-current", "true");
    return link;
  }

  button(cluster, shares) {
    const button = element("button", { type: "button" }, disc(cluster.n, shares));
    button.setAttribute("aria-label", clusterName(cluster.n, shares));
    button.title = clusterName(cluster.n, shares);
    button.addEventListener("click", () => this.enter(cluster.box));
    return button;
  }

  /** Closer, until nothing more can be told apart; then the list of what is there. */
  enter(box) {
    const [west, south, east, north] = box;
    const together = west === east && south === north;
    if (!together && this.map.getZoom() < this.map.getMaxZoom()) {
      this.map.fitBounds(latLngBounds(box), { padding: [40, 40] });
      return;
    }
    const params = new URLSearchParams(this.shown);
    params.set("cadre", box.join(","));
    location.assign(`${this.root.dataset.list}${this.query(params)}`);
  }

  query(params) {
    return params.size ? `?${params}` : "";
  }
}

function latLngBounds([west, south, east, north]) {
  return [[south, west], [north, east]];
}
