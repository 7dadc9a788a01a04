"""An invented territory and month for the tests of the synthèse: no real person, no real outline."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from observations.restitution.build import Choices, QuartierLabel, Quote, Row, ThemeLabel, build
from observations.restitution.content import Content

OCTOBER = date(2026, 10, 1)
MONTHS = [date(2026, m, 1) for m in range(5, 11)]

THEMES = [
    ThemeLabel(slug, name, short, slug, slug, rank)
    for rank, (slug, name, short) in enumerate(
        [
            ("logement", "Logement", ""),
            ("cadre", "Cadre de vie et propreté", "Cadre de vie"),
            ("tranquillite", "Tranquillité", ""),
            ("lien", "Lien social et vie de quartier", "Lien social"),
            ("enfance", "Enfance, éducation, parentalité", "Enfance"),
            ("jeunesse", "Jeunesse, sport, culture", "Jeunesse"),
            ("emploi", "Emploi, insertion, formation", "Emploi"),
            ("sante", "Santé et bien-être", "Santé"),
            ("droits", "Accès aux droits et services", "Droits"),
            ("egalite", "Égalité", ""),
            ("commerces", "Commerces et pouvoir d’achat", "Commerces"),
            ("mobilites", "Mobilités", ""),
            ("ecologie", "Transition écologique", "Écologie"),
            ("participation", "Participation et confiance", "Participation"),
        ]
    )
]
COUNTS = {"logement": 27, "mobilites": 16, "lien": 15, "jeunesse": 12, "droits": 11, "cadre": 9, "enfance": 8}
COUNTS |= {"sante": 7, "ecologie": 6, "commerces": 6, "participation": 6, "emploi": 5, "tranquillite": 4}
COUNTS |= {"egalite": 3}


def ring(lon: float, lat: float, wide: float = 0.008, high: float = 0.005) -> list[tuple[float, float]]:
    """A schematic outline around a centre."""
    steps = [(-1, -0.6), (-0.4, -1), (0.7, -0.8), (1, 0.2), (0.5, 1), (-0.7, 0.8), (-1, -0.6)]
    return [(lon + x * wide, lat + y * high) for x, y in steps]


QUARTIERS = [
    QuartierLabel("QN05961M", "Banc Vert – Île Jeanty – Carré", "Banc Vert", [ring(2.3613, 51.0283)]),
    QuartierLabel("QN05962M", "Soubise – Basse Ville", "Soubise", [ring(2.3777, 51.0291, 0.006)]),
    QuartierLabel("QN05963M", "Albeck – Europe – Moulin", "Albeck", [ring(2.3083, 51.0167, 0.012, 0.01)]),
    QuartierLabel("QN05960M", "Saint-Pol Quartiers Ouest", "Saint-Pol Ouest", [ring(2.3365, 51.0297)]),
    QuartierLabel("QN05959M", "Petit Steendam", "Petit Steendam", [ring(2.3982, 51.0280, 0.004, 0.003)]),
    QuartierLabel("QN05964M", "Degroote", "Degroote", [ring(2.4113, 51.0342, 0.004, 0.003)]),
    QuartierLabel("QN05990N", "Cœur de Ville", "Cœur de Ville", [ring(2.3656, 50.9974, 0.006, 0.003)]),
]
WEIGHTS = [
    ("QN05961M", 9),
    ("QN05962M", 7),
    ("QN05963M", 6),
    ("QN05960M", 5),
    ("QN05959M", 4),
    ("QN05964M", 1),
]
SPREAD = [code for code, times in WEIGHTS for _ in range(times)]
NATURES = [
    "besoin",
    "preoccupation",
    "preoccupation",
    "atout",
    "besoin",
    "preoccupation",
    "proposition",
    "atout",
]


def month_rows(month: date, counts: Mapping[str, int], points: bool = True) -> list[Row]:
    """Rows of a month with `counts` by theme, spread over days, neighbourhoods, natures and places."""
    themes = [slug for slug, n in counts.items() for _ in range(n)]
    return [
        Row(
            theme,
            NATURES[i % len(NATURES)],
            SPREAD[(i * 7) % len(SPREAD)],
            month + timedelta(days=(i * 5) % 26),
            (i % 13, i % 3) if points and i % 6 else None,
        )
        for i, theme in enumerate(themes)
    ]


def rows_by_month() -> dict[date, list[Row]]:
    """Six months; the older ones hold fewer observations, each theme at its own pace."""
    return {
        month: month_rows(
            month,
            {
                slug: max(n - (5 - back) + (i * (5 - back)) % 4, 0)
                for i, (slug, n) in enumerate(COUNTS.items())
            },
        )
        for back, month in enumerate(MONTHS)
    }


QUOTES = [
    Quote(text, nature, theme, code, "oui")
    for text, nature, theme, code in [
        (
            "L'ascenseur, ça fait trois semaines. Il y a des voisines qui ne descendent plus, c'est "
            "nous qui leur montons le pain.",
            "preoccupation",
            "logement",
            "QN05961M",
        ),
        ("Depuis les fenêtres neuves, plus de buée. On chauffe moins.", "atout", "ecologie", "QN05964M"),
        ("Le bus de 5 h 20, il passe plus. Moi j'embauche à 6 h.", "besoin", "mobilites", "QN05962M"),
        ("On veut juste un endroit où s'asseoir quand il pleut.", "besoin", "jeunesse", "QN05963M"),
        ("Et si l'abri de bus servait aussi de panneau d'annonces ?", "proposition", "lien", "QN05959M"),
        ("Le jeudi, à la couture, on vient surtout pour parler.", "atout", "lien", "QN05960M"),
    ]
]
CHOICES = Choices(
    introduction="En octobre, on a surtout parlé de monter et de descendre, de partir tôt, et de ce qui se "
    "fait entre voisins quand rien d'autre ne marche.",
    comments={
        "mobilites": "Le premier bus de la semaine revient à trois arrêts différents. Celles et ceux "
        "qui le prennent travaillent tôt, dans le nettoyage, au port, à l'hôpital.",
        "logement": "Une panne d'ascenseur revient d'un hall à l'autre. Ce qui pèse n'est pas seulement "
        "l'attente : c'est de ne pas savoir. Ailleurs, les fenêtres changées l'an dernier sont saluées.",
        "lien": "Presque toutes sont des atouts : couture, repas partagés, courses montées.",
    },
    quotes=QUOTES,
)


def sample(
    choices: Choices = CHOICES, rows: Mapping[date, list[Row]] | None = None, **options: Any
) -> Content:
    """A whole content for October 2026, published on 5 November."""
    settings = {"territory": "Communauté urbaine de Dunkerque", "published_on": date(2026, 11, 5)}
    settings |= {"source": "Dessin pour la démonstration.", "schematic": True}
    given = rows_by_month() if rows is None else rows
    published = {} if rows == {} else published_before(given, options.get("threshold", 5))
    settings |= {"published": published}
    return build(OCTOBER, given.get(OCTOBER, []), THEMES, QUARTIERS, choices, **(settings | options))


def published_before(
    rows: Mapping[date, list[Row]], threshold: int = 5, months: Sequence[date] = MONTHS[:-1]
) -> dict[date, Content]:
    """The synthèses of the earlier months, each published after the one before it."""
    published: dict[date, Content] = {}
    for month in months:
        published[month] = build(
            month,
            rows.get(month, []),
            THEMES,
            QUARTIERS,
            Choices(),
            territory="Communauté urbaine de Dunkerque",
            threshold=threshold,
            published=dict(published),
        )
    return published
