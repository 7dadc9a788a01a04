// Passages that may let somebody be recognised, in a text as people type it: the twin of observations/privacy/detect.py.
// Both read static/data/detection.json; docs/detection.md describes them. Pure: no page, no network, nothing kept.
// The text is cut once into tokens; patterns go forward only and look at a bounded number of tokens each.

const IDENTIFIERS = new Set(["email", "iban", "nir", "phone", "plate"]);
const BLOCKING = new Set([...IDENTIFIERS, "name", "address", "flat"]);

/** True for what must be dealt with before publication; the rest is a quieter mark. */
export const blocks = (hit) => BLOCKING.has(hit.kind);

/** The detector of a file of patterns: text → [{ kind, start, end }], in reading order, none over another. */
export function detector(data) {
  const grammar = new Grammar(data);
  return (text) => {
    const tokens = new Tokens(text, grammar.lists.get("not_name"));
    const { lists } = grammar;
    const found = [...numbers(tokens), ...plates(tokens, lists), ...ibans(tokens), ...emails(tokens, lists), ...grammar.hits(tokens)];
    return disjoint(text, [...found, ...grammar.topics(tokens)]);
  };
}

// --- tokens ---------------------------------------------------------------------------------------------

const LETTERS = "A-Za-zªºÀ-ÖØ-öø-ɏ\\u0300-\\u036fḀ-ỿ";
const SYMBOLS = ".,:;!?'’‘ʼ`´\"“”„«»()\\[\\]{}\\/\\\\|_@+#&%*=°<>~·•…\\-‐‑‒–—−";
const TOKEN = new RegExp(`[${LETTERS}]+|\\p{Nd}+|[${SYMBOLS}]|[^\\s\\p{Nd}${LETTERS}${SYMBOLS}]+`, "gu");
const A_WORD = new RegExp(`^[${LETTERS}]`, "u");
const [WORD, NUMBER, SYMBOL, END] = ["word", "number", "symbol", "end"];
const SAME = new Map([...pairs("’‘ʼ`´", "'"), ...pairs("‐‑‒–—−", "-"), ...pairs("“”„«»", '"')]);
const LIGATURES = { œ: "oe", æ: "ae", ø: "o", ß: "ss", ı: "i", đ: "d", ł: "l" };

function pairs(characters, same) {
  return [...characters].map((character) => [character, same]);
}

/** A token without accents or capitals. */
function fold(token) {
  return token.toLowerCase().normalize("NFKD").replace(/[œæøßıđł]/g, (c) => LIGATURES[c]).replace(/\p{M}/gu, "");
}

const isUpper = (raw) => raw === raw.toUpperCase() && raw !== raw.toLowerCase();
const hasCapital = (raw) => raw !== "" && isUpper(raw[0]);

/** A text as words, numbers and symbols. Before the first and after the last stands an empty one. */
class Tokens {
  constructor(text, notName) {
    this.raw = [];
    this.start = [];
    for (const { 0: raw, index } of text.matchAll(TOKEN)) {
      this.raw.push(raw);
      this.start.push(index);
    }
    const folded = new Map();
    for (const raw of this.raw) if (!folded.has(raw)) folded.set(raw, [SAME.get(raw) ?? fold(raw), kindOf(raw)]);
    this.text = this.raw.map((raw) => folded.get(raw)[0]);
    this.kind = this.raw.map((raw) => folded.get(raw)[1]);
    this.count = this.raw.length;
    const long = this.raw.filter((raw, i) => this.kind[i] === WORD && raw.length > 1);
    this.shouted = long.length > 2 && 2 * long.filter(isUpper).length > long.length;
    this.notName = notName;
    for (const at of [this.count, -1]) {
      this.raw[at] = this.text[at] = "";
      this.kind[at] = END;
      this.start[at] = text.length;
    }
  }

  end(i) {
    return this.start[i] + this.raw[i].length;
  }

  /** Characters between a token and the one before it. */
  gap(i) {
    return i > 0 ? this.start[i] - this.end(i - 1) : 99;
  }

  /** « Dupont », in a text where capitals mean something, and not a word that has one for another reason. */
  isCapital(i) {
    const raw = this.raw[i];
    return hasCapital(raw) && raw.length > 1 && !this.shouted && !isUpper(raw) && !this.notName.has(this.text[i]);
  }

  isUpper(i) {
    const raw = this.raw[i];
    return raw.length > 2 && isUpper(raw) && !this.shouted && !this.notName.has(this.text[i]);
  }
}

function kindOf(raw) {
  if (A_WORD.test(raw)) return WORD;
  return /^\p{Nd}/u.test(raw) ? NUMBER : SYMBOL;
}

// --- patterns of tokens: a sequence of elements [<] [! or &] atom|atom… [? or *n] -------------------------

const NOT_THERE = -1;
const ELEMENT = /^(<?)([!&]?)(.+?)(\?|\*\d+)?$/u;
const CAPITALS = new Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const SMALL = new Set("abcdefgh");
const AMBIGUOUS = new Set("acdgy");
const ENDS = new Set(["", ".", "!", "?", ";", ",", ")", "…", '"']);
const BEFORE_PLACE = new Set(["de", "du", "des", "d", "'", "-"]);

const listed = (words) => new Set([words].flat().join(" ").split(" "));
const when = (test) => (tokens, i) => (test(tokens, i) ? i + 1 : NOT_THERE);
const within = (words) => when((tokens, i) => words.has(tokens.text[i]));
const withCapital = (words) => when((tokens, i) => words.has(tokens.text[i]) && hasCapital(tokens.raw[i]));

function isNumber(most) {
  return when(({ raw, kind }, i) => kind[i] === NUMBER && raw[i].length <= most && !/^(19|20)..$/.test(raw[i]));
}

function builtins(lists, names, ordinary) {
  const letter = (tokens, i) => {
    const raw = tokens.raw[i];
    if ((!CAPITALS.has(raw) && !SMALL.has(raw)) || tokens.text[i + 1] === "'") return false;
    const plain = CAPITALS.has(raw) && !tokens.shouted;
    const alone = tokens.kind[i + 1] !== WORD || lists.get("after_letter").has(tokens.text[i + 1]);
    return plain || alone || !AMBIGUOUS.has(raw.toLowerCase());
  };
  const name = (tokens, i) => names.has(tokens.text[i]) && (!ordinary.has(tokens.text[i]) || tokens.isCapital(i));
  const first = (tokens, i) => name(tokens, i) && tokens.isCapital(i) && ![ordinary, lists.get("uncertain")].some((list) => list.has(tokens.text[i]));
  const place = (tokens, i) => {
    let at = i;
    for (let back = 0; back < 4 && BEFORE_PLACE.has(tokens.text[at]); back += 1) at = Math.max(-1, at - 1);
    return lists.get("street_of_place").has(tokens.text[at]);
  };
  return new Map(Object.entries({
    NUMBER: isNumber(4),
    NUMBER2: isNumber(2),
    LETTER: when(letter),
    WORD: when(({ kind, raw }, i) => kind[i] === WORD && raw[i].length > 1),
    CAPITAL: when((tokens, i) => tokens.isCapital(i)),
    UPPER: when((tokens, i) => tokens.isUpper(i)),
    NAME: when(name),
    FIRST: when(first),
    PLACE: when(place),
    END: when(({ text }, i) => ENDS.has(text[i])),
  }));
}

function parsed(source) {
  if (source.length === 1) return { back: false, look: "", atoms: [source], times: 0 };
  const [, back, look, atoms, times] = source.match(ELEMENT);
  return { back: back !== "", look, atoms: atoms.split("|"), times: times ? Number(times.slice(1) || 1) : 0 };
}

class Grammar {
  constructor({ words, names, ordinary, rules, patterns, topics }) {
    this.lists = new Map(Object.entries(words).map(([name, list]) => [name, listed(list)]));
    this.names = listed(names);
    this.builtins = builtins(this.lists, this.names, listed(ordinary));
    this.sources = rules;
    this.rules = new Map();
    this.starts = new Map();
    for (const [kind, source] of patterns) {
      const step = this.sequence(source);
      for (const word of this.firsts(source)) this.starts.set(word, [...(this.starts.get(word) ?? []), [kind, step]]);
    }
    this.readTopics(Object.values(topics).join(" ").split(" "));
  }

  sequence(source) {
    return allOf(source.split(" ").map((element) => this.element(parsed(element))));
  }

  element({ back, look, atoms, times }) {
    const once = firstOf(atoms.map((atom) => this.atom(atom)));
    if (back || look) return looking(once, look !== "!", Number(back));
    return times ? upTo(times, once) : once;
  }

  atom(atom) {
    if (this.builtins.has(atom)) return this.builtins.get(atom);
    if (atom in this.sources) {
      if (!this.rules.has(atom)) this.rules.set(atom, firstOf(this.sources[atom].map((source) => this.sequence(source))));
      return this.rules.get(atom);
    }
    if (atom.endsWith("_capital")) return withCapital(this.lists.get(atom));
    return within(this.lists.get(atom) ?? new Set([literal(atom)]));
  }

  /** The words that can begin a sequence; NUMBER stands for every number. What begins it is never optional. */
  firsts(source) {
    const { atoms } = source.split(" ").map(parsed).find(({ back, look }) => !back && !look);
    return new Set(atoms.flatMap((atom) => [...this.begunBy(atom)]));
  }

  begunBy(atom) {
    if (atom.startsWith("NUMBER")) return [NUMBER];
    if (atom === "NAME" || atom === "FIRST") return this.names;
    if (atom in this.sources) return this.sources[atom].flatMap((source) => [...this.firsts(source)]);
    return this.lists.get(atom) ?? [literal(atom)];
  }

  hits(tokens) {
    const found = [];
    for (let i = 0; i < tokens.count; i += 1) {
      for (const [kind, step] of this.starts.get(tokens.kind[i] === NUMBER ? NUMBER : tokens.text[i]) ?? []) {
        const after = step(tokens, i);
        if (after > i) found.push({ kind, start: tokens.start[i], end: tokens.end(after - 1) });
      }
    }
    return found;
  }

  readTopics(words) {
    this.topicWords = new Set(words.filter((word) => !word.endsWith("*")));
    this.topicStarts = new Map();
    for (const word of words.filter((one) => one.endsWith("*"))) {
      const start = word.slice(0, PREFIX);
      this.topicStarts.set(start, [...(this.topicStarts.get(start) ?? []), word.slice(0, -1)]);
    }
  }

  /** Words of health, religion, origin, offence. */
  topics(tokens) {
    const isTopic = (word) =>
      this.topicWords.has(word) || (this.topicStarts.get(word.slice(0, PREFIX)) ?? []).some((start) => word.startsWith(start));
    return range(tokens.count)
      .filter((i) => isTopic(tokens.text[i]))
      .map((i) => ({ kind: "topic", start: tokens.start[i], end: tokens.end(i) }));
  }
}

const PREFIX = 4;
const literal = (atom) => (atom.length > 1 && atom.startsWith("=") ? atom.slice(1) : atom);
const range = (count) => Array.from({ length: count }, (_, i) => i);

function firstOf(steps) {
  if (steps.length === 1) return steps[0];
  return (tokens, i) => {
    for (const step of steps) {
      const after = step(tokens, i);
      if (after >= 0) return after;
    }
    return NOT_THERE;
  };
}

function allOf(steps) {
  return (tokens, i) => {
    let at = i;
    for (const step of steps) {
      at = step(tokens, at);
      if (at < 0) return NOT_THERE;
    }
    return at;
  };
}

function upTo(most, once) {
  return (tokens, i) => {
    let at = i;
    for (let times = 0; times < most; times += 1) {
      const after = once(tokens, at);
      if (after < 0) break;
      at = after;
    }
    return at;
  };
}

function looking(once, wanted, back) {
  return (tokens, i) => ((once(tokens, i - back) >= 0) === wanted ? i : NOT_THERE);
}

// --- numbers with a form of their own -----------------------------------------------------------------------

const SEPARATORS = new Set([".", "-", "/", "_", "·", "•", "(", ")", ","]);
const PHONE_LONGEST = 15;
const SHORTEST = 9;
const MONTHS = new Set(range(100).filter((n) => (n > 0 && n < 13) || (n > 19 && n < 43) || n > 49).map((n) => String(n).padStart(2, "0")));

function isDigits(tokens, i) {
  if (tokens.kind[i] === NUMBER) return true;
  const word = tokens.text[i];
  if (word === "o") return tokens.kind[i + 1] === NUMBER && tokens.gap(i + 1) === 0;
  return (word === "a" || word === "b") && i > 0 && tokens.gap(i) === 0 && tokens.raw[i - 1].endsWith("2");
}

/** The token that continues the number at `i`, and what joins them; [0] when none does. */
function joins(tokens, i) {
  const after = i + 1;
  const joint = tokens.text[after];
  if (SEPARATORS.has(joint)) {
    const near = tokens.gap(after) <= 1 && tokens.gap(after + 1) <= 1;
    const tight = joint !== "," || !(tokens.gap(after) || tokens.gap(after + 1));
    return near && tight && isDigits(tokens, after + 1) ? [after + 1, joint] : [0];
  }
  return isDigits(tokens, after) && tokens.gap(after) <= 3 ? [after, " "] : [0];
}

/** Numbers that follow one another, with at most a few spaces or one separator between two of them. */
function* runs(tokens) {
  for (let i = 0; i < tokens.count; i += 1) {
    if (!isDigits(tokens, i)) continue;
    const members = [i];
    const joints = [""];
    for (let [after, joint] = joins(tokens, i); after; [after, joint] = joins(tokens, after)) {
      members.push(after);
      joints.push(joint);
    }
    i = members.at(-1);
    const run = runOf(tokens, members, joints);
    if (run.digits.length >= SHORTEST) yield run;
  }
}

function runOf(tokens, members, joints) {
  const pieces = members.map((i) => tokens.raw[i].toUpperCase().replaceAll("O", "0"));
  const offsets = [0];
  for (const piece of pieces) offsets.push(offsets.at(-1) + piece.length);
  return { members, joints, pieces, offsets, digits: pieces.join(""), ends: new Map(offsets.map((offset, k) => [offset, k])) };
}

const lengths = (run, first, after) => run.pieces.slice(first, after).map(({ length }) => length).join();

/** Telephones and NIR. */
function numbers(tokens) {
  const found = [];
  for (const run of runs(tokens)) {
    let after = 0;
    for (let k = 0; k < run.members.length; k += 1) {
      if (k < after) continue;
      const first = run.members[k];
      const plus = tokens.text[first - 1] === "+";
      const nir = nirAt(run, k);
      const phone = nir ? 0 : phoneAt(run, k, plus);
      if (!nir && !phone) continue;
      after = nir || phone;
      const start = tokens.start[phone && plus ? first - 1 : first];
      found.push({ kind: nir ? "nir" : "phone", start, end: tokens.end(run.members[after - 1]) });
    }
  }
  return found;
}

/** The member after the last of a telephone that begins at member `k`, 0 for none. */
function phoneAt(run, k, plus) {
  const at = run.offsets[k];
  const digits = run.digits.slice(at, at + PHONE_LONGEST + 1);
  for (const length of phoneLengths(digits, plus)) {
    const after = run.ends.get(at + length) ?? 0;
    if (after > k && (plus || looksLikePhone(run, k, after))) return after;
  }
  return 0;
}

/** How many digits a telephone that begins so may have, the likeliest first. */
function phoneLengths(digits, plus) {
  if (!/^\p{Nd}+$/u.test(digits)) return [];
  if (plus) return digits.startsWith("330") ? [12] : digits.startsWith("33") ? [11] : [13, 12, 11, 10, 9];
  if (digits.startsWith("0033")) return digits[4] === "0" ? [14] : [13];
  if (/^00[^0]/.test(digits)) return [15, 14, 13, 12, 11];
  if (/^0[1-9]/.test(digits)) return [10];
  if (/^33[1-9]/.test(digits)) return [11];
  return /^[67]/.test(digits) ? [9] : [];
}

function looksLikePhone(run, k, after) {
  const shape = lengths(run, k, after);
  if (shape.startsWith("2,2,4") && ["/", ".", "-"].includes(run.joints[k + 1]) && /^(19|20)/.test(run.pieces[k + 2])) return false;
  if (run.offsets[after] - run.offsets[k] === 9) return shape === "1,2,2,2,2" && k === 0;
  return k === 0 || ["10", "2,2,2,2,2", "13", "11"].includes(shape);
}

/** The thirteen characters and the key, which must be right; without a key, written in its usual groups. */
function nirAt(run, k) {
  const at = run.offsets[k];
  if (!/^[123478]/.test(run.pieces[k]) || !MONTHS.has(run.digits.slice(at + 3, at + 5))) return 0;
  const after = run.ends.get(at + 15);
  if (after && hasNirKey(run.digits.slice(at, at + 15))) return after;
  const bare = run.ends.get(at + 13) ?? 0;
  return bare && bare === run.members.length && lengths(run, k, bare) === "1,2,2,2,3,3" ? bare : 0;
}

function hasNirKey(digits) {
  const number = digits.slice(0, 5) + digits.slice(5, 7).replace("2A", "19").replace("2B", "18") + digits.slice(7);
  return /^[0-9]+$/.test(number) && 97 - remainder(number.slice(0, 13)) === Number(number.slice(13));
}

/** Of a number too long for a double, by 97. */
function remainder(digits) {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

/** The token after `i` in a plate, and how they are separated: "", " " or "-". */
function separated(tokens, i) {
  const after = i + 1;
  if (tokens.kind[after] === WORD || tokens.kind[after] === NUMBER) return [after, tokens.gap(after) ? " " : ""];
  const tied = after + 1 < tokens.count && tokens.gap(after) <= 1 && tokens.gap(after + 1) <= 1;
  return tied && ["-", ".", "_", "/", "·"].includes(tokens.text[after]) ? [after + 1, "-"] : [after, "no"];
}

const isAscii = (raw) => /^[A-Za-z]+$/.test(raw);

function plates(tokens, lists) {
  const found = [];
  for (let i = 0; i < tokens.count; i += 1) {
    const { length } = tokens.raw[i];
    let last = 0;
    if (length === 2 && tokens.kind[i] === WORD) last = newPlate(tokens, i, lists.get("short_word"));
    else if (length >= 2 && length <= 4 && tokens.kind[i] === NUMBER) last = oldPlate(tokens, i, lists.get("short_word"));
    if (last) found.push({ kind: "plate", start: tokens.start[i], end: tokens.end(last) });
  }
  return found;
}

/** « AB-123-CD ». With spaces, « de 300 km » must not pass. */
function newPlate(tokens, i, words) {
  const { raw, kind } = tokens;
  const [number, first] = separated(tokens, i);
  if (kind[number] !== NUMBER || raw[number].length !== 3 || !isAscii(raw[i])) return 0;
  const [last, second] = separated(tokens, number);
  if (kind[last] !== WORD || raw[last].length !== 2 || first === "no" || second === "no" || !isAscii(raw[last])) return 0;
  const plain = [i, last].filter((j) => words.has(tokens.text[j])).length;
  const upper = isUpper(raw[i]) && isUpper(raw[last]) && !tokens.shouted;
  const tied = first !== " " && second !== " ";
  return plain < 1 + Number(upper || tied) ? last : 0;
}

/** « 1234 AB 59 », « 123 ABC 2A ». */
function oldPlate(tokens, i, words) {
  const { raw, kind, text } = tokens;
  const [word, first] = separated(tokens, i);
  if (kind[word] !== WORD || raw[word].length < 2 || raw[word].length > 3 || !isAscii(raw[word])) return 0;
  const [last, second] = separated(tokens, word);
  if (kind[last] !== NUMBER || !isDepartment(raw[last]) || first === "no" || second === "no" || words.has(text[word])) return 0;
  const tied = first !== " " && second !== " ";
  const upper = isUpper(raw[word]) && !tokens.shouted;
  return tied || upper || (!/[aeiouy]/.test(text[word]) && raw[i].length > 2) ? last : 0;
}

function isDepartment(digits) {
  return (/^\d\d$/.test(digits) && digits >= "01" && digits <= "95") || ["971", "972", "973", "974", "976", "2"].includes(digits);
}

// Length of an IBAN by country: those met in France most often.
const IBAN_LENGTHS = new Map(Object.entries({
  ad: 24, at: 20, be: 16, ch: 21, cy: 28, cz: 24, de: 22, dk: 18, ee: 20, es: 24, fi: 18, fr: 27, gb: 22, gr: 27, hr: 21, hu: 28, ie: 22,
  it: 27, lt: 20, lu: 20, lv: 21, ma: 28, mc: 27, mt: 31, nl: 18, no: 15, pl: 28, pt: 25, ro: 24, se: 24, si: 19, sk: 24, tn: 24, tr: 26,
}));
const IBAN_JOINTS = new Set(["-", ".", "_"]);

function ibans(tokens) {
  return range(tokens.count).flatMap((i) => {
    const length = IBAN_LENGTHS.get(tokens.text[i]);
    if (!length || tokens.kind[i + 1] !== NUMBER || tokens.raw[i + 1].length < 2 || tokens.gap(i + 1) > 1) return [];
    const last = ibanAt(tokens, i, length);
    return last ? [{ kind: "iban", start: tokens.start[i], end: tokens.end(last) }] : [];
  });
}

/** The last token of an IBAN whose key is right, 0 for none. */
function ibanAt(tokens, first, length) {
  let code = "";
  let i = first;
  for (; i < tokens.count && code.length < length; i += 1) {
    const kind = tokens.kind[i];
    if (kind === WORD || kind === NUMBER) {
      if (tokens.raw[i].length > 4 && kind === WORD) return 0;
      code += tokens.text[i];
    } else if (!IBAN_JOINTS.has(tokens.text[i])) return 0;
  }
  if (code.length !== length || !/^[a-z0-9]+$/.test(code)) return 0;
  const digits = [...(code.slice(4) + code.slice(0, 4))].map((c) => parseInt(c, 36)).join("");
  return remainder(digits) === 1 ? i - 1 : 0;
}

// --- e-mail ---------------------------------------------------------------------------------------------------

const LONGEST_ADDRESS = 40; // tokens on each side
const GLUE = new Set([".", "-", "_", "+", "%", "'"]);
const isLabel = (tokens, i) => tokens.kind[i] === WORD || tokens.kind[i] === NUMBER;

function emails(tokens, lists) {
  return range(tokens.count).flatMap((i) => {
    if (tokens.text[i] !== "@" && !lists.get("at_word").has(tokens.text[i])) return [];
    const inBrackets = ["(", "[", "{"].includes(tokens.text[i - 1]) && [")", "]", "}"].includes(tokens.text[i + 1]);
    const [left, right] = inBrackets ? [i - 2, i + 2] : [i - 1, i + 1];
    const first = localPart(tokens, left);
    const last = domain(tokens, right, tokens.text[i] !== "@" || tokens.gap(right) > 0, lists);
    return first !== null && last ? [{ kind: "email", start: tokens.start[first], end: tokens.end(last) }] : [];
  });
}

/** The first token of what stands before the sign, which ends at `i`; null for none. */
function localPart(tokens, i) {
  if (i < 0 || !isLabel(tokens, i) || tokens.gap(i + 1) > 1) return null;
  let first = i;
  for (let j = i - 1; j > Math.max(-1, i - LONGEST_ADDRESS); j -= 1) {
    if (tokens.gap(j + 1) || !(isLabel(tokens, j) || GLUE.has(tokens.text[j]))) break;
    if (isLabel(tokens, j)) first = j;
  }
  return first;
}

/** The last token of a domain that begins at `i`, 0 for none; `told`: not typed as an address is. */
function domain(tokens, i, told, lists) {
  if (i >= tokens.count || !isLabel(tokens, i) || tokens.gap(i) > 1) return 0;
  let last = i;
  let dotted = false;
  for (let label = 0; label < LONGEST_ADDRESS; label += 1) {
    const [following, isDot] = nextLabel(tokens, last, told, lists);
    if (!following) break;
    dotted ||= isDot;
    last = following;
  }
  if (dotted || lists.get("provider").has(tokens.text[i])) return last;
  return !told && tokens.raw[i].length > 2 ? last : 0;
}

/** The token that continues a domain after `last`, and whether a dot leads to it. */
function nextLabel(tokens, last, told, lists) {
  const [joint, following] = [last + 1, last + 2];
  if (joint >= tokens.count) return [0, false];
  if (isLabel(tokens, joint) && !tokens.gap(joint)) return [joint, false];
  if (following > tokens.count || !isLabel(tokens, following)) return [0, false];
  const glued = !tokens.gap(joint) && !tokens.gap(following);
  if (glued && [".", "-", "_"].includes(tokens.text[joint])) return [following, tokens.text[joint] === "."];
  const dot = tokens.text[joint] === "." || lists.get("dot_word").has(tokens.text[joint]);
  return told && dot && lists.get("tld").has(tokens.text[following]) ? [following, true] : [0, false];
}

// --- one over another -------------------------------------------------------------------------------------------

const rank = (hit) => (IDENTIFIERS.has(hit.kind) ? 0 : blocks(hit) ? 1 : 2);
const isLoose = (character) => character === " " || character === ",";

/** Hits in order: the surer one keeps its passage, a neighbour of the same kind joins it. */
function disjoint(text, hits) {
  const kept = [];
  hits.sort((a, b) => a.start - b.start || rank(a) - rank(b) || b.end - a.end);
  for (const hit of hits) add(text, kept, hit);
  return kept;
}

function add(text, kept, hit) {
  const last = kept.at(-1);
  if (!last || hit.start >= last.end) {
    const touching = last && last.kind === hit.kind && hit.kind === "flat" && hit.start - last.end <= 3;
    if (touching && /^[ ,\u00a0\u202f]*$/.test(text.slice(last.end, hit.start))) last.end = hit.end;
    else kept.push(hit);
  } else if (rank(hit) < rank(last)) {
    if (hit.start > last.start) last.end = before(text, hit.start);
    else kept.pop();
    kept.push(hit);
  } else if (hit.end > last.end && blocks(hit)) {
    if (hit.kind === last.kind) last.end = hit.end;
    else kept.push({ ...hit, start: after(text, last.end) });
  }
}

/** `at`, without the spaces and commas before it. */
function before(text, at) {
  let end = at;
  while (isLoose(text[end - 1])) end -= 1;
  return end;
}

/** `at`, without the spaces and commas after it. */
function after(text, at) {
  let start = at;
  while (isLoose(text[start])) start += 1;
  return start;
}
