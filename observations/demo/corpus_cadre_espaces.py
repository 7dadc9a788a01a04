"""Surroundings: green spaces, playgrounds, roadworks."""

from observations.demo.text import Text, season

CADRE_ESPACES = (
    Text(
        theme="cadre-espaces-verts",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les bandes de fleurs sauvages au début j’ai dit c’est des mauvaises herbes, ils veulent plus"
            " tondre. Maintenant j’emmène la petite compter les coquelicots."
        ),
        public_text=(
            "Les fleurs sauvages, j’ai d’abord cru qu’ils ne voulaient plus tondre. Maintenant j’emmène "
            "la petite compter les coquelicots."
        ),
        months=season(4, 9),
    ),
    Text(
        theme="cadre-espaces-verts",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Eux ils appellent ça de la gestion écologique, moi j’appelle ça pas tondu. Mon chien on le "
            "voit plus."
        ),
        public_text=(
            "Ils appellent ça de la gestion écologique. Moi j’appelle ça pas tondu : mon chien, on ne le "
            "voit plus."
        ),
        months=season(4, 9),
    ),
    Text(
        theme="cadre-espaces-verts",
        nature="besoin",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="Des bancs avec un dossier. À mon âge on s’assoit, mais faut pouvoir se relever.",
        public_text="Des bancs avec un dos et des bras. À mon âge, on s’assoit, mais il faut se relever.",
    ),
    Text(
        theme="cadre-espaces-verts",
        nature="proposition",
        people="groupe",
        place_kind="evenement",
        agreement="oui",
        words=(
            "Derrière l’immeuble c’est un carré d’herbe que personne traverse. On y met six pommiers et "
            "dans cinq ans c’est nous qui faisons la compote."
        ),
        public_text=(
            "Six pommiers sur le carré d’herbe que personne ne traverse, et dans cinq ans on fait la compote."
        ),
        months=season(3, 10),
    ),
    Text(
        theme="cadre-aires-de-jeux",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le toboggan est scotché depuis le printemps. Les gosses grimpent par-dessus le ruban, c’est "
            "devenu le jeu."
        ),
        seen="Ruban rouge et blanc autour du toboggan, marche manquante.",
        public_text=(
            "Le toboggan est fermé par un ruban. Les enfants grimpent par-dessus, c’est devenu le jeu."
        ),
        months=season(6, 10),
    ),
    Text(
        theme="cadre-aires-de-jeux",
        nature="besoin",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Y a des jeux pour les petits, des bancs pour nous, et pour les 8-12 ans y a rien. Alors ils "
            "cassent les jeux des petits en montant dessus."
        ),
        public_text="Rien pour les 8-12 ans. Alors ils montent sur les jeux des petits.",
    ),
    Text(
        theme="cadre-aires-de-jeux",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="non",
        words="Moi je voudrais une balançoire comme à la plage, celle qui va haut.",
        reading="Un enfant d’une huitaine d’années, venu seul nous voir. À ne pas citer.",
        months=season(4, 9),
    ),
    Text(
        theme="cadre-aires-de-jeux",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "L’aire de jeux refaite on y vient de l’autre bout du quartier. On a fait connaissance entre "
            "mamans, et un papa, oui, un."
        ),
        public_text="À la nouvelle aire de jeux, on a fait connaissance entre mamans. Et un papa, oui, un.",
        months=season(4, 10),
    ),
    Text(
        theme="cadre-travaux",
        nature="preoccupation",
        people="quelques",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Les travaux devant chez nous ça fait un an. Bon faut ce qu’il faut. Mais le panneau dit « "
            "fin avril » et il dit pas de quelle année."
        ),
        public_text="Le panneau des travaux dit « fin avril ». Il ne dit pas de quelle année.",
    ),
    Text(
        theme="cadre-travaux",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words="Avec ma canne je passe pas. Ils ont mis une planche. Une planche !",
        public_text="Pour passer les travaux avec une canne, ils ont mis une planche. Une planche !",
    ),
    Text(
        theme="cadre-travaux",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le chef de chantier il a fait visiter le trou aux enfants de l’école avec des casques. "
            "Maintenant ils veulent tous faire pelleteuse."
        ),
        public_text=(
            "Le chef de chantier a fait visiter le trou aux enfants, avec des casques. Ils veulent tous "
            "faire pelleteuse."
        ),
    ),
    Text(
        theme="cadre-travaux",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Juste savoir. Qu’est-ce qu’ils font, combien de temps, et où on passe. Trois lignes sur une "
            "affiche, c’est pas la lune."
        ),
        public_text="Ce qu’ils font, combien de temps, par où passer. Trois lignes sur une affiche.",
    ),
    Text(
        theme="cadre-travaux",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="sans_objet",
        seen="Passage piéton effacé devant l’arrêt de bus, les gens traversent entre les voitures.",
    ),
)
