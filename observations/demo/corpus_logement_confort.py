"""Housing: damp, thin walls, service charges."""

from observations.demo.text import Text, season

LOGEMENT_CONFORT = (
    Text(
        theme="logement-humidite",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Dans la chambre des petits le mur est noir derrière l’armoire. J’ai passé la javel, j’ai "
            "repeint, trois semaines après c’est revenu. On me dit d’aérer. J’aère, mais alors je chauffe"
            " la rue !"
        ),
        reading="Elle ne demande pas un logement plus grand, elle demande qu’on vienne voir le mur.",
        public_text=(
            "Dans la chambre des petits, le mur noircit. On me dit d’aérer : j’aère, mais alors je "
            "chauffe la rue."
        ),
        months=season(10, 3),
    ),
    Text(
        theme="logement-humidite",
        nature="besoin",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words="Je repeins tous les ans. Mon mari dit qu’à force l’appartement rétrécit.",
        public_text="Je repeins tous les ans. À force, l’appartement rétrécit.",
    ),
    Text(
        theme="logement-humidite",
        nature="preoccupation",
        people="quelques",
        place_kind="hall_residence",
        agreement="non",
        words=(
            "Les VMC on les entend plus depuis l’hiver d’avant. Tout le monde a de la buée, le matin "
            "c’est wassingue sous les fenêtres."
        ),
        seen="Buée sur presque toutes les fenêtres de la façade nord à 10 h.",
        months=season(10, 4),
    ),
    Text(
        theme="logement-humidite",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Ils sont venus refaire la ventilation, deux messieurs très bien, ils ont tout expliqué et "
            "ils ont même passé le balai. Depuis, plus d’odeur."
        ),
        public_text="Ils sont venus refaire la ventilation. Ils ont tout expliqué, et même passé le balai !",
        months=season(3, 6),
    ),
    Text(
        theme="logement-humidite",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="sans_objet",
        seen=(
            "Une dame vient avec son manteau tacheté de moisi dans un sac, pour le montrer. Elle repart "
            "avec une date de visite."
        ),
        months=season(11, 3),
    ),
    Text(
        theme="logement-isolation-phonique",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Ma voisine du 9e, je connais l’heure de sa douche, son feuilleton, et quand elle se dispute "
            "avec son fils. C’est pas qu’elle fait du bruit, la pauvre, c’est du carton les murs."
        ),
        public_text=(
            "Je connais l’heure de la douche de mes voisins et leur feuilleton. Ils ne font pas de bruit "
            ": c’est du carton, les murs."
        ),
    ),
    Text(
        theme="logement-isolation-phonique",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Je travaille de nuit, je dors le jour, enfin j’essaie. Les enfants du dessus jouent, c’est "
            "normal, c’est des enfants. Mais je les ai dans le lit."
        ),
        reading="Pas de conflit entre voisins, ils se parlent. C’est le plancher qui est en cause.",
        public_text=(
            "Je travaille la nuit. Les enfants du dessus jouent, c’est normal. Mais je les ai dans le lit."
        ),
    ),
    Text(
        theme="logement-isolation-phonique",
        nature="proposition",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Moi j’ai mis des patins sous les chaises pour la dame d’en dessous, deux euros. On devrait "
            "en donner à tout le monde en arrivant, avec les clés."
        ),
        public_text=(
            "Des patins sous les chaises, c’est deux euros. On devrait en donner à tout le monde avec les"
            " clés."
        ),
    ),
    Text(
        theme="logement-isolation-phonique",
        nature="preoccupation",
        people="quelques",
        place_kind="hall_residence",
        agreement="sans_objet",
        seen=(
            "En discutant dans l’entrée à voix normale, une dame nous répond depuis chez elle, porte "
            "fermée. Tout le monde rit."
        ),
    ),
    Text(
        theme="logement-charges",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "La régularisation de charges : 412 euros, en une fois, sans un mot. L’eau, le chauffage, "
            "l’ascenseur qui marche pas, je peux pas savoir. J’aimerais juste comprendre avant de payer."
        ),
        public_text="Quatre cents euros de charges d’un coup. J’aimerais juste comprendre avant de payer.",
        months=season(1, 4),
    ),
    Text(
        theme="logement-charges",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "On voudrait qu’il y ait quelqu’un qui nous lise la feuille. Ligne par ligne. Pas pour "
            "discuter, pour comprendre."
        ),
        public_text="On voudrait que quelqu’un nous lise la feuille de charges, ligne par ligne.",
    ),
    Text(
        theme="logement-charges",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="non",
        words=(
            "Je paie le nettoyage de l’escalier et c’est moi qui le fais. Alors soit on me rembourse, "
            "soit on me paie."
        ),
    ),
    Text(
        theme="logement-charges",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Avec l’association de locataires on a épluché les comptes à six autour d’une table. Ils ont "
            "trouvé une erreur sur l’eau, on a été remboursés. 38 euros, mais surtout on est plus bêtes."
        ),
        public_text=(
            "On a épluché les comptes à six. On a trouvé une erreur sur l’eau, et surtout on a compris."
        ),
        months=season(2, 5),
    ),
)
