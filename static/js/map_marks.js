// What is drawn on the review's map, as DOM nodes: clusters, marks, names, legends. Nothing here knows Leaflet.

const SVG = "http://www.w3.org/2000/svg";
const figure = new Intl.NumberFormat("fr-FR");
// Before « : » a no-break space, before « ; » a narrow one, as everywhere on screen.
const NB = "\u00a0";
const NNB = "\u202f";

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** « 1 observation », « 1 204 observations ». */
export function observations(n) {
  return `${figure.format(n)}${NB}observation${n > 1 ? "s" : ""}`;
}

/** « 5 sans point », nothing when all are placed. */
export function withoutPoint(n) {
  return n ? `${figure.format(n)} sans point` : "";
}

/** The mark of a theme, `icons` being the address of icons.svg. */
export function mark(theme, icons, small = false) {
  const use = svg("use", { href: `${icons}#i-${theme.icon}` });
  const icon = svg("svg", { class: "i", "aria-hidden": "true" }, use);
  return element("span", { class: `mark ${small ? "mark-s" : ""} t-${theme.colour}` }, icon);
}

/** A paper disc with its count and a ring of theme shares. `shares`: [theme, count] pairs. */
export function disc(n, shares) {
  const size = n < 10 ? 36 : n < 100 ? 40 : 46;
  const radius = size / 2 - 4;
  const centre = { cx: size / 2, cy: size / 2 };
  const drawing = svg("svg", { class: "clu", width: size, height: size, "aria-hidden": "true" });
  drawing.append(svg("circle", { ...centre, r: size / 2 - 0.75, class: "clu-paper" }));
  const ring = svg("g", { transform: `rotate(-90 ${size / 2} ${size / 2})` });
  let start = 0;
  for (const [theme, count] of shares) {
    const share = (count / n) * 100;
    const arc = { ...centre, r: radius, pathLength: 100, "stroke-dasharray": `${share} ${100 - share}` };
    ring.append(svg("circle", { ...arc, "stroke-dashoffset": -start, class: `clu-share t-${theme.colour}` }));
    start += share;
  }
  const count = svg("text", { x: size / 2, y: size / 2, "text-anchor": "middle", dy: ".35em" }, figure.format(n));
  drawing.append(ring, svg("circle", { ...centre, r: radius - 2.75, class: "clu-paper" }), count);
  return drawing;
}

/** A cluster's accessible name: « 12 observations : Logement 8, Mobilités 3, autres 1 ». */
export function clusterName(n, shares) {
  const said = shares.slice(0, 3).map(([theme, count]) => `${theme.name} ${figure.format(count)}`);
  const rest = shares.slice(3).reduce((sum, [, count]) => sum + count, 0);
  if (rest) said.push(`autres ${figure.format(rest)}`);
  return `${observations(n)}${NB}: ${said.join(", ")}`;
}

/** The name of a neighbourhood on the map, and the letter that stands for it on a phone. */
export function placeName(name, letter) {
  return element(
    "span",
    { class: "map-name", "aria-hidden": "true" },
    element("span", { class: "wide-only" }, name),
    element("b", { class: "narrow-only" }, letter),
  );
}

/** Shows the names that have room, in order; the others stay on their outline's title, its key and the table. */
export function keepApart(names) {
  const taken = [];
  for (const name of names) {
    const box = name.getBoundingClientRect();
    const free = taken.every(
      (other) =>
        box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom,
    );
    name.classList.toggle("is-crowded", !free);
    if (free) taken.push(box);
  }
}

/** What a pointer that rests on a drawing is told. */
export function svgTitle(text) {
  return svg("title", {}, text);
}

/** Letter of the nth neighbourhood: A to Z, then AA, AB… */
export function letterOf(index) {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** One line of the phone's key: « A Banc Vert 23 ». */
export function keyLine(letter, name, n) {
  return element("li", {}, element("b", {}, letter), name, element("span", {}, figure.format(n)));
}

/** The shades in use, what a disc is, and what the map cannot show. */
export function legendLines(answer) {
  const lines = answer.levels.map(({ level, at_least, at_most }) =>
    element("li", {}, shade(level), range(at_least, at_most)),
  );
  if (answer.themes.length) {
    const shares = answer.themes.slice(0, 4).map((theme) => [theme, 1]);
    const ring = disc(shares.length, shares);
    ring.setAttribute("class", "clu clu-key");
    ring.querySelector("text").remove();
    ring.setAttribute("viewBox", "0 0 36 36");
    lines.push(element("li", {}, ring, "groupe, par thème"));
  }
  if (answer.without_point) lines.push(element("li", {}, withoutPoint(answer.without_point)));
  return lines;
}

function shade(level) {
  const square = svg("rect", { class: `q q-${level}`, x: 1, y: 1, width: 16, height: 12 });
  return svg("svg", { width: 18, height: 14, "aria-hidden": "true" }, square);
}

function range(least, most) {
  if (most === null) return `${figure.format(least)} et plus`;
  return least === most ? figure.format(least) : `${figure.format(least)} à ${figure.format(most)}`;
}

/** The map in one sentence, for those who do not see it move. */
export function sentence(answer) {
  if (!answer.n) return "Aucune observation.";
  const seen = answer.clusters.reduce((sum, cluster) => sum + cluster.n, 0);
  const points = answer.clusters.length;
  const parts = [`${observations(answer.n)}, dont ${figure.format(seen)} dans la vue`];
  if (seen) parts[0] += ` en ${figure.format(points)} point${points > 1 ? "s" : ""}`;
  if (answer.without_point) parts.push(withoutPoint(answer.without_point));
  return `${parts.join(`${NNB}; `)}.`;
}
