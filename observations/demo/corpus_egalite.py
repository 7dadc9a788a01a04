"""Equality: discrimination, women and men, accessibility."""

from observations.demo.text import Text, season

EGALITE = (
    Text(
        theme="egalite-discriminations",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Au téléphone l’appartement était libre. J’arrive, il est plus libre. J’ai fait rappeler mon "
            "collègue : libre. Voilà, j’ai rien à ajouter."
        ),
        public_text=(
            "Au téléphone, l’appartement était libre. J’arrive, il ne l’est plus. Un collègue rappelle : "
            "libre."
        ),
    ),
    Text(
        theme="egalite-discriminations",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="non",
        words=(
            "Contrôlé trois fois dans la même semaine, par les mêmes. La troisième j’ai dit « bonjour, "
            "comme d’habitude ? »."
        ),
    ),
    Text(
        theme="egalite-discriminations",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "L’expo de photos, « d’où je viens, où je vais ». Une dame polonaise et une dame comorienne "
            "avaient la même photo : la mère devant une machine à coudre."
        ),
        public_text=(
            "À l’exposition, deux femmes venues de loin l’une de l’autre avaient la même photo : la mère "
            "devant une machine à coudre."
        ),
        months=season(3, 6),
    ),
    Text(
        theme="egalite-discriminations",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Quand je dis où j’habite je vois la tête que ça fait. Une demi-seconde. On la connaît tous, "
            "cette demi-seconde."
        ),
        public_text=(
            "Quand je dis où j’habite, il y a une demi-seconde. On la connaît tous, cette demi-seconde."
        ),
    ),
    Text(
        theme="egalite-femmes-hommes",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="Comptez sur la place. Les hommes sont assis, les femmes traversent.",
        seen="Un mardi à 16 h : vingt-deux hommes assis, deux femmes, une trentaine de femmes de passage.",
        public_text="Comptez sur la place : les hommes sont assis, les femmes traversent.",
    ),
    Text(
        theme="egalite-femmes-hommes",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Mécanique vélo entre femmes, le samedi. J’ai changé une roue. Mon mari m’a demandé de faire "
            "la sienne, je lui ai donné mes horaires."
        ),
        public_text=(
            "À l’atelier mécanique entre femmes, j’ai changé une roue. Mon mari veut que je fasse la "
            "sienne, je lui ai donné mes horaires."
        ),
    ),
    Text(
        theme="egalite-femmes-hommes",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="non",
        words=(
            "J’ai besoin de sortir une heure sans dire où. Une heure de gym, une heure de rien, une heure"
            " à moi."
        ),
        reading="Laisser la porte ouverte, ne pas insister. Les numéros utiles lui ont été montrés.",
    ),
    Text(
        theme="egalite-femmes-hommes",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le 8 mars c’est bien, les roses c’est gentil. Nous on préfère une garde d’enfants le soir "
            "pour pouvoir venir aux réunions."
        ),
        public_text="Le 8 mars, plutôt que des roses : une garde d’enfants le soir pour venir aux réunions.",
        months=season(3, 3),
    ),
    Text(
        theme="egalite-accessibilite",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Avec le fauteuil, du 2e bâtiment à la pharmacie il y a six trottoirs. Quatre sont baissés. "
            "Donc je passe sur la route, avec les bus."
        ),
        public_text=(
            "Jusqu’à la pharmacie il y a six trottoirs, quatre sont baissés. Donc je passe sur la route, "
            "avec les bus."
        ),
    ),
    Text(
        theme="egalite-accessibilite",
        nature="besoin",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words="Les réunions sont dans la salle du haut. Moi j’ai une opinion en bas.",
        public_text="Les réunions sont dans la salle du haut. Moi, j’ai une opinion en bas.",
    ),
    Text(
        theme="egalite-accessibilite",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le chauffeur est descendu déplier la rampe à la main, sous la pluie, et il a rien dit aux "
            "gens qui soufflaient. Il a juste pris son temps."
        ),
        public_text="Le chauffeur est descendu déplier la rampe sous la pluie. Il a pris son temps.",
    ),
    Text(
        theme="egalite-accessibilite",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Poubelles et trottinettes sur la bande de guidage ; une personne avec une canne blanche "
            "s’arrête, cherche, fait demi-tour."
        ),
    ),
)
