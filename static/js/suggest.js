// What a text seems to speak of: themes of a lexicon, and a quartier that it names.
// Pure: no page, no network, nothing kept. Every answer is only ever a suggestion.

const WEIGHTS = [3, 2, 1]; // of a word that nearly decides, of one that is enough alone, of a hint
const ENOUGH = 2; // least score of a suggestion: one likely word, or two hints
const SECOND = 0.5; // least score of the second theme, as a part of the first one's
const LEAD = 1.25; // least score of a sub-theme, as a multiple of the next one's

// Words that say nothing of a theme, and stand between those of an expression.
const SILENT = new Set((
  "le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs " +
  "et ou que qui quoi dont je tu il elle on nous vous ils elles moi lui en y dans sur par pour avec chez vers " +
  "est sont a ai as ont etait suis ne tres si entre " +
  "ds ya pr dla tt bcp jsp svp tjr tjrs ke ki"
).split(" "));

// How people shorten on a phone, and what they say for a plainer word.
const SHORT = new Map(Object.entries({
  appart: "appartement", appt: "appartement", lgt: "logement", logt: "logement", rdv: "rendez vous", taf: "travail",
  ordi: "ordinateur", ordis: "ordinateur", tel: "telephone", asso: "association", assos: "association",
  gosse: "enfant", gosses: "enfant", gamin: "enfant", gamins: "enfant", gamine: "enfant", minots: "enfant",
  bagnole: "voiture", bagnoles: "voiture", caisse: "voiture", flics: "police", keufs: "police", toubib: "medecin",
  pa: "pas", tro: "trop", meuf: "femme", meufs: "femme", elec: "electricite", biblio: "bibliotheque", parkin: "parking", st: "saint", ste: "sainte",
}).map(([short, long]) => [short, long.split(" ")]));

// One word that is a quartier's whole name, and an ordinary word too: « Moulin », « Gare ».
const ORDINARY = new Set((
  "arsenal bastide bocage bois bourg butte canal canne carreau centre chalet chapelle charité château chaussée cite " +
  "citadelle clos coteau couronne découverte école écusson égalité église espérance étang europe faubourg fleurs fontaine " +
  "forêt forge friche gare hameau horloge îles justice lac mail maison marais marché mission miroir mont moulin nations " +
  "olivier orme oiseaux parc passerelle pin place plaine plateau pont port poste quai quartier remparts renaissance " +
  "république résidence rivière rocade roche rocher roi ruisseau soleil solidarité source stade sud nord est ouest " +
  "tennis tertre tour val vallon victoire village ville visitation"
).split(" ").map((word) => stem(plain(word))));
const PLACES = ["quartier", "cité", "résidence", "secteur"].map((word) => stem(plain(word)));

/** A text as one line of stems between spaces, accents, plurals, doubled letters and SMS spellings undone. */
export function normalise(text) {
  const words = (plain(text).match(/[a-z0-9]+/g) ?? []).flatMap((word) => SHORT.get(word) ?? word);
  return ` ${words.filter((word) => !/^[a-z]$/.test(word) && !SILENT.has(word)).map(stem).join(" ")} `;
}

function plain(text) {
  return text.toLowerCase().replaceAll("œ", "oe").normalize("NFD").replace(/\p{M}/gu, "");
}

/** A word without the mark of a plural, a feminine or an infinitive. */
function stem(word) {
  return sound(word)
    .replace(/^(.{2,}[^s])s$|(eu|ou|eau)x$/, "$1$2")
    .replace(/^(.{4,})e[rz]$|^(.{3,})e$/, "$1$2");
}

/** As it is heard, near enough: « kartier », « asenseur ». But « salle » is not « sale », nor « hall » « aller ». */
function sound(word) {
  return word
    .replace(/ph/g, "f").replace(/qu/g, "k").replace(/s?c(?=[eiy])/g, "s").replace(/c(?!h)/g, "k").replace(/y/g, "i")
    .replace(/([a-bd-z])h/g, "$1").replace(/([^l\d])\1+/g, "$1");
}

/** A lexicon { slug: "word, start*; …; …" } (lexicon.js) made ready: Map of slug to [[expression, weight]]. */
export function read(lexicon) {
  return new Map(Object.entries(lexicon).map(([slug, words]) => [slug, words.split(";").flatMap(weighed)]));
}

function weighed(words, degree) {
  const list = words.split(",").map((word) => word.trim()).filter(Boolean);
  return list.map((word) => [word.endsWith("*") ? ` ${sound(word.slice(0, -1))}` : normalise(word), WEIGHTS[degree]]);
}

/**
 * At most two { theme, sub } (slugs; `sub` null where no sub-theme stands out), the likelier first.
 * `grid` is what the page offers, [{ slug, subs: [slug] }]; `lexicon` comes from `read`.
 */
export function themes(text, grid, lexicon) {
  const line = normalise(text);
  const ranked = grid
    .map((theme) => weigh(line, theme, lexicon))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score);
  return ranked
    .slice(0, 2)
    .filter(({ score }) => score >= ranked[0].score * SECOND)
    .map(({ theme, sub }) => ({ theme, sub }));
}

/** A theme is worth its own words, its best sub-theme, and half of the others: they often share a word. */
function weigh(line, { slug, subs }, lexicon) {
  const [best, ...others] = subs
    .map((sub) => ({ sub, score: score(line, lexicon.get(sub)) }))
    .sort((a, b) => b.score - a.score);
  const beside = others.reduce((sum, other) => sum + other.score, 0) / 2;
  const stands = best && best.score >= ENOUGH && best.score >= (others[0]?.score ?? 0) * LEAD;
  return { theme: slug, sub: stands ? best.sub : null, score: score(line, lexicon.get(slug)) + (best?.score ?? 0) + beside };
}

/** An expression counts once, however often it comes back. */
function score(line, expressions = []) {
  return expressions.reduce((sum, [expression, weight]) => (line.includes(expression) ? sum + weight : sum), 0);
}

/**
 * The one quartier of `places` ([{ code, name }]) that the first telling text names: its code, or null when none or
 * several are named. A compound name (« Banc Vert – Île Jeanty ») answers to each part, a long part to its first two words.
 */
export function neighbourhood(texts, places) {
  const named = texts
    .map((text) => normalise(text))
    .map((line) => places.filter(({ name }) => aliases(name).some((alias) => line.includes(alias))))
    .find((found) => found.length);
  return named?.length === 1 ? named[0].code : null;
}

function aliases(name) {
  return name.split(/\s+[–-]\s+|\s*[,/]\s*/).flatMap((part) => {
    const words = normalise(part).trim().split(" ");
    if (words[0] === "") return [];
    if (words.length === 1 && ORDINARY.has(words[0])) return PLACES.map((place) => ` ${place} ${words[0]} `);
    return words.length > 2 ? [` ${words.slice(0, 2).join(" ")} `] : [` ${words.join(" ")} `];
  });
}
