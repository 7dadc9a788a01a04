"""Passages that may let somebody be recognised, in a text as people type it.

Names after a civility or a kinship, addresses, floors and flats are patterns of `static/data/detection.json`, which
static/js/detect.js reads too; numbers with a form of their own (telephone, plate, NIR, IBAN, e-mail) are read here and
there by the same rules. docs/detection.md describes both. Pure: no ORM, no clock, nothing kept of what was read.

A text is cut once into tokens; each pattern is tried at the tokens that can begin it, goes forward only and looks at a
bounded number of tokens. The time is therefore proportional to the length, whatever is written.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

DATA: Final = Path(__file__).resolve().parents[2] / "static" / "data" / "detection.json"

Kind = Literal["phone", "email", "plate", "nir", "iban", "name", "address", "flat", "firstname", "topic"]

IDENTIFIERS: Final = ("email", "iban", "nir", "phone", "plate")
BLOCKING: Final = (*IDENTIFIERS, "name", "address", "flat")
"""What must be dealt with before publication; the other kinds are a quieter mark."""


class Hit(NamedTuple):
    """A passage `text[start:end]`, and what it looks like."""

    kind: Kind
    start: int
    end: int

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING


def detect(text: str) -> list[Hit]:
    """The passages of `text`, in reading order, none over another."""
    tokens = Tokens(text)
    found = [*_numbers(tokens), *_plates(tokens), *_ibans(tokens), *_emails(tokens), *_patterns(tokens)]
    return _disjoint(text, [*found, *_topics(tokens)])


def blocking(text: str) -> list[Hit]:
    """Those that keep a text from being published until somebody has dealt with them."""
    return [hit for hit in detect(text) if hit.blocks]


# --- tokens -------------------------------------------------------------------------------------------

LETTERS = "A-Za-zªºÀ-ÖØ-öø-ɏ\u0300-\u036fḀ-ỿ"
SYMBOLS = r""".,:;!?'’‘ʼ`´"“”„«»()\[\]{}/\\|_@+#&%*=°<>~·•…\-‐‑‒–—−"""
TOKEN = re.compile(rf"[{LETTERS}]+|\d+|[{SYMBOLS}]|[^\s\d{LETTERS}{SYMBOLS}]+")
A_WORD = re.compile(f"[{LETTERS}]")
WORD, NUMBER, SYMBOL, END = "word", "number", "symbol", "end"
SAME = dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("“”„«»", '"')
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "ł": "l"})


def fold(token: str) -> str:
    """A token without accents or capitals."""
    if token.isascii():
        return token.lower()
    plain = unicodedata.normalize("NFKD", token.lower()).translate(LIGATURES)
    return "".join(c for c in plain if not unicodedata.combining(c))


def _kind(raw: str) -> str:
    if A_WORD.match(raw):
        return WORD
    return NUMBER if raw[0].isdecimal() else SYMBOL


class Tokens:
    """A text as words, numbers and symbols. After the last stands an empty one, which is also before the first."""

    def __init__(self, text: str) -> None:
        self.raw = TOKEN.findall(text)
        self.start = [match.start() for match in TOKEN.finditer(text)]
        self.count = len(self.raw)
        self.folded = {raw: SAME.get(raw) or fold(raw) for raw in set(self.raw)}
        kinds = {raw: _kind(raw) for raw in self.folded}
        self.text = [self.folded[raw] for raw in self.raw]
        self.kind = [kinds[raw] for raw in self.raw]
        # What a pattern looks up: the word or symbol, or that it is a number.
        keys = {raw: NUMBER if kinds[raw] is NUMBER else word for raw, word in self.folded.items()}
        self.key = [keys[raw] for raw in self.raw]
        self.known = set(self.text)
        self.shouted = self._is_shouted()
        self.raw.append("")
        self.text.append("")
        self.kind.append(END)
        self.key.append("")
        self.start.append(len(text))

    def _is_shouted(self) -> bool:
        """Mostly in capitals: they say nothing then."""
        long = {raw for raw in self.folded if len(raw) > 1 and _kind(raw) is WORD}
        upper = {raw for raw in long if raw.isupper()}
        if not upper:
            return False
        words = [raw in upper for raw in self.raw if raw in long]
        return len(words) > 2 and 2 * sum(words) > len(words)

    def end(self, i: int) -> int:
        return self.start[i] + len(self.raw[i])

    def gap(self, i: int) -> int:
        """Characters between a token and the one before it."""
        return self.start[i] - self.start[i - 1] - len(self.raw[i - 1]) if i else 99

    def is_capital(self, i: int) -> bool:
        """« Dupont », in a text where capitals mean something, and not a word that has one for another reason."""
        raw = self.raw[i]
        return (
            len(raw) > 1
            and raw[0].isupper()
            and not self.shouted
            and not raw.isupper()
            and self.text[i] not in NOT_NAME
        )


# --- patterns of tokens ---------------------------------------------------------------------------------
#
# A pattern is a sequence of elements: [<] [! or &] atom|atom… [? or *n].
#   <     looks at the token before the pattern; ! the token must not be there, & it must be, neither is taken
#   ?     taken if it is there; *n up to n times; nothing is ever given back
# An atom is =word, a list of words, a rule, a symbol, or one of BUILTINS.

Words = frozenset[str]
Step = Callable[[Tokens, int], int]
"""From a position to the one after what was read, or NOT_THERE."""
NOT_THERE = -1
ELEMENT = re.compile(r"(<?)([!&]?)(.+?)(\?|\*\d+)?$")


def _listed(words: str | list[str]) -> Words:
    return frozenset((words if isinstance(words, str) else " ".join(words)).split())


FILE: Final[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
LISTS: Final[dict[str, Words]] = {name: _listed(words) for name, words in FILE["words"].items()}
NAMES: Final = _listed(FILE["names"])
ORDINARY: Final = _listed(FILE["ordinary"])
NOT_NAME: Final = LISTS["not_name"]


def _is_number(most: int) -> Step:
    def step(tokens: Tokens, i: int) -> int:
        raw = tokens.raw[i]
        if tokens.kind[i] is not NUMBER or len(raw) > most:
            return NOT_THERE
        return i + 1 if len(raw) < 4 or raw[:2] not in {"19", "20"} else NOT_THERE

    return step


CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
SMALL = frozenset("abcdefgh")
AMBIGUOUS = frozenset("acdgy")
"""Letters that are words too, where capitals say nothing: « escalier c tombé en panne »."""


def _is_letter(tokens: Tokens, i: int) -> int:
    """The letter of a staircase: not « à », nor the « d » of « d’entrée »."""
    raw = tokens.raw[i]
    if (raw not in CAPITALS and raw not in SMALL) or tokens.text[i + 1] == "'":
        return NOT_THERE
    plain = raw in CAPITALS and not tokens.shouted
    alone = tokens.kind[i + 1] is not WORD or tokens.text[i + 1] in LISTS["after_letter"]
    return i + 1 if plain or alone or raw.lower() not in AMBIGUOUS else NOT_THERE


def _is_word(tokens: Tokens, i: int) -> int:
    return i + 1 if tokens.kind[i] is WORD and len(tokens.raw[i]) > 1 else NOT_THERE


def _is_capital(tokens: Tokens, i: int) -> int:
    return i + 1 if tokens.is_capital(i) else NOT_THERE


def _is_upper(tokens: Tokens, i: int) -> int:
    """« BENALI » in a text that is not all so."""
    raw = tokens.raw[i]
    fits = len(raw) > 2 and raw.isupper() and not tokens.shouted and tokens.text[i] not in NOT_NAME
    return i + 1 if fits else NOT_THERE


def _is_name(tokens: Tokens, i: int) -> int:
    """A first name of the list; one that is an ordinary word too needs its capital."""
    word = tokens.text[i]
    return i + 1 if word in NAMES and (word not in ORDINARY or tokens.is_capital(i)) else NOT_THERE


def _is_first(tokens: Tokens, i: int) -> int:
    """A first name that is nothing else, with its capital."""
    word = tokens.text[i]
    sure = word in NAMES and word not in ORDINARY and word not in LISTS["uncertain"]
    return i + 1 if sure and tokens.is_capital(i) else NOT_THERE


def _follows_place(tokens: Tokens, i: int) -> int:
    """After « l’école », « rue du »: somebody’s name, given to a place."""
    for _ in range(4):
        if tokens.text[i] not in {"de", "du", "des", "d", "'", "-"}:
            break
        i -= 1
    return i + 1 if tokens.text[i] in LISTS["street_of_place"] else NOT_THERE


def _is_end(tokens: Tokens, i: int) -> int:
    return i + 1 if tokens.text[i] in {"", ".", "!", "?", ";", ",", ")", "…", '"'} else NOT_THERE


BUILTINS: Final[dict[str, Step]] = {
    "NUMBER": _is_number(4),
    "NUMBER2": _is_number(2),
    "LETTER": _is_letter,
    "WORD": _is_word,
    "CAPITAL": _is_capital,
    "UPPER": _is_upper,
    "NAME": _is_name,
    "FIRST": _is_first,
    "PLACE": _follows_place,
    "END": _is_end,
}
FIRSTS: Final[dict[str, Words]] = {
    "NUMBER": frozenset({NUMBER}),
    "NUMBER2": frozenset({NUMBER}),
} | dict.fromkeys(("NAME", "FIRST"), NAMES)
"""What a builtin can begin with, where that is a list; NUMBER stands for every number."""
FOLLOWING: Final[dict[str, Words]] = FIRSTS | dict.fromkeys(
    ("LETTER", "WORD", "CAPITAL", "UPPER"), frozenset({WORD})
)
"""The same after another word, where WORD stands for every word."""
ANYTHING: Final[Words] = frozenset()


class Element(NamedTuple):
    back: bool
    look: str
    atoms: list[str]
    times: int
    """At most; 0: once, and needed."""

    @property
    def takes(self) -> bool:
        return not self.back and not self.look


def _parsed(source: str) -> Element:
    if len(source) == 1:
        return Element(False, "", [source], 0)
    match = ELEMENT.match(source)
    if match is None:
        raise ValueError(source)
    back, look, atoms, times = match.groups()
    return Element(bool(back), look, atoms.split("|"), int((times or "0").strip("*").replace("?", "1")))


# What is tried at a word: the kind that a pattern finds, and the pattern.
Start = tuple[Kind, Step]


class Grammar:
    """The patterns of the file, made ready: `starts[word][next word]` are those worth trying there.

    The next word is "" for those that anything may follow.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.sources: dict[str, list[str]] = data["rules"]
        self.rules: dict[str, Step] = {}
        starts: dict[str, dict[str, tuple[Start, ...]]] = {}
        # A million entries, few of them different: each is kept once, in every process of the server.
        shared: dict[tuple[Start, ...], tuple[Start, ...]] = {}
        for kind, source in data["patterns"]:
            start = (kind, self._sequence(source))
            for first, seconds in self._pairs(self._takers(source)):
                following = starts.setdefault(first, {})
                for second in _without_words(seconds) if WORD in seconds else seconds or {""}:
                    tried = (*following.get(second, ()), start)
                    following[second] = shared.setdefault(tried, tried)
        alike: dict[frozenset[tuple[str, int]], dict[str, tuple[Start, ...]]] = {}
        self.starts = {
            first: alike.setdefault(
                frozenset((word, id(tried)) for word, tried in following.items()), following
            )
            for first, following in starts.items()
        }

    def _sequence(self, source: str) -> Step:
        steps = [self._element(_parsed(element)) for element in source.split()]
        return steps[0] if len(steps) == 1 else _all_of(steps)

    def _element(self, element: Element) -> Step:
        once = self._one_of(element.atoms)
        if not element.takes:
            return _looking(once, element.look != "!", int(element.back))
        return _up_to(element.times, once) if element.times else once

    def _one_of(self, atoms: list[str]) -> Step:
        lists = [self._words(atom) for atom in atoms]
        if all(lists):
            return _in(frozenset().union(*filter(None, lists)))
        return _first_of(
            [_in(words) if words else self._other(a) for a, words in zip(atoms, lists, strict=True)]
        )

    def _words(self, atom: str) -> Words | None:
        """The words that an atom stands for, None for a rule or a builtin."""
        if atom in BUILTINS or atom in self.sources or atom.endswith("_capital"):
            return None
        return LISTS.get(atom) or frozenset({atom.removeprefix("=") or atom})

    def _other(self, atom: str) -> Step:
        if atom in BUILTINS:
            return BUILTINS[atom]
        if atom.endswith("_capital"):
            return _in_with_capital(LISTS[atom])
        if atom not in self.rules:
            self.rules[atom] = _by_first_word(
                [(self._followers(self._takers(s)[:1]), self._sequence(s)) for s in self.sources[atom]]
            )
        return self.rules[atom]

    @staticmethod
    def _takers(source: str) -> list[Element]:
        return [element for element in map(_parsed, source.split()) if element.takes]

    def _pairs(self, elements: list[Element]) -> Iterator[tuple[str, Words]]:
        """The words that can begin a sequence, each with those that can follow it (ANYTHING: no telling)."""
        rest = elements[1:]
        for atom in elements[0].atoms:
            if atom in self.sources:
                for inner in self.sources[atom]:
                    yield from self._pairs(self._takers(inner) + rest)
            else:
                after = self._followers(rest)
                for first in FIRSTS.get(atom) or LISTS.get(atom) or {atom.removeprefix("=")}:
                    yield first, after

    def _followers(self, elements: list[Element]) -> Words:
        found: set[str] = set()
        for element in elements:
            firsts = [self._begins(atom) for atom in element.atoms]
            if not all(firsts):
                return ANYTHING
            found.update(*firsts)
            if not element.times:
                return frozenset(found)
        return ANYTHING

    def _begins(self, atom: str) -> Words:
        if atom in self.sources:
            inner = [self._followers(self._takers(source)[:1]) for source in self.sources[atom]]
            return frozenset().union(*inner) if all(inner) else ANYTHING
        return FOLLOWING.get(atom) or self._words(atom) or LISTS.get(atom) or ANYTHING


def _is_a_word(first: str) -> bool:
    return first != NUMBER and A_WORD.match(first) is not None


def _without_words(firsts: Words) -> set[str]:
    """Every word is among them: the others, and WORD for all of those."""
    return {WORD} | {first for first in firsts if not _is_a_word(first)}


def _in(words: Words) -> Step:
    return lambda tokens, i: i + 1 if tokens.text[i] in words else NOT_THERE


def _in_with_capital(words: Words) -> Step:
    return lambda tokens, i: i + 1 if tokens.text[i] in words and tokens.raw[i][0].isupper() else NOT_THERE


def _first_of(steps: list[Step]) -> Step:
    def step(tokens: Tokens, i: int) -> int:
        for alternative in steps:
            after = alternative(tokens, i)
            if after >= 0:
                return after
        return NOT_THERE

    return step if len(steps) > 1 else steps[0]


def _by_first_word(alternatives: list[tuple[Words, Step]]) -> Step:
    """The first alternative that fits, among those that may begin with the word that is there."""
    table = {
        word: [
            step
            for firsts, step in alternatives
            if not firsts or word in firsts or (WORD in firsts and _is_a_word(word))
        ]
        for word in {WORD}.union(*(firsts for firsts, _ in alternatives))
    }
    others = [step for firsts, step in alternatives if not firsts]

    def step(tokens: Tokens, i: int) -> int:
        fitting = table.get(tokens.key[i])
        if fitting is None:
            fitting = table[WORD] if tokens.kind[i] is WORD else others
        for alternative in fitting:
            after = alternative(tokens, i)
            if after >= 0:
                return after
        return NOT_THERE

    return step


def _all_of(steps: list[Step]) -> Step:
    def step(tokens: Tokens, i: int) -> int:
        for part in steps:
            i = part(tokens, i)
            if i < 0:
                return NOT_THERE
        return i

    return step


def _up_to(most: int, once: Step) -> Step:
    if most == 1:
        return lambda tokens, i: i if (after := once(tokens, i)) < 0 else after

    def step(tokens: Tokens, i: int) -> int:
        for _ in range(most):
            after = once(tokens, i)
            if after < 0:
                break
            i = after
        return i

    return step


def _looking(once: Step, wanted: bool, back: int) -> Step:
    return lambda tokens, i: i if (once(tokens, i - back) >= 0) is wanted else NOT_THERE


GRAMMAR: Final = Grammar(FILE)


def _patterns(tokens: Tokens) -> Iterator[Hit]:
    starts = {raw: GRAMMAR.starts.get(word) for raw, word in tokens.folded.items()}
    numbers = GRAMMAR.starts[NUMBER]
    for i, raw in enumerate(tokens.raw[:-1]):
        following = numbers if tokens.kind[i] is NUMBER else starts[raw]
        if not following:
            continue
        second = tokens.key[i + 1]
        for key in ("", second, WORD) if tokens.kind[i + 1] is WORD else ("", second) if second else ("",):
            for kind, step in following.get(key, ()):
                after = step(tokens, i)
                if after > i:
                    yield Hit(kind, tokens.start[i], tokens.end(after - 1))


# --- numbers with a form of their own ---------------------------------------------------------------------

SEPARATORS = {".", "-", "/", "_", "·", "•", "(", ")", ","}
PHONE_LONGEST = 15
PHONE_BEGINS, NIR_BEGINS = "0367", "123478"
SHORTEST = 9  # digits of the shortest telephone


class Run:
    """Numbers that follow one another, with at most a few spaces or one separator between two of them."""

    def __init__(self, tokens: Tokens, members: list[int], joints: list[str]) -> None:
        self.members = members
        # What stands between each member and the one before it.
        self.joints = joints
        self.pieces = [
            tokens.text[i] if tokens.kind[i] is NUMBER else tokens.text[i].upper().replace("O", "0")
            for i in members
        ]
        self.digits = "".join(self.pieces)
        self.offsets = [0]
        for piece in self.pieces:
            self.offsets.append(self.offsets[-1] + len(piece))
        self.ends = {offset: k for k, offset in enumerate(self.offsets)}

    def lengths(self, first: int, after: int) -> list[int]:
        return [len(piece) for piece in self.pieces[first:after]]


def _joins(tokens: Tokens, i: int) -> tuple[int, str]:
    """The token that continues the number at `i`, and what joins them; 0 when none does."""
    after = i + 1
    if tokens.kind[after] is NUMBER:
        return (after, " ") if tokens.gap(after) <= 3 else (0, "")
    joint = tokens.text[after]
    if joint in SEPARATORS:
        near = tokens.gap(after) <= 1 and tokens.gap(after + 1) <= 1
        tight = joint != "," or not (tokens.gap(after) or tokens.gap(after + 1))
        return (after + 1, joint) if near and tight and _is_digits(tokens, after + 1) else (0, "")
    return (after, " ") if _is_digits(tokens, after) and tokens.gap(after) <= 3 else (0, "")


def _is_digits(tokens: Tokens, i: int) -> bool:
    """A number, the O of « O6 », or the letter of a Corsican department in a NIR."""
    if tokens.kind[i] is NUMBER:
        return True
    word = tokens.text[i]
    if word == "o":
        return tokens.kind[i + 1] is NUMBER and tokens.gap(i + 1) == 0
    return word in {"a", "b"} and i > 0 and tokens.gap(i) == 0 and tokens.raw[i - 1].endswith("2")


def _runs(tokens: Tokens) -> Iterator[Run]:
    """Runs that are long enough to hold something."""
    letters = tokens.known & {"o", "a", "b"}
    after = 0
    for i, kind in enumerate(tokens.kind):
        if i < after or not (kind is NUMBER or (letters and _is_digits(tokens, i))):
            continue
        members, joints, size = [i], [""], len(tokens.raw[i])
        after, joint = _joins(tokens, i)
        while after:
            members.append(after)
            joints.append(joint)
            size += len(tokens.raw[after])
            after, joint = _joins(tokens, after)
        after = members[-1] + 1
        if size >= SHORTEST:
            yield Run(tokens, members, joints)


def _numbers(tokens: Tokens) -> Iterator[Hit]:
    """Telephones and NIR."""
    for run in _runs(tokens):
        after = 0
        # Nothing joins a number to a « + » before it: only a first one may have it.
        plus = tokens.text[run.members[0] - 1] == "+"
        for k, piece in enumerate(run.pieces):
            if k < after:
                continue
            first = piece[0]
            found = _nir(run, k) if first in NIR_BEGINS else None
            if not found and (first in PHONE_BEGINS or (plus and k == 0)):
                found = _phone(run, k, plus and k == 0)
            if not found:
                continue
            kind, after = found
            start = tokens.start[run.members[k]]
            if kind == "phone" and plus and k == 0:
                start = tokens.start[run.members[k] - 1]
            yield Hit(kind, start, tokens.end(run.members[after - 1]))


def _phone(run: Run, k: int, plus: bool) -> tuple[Kind, int] | None:
    """The member after the last of a telephone that begins at member `k`; `plus`: a « + » stands before it."""
    at = run.offsets[k]
    digits = run.digits[at : at + PHONE_LONGEST + 1]
    for length in _phone_lengths(digits, plus):
        after = run.ends.get(at + length, 0)
        if after > k and (plus or _looks_like_phone(run, k, after)):
            return "phone", after
    return None


def _phone_lengths(digits: str, plus: bool) -> Iterable[int]:
    """How many digits a telephone that begins so may have, the likeliest first."""
    if not digits.isdecimal():
        return ()
    if plus:
        return (12,) if digits.startswith("330") else (11,) if digits.startswith("33") else range(13, 8, -1)
    if digits.startswith("0033"):
        return (14,) if digits[4:5] == "0" else (13,)
    if digits.startswith("00") and digits[2:3] not in {"", "0"}:
        return range(PHONE_LONGEST, 10, -1)
    if digits[0] == "0" and digits[1:2] > "0":
        return (10,)
    if digits.startswith("33") and digits[2:3] > "0":
        return (11,)
    return (9,) if digits[0] in "67" else ()


def _looks_like_phone(run: Run, k: int, after: int) -> bool:
    lengths = run.lengths(k, after)
    if (
        lengths[:3] == [2, 2, 4]
        and run.joints[k + 1] in {"/", ".", "-"}
        and run.pieces[k + 2][:2] in {"19", "20"}
    ):
        return False  # a date and an hour
    if len(run.digits[run.offsets[k] : run.offsets[after]]) == 9:
        return lengths == [1, 2, 2, 2, 2] and k == 0
    return k == 0 or lengths in ([10], [2, 2, 2, 2, 2], [13], [11])


MONTHS = frozenset(f"{n:02d}" for n in [*range(1, 13), *range(20, 43), *range(50, 100)])


def _nir(run: Run, k: int) -> tuple[Kind, int] | None:
    """The thirteen characters and the key, which must be right; without a key, written in its usual groups."""
    at, digits = run.offsets[k], run.digits
    if digits[at + 3 : at + 5] not in MONTHS:
        return None
    after = run.ends.get(at + 15)
    if after and _has_nir_key(digits[at : at + 15]):
        return "nir", after
    bare = run.ends.get(at + 13, 0)
    in_groups = bare and run.lengths(k, bare) == [1, 2, 2, 2, 3, 3]
    return ("nir", bare) if in_groups and bare == len(run.members) else None


def _has_nir_key(digits: str) -> bool:
    if not digits.isdecimal():
        digits = digits[:5] + digits[5:7].replace("2A", "19").replace("2B", "18") + digits[7:]
        if not digits.isdecimal():
            return False
    number, key = divmod(int(digits), 100)
    return 97 - number % 97 == key


def _separated(tokens: Tokens, i: int) -> tuple[int, str]:
    """The token after `i` in a plate, and how they are separated: "", " " or "-"."""
    after = i + 1
    if tokens.kind[after] in (WORD, NUMBER):
        return after, " " if tokens.gap(after) else ""
    tied = after + 1 < tokens.count and tokens.gap(after) <= 1 and tokens.gap(after + 1) <= 1
    return (after + 1, "-") if tied and tokens.text[after] in {"-", ".", "_", "/", "·"} else (after, "no")


def _plates(tokens: Tokens) -> Iterator[Hit]:
    pairs = {raw for raw in tokens.folded if len(raw) == 2 and _kind(raw) is WORD}
    for i, raw in enumerate(tokens.raw):
        if raw in pairs:
            after = _new_plate(tokens, i)
        elif 2 <= len(raw) <= 4 and tokens.kind[i] is NUMBER:
            after = _old_plate(tokens, i)
        else:
            continue
        if after:
            yield Hit("plate", tokens.start[i], tokens.end(after))


def _new_plate(tokens: Tokens, i: int) -> int:
    """« AB-123-CD ». With spaces, « de 300 km » must not pass."""
    number, first = _separated(tokens, i)
    if tokens.kind[number] is not NUMBER or len(tokens.raw[number]) != 3 or not tokens.raw[i].isascii():
        return 0
    last, second = _separated(tokens, number)
    if tokens.kind[last] is not WORD or len(tokens.raw[last]) != 2 or "no" in (first, second):
        return 0
    words = sum(tokens.text[j] in LISTS["short_word"] for j in (i, last))
    upper = tokens.raw[i].isupper() and tokens.raw[last].isupper() and not tokens.shouted
    tied = " " not in (first, second)
    return last if words < 1 + (upper or tied) and tokens.raw[last].isascii() else 0


def _old_plate(tokens: Tokens, i: int) -> int:
    """« 1234 AB 59 », « 123 ABC 2A »."""
    word, first = _separated(tokens, i)
    if tokens.kind[word] is not WORD or not 2 <= len(tokens.raw[word]) <= 3 or not tokens.raw[word].isascii():
        return 0
    last, second = _separated(tokens, word)
    department = tokens.raw[last]
    if tokens.kind[last] is not NUMBER or not _is_department(department) or "no" in (first, second):
        return 0
    if tokens.text[word] in LISTS["short_word"]:
        return 0
    tied = " " not in (first, second)
    upper = tokens.raw[word].isupper() and not tokens.shouted
    consonants = not set(tokens.text[word]) & set("aeiouy")
    return last if tied or upper or (consonants and len(tokens.raw[i]) > 2) else 0


def _is_department(digits: str) -> bool:
    return (len(digits) == 2 and "01" <= digits <= "95") or digits in {"971", "972", "973", "974", "976", "2"}


# Length of an IBAN by country: those met in France most often.
IBAN_LENGTHS: Final = {
    "ad": 24, "at": 20, "be": 16, "ch": 21, "cy": 28, "cz": 24, "de": 22, "dk": 18, "ee": 20, "es": 24, "fi": 18,
    "fr": 27, "gb": 22, "gr": 27, "hr": 21, "hu": 28, "ie": 22, "it": 27, "lt": 20, "lu": 20, "lv": 21, "ma": 28,
    "mc": 27, "mt": 31, "nl": 18, "no": 15, "pl": 28, "pt": 25, "ro": 24, "se": 24, "si": 19, "sk": 24, "tn": 24,
    "tr": 26,
}  # fmt: skip
IBAN_JOINTS = {"-", ".", "_"}


def _ibans(tokens: Tokens) -> Iterator[Hit]:
    if tokens.known.isdisjoint(IBAN_LENGTHS):
        return
    for i, word in enumerate(tokens.text):
        length = IBAN_LENGTHS.get(word)
        if length and tokens.kind[i + 1] is NUMBER and len(tokens.raw[i + 1]) > 1 and tokens.gap(i + 1) <= 1:
            last = _iban(tokens, i, length)
            if last:
                yield Hit("iban", tokens.start[i], tokens.end(last))


def _iban(tokens: Tokens, i: int, length: int) -> int:
    """The last token of an IBAN whose key is right, 0 for none."""
    parts: list[str] = []
    size = 0
    while i < tokens.count and size < length:
        if tokens.kind[i] in (WORD, NUMBER):
            if len(tokens.raw[i]) > 4 and tokens.kind[i] is WORD:
                return 0
            parts.append(tokens.text[i])
            size += len(tokens.raw[i])
        elif tokens.text[i] not in IBAN_JOINTS:
            return 0
        i += 1
    code = "".join(parts)
    if size != length or not (code.isascii() and code.isalnum()):
        return 0
    return i - 1 if int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1 else 0


# --- e-mail ---------------------------------------------------------------------------------------------

LONGEST_ADDRESS = 40  # tokens on each side
GLUE = {".", "-", "_", "+", "%", "'"}


def _emails(tokens: Tokens) -> Iterator[Hit]:
    signs = {"@"} | LISTS["at_word"]
    if tokens.known.isdisjoint(signs):
        return
    for i, word in enumerate(tokens.text):
        if word in signs:
            left, right = _at(tokens, i)
            last = _domain(tokens, right, told=word != "@" or bool(tokens.gap(right)))
            first = _local_part(tokens, left) if last else None
            if first is not None:
                yield Hit("email", tokens.start[first], tokens.end(last))


def _at(tokens: Tokens, i: int) -> tuple[int, int]:
    """The tokens on both sides of « @ », « arobase », « (at) »."""
    in_brackets = tokens.text[i - 1] in {"(", "[", "{"} and tokens.text[i + 1] in {")", "]", "}"}
    return (i - 2, i + 2) if in_brackets else (i - 1, i + 1)


def _local_part(tokens: Tokens, i: int) -> int | None:
    """The first token of what stands before the sign, which ends at `i`."""
    if i < 0 or tokens.kind[i] not in (WORD, NUMBER) or tokens.gap(i + 1) > 1:
        return None
    first = i
    for j in range(i - 1, max(-1, i - LONGEST_ADDRESS), -1):
        if tokens.gap(j + 1) or not (tokens.kind[j] in (WORD, NUMBER) or tokens.text[j] in GLUE):
            break
        if tokens.kind[j] in (WORD, NUMBER):
            first = j
    return first


def _domain(tokens: Tokens, i: int, told: bool) -> int:
    """The last token of a domain that begins at `i`, 0 for none; `told`: not typed as an address is."""
    if i >= tokens.count or tokens.kind[i] not in (WORD, NUMBER) or tokens.gap(i) > 1:
        return 0
    last, dotted = i, False
    for _ in range(LONGEST_ADDRESS):
        following, is_dot = _next_label(tokens, last, told)
        if not following:
            break
        dotted = dotted or is_dot
        last = following
    if dotted or tokens.text[i] in LISTS["provider"]:
        return last
    return last if not told and len(tokens.raw[i]) > 2 else 0


def _next_label(tokens: Tokens, last: int, told: bool) -> tuple[int, bool]:
    """The token that continues a domain after `last`, and whether a dot leads to it."""
    joint, following = last + 1, last + 2
    if following >= tokens.count + 1 or joint >= tokens.count:
        return 0, False
    if tokens.kind[joint] in (WORD, NUMBER) and not tokens.gap(joint):
        return joint, False
    if tokens.kind[following] not in (WORD, NUMBER):
        return 0, False
    glued = not tokens.gap(joint) and not tokens.gap(following)
    if glued and tokens.text[joint] in {".", "-", "_"}:
        return following, tokens.text[joint] == "."
    dot = tokens.text[joint] == "." or tokens.text[joint] in LISTS["dot_word"]
    return (following, True) if told and dot and tokens.text[following] in LISTS["tld"] else (0, False)


# --- topics ---------------------------------------------------------------------------------------------

PREFIX = 4  # letters that every « word* » has at least


def _topic_words(topics: dict[str, str]) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    words = " ".join(topics.values()).split()
    starts: dict[str, list[str]] = {}
    for word in words:
        if word.endswith("*"):
            starts.setdefault(word[:PREFIX], []).append(word[:-1])
    whole = frozenset(word for word in words if not word.endswith("*"))
    return whole, {start: tuple(found) for start, found in starts.items()}


TOPIC_WORDS, TOPIC_STARTS = _topic_words(FILE["topics"])


def _is_topic(word: str) -> bool:
    return word in TOPIC_WORDS or word.startswith(TOPIC_STARTS.get(word[:PREFIX], ("\0",)))


def _topics(tokens: Tokens) -> Iterator[Hit]:
    """Words of health, religion, origin, offence."""
    said = {word for word in tokens.known if _is_topic(word)}
    for i, word in enumerate(tokens.text if said else ()):
        if word in said:
            yield Hit("topic", tokens.start[i], tokens.end(i))


# --- one over another -------------------------------------------------------------------------------------


def _rank(hit: Hit) -> int:
    return 0 if hit.kind in IDENTIFIERS else 1 if hit.blocks else 2


def _disjoint(text: str, hits: list[Hit]) -> list[Hit]:
    """Hits in order: the surer one keeps its passage, a neighbour of the same kind joins it."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, _rank(hit), -hit.end)):
        _add(text, kept, hit)
    return kept


def _add(text: str, kept: list[Hit], hit: Hit) -> None:
    last = kept[-1] if kept else None
    if last is None or hit.start >= last.end:
        touching = last is not None and last.kind == hit.kind == "flat" and hit.start - last.end <= 3
        if last and touching and not text[last.end : hit.start].strip(" ,\u00a0\u202f"):
            kept[-1] = last._replace(end=hit.end)
        else:
            kept.append(hit)
    elif _rank(hit) < _rank(last):
        kept.pop()
        if hit.start > last.start:
            kept.append(last._replace(end=last.start + len(text[last.start : hit.start].rstrip(" ,"))))
        kept.append(hit)
    elif hit.end > last.end and hit.blocks:
        if hit.kind == last.kind:
            kept[-1] = last._replace(end=hit.end)
            return
        rest = text[last.end : hit.end]
        kept.append(hit._replace(start=hit.end - len(rest.lstrip(" ,"))))
