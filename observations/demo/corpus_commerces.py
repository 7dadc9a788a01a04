"""Shops: what is there, what it costs, food."""

from observations.demo.text import Text, season

COMMERCES = (
    Text(
        theme="commerces-commerces",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Y avait un boucher, un tabac, une mercerie. Y a un kebab, et un kebab. J’aime bien le kebab."
            " Mais pour un bouton faut aller en ville."
        ),
        public_text=(
            "Il y avait un boucher, un tabac, une mercerie. Maintenant, pour un bouton, il faut aller en "
            "ville."
        ),
    ),
    Text(
        theme="commerces-commerces",
        nature="atout",
        people="quelques",
        place_kind="commerce",
        agreement="oui",
        words=(
            "La boulangère connaît la tournée de tout le monde. Elle sait si vous êtes malade : vous avez"
            " pas pris votre pain."
        ),
        public_text="La boulangère sait si vous êtes malade : vous n’avez pas pris votre pain.",
    ),
    Text(
        theme="commerces-commerces",
        nature="besoin",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Un distributeur. Juste un distributeur de billets. Le marché il prend pas la carte et la "
            "banque elle a fermé."
        ),
        public_text="Un distributeur de billets. Le marché ne prend pas la carte et la banque a fermé.",
    ),
    Text(
        theme="commerces-commerces",
        nature="atout",
        people="quelques",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Le marché du mercredi c’est pas que les légumes. Ma mère met une heure et demie pour trois "
            "poireaux."
        ),
        public_text=(
            "Le marché, ce n’est pas que les légumes. Ma mère met une heure et demie pour trois poireaux."
        ),
        months=season(3, 10),
    ),
    Text(
        theme="commerces-prix",
        nature="preoccupation",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Je fais trois magasins avec la calculette. L’huile là, le lait ici, les couches à l’autre "
            "bout. Mon sport c’est ça."
        ),
        public_text="Je fais trois magasins avec la calculette. Mon sport, c’est ça.",
    ),
    Text(
        theme="commerces-prix",
        nature="preoccupation",
        people="une",
        place_kind="commerce",
        agreement="non",
        words=(
            "À partir du 20 on mange des pâtes. Les petits adorent les pâtes, alors ils adorent la fin du"
            " mois."
        ),
    ),
    Text(
        theme="commerces-prix",
        nature="preoccupation",
        people="quelques",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Pour Noël on s’est dit un cadeau chacun, tiré au sort, dix euros. Les grands ont compris. Le"
            " petit il veut le camion."
        ),
        public_text=(
            "Pour Noël : un cadeau chacun, tiré au sort, dix euros. Les grands ont compris. Le petit veut"
            " le camion."
        ),
        months=season(11, 1),
    ),
    Text(
        theme="commerces-prix",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "À l’épicerie solidaire j’ai pas droit, je dépasse de onze euros. Onze euros ! Je les ai même"
            " pas vus passer."
        ),
        public_text="Je dépasse le plafond de onze euros. Je ne les ai même pas vus passer.",
    ),
    Text(
        theme="commerces-alimentation",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Atelier cuisine : un panier, cinq euros, quatre personnes, et c’était bon. J’ai refait la "
            "soupe au potiron, mon fils a dit « c’est qui qui a cuisiné ? »."
        ),
        public_text=(
            "Un panier à cinq euros pour quatre, et c’était bon. Mon fils a dit « c’est qui qui a cuisiné"
            " ? »."
        ),
    ),
    Text(
        theme="commerces-alimentation",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Un groupement d’achat. On commande les patates ensemble à la ferme, y en a dix kilomètres "
            "autour de nous, des patates !"
        ),
        public_text="Commander les patates ensemble à la ferme. Il y en a dix kilomètres autour de nous !",
    ),
    Text(
        theme="commerces-alimentation",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words="Les fruits on les achète pour les enfants et nous on dit qu’on aime pas.",
        public_text="Les fruits, on les achète pour les enfants et nous on dit qu’on n’aime pas.",
    ),
    Text(
        theme="commerces-alimentation",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Distribution alimentaire : la file commence une heure avant. Des gens attendent un peu plus "
            "loin que la file."
        ),
    ),
    Text(
        theme="commerces-commerces",
        nature="proposition",
        people="quelques",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Y a deux rideaux baissés côte à côte. Qu’on les prête à des jeunes trois mois pour essayer "
            "une boutique. Au pire on aura ri."
        ),
        public_text=(
            "Deux rideaux baissés : qu’on les prête trois mois à des jeunes pour essayer une boutique."
        ),
    ),
    Text(
        theme="commerces-alimentation",
        nature="atout",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Le maraîcher à dix-neuf heures il vend la cagette un euro. Faut juste aimer ce qu’il y a "
            "dedans. Ce soir : fenouil."
        ),
        public_text="Le soir, le maraîcher vend la cagette un euro. Il faut juste aimer ce qu’il y a dedans.",
    ),
)
