// A shape on the review's map: drawn by mouse, finger or keyboard, kept in the address as `forme`
// (observations/shapes.py): « longitude,latitude;… ».
/* global L */

const CORNERS_MIN = 3;
const CORNERS_MAX = 40;

/** The corners of an address, as Leaflet's [latitude, longitude]; none when there is no shape. */
export function cornersOf(text) {
  const corners = (text ?? "").split(";").map((corner) => corner.split(",").map(Number).reverse());
  return corners.length >= CORNERS_MIN && corners.every((corner) => corner.length === 2 && corner.every(Number.isFinite))
    ? corners
    : [];
}

/** Corners for an address, to about a metre. */
export function shapeText(corners) {
  return corners.map(([latitude, longitude]) => `${longitude.toFixed(5)},${latitude.toFixed(5)}`).join(";");
}

/** The tools of templates/review/_shape.html. `done` receives the address's text, "" when the shape is taken off. */
export class ShapeTools {
  constructor(map, root, text, done) {
    this.map = map;
    this.root = root;
    this.done = done;
    this.canvas = map.getContainer();
    this.find = (name) => root.querySelector(`[data-shape-${name}]`);
    this.corners = [];
    this.kept = cornersOf(text);
    this.drawing = false;
    this.layer = L.polygon(this.kept, { className: "map-shape", interactive: false }).addTo(map);
    this.dots = L.layerGroup().addTo(map);
    this.find("start").addEventListener("click", () => this.start());
    this.find("remove").addEventListener("click", () => this.done(""));
    this.find("add").addEventListener("click", () => this.add(map.getCenter()));
    this.find("undo").addEventListener("click", () => this.undo());
    this.find("finish").addEventListener("click", () => this.finish());
    this.find("cancel").addEventListener("click", () => this.cancel());
    map.on("click", ({ latlng }) => this.drawing && this.add(latlng));
    root.addEventListener("keydown", (event) => this.key(event));
    root.querySelector("[data-shape]").hidden = false;
    this.show();
  }

  start() {
    this.drawing = true;
    this.corners = [];
    // Two quick corners are two corners, not a zoom.
    this.map.doubleClickZoom.disable();
    this.show();
    this.canvas.focus();
  }

  add({ lat, lng }) {
    const before = this.corners.at(-1);
    const corner = [Number(lat.toFixed(5)), Number(lng.toFixed(5))];
    const again = before && before[0] === corner[0] && before[1] === corner[1];
    if (this.corners.length < CORNERS_MAX && !again) this.corners.push(corner);
    this.show();
  }

  undo() {
    this.corners.pop();
    this.show();
  }

  finish() {
    if (this.corners.length >= CORNERS_MIN) this.done(shapeText(this.corners));
  }

  cancel() {
    this.drawing = false;
    this.map.doubleClickZoom.enable();
    this.show();
    this.find("start").focus();
  }

  key(event) {
    if (!this.drawing) return;
    if (event.key === "Escape") this.cancel();
    else if (event.target !== this.canvas) return;
    else if (event.key === "Enter") this.add(this.map.getCenter());
    else if (event.key === "Backspace") this.undo();
    else return;
    event.preventDefault();
  }

  show() {
    const n = this.corners.length;
    this.root.classList.toggle("is-drawing", this.drawing);
    this.find("idle").hidden = this.drawing;
    if (this.drawing) this.canvas.setAttribute("aria-describedby", "forme-aide");
    else this.canvas.removeAttribute("aria-describedby");
    this.find("bar").hidden = !this.drawing;
    this.find("remove").hidden = !this.kept.length;
    this.find("start-label").textContent = this.kept.length ? "Redessiner la forme" : "Dessiner une forme";
    this.find("undo").disabled = !n;
    this.find("add").disabled = n >= CORNERS_MAX;
    this.find("finish").disabled = n < CORNERS_MIN;
    this.layer.setLatLngs(this.drawing ? this.corners : this.kept);
    this.dots.clearLayers();
    for (const corner of this.corners.slice(0, this.drawing ? n : 0)) {
      L.circleMarker(corner, { radius: 5, className: "map-corner", interactive: false }).addTo(this.dots);
    }
    this.find("said").textContent = this.drawing ? said(n) : "";
  }
}

function said(n) {
  const least = CORNERS_MIN - n;
  if (n >= CORNERS_MAX) return `${n} coins\u00a0: c’est le plus qu’une forme peut avoir.`;
  const placed = n ? `${n} coin${n > 1 ? "s" : ""}. ` : "";
  if (least > 0) return `${placed}Encore ${least} au moins.`;
  return `${placed}La forme peut être terminée.`;
}
