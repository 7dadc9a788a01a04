"""Work: looking for it, training, obstacles, setting up."""

from observations.demo.text import Text, season

EMPLOI = (
    Text(
        theme="emploi-recherche",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "On entend partout que le port recrute. Ils recrutent qui ? J’ai envoyé trente candidatures, "
            "j’ai eu deux réponses automatiques et une vraie, qui disait non, mais elle était gentille."
        ),
        public_text=(
            "On entend que le port recrute. Trente candidatures, deux réponses automatiques, et une "
            "vraie, qui disait non, mais gentille."
        ),
    ),
    Text(
        theme="emploi-recherche",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "54 ans. Trop vieux pour apprendre, trop jeune pour arrêter. Mes mains elles savent faire, "
            "c’est le papier qui dit rien."
        ),
        public_text=(
            "Trop vieux pour apprendre, trop jeune pour arrêter. Mes mains savent faire, c’est le papier "
            "qui ne dit rien."
        ),
    ),
    Text(
        theme="emploi-recherche",
        nature="atout",
        people="groupe",
        place_kind="evenement",
        agreement="oui",
        words=(
            "Le café emploi au pied de l’immeuble : le patron il est venu en baskets. On a parlé debout. "
            "J’ai décroché un essai, j’aurais jamais poussé la porte d’un bureau."
        ),
        public_text=(
            "Au café emploi, le patron est venu en baskets, on a parlé debout. Je n’aurais jamais poussé "
            "la porte d’un bureau."
        ),
        months=season(3, 6) | season(9, 11),
    ),
    Text(
        theme="emploi-recherche",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="non",
        words=(
            "Quand je mets l’adresse d’ici on me rappelle pas. Quand je mets celle de ma sœur à Malo on "
            "me rappelle. J’invente rien."
        ),
    ),
    Text(
        theme="emploi-formation",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words="Je voudrais faire soudeuse. Oui, soudeuse. On m’a proposé trois fois aide à domicile.",
        public_text="Je voudrais faire soudeuse. On m’a proposé trois fois aide à domicile.",
        months=season(9, 6),
    ),
    Text(
        theme="emploi-formation",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "J’ai eu mon titre pro à 47 ans. Ma fille m’a aidée à réviser, elle faisait la prof, sévère. "
            "On a accroché les deux diplômes côte à côte."
        ),
        public_text="J’ai eu mon diplôme en même temps que ma fille. On les a accrochés côte à côte.",
    ),
    Text(
        theme="emploi-formation",
        nature="preoccupation",
        people="quelques",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Remise à niveau, puis découverte, puis préparation. Ça fait deux ans que je suis « en "
            "parcours ». J’aimerais arriver."
        ),
        public_text="Deux ans que je suis « en parcours ». J’aimerais arriver.",
    ),
    Text(
        theme="emploi-freins",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "L’usine c’est six heures du matin, le premier bus arrive à six heures vingt. Vingt minutes. "
            "Vingt minutes et j’ai pas le poste."
        ),
        public_text=(
            "L’usine commence à six heures, le premier bus arrive à six heures vingt. Vingt minutes, et "
            "je n’ai pas le poste."
        ),
    ),
    Text(
        theme="emploi-freins",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Le permis c’est 1 600 euros. Sans permis pas de boulot, sans boulot pas de permis. Je tourne"
            " en rond mais à pied."
        ),
        public_text="Sans permis pas de boulot, sans boulot pas de permis. Je tourne en rond, mais à pied.",
    ),
    Text(
        theme="emploi-freins",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="non",
        words=(
            "L’intérim appelle à quatorze heures pour seize heures. Je fais quoi des enfants, je les mets"
            " dans le casier ?"
        ),
        months=season(9, 6),
    ),
    Text(
        theme="emploi-freins",
        nature="proposition",
        people="quelques",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Une voiture du quartier, qu’on loue trois fois rien les jours d’embauche. Y en a qui dorment"
            " sur le parking, des voitures."
        ),
        public_text="Une voiture du quartier, à louer trois fois rien les jours d’embauche.",
    ),
    Text(
        theme="emploi-creation",
        nature="atout",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "J’ai ouvert mon camion de msemen, au marché le mercredi. La première semaine j’ai tout mangé"
            " moi-même. Maintenant à onze heures j’ai plus rien."
        ),
        public_text=(
            "J’ai ouvert mon camion de crêpes au marché. La première semaine j’ai tout mangé. Maintenant,"
            " à onze heures, il n’y en a plus."
        ),
    ),
    Text(
        theme="emploi-creation",
        nature="besoin",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Je coiffe dans ma cuisine, tout le monde le sait. Je voudrais bien être en règle mais par où"
            " on commence ? Chaque bureau m’envoie à l’autre."
        ),
        public_text="Je voudrais me mettre à mon compte, en règle. Chaque bureau m’envoie à l’autre.",
    ),
    Text(
        theme="emploi-creation",
        nature="proposition",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "À trois on cuisine pour toutes les fêtes d’ici. On voudrait une cuisine aux normes qu’on "
            "partage, un jour chacune."
        ),
        public_text=(
            "On cuisine pour toutes les fêtes d’ici. On voudrait une cuisine aux normes à partager, un "
            "jour chacune."
        ),
    ),
    Text(
        theme="emploi-recherche",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="sans_objet",
        seen=(
            "Atelier CV : deux habitants qui ont trouvé du travail reviennent aider les autres, sans "
            "qu’on leur ait demandé."
        ),
    ),
)
