"""Which papers there are, and their text: one Markdown source, for the pages and for docs/."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from observations.models import Territory
from observations.papers.numbers import bounds, numbers
from observations.typography import french

BLANK = "…………"
FRAME = '<div class="wide" role="region" aria-label="Tableau" tabindex="0">'


@dataclass(frozen=True)
class Paper:
    """One paper. `prints`: made for a wall or a hand, on one sheet."""

    slug: str
    title: str
    what: str
    prints: bool = False


PAPERS = {
    paper.slug: paper
    for paper in [
        Paper(
            "affiche",
            "Affiche pour les lieux d’accueil",
            "Une page A4, à poser là où l’on parle.",
            True,
        ),
        Paper(
            "a-dire", "Ce que nous disons avant de noter", "Pour l’équipe : une demi-minute, avec ses mots."
        ),
        Paper("facile-a-lire", "Version facile à lire", "Des phrases courtes."),
        Paper(
            "habitants", "Information des habitantes et des habitants", "Le texte complet, avec les droits."
        ),
        Paper(
            "equipe", "Information de l’équipe", "Ce que le carnet sait de celles et ceux qui ont un compte."
        ),
        Paper("charte", "Charte des membres du conseil citoyen", "À discuter et à signer avant d’écrire."),
        Paper("durees", "Durées de conservation", "Combien de temps, et ce qui suit."),
        Paper("registre", "Fiche du registre", "Pour la ou le délégué·e à la protection des données."),
        Paper("analyse-d-impact", "Analyse d’impact : squelette", "À mener avant la première utilisation."),
        Paper(
            "accessibilite",
            "Déclaration d’accessibilité",
            "Ce qui est vérifié, et ce qui ne l’est pas encore.",
        ),
    ]
}

# No HTML of its own: what a territory calls itself is text. Links keep to http and mailto.
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
# A wide table scrolls in a frame of its own, which the keyboard reaches.
_markdown.add_render_rule("table_open", lambda *_: f"{FRAME}<table>\n")
_markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")


def source(paper: Paper, territory: Territory) -> str:
    """The Markdown of a paper for this territory; what nobody filled in yet is a blank to write on."""
    context: dict[str, Any] = {
        "n": numbers(territory),
        "bounds": bounds(),
        "territory": territory.name or BLANK,
        "controller": territory.controller or f"Responsable du traitement : {BLANK}",
        "dpo": territory.dpo or BLANK,
    }
    return render_to_string(f"papers/{paper.slug}.md", context).strip() + "\n"


def page(paper: Paper, territory: Territory) -> SafeString:
    """The same as HTML, in French typography. The parser escapes everything that is not its own mark."""
    return SafeString(_markdown.render(french(source(paper, territory))))  # nosec B703 - no HTML passes
