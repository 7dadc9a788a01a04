"""Schematic outlines and named public places of the demonstration: our own drawing, not the legal boundaries.

Centres are those of the seven quartiers (2024 generation). GeoJSON positions are longitude first, WGS84.
"""

from dataclasses import dataclass
from typing import Any

from observations.demo.text import PlaceKind

Ring = list[list[float]]


@dataclass(frozen=True)
class Quartier:
    """A QPV of the demonstration: official code, name, communes as (INSEE code, name), GeoJSON geometry."""

    code: str
    name: str
    communes: tuple[tuple[str, str], ...]
    geometry: dict[str, Any]


def _ring(*corners: tuple[float, float]) -> Ring:
    """A closed GeoJSON ring from corners (longitude, latitude), counter-clockwise."""
    return [list(corner) for corner in (*corners, corners[0])]


QUARTIERS: tuple[Quartier, ...] = (
    Quartier(
        code="QN05959M",
        name="Petit Steendam",
        communes=(("59155", "Coudekerque-Branche"),),
        geometry={
            "type": "Polygon",
            "coordinates": [
                _ring(
                    (2.39448, 51.02449),
                    (2.39906, 51.02422),
                    (2.40363, 51.02530),
                    (2.40492, 51.02854),
                    (2.40292, 51.03142),
                    (2.39763, 51.03178),
                    (2.39391, 51.03061),
                    (2.39162, 51.02872),
                    (2.39205, 51.02611),
                )
            ],
        },
    ),
    Quartier(
        code="QN05960M",
        name="Saint-Pol-sur-Mer Quartiers Ouest",
        communes=(("59183", "Dunkerque"),),
        geometry={
            "type": "Polygon",
            "coordinates": [
                _ring(
                    (2.33278, 51.02628),
                    (2.33850, 51.02610),
                    (2.34336, 51.02754),
                    (2.34394, 51.03096),
                    (2.34022, 51.03294),
                    (2.33478, 51.03330),
                    (2.32992, 51.03186),
                    (2.32906, 51.02808),
                )
            ],
        },
    ),
    Quartier(
        code="QN05961M",
        name="Banc Vert – Île Jeanty – Carré de la Vieille – Jeu de Mail",
        communes=(("59183", "Dunkerque"),),
        geometry={
            "type": "MultiPolygon",
            "coordinates": [
                [
                    _ring(
                        (2.35529, 51.02551),
                        (2.35916, 51.02524),
                        (2.36516, 51.02623),
                        (2.36602, 51.03001),
                        (2.36244, 51.03217),
                        (2.35658, 51.03235),
                        (2.35272, 51.03010),
                        (2.35329, 51.02659),
                    )
                ],
                [
                    _ring(
                        (2.35787, 51.02075),
                        (2.36359, 51.01931),
                        (2.36931, 51.02039),
                        (2.36959, 51.02362),
                        (2.36502, 51.02452),
                        (2.35815, 51.02425),
                    )
                ],
            ],
        },
    ),
    Quartier(
        code="QN05962M",
        name="Soubise – Basse Ville",
        communes=(("59183", "Dunkerque"),),
        geometry={
            "type": "Polygon",
            "coordinates": [
                _ring(
                    (2.37684, 51.02532),
                    (2.38242, 51.02577),
                    (2.38571, 51.02874),
                    (2.38514, 51.03180),
                    (2.37942, 51.03288),
                    (2.37413, 51.03234),
                    (2.37141, 51.02991),
                    (2.37227, 51.02676),
                )
            ],
        },
    ),
    Quartier(
        code="QN05963M",
        name="Albeck – Europe – Moulin",
        communes=(("59271", "Grande-Synthe"),),
        geometry={
            "type": "Polygon",
            "coordinates": [
                _ring(
                    (2.30573, 51.01328),
                    (2.31187, 51.01283),
                    (2.31602, 51.01508),
                    (2.31673, 51.01886),
                    (2.31259, 51.02138),
                    (2.30887, 51.02012),
                    (2.30330, 51.02057),
                    (2.29972, 51.01805),
                    (2.30029, 51.01436),
                )
            ],
        },
    ),
    Quartier(
        code="QN05964M",
        name="Degroote",
        communes=(("59588", "Téteghem-Coudekerque-Village"),),
        geometry={
            "type": "Polygon",
            "coordinates": [
                _ring(
                    (2.40844, 51.03078),
                    (2.41259, 51.03060),
                    (2.41702, 51.03222),
                    (2.41759, 51.03600),
                    (2.41387, 51.03807),
                    (2.40844, 51.03762),
                    (2.40458, 51.03528),
                    (2.40529, 51.03186),
                )
            ],
        },
    ),
    Quartier(
        code="QN05990N",
        name="Cœur de Ville",
        communes=(("59131", "Cappelle-la-Grande"),),
        geometry={
            "type": "Polygon",
            "coordinates": [
                _ring(
                    (2.36489, 50.99344),
                    (2.37003, 50.99416),
                    (2.37203, 50.99722),
                    (2.37103, 51.00100),
                    (2.36689, 51.00055),
                    (2.36217, 51.00091),
                    (2.35903, 50.99812),
                    (2.35988, 50.99434),
                )
            ],
        },
    ),
)

PLACES: dict[str, tuple[tuple[str, PlaceKind, float, float], ...]] = {
    "QN05959M": (
        ("place du marché", "espace_public", 51.02908, 2.39863),
        ("arrêt de bus", "espace_public", 51.02854, 2.40135),
        ("aire de jeux", "espace_public", 51.02854, 2.39606),
        ("terrain de sport", "espace_public", 51.02656, 2.40049),
        ("pied des tours", "hall_residence", 51.02665, 2.39734),
        ("maison de quartier", "maison_de_quartier", 51.02980, 2.39934),
        ("devant l’école", "ecole", 51.02683, 2.39563),
        ("devant la boulangerie", "commerce", 51.02854, 2.39992),
        ("point d’accueil", "permanence", 51.02782, 2.39820),
    ),
    "QN05960M": (
        ("place du marché", "espace_public", 51.03024, 2.33593),
        ("arrêt de bus", "espace_public", 51.03060, 2.33936),
        ("aire de jeux", "espace_public", 51.03060, 2.33321),
        ("terrain de sport", "espace_public", 51.02853, 2.33364),
        ("pied des tours", "hall_residence", 51.02826, 2.33793),
        ("maison de quartier", "maison_de_quartier", 51.03141, 2.33707),
        ("devant l’école", "ecole", 51.02898, 2.33993),
        ("devant l’épicerie", "commerce", 51.02970, 2.33507),
        ("point d’accueil", "permanence", 51.02979, 2.33764),
    ),
    "QN05961M": (
        ("place du marché", "espace_public", 51.02938, 2.35958),
        ("arrêt de bus", "espace_public", 51.02812, 2.36187),
        ("aire de jeux", "espace_public", 51.02992, 2.35672),
        ("terrain de sport", "espace_public", 51.02200, 2.36416),
        ("bord du canal", "espace_public", 51.02245, 2.36144),
        ("pied des tours", "hall_residence", 51.02767, 2.35658),
        ("maison de quartier", "maison_de_quartier", 51.02857, 2.35844),
        ("devant l’école", "ecole", 51.02218, 2.36588),
        ("devant la boulangerie", "commerce", 51.02992, 2.36216),
        ("point d’accueil", "permanence", 51.02866, 2.36044),
    ),
    "QN05962M": (
        ("place du marché", "espace_public", 51.03000, 2.37856),
        ("arrêt de bus", "espace_public", 51.02928, 2.37541),
        ("aire de jeux", "espace_public", 51.03036, 2.38085),
        ("terrain de sport", "espace_public", 51.02874, 2.38170),
        ("pied des tours", "hall_residence", 51.02775, 2.37627),
        ("maison de quartier", "maison_de_quartier", 51.03072, 2.37684),
        ("devant l’école", "ecole", 51.02748, 2.37942),
        ("devant l’épicerie", "commerce", 51.02892, 2.37799),
        ("point d’accueil", "permanence", 51.02946, 2.38027),
    ),
    "QN05963M": (
        ("place du marché", "espace_public", 51.01742, 2.30859),
        ("arrêt de bus", "espace_public", 51.01706, 2.31202),
        ("aire de jeux", "espace_public", 51.01814, 2.30458),
        ("terrain de sport", "espace_public", 51.01895, 2.31187),
        ("pied des tours", "hall_residence", 51.01634, 2.30373),
        ("maison de quartier", "maison_de_quartier", 51.01814, 2.30973),
        ("devant l’école", "ecole", 51.01508, 2.31087),
        ("devant les commerces", "commerce", 51.01598, 2.30744),
        ("point d’accueil", "permanence", 51.01724, 2.30687),
    ),
    "QN05964M": (
        ("place centrale", "espace_public", 51.03492, 2.41101),
        ("arrêt de bus", "espace_public", 51.03456, 2.41359),
        ("aire de jeux", "espace_public", 51.03474, 2.40873),
        ("terrain de sport", "espace_public", 51.03582, 2.41273),
        ("pied des immeubles", "hall_residence", 51.03303, 2.40930),
        ("maison de quartier", "maison_de_quartier", 51.03573, 2.41073),
        ("devant l’école", "ecole", 51.03312, 2.41330),
        ("devant l’épicerie", "commerce", 51.03384, 2.41216),
        ("point d’accueil", "permanence", 51.03420, 2.41130),
    ),
    "QN05990N": (
        ("place de la mairie", "espace_public", 50.99812, 2.36589),
        ("arrêt de bus", "espace_public", 50.99776, 2.36303),
        ("aire de jeux", "espace_public", 50.99848, 2.36846),
        ("terrain de sport", "espace_public", 50.99632, 2.36817),
        ("pied des immeubles", "hall_residence", 50.99596, 2.36360),
        ("maison de quartier", "maison_de_quartier", 50.99866, 2.36474),
        ("devant l’école", "ecole", 50.99578, 2.36674),
        ("devant la boulangerie", "commerce", 50.99776, 2.36703),
        ("point d’accueil", "permanence", 50.99704, 2.36503),
    ),
}
"""For each quartier, its named places: label, kind of place, latitude, longitude."""
