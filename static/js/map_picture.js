// The map as a picture for a slide: shaded outlines and their counts, without tile and without point. Drawn in this
// browser, sent nowhere.
/* global L */

const WIDTH = 1920;
const HEIGHT = 1080;
const MARGIN = 80;
const KEY = 1240; // where the column of names begins
const TOP = 230; // under the title
const BOTTOM = HEIGHT - 130; // over the note
const ZOOM = 15; // of the projection: any would do

/**
 * A PNG of 1920 × 1080. `title`, `subtitle` and `note` are its texts, `outlines` the places
 * ({letter, name, n, layer}), `legend` the shades ([{fill, text}]).
 */
export function picture({ title, subtitle, note, outlines, legend }) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const look = getComputedStyle(document.body);
  const pen = new Pen(canvas.getContext("2d"), look.fontFamily, look.color);
  pen.paper(look.backgroundColor);
  pen.write(title, MARGIN, 110, 56, 700, WIDTH - 2 * MARGIN);
  pen.write(subtitle, MARGIN, 170, 30, 400, WIDTH - 2 * MARGIN);
  drawMap(pen, outlines);
  drawKey(pen, outlines, legend);
  pen.write(note, MARGIN, HEIGHT - 60, 24, 400, WIDTH - 2 * MARGIN);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

function drawMap(pen, outlines) {
  if (!outlines.length) return;
  const shapes = outlines.map((outline) => ({ ...outline, rings: ringsOf(outline.layer.getLatLngs()) }));
  const bounds = L.bounds(shapes.flatMap(({ rings }) => rings.flat()));
  const room = { x: KEY - 2 * MARGIN, y: BOTTOM - TOP };
  const size = bounds.getSize();
  const scale = Math.min(room.x / size.x, room.y / size.y);
  const left = MARGIN + (room.x - size.x * scale) / 2 - bounds.min.x * scale;
  const top = TOP + (room.y - size.y * scale) / 2 - bounds.min.y * scale;
  for (const shape of shapes) {
    const rings = shape.rings.map((ring) => ring.map(({ x, y }) => [left + x * scale, top + y * scale]));
    pen.outline(rings, getComputedStyle(shape.layer.getElement()).fill);
  }
  // Above every outline: where they touch, none hides the letter of another.
  for (const { letter, layer } of shapes) {
    const { x, y } = L.CRS.EPSG3857.latLngToPoint(layer.getBounds().getCenter(), ZOOM);
    pen.letter(letter, left + x * scale, top + y * scale);
  }
}

/** Every ring of a polygon or of several, as points of the projection. */
function ringsOf(latLngs) {
  if (!Array.isArray(latLngs[0])) return [latLngs.map((latLng) => L.CRS.EPSG3857.latLngToPoint(latLng, ZOOM))];
  return latLngs.flatMap(ringsOf);
}

function drawKey(pen, outlines, legend) {
  const line = Math.min(52, (BOTTOM - TOP - 60) / (outlines.length + legend.length + 1));
  const text = Math.round(line * 0.55);
  let y = TOP + text;
  for (const { letter, name, n } of outlines) {
    pen.write(letter, KEY, y, text, 700);
    pen.write(name, KEY + 60, y, text, 400, WIDTH - MARGIN - 100 - KEY - 60);
    pen.write(new Intl.NumberFormat("fr-FR").format(n), WIDTH - MARGIN, y, text, 700, 90, "right");
    y += line;
  }
  y += line;
  for (const { fill, text: said } of legend) {
    pen.square(KEY, y - text * 0.85, text, fill);
    pen.write(said, KEY + 60, y, text, 400);
    y += line;
  }
}

class Pen {
  constructor(context, family, ink) {
    this.context = context;
    this.family = family;
    this.ink = ink;
  }

  paper(fill) {
    this.context.fillStyle = fill;
    this.context.fillRect(0, 0, WIDTH, HEIGHT);
    this.background = fill;
  }

  /** One line, narrowed to `room` pixels where it would be longer. */
  write(text, x, y, size, weight, room = undefined, align = "left") {
    this.context.font = `${weight} ${size}px ${this.family}`;
    this.context.textAlign = align;
    this.context.fillStyle = this.ink;
    this.context.fillText(text, x, y, room);
  }

  outline(rings, fill) {
    const path = new Path2D();
    for (const ring of rings) {
      ring.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
      path.closePath();
    }
    this.context.fillStyle = fill;
    this.context.fill(path, "evenodd");
    this.context.strokeStyle = this.ink;
    this.context.lineWidth = 2.5;
    this.context.lineJoin = "round";
    this.context.stroke(path);
  }

  /** A letter with a halo of the paper: read on any shade. */
  letter(text, x, y) {
    this.context.font = `700 34px ${this.family}`;
    this.context.textAlign = "center";
    this.context.lineJoin = "round";
    this.context.lineWidth = 9;
    this.context.strokeStyle = this.background;
    this.context.strokeText(text, x, y + 12);
    this.context.fillStyle = this.ink;
    this.context.fillText(text, x, y + 12);
  }

  square(x, y, size, fill) {
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, size * 1.3, size);
    this.context.strokeStyle = this.ink;
    this.context.lineWidth = 2;
    this.context.strokeRect(x, y, size * 1.3, size);
  }
}
