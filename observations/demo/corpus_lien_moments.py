"""Social ties: places to meet, feasts."""

from observations.demo.text import Text, season

LIEN_MOMENTS = (
    Text(
        theme="lien-lieux-de-rencontre",
        nature="besoin",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Y a pas un endroit où boire un café à un euro. Le banc c’est bien, mais le banc il a pas de "
            "café et il a la pluie."
        ),
        public_text="Pas un endroit où boire un café à un euro. Le banc c’est bien, mais il a la pluie.",
    ),
    Text(
        theme="lien-lieux-de-rencontre",
        nature="atout",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words="La maison de quartier c’est notre salon. Chez moi j’ai pas la place pour une table de douze.",
        public_text=(
            "La maison de quartier, c’est notre salon. Chez moi, je n’ai pas la place pour une table de "
            "douze."
        ),
    ),
    Text(
        theme="lien-lieux-de-rencontre",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words="C’est bien mais c’est toujours l’après-midi. Nous qui travaillons, on voit les photos.",
        public_text="C’est bien, mais c’est toujours l’après-midi. Nous qui travaillons, on voit les photos.",
    ),
    Text(
        theme="lien-lieux-de-rencontre",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le mercredi les papis jouent aux cartes avec les gosses. Ils leur apprennent à tricher, "
            "enfin à « observer »."
        ),
        public_text=(
            "Le mercredi, les anciens jouent aux cartes avec les enfants. Ils leur apprennent à « observer »."
        ),
    ),
    Text(
        theme="lien-lieux-de-rencontre",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Huit personnes âgées assises sur les plots en béton de la place, faute de bancs. Elles y "
            "étaient déjà mardi."
        ),
    ),
    Text(
        theme="lien-lieux-de-rencontre",
        nature="proposition",
        people="quelques",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Le local vide de l’ancienne pharmacie, on passe devant tous les jours. Une ludothèque, un "
            "café, n’importe quoi mais pas un rideau."
        ),
        public_text="Le local vide : une ludothèque, un café, n’importe quoi mais pas un rideau de fer.",
    ),
    Text(
        theme="lien-fetes",
        nature="atout",
        people="groupe",
        place_kind="evenement",
        agreement="oui",
        words=(
            "On a sorti les tables dans la rue, chacun son plat. Y avait du couscous, du potjevleesch et "
            "des nems. On a dansé jusqu’à minuit et après on a tout rangé, faut le dire ça aussi."
        ),
        seen="Une cinquantaine de personnes, rue fermée, sono prêtée par la maison de quartier.",
        public_text="On a dansé jusqu’à minuit 🎉 et après on a tout rangé, il faut le dire aussi.",
        months=season(5, 6),
    ),
    Text(
        theme="lien-fetes",
        nature="atout",
        people="quelques",
        place_kind="evenement",
        agreement="oui",
        words=(
            "La bande est passée par chez nous cette année ! Mon père, quatre-vingts ans, à la fenêtre "
            "avec son clet’che, il pleurait."
        ),
        public_text=(
            "La bande du carnaval est passée par chez nous cette année. Mon père à la fenêtre, déguisé, "
            "il pleurait."
        ),
        months=season(1, 3),
    ),
    Text(
        theme="lien-fetes",
        nature="atout",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "On fait les costumes à l’atelier, avec trois rideaux et un abat-jour. Cette année je suis un"
            " phare. Mon mari fait le bateau, il tient pas bien la mer."
        ),
        public_text=(
            "On fait les costumes du carnaval avec trois rideaux et un abat-jour. Cette année, je suis un"
            " phare."
        ),
        months=season(1, 3),
    ),
    Text(
        theme="lien-fetes",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="non",
        words=(
            "Le carnaval le centre-ville il a tout, nous on a les rues barrées. Si on y va pas, il vient pas."
        ),
        months=season(1, 3),
    ),
    Text(
        theme="lien-fetes",
        nature="atout",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "À la Saint-Martin les gosses ont défilé avec leur betterave creusée. La mienne ressemblait à"
            " rien mais elle éclairait."
        ),
        public_text=(
            "À la Saint-Martin, les enfants ont défilé avec leur betterave. La mienne ne ressemblait à "
            "rien, mais elle éclairait."
        ),
        months=season(11, 11),
    ),
    Text(
        theme="lien-fetes",
        nature="atout",
        people="groupe",
        place_kind="evenement",
        agreement="oui",
        words=(
            "Le goûter de Noël, on a compté cent vingt tasses de chocolat. Le père Noël avait l’accent "
            "d’ici, les petits ont rien dit, ils ont été polis."
        ),
        public_text=(
            "Cent vingt tasses de chocolat au goûter de Noël. Le père Noël avait l’accent d’ici, les "
            "petits ont été polis."
        ),
        months=season(12, 12),
    ),
    Text(
        theme="lien-fetes",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "La fête des voisins c’est un soir par an. Nous on voudrait un vendredi par mois, chacun son "
            "plat, de mars à octobre. Même petit."
        ),
        public_text="Une fête des voisins, mais un vendredi par mois. Chacun son plat, même petit.",
        months=season(3, 6),
    ),
    Text(
        theme="lien-fetes",
        nature="atout",
        people="groupe",
        place_kind="evenement",
        agreement="sans_objet",
        seen=(
            "Cinéma en plein air : les gens arrivent avec leurs chaises et leurs plaids une heure avant. "
            "Beaucoup se présentent à leurs voisins de rangée."
        ),
        months=season(7, 8),
    ),
    Text(
        theme="lien-fetes",
        nature="atout",
        people="quelques",
        place_kind="evenement",
        agreement="oui",
        words=(
            "La ducasse est revenue sur la place. Trois manèges, pas plus. J’y ai rencontré ma femme y a "
            "quarante ans, au même endroit, l’auto tamponneuse bleue."
        ),
        public_text=(
            "La ducasse est revenue sur la place. Trois manèges, pas plus. On y retrouve sa jeunesse."
        ),
        months=season(9, 10),
    ),
)
