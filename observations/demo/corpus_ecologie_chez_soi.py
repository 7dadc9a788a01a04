"""Ecology at home: heat, cold, leaky buildings, bills."""

from observations.demo.text import Text, season

ECOLOGIE_CHEZ_SOI = (
    Text(
        theme="ecologie-chaleur",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Sous le toit, 34 la nuit. J’ai mis des draps mouillés, la couverture de survie sur la "
            "fenêtre, on dirait une boîte de sardines qui brille."
        ),
        public_text=(
            "Trente-quatre degrés la nuit. J’ai mis des draps mouillés et une couverture de survie : on "
            "dirait une boîte de sardines qui brille."
        ),
        months=season(6, 9),
    ),
    Text(
        theme="ecologie-chaleur",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les anciens ils descendent plus, y a pas d’ombre pour attendre le bus. Le plastique du banc,"
            " vous cuisez un œuf."
        ),
        seen=(
            "Aucun arbre autour de l’arrêt ; trois personnes attendent debout dans l’ombre du poteau, "
            "l’une derrière l’autre."
        ),
        public_text="Pas d’ombre pour attendre le bus. Les anciens ne descendent plus.",
        months=season(6, 9),
    ),
    Text(
        theme="ecologie-chaleur",
        nature="atout",
        people="groupe",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "La mairie a mis des brumisateurs, les gosses y ont passé l’après-midi, et les grands-mères "
            "aussi, faut pas croire."
        ),
        public_text=(
            "Les enfants ont passé l’après-midi sous les brumisateurs. Les grands-mères aussi, faut pas "
            "croire."
        ),
        months=season(6, 8),
    ),
    Text(
        theme="ecologie-chaleur",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Quand il fait chaud ouvrez la salle de la maison de quartier jusqu’au soir, elle est "
            "fraîche. Avec des jeux de cartes. On fait pas de bruit."
        ),
        public_text="Ouvrez la salle fraîche jusqu’au soir quand il fait chaud. Avec des jeux de cartes.",
        months=season(6, 9),
    ),
    Text(
        theme="ecologie-chaleur",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="non",
        words=(
            "Je garde les volets fermés de neuf heures à vingt et une heures. On vit comme des chauves-"
            "souris."
        ),
        months=season(7, 8),
    ),
    Text(
        theme="ecologie-froid",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Le chauffage collectif on l’allume quand eux ils ont décidé. En octobre j’ai les doigts "
            "bleus et en avril je dors la fenêtre ouverte."
        ),
        public_text=(
            "Le chauffage collectif, en automne j’ai les doigts bleus et au printemps je dors la fenêtre "
            "ouverte."
        ),
        months=season(11, 3),
    ),
    Text(
        theme="ecologie-froid",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words="On vit dans la cuisine. Le four ouvert après le repas, ça fait salon.",
        public_text="L’hiver on vit dans la cuisine. Le four ouvert après le repas, ça fait salon.",
        months=season(11, 3),
    ),
    Text(
        theme="ecologie-froid",
        nature="preoccupation",
        people="quelques",
        place_kind="domicile",
        agreement="non",
        words=(
            "On chauffe la chambre du bébé et c’est tout. Nous on met le bonnet, on a l’air de deux marins."
        ),
        months=season(12, 2),
    ),
    Text(
        theme="ecologie-froid",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "L’atelier boudins de porte : on a cousu quarante boudins avec des vieux jeans. Ça fait rire,"
            " mais le mien il a coupé le vent."
        ),
        public_text=(
            "On a cousu quarante boudins de porte avec de vieux jeans. Ça fait rire, mais ça coupe le vent."
        ),
        months=season(11, 2),
    ),
    Text(
        theme="ecologie-froid",
        nature="preoccupation",
        people="quelques",
        place_kind="ecole",
        agreement="sans_objet",
        seen=(
            "Salle de classe : les enfants gardent leur manteau le lundi matin, le temps que le chauffage"
            " reparte."
        ),
        months=season(12, 2),
    ),
    Text(
        theme="ecologie-energivore",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Les fenêtres c’est du simple. Quand il y a tempête le rideau bouge fenêtre fermée. C’est "
            "joli, remarquez."
        ),
        public_text="Quand il y a tempête, le rideau bouge, fenêtre fermée. C’est joli, remarquez.",
        months=season(10, 4),
    ),
    Text(
        theme="ecologie-energivore",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le bâtiment d’en face a eu son manteau d’isolation, tout beau tout jaune. Nous on nous dit "
            "2029. On regarde le jaune."
        ),
        public_text=(
            "Le bâtiment d’en face a eu son isolation, tout jaune. Nous, on nous dit plus tard. On "
            "regarde le jaune."
        ),
    ),
    Text(
        theme="ecologie-energivore",
        nature="atout",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words="Depuis l’isolation je chauffe deux fois moins. Au début j’ai cru que le compteur était cassé.",
        public_text="Depuis l’isolation, je chauffe deux fois moins. J’ai cru que le compteur était cassé.",
        months=season(11, 3),
    ),
    Text(
        theme="ecologie-energivore",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="sans_objet",
        seen="Au pied de la façade nord, film à bulles collé aux fenêtres sur plusieurs logements.",
        months=season(11, 3),
    ),
    Text(
        theme="ecologie-factures",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "La facture d’électricité je l’ouvre pas le soir. Le soir j’ai pas la force. Je l’ouvre le "
            "matin avec le café."
        ),
        public_text="La facture d’électricité, je ne l’ouvre pas le soir. Je l’ouvre le matin, avec le café.",
        months=season(12, 4),
    ),
    Text(
        theme="ecologie-factures",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Le chèque énergie je l’ai jeté, je croyais que c’était une publicité. Faudrait que "
            "l’enveloppe elle ait l’air de quelque chose."
        ),
        public_text=(
            "J’ai jeté le chèque énergie, j’ai cru à une publicité. L’enveloppe devrait avoir l’air de "
            "quelque chose."
        ),
    ),
    Text(
        theme="ecologie-factures",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le monsieur est venu avec un appareil qui voit la chaleur. On a vu mes sous partir par la "
            "porte, en rouge. Maintenant je sais où c’est."
        ),
        public_text="Avec l’appareil qui voit la chaleur, on a vu mes sous partir par la porte, en rouge.",
        months=season(10, 3),
    ),
    Text(
        theme="ecologie-factures",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="non",
        words=(
            "J’ai fait l’échéancier sur dix mois. Donc je finis de payer cet hiver quand commence le "
            "prochain."
        ),
        months=season(1, 3),
    ),
)
