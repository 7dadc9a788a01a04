"""Social ties: loneliness, neighbours, mutual help."""

from observations.demo.text import Text, season

LIEN_VOISINS = (
    Text(
        theme="lien-isolement",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words="Le facteur, l’infirmière, et vous. Voilà, j’ai fait le tour de ma semaine.",
        public_text="Le facteur, l’infirmière, et vous. Voilà, j’ai fait le tour de ma semaine.",
    ),
    Text(
        theme="lien-isolement",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words="L’hiver je parle à la radio. Je lui réponds. Je suis pas folle, je m’entretiens.",
        public_text="L’hiver, je réponds à la radio. Je m’entretiens.",
        months=season(11, 3),
    ),
    Text(
        theme="lien-isolement",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Depuis que madame Renée est partie en maison, à notre étage c’est que des portes. Je "
            "voudrais bien qu’on m’emmène au loto, toute seule j’ose pas."
        ),
        reading="Elle viendrait si quelqu’un passait la prendre. Voir avec la maison de quartier.",
        public_text=(
            "Sur le palier, ce ne sont plus que des portes. J’irais bien au loto, mais toute seule je "
            "n’ose pas."
        ),
    ),
    Text(
        theme="lien-isolement",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="non",
        words=(
            "En août tout ferme, la maison de quartier, le club, même la boulangère. Les gens pensent que"
            " tout le monde part. Moi je reste avec les pigeons."
        ),
        months=season(7, 8),
    ),
    Text(
        theme="lien-isolement",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Je venais plus depuis mon veuvage. C’est la petite du club de tricot qui est venue me tirer "
            "par la manche. Merci la manche."
        ),
        public_text=(
            "Je ne venais plus. C’est quelqu’un du club de tricot qui m’a tirée par la manche. Merci la "
            "manche."
        ),
    ),
    Text(
        theme="lien-voisinage",
        nature="atout",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Y a quinze pays dans l’escalier et une seule recette de frites. On est d’accord sur l’essentiel."
        ),
        public_text=(
            "Quinze pays dans l’escalier et une seule recette de frites. On est d’accord sur l’essentiel."
        ),
    ),
    Text(
        theme="lien-voisinage",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Avant on se parlait par les fenêtres. Maintenant y a un groupe sur le téléphone, et ça se "
            "dispute dedans pour une place de parking."
        ),
        public_text=(
            "Avant, on se parlait par les fenêtres. Maintenant, on se dispute sur un groupe pour une "
            "place de parking."
        ),
    ),
    Text(
        theme="lien-voisinage",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="non",
        words="Les nouveaux ils disent pas bonjour. Après, nous non plus on est pas allés sonner.",
    ),
    Text(
        theme="lien-voisinage",
        nature="atout",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Je sais pas le nom de ma voisine et elle sait pas le mien. Mais on a chacune la clé de l’autre."
        ),
        public_text="Je ne sais pas le nom de ma voisine. Mais on a chacune la clé de l’autre.",
    ),
    Text(
        theme="lien-voisinage",
        nature="proposition",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Un petit mot de bienvenue dans la boîte quand quelqu’un arrive : le jour des poubelles, le "
            "nom du gardien, et « le pain du coin est bon »."
        ),
        public_text=(
            "Un mot de bienvenue pour les nouveaux : le jour des poubelles, et « le pain du coin est bon »."
        ),
    ),
    Text(
        theme="lien-entraide",
        nature="atout",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Quand l’ascenseur est en panne, les jeunes du bas montent les packs d’eau des anciens. "
            "Personne leur a demandé. Ça, le journal il l’écrit pas."
        ),
        public_text=(
            "Quand l’ascenseur est en panne, les jeunes montent les packs d’eau des anciens. Personne ne "
            "leur a demandé."
        ),
    ),
    Text(
        theme="lien-entraide",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Je garde les petits de la dame d’à côté à cinq heures du matin quand elle fait les ménages, "
            "et elle me fait les papiers. On est quittes, on compte pas."
        ),
        public_text=(
            "Je garde les petits de ma voisine quand elle part tôt, elle me fait mes papiers. On est "
            "quittes, on ne compte pas."
        ),
    ),
    Text(
        theme="lien-entraide",
        nature="atout",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "À l’épicerie il y a un carnet. On marque et on paie en fin de mois. Il a jamais refusé du "
            "lait à personne."
        ),
        public_text=(
            "À l’épicerie il y a un carnet, on paie en fin de mois. On n’y a jamais refusé du lait à "
            "personne."
        ),
    ),
    Text(
        theme="lien-entraide",
        nature="proposition",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Une armoire avec les outils qu’on utilise une fois par an. Perceuse, shampouineuse, appareil"
            " à raclette. Surtout l’appareil à raclette."
        ),
        public_text=(
            "Une armoire d’outils à partager : perceuse, shampouineuse, appareil à raclette. Surtout "
            "l’appareil à raclette."
        ),
    ),
    Text(
        theme="lien-entraide",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "L’atelier couture on vient pour un ourlet et on reste pour le café. J’ai appris à une dame à"
            " faire une fermeture, elle m’a appris le thé à la menthe."
        ),
        seen="Onze personnes autour de six machines, deux hommes pour la première fois.",
        public_text="À l’atelier couture, on vient pour un ourlet et on reste pour le café.",
        months=season(9, 6),
    ),
    Text(
        theme="lien-entraide",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="non",
        words=(
            "On s’aide, on s’aide, mais c’est toujours les mêmes qui aident. Je suis un peu fatiguée "
            "d’être gentille."
        ),
    ),
)
