"""Surroundings: cleanliness, bulky waste, street lights."""

from observations.demo.text import Text, season

CADRE_RUE = (
    Text(
        theme="cadre-proprete",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="C’est pas sale, c’est abandonné. C’est pas pareil.",
        public_text="Ce n’est pas sale, c’est abandonné. Ce n’est pas pareil.",
    ),
    Text(
        theme="cadre-proprete",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le vent ici il ramasse tout et il le met contre la grille de l’école. Vous pouvez nettoyer "
            "le matin, à midi c’est revenu. Faudrait des poubelles avec un couvercle, on est à la mer "
            "quand même."
        ),
        public_text=(
            "Le vent ramasse tout et le pose contre la grille de l’école. Il faudrait des poubelles avec "
            "un couvercle, on est à la mer quand même."
        ),
    ),
    Text(
        theme="cadre-proprete",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="Depuis le nouveau monsieur du balayage, on voit la différence. Il siffle en plus.",
        public_text="Depuis qu’un nouveau balayeur passe, on voit la différence. Et il siffle, en plus.",
    ),
    Text(
        theme="cadre-proprete",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="non",
        words=(
            "Les crottes de chien, je fais du slalom avec le fauteuil de ma mère. Les gens ils regardent "
            "leur téléphone pendant que le chien fait."
        ),
    ),
    Text(
        theme="cadre-proprete",
        nature="atout",
        people="groupe",
        place_kind="evenement",
        agreement="oui",
        words=(
            "Deux heures de ramassage, quarante sacs, et après la soupe. Les ados ont fait la course à "
            "qui trouve le truc le plus bizarre. Un dentier. On a gagné un dentier."
        ),
        seen=(
            "Une quarantaine de personnes, dont beaucoup de jeunes, gants et pinces prêtés par la maison "
            "de quartier."
        ),
        public_text=(
            "Deux heures de ramassage, quarante sacs, et après la soupe. Les jeunes ont fait la course à "
            "l’objet le plus bizarre."
        ),
        months=season(3, 6) | season(9, 9),
    ),
    Text(
        theme="cadre-proprete",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen="Gobelets et sacs autour des bancs, poubelle la plus proche à plus de cent mètres.",
    ),
    Text(
        theme="cadre-encombrants",
        nature="preoccupation",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Un canapé dehors lundi, mardi il a un copain fauteuil, mercredi c’est le salon complet. On "
            "pourrait s’asseoir tiens."
        ),
        public_text="Un canapé dehors lundi, mardi un fauteuil, mercredi le salon complet.",
    ),
    Text(
        theme="cadre-encombrants",
        nature="besoin",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "J’ai pas de voiture, la déchèterie elle est à perpète, et pour le ramassage faut appeler un "
            "numéro. Mon frigo je le mets sur mon dos ?"
        ),
        public_text="Sans voiture, la déchèterie est loin. Mon vieux frigo, je le mets sur mon dos ?",
    ),
    Text(
        theme="cadre-encombrants",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Un samedi par mois une benne au pied des tours, et à côté une table pour ceux qui veulent "
            "récupérer. La moitié partirait pas à la benne."
        ),
        public_text=(
            "Une benne au pied des tours un samedi par mois, et à côté une table pour récupérer. La "
            "moitié n’irait pas à la benne."
        ),
    ),
    Text(
        theme="cadre-encombrants",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="sans_objet",
        seen=(
            "Matelas et machine à laver devant le local, passage réduit, une poussette descend sur la route."
        ),
    ),
    Text(
        theme="cadre-encombrants",
        nature="atout",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "J’ai mis une petite table sur le trottoir avec « à donner », trois quarts d’heure après y "
            "avait plus rien, même la table !"
        ),
        public_text=(
            "J’ai posé une petite table avec « à donner ». Trois quarts d’heure après, plus rien, même la"
            " table !"
        ),
    ),
    Text(
        theme="cadre-eclairage",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le chemin derrière l’école, à dix-sept heures en décembre, je le fais avec la lampe du "
            "téléphone et je chante pour que la petite ait pas peur."
        ),
        public_text=(
            "Le chemin derrière l’école, l’hiver, je le fais avec la lampe du téléphone et je chante pour"
            " que la petite n’ait pas peur."
        ),
        months=season(10, 3),
    ),
    Text(
        theme="cadre-eclairage",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Trois lampadaires éteints d’affilée, on les compte. Les femmes passent par l’autre côté, ça "
            "rallonge de dix minutes."
        ),
        public_text=(
            "Trois lampadaires éteints d’affilée. Les femmes font le tour, ça rallonge de dix minutes."
        ),
        months=season(9, 4),
    ),
    Text(
        theme="cadre-eclairage",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Moi c’est l’inverse, le lampadaire il est dans ma chambre. Je lis sans allumer. Si on "
            "pouvait le baisser un peu la nuit."
        ),
        public_text="Moi c’est l’inverse : le lampadaire est dans ma chambre, je lis sans allumer.",
    ),
    Text(
        theme="cadre-eclairage",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="Les nouvelles lampes qui s’allument quand on arrive, on dirait qu’elles disent bonsoir.",
        public_text="Les lampes qui s’allument quand on arrive, on dirait qu’elles disent bonsoir.",
        months=season(10, 3),
    ),
)
