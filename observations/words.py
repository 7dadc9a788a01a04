"""French words as the search compares them: stems, what is asked for, and where a text answers. Pure: no ORM.

A stem is a word without case, accents, plural and ending (Porter's French algorithm, snowballstem.org), so that
« ascenseurs en panne », « Ascenseur » and « ASCENSEURS » meet. It is kept as plain ASCII letters and digits: both
databases then cut the column into the same words, whatever the script of the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import snowballstemmer

# A word and its combining marks, without what elision left before it (« l’ », « qu’ »); hyphens part words.
WORD: Final = re.compile(
    r"(?:(?<![^\W_])(?:[cdjlmnst]|qu)['’])?(?P<word>(?:[^\W_][\u0300-\u036f]*)+)", re.IGNORECASE
)
QUOTED: Final = re.compile(r"«([^»]*)»|“([^”]*)”|\"([^\"]*)\"")
# Longer than any French word: what is cut off is a key somebody leaned on.
LONGEST: Final = 40
# Stands between two texts in the column, so that no phrase runs from one into the next. No stem is written so.
BREAK: Final = "0"
# Characters around the first match of a passage.
AROUND: Final = 90

_STOP = (
    "a ai aie ainsi alors apres as au aucun aussi autre aux avait avant avec avez avoir avons bien c ca car ce ceci"
    " cela celle celui ces cet cette ceux chez ci comme comment d dans de des donc du elle elles en encore est et"
    " etaient etait ete etre eu eux faire fait font hier ici il ils j je l la le les leur leurs lui m ma mais me"
    " meme mes moi mon n ne ni nos notre nous on ont ou par parce pas peu peut plus pour pourquoi qu quand que quel"
    " quelle qui quoi rien s sa sans se ses si son sont sous sur t ta te tes toi ton toujours tous tout toute toutes"
    " tres trop tu un une va vers voila vos votre vous vraiment y"
)
# What nearly every sentence has, folded: tells nothing of what it speaks of.
STOP: Final = frozenset(_STOP.split())

# What no rule of endings reaches: the commonest irregular plurals and verbs.
IRREGULAR: Final = {
    form: word
    for word, forms in {
        "jeu": "jeux",
        "feu": "feux",
        "lieu": "lieux",
        "oeil": "yeux",
        "travail": "travaux",
        "bail": "baux",
        "aller": "va vais vas vont",
        "venir": "vient viens viennent venu venus venue venues",
        "tenir": "tient tiens tiennent tenu tenus tenue tenues",
        "prendre": "prend prends prennent prenait prenaient",
        "mettre": "met mets mettent",
        "voir": "voit vois voient voyait vu vus vue vues",
        "dire": "dit dis disent disait disaient",
        "pouvoir": "peut peux peuvent pouvait pouvaient",
        "vouloir": "veut veux veulent voulait voulaient",
        "devoir": "doit dois doivent devait devaient",
        "dormir": "dort dors",
        "savoir": "sait sais savent savait savaient",
    }.items()
    for form in forms.split()
}

_french = snowballstemmer.stemmer("french")


def fold(text: str) -> str:
    """Text without case or accents; ligatures opened."""
    plain = unicodedata.normalize("NFKD", text).replace("œ", "oe").replace("Œ", "oe")
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word, in ASCII; empty only for marks without a letter."""
    plain = fold(word)[:LONGEST]
    if not plain.isascii():
        return "u" + "u".join(f"{ord(c):x}" for c in plain)
    if plain[:1].isdigit():
        return f"n{plain}"
    return str(_french.stemWord(_singular(IRREGULAR.get(plain, plain))))


def _singular(word: str) -> str:
    """The endings that the algorithm tells by an accent, or treats unlike their singular: « loyers », « cassées »,
    « ils ferment », « attendre »."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    word = re.sub(r"ee$", "e", word)
    word = re.sub(r"(?<=..)(?<!em)(?<!ai)ent$", "e", word)
    return re.sub(r"(?<=.)dre$", "d", word)


def stems(text: str) -> list[str]:
    """The stems of a text, in order."""
    return [found for match in WORD.finditer(text) if (found := stem(match["word"]))]


def column(texts: Iterable[str]) -> str:
    """What the search's column holds of some texts, apart from each other."""
    return f" {BREAK} ".join(" ".join(found) for text in texts if (found := stems(text)))


def query(asked: str) -> list[tuple[str, ...]]:
    """What must all be there: one stem, or the stems of a phrase in quotes, in that order.

    Outside quotes, words that every text has (« de la ») count only when nothing else was asked for.
    """
    phrases = [tuple(stems("".join(filter(None, found)))) for found in QUOTED.findall(asked)]
    rest = [match["word"] for match in WORD.finditer(QUOTED.sub(" ", asked))]
    telling = [word for word in rest if fold(word) not in STOP]
    if not telling and not any(phrases):
        telling = rest
    wanted = [*phrases, *((found,) for word in telling if (found := stem(word)))]
    return list(dict.fromkeys(phrase for phrase in wanted if phrase))


class Piece(NamedTuple):
    """A run of a text; `found` when it answers what was asked."""

    text: str
    found: bool


def passage(text: str, wanted: list[tuple[str, ...]], around: int = AROUND) -> list[Piece]:
    """The part of a text around its first match, in pieces; empty where nothing matches.

    `around`: characters kept before and after, cut between words; « … » says where text was left out.
    """
    spans = list(_matches(text, wanted))
    if not spans:
        return []
    begin = max(0, spans[0][0] - around)
    end = min(len(text), max(spans[0][1], begin + 2 * around))
    begin = _between_words(text, begin, 1) if begin else 0
    end = _between_words(text, end, -1) if end < len(text) else end
    end = max(end, spans[0][1])
    pieces, at = [], begin
    for first, last in spans:
        if last <= end:
            pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
            at = last
    pieces.append(Piece(text[at:end], False))
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    pieces[0] = Piece(before + pieces[0].text, False)
    pieces[-1] = Piece(pieces[-1].text + after, False)
    return [piece for piece in pieces if piece.text]


def answers(texts: Iterable[str], wanted: list[tuple[str, ...]]) -> list[list[Piece]]:
    """Of texts that stand together, the passages of those that answer; none unless all that is wanted is in one of
    them at least. For texts that are few enough to be read: observations have an index (`search`)."""
    read = [text for text in texts if text]
    if not wanted or not all(any(True for text in read for _ in _matches(text, [one])) for one in wanted):
        return []
    return [pieces for text in read if (pieces := passage(text, wanted))]


def _matches(text: str, wanted: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where a wanted phrase stands, in order, none over another."""
    tokens = [(stem(match["word"]), match.span("word")) for match in WORD.finditer(text)]
    tokens = [(found, span) for found, span in tokens if found]
    longest_first = sorted(wanted, key=len, reverse=True)
    i = 0
    while i < len(tokens):
        for phrase in longest_first:
            if tuple(found for found, _ in tokens[i : i + len(phrase)]) == phrase:
                yield tokens[i][1][0], tokens[i + len(phrase) - 1][1][1]
                i += len(phrase)
                break
        else:
            i += 1


def _between_words(text: str, at: int, step: int) -> int:
    """The nearest place in that direction where no word is cut."""
    while 0 < at < len(text) and not text[at - 1 if step > 0 else at].isspace():
        at += step
    return at
