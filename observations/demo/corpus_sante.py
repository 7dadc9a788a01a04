"""Health: access to care, prevention, well-being."""

from observations.demo.text import Text, season

SANTE = (
    Text(
        theme="sante-acces-soins",
        nature="preoccupation",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Mon docteur part en juin, il a quatre-vingts ans faut le laisser. Mais personne ne prend de "
            "nouveaux. J’ai téléphoné à neuf cabinets, je les ai sur une feuille, barrés."
        ),
        public_text=(
            "Mon docteur part à la retraite. J’ai appelé neuf cabinets, je les ai sur une feuille, barrés."
        ),
    ),
    Text(
        theme="sante-acces-soins",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words="Le dentiste c’est dans cinq mois. Ma dent elle sait pas lire un calendrier.",
        public_text="Le dentiste, c’est dans cinq mois. Ma dent ne sait pas lire un calendrier.",
    ),
    Text(
        theme="sante-acces-soins",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Madame Lucienne du 3e, celle qui a les poumons, elle annule le spécialiste parce que le taxi"
            " vient pas jusqu’au pied. C’est trois cents mètres, pour elle c’est l’Everest."
        ),
        public_text=(
            "Le taxi ne vient pas jusqu’au pied de l’immeuble. Trois cents mètres, pour certains, c’est "
            "l’Everest."
        ),
    ),
    Text(
        theme="sante-acces-soins",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le bus santé sur la place, sans rendez-vous. J’y suis entrée pour la pluie, j’en suis sortie"
            " avec une ordonnance et une dame qui m’a écoutée."
        ),
        public_text="Le bus santé sur la place : j’y suis entrée pour la pluie, j’en suis sortie écoutée.",
    ),
    Text(
        theme="sante-acces-soins",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="non",
        words=(
            "On me dit de prendre rendez-vous sur l’application. Je demande : et la voix humaine, c’est à"
            " quelle heure ?"
        ),
    ),
    Text(
        theme="sante-prevention",
        nature="atout",
        people="groupe",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "La marche du jeudi on était quatre, on est dix-neuf. On fait le tour du canal, on soigne le "
            "cœur et on dit du mal des absents."
        ),
        public_text=(
            "La marche du jeudi : on était quatre, on est dix-neuf. On soigne le cœur et on dit du mal "
            "des absents."
        ),
        months=season(4, 10),
    ),
    Text(
        theme="sante-prevention",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Qu’on nous parle de la ménopause, normalement, entre nous, avec une sage-femme et des "
            "gâteaux. Nos mères elles disaient « c’est l’âge » et voilà."
        ),
        public_text=(
            "Qu’on nous parle de la ménopause, normalement, entre nous, avec une sage-femme et des gâteaux."
        ),
    ),
    Text(
        theme="sante-prevention",
        nature="preoccupation",
        people="une",
        place_kind="ecole",
        agreement="oui",
        words=(
            "À quinze heures ils sortent de l’école, ils vont direct au magasin : boisson bleue, chips. "
            "Je dis pas, j’ai été gosse. Mais tous les jours ?"
        ),
        public_text=(
            "À la sortie de l’école : boisson bleue et chips, tous les jours. Je ne dis pas, j’ai été "
            "gosse. Mais tous les jours ?"
        ),
        months=season(9, 6),
    ),
    Text(
        theme="sante-prevention",
        nature="atout",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le vaccin, c’est la pharmacienne qui est venue au café des mamans. Elle a répondu à tout, "
            "même aux bêtises d’internet, sans lever les yeux au ciel."
        ),
        public_text=(
            "La pharmacienne est venue au café des parents. Elle a répondu à tout, même aux bêtises "
            "d’internet."
        ),
        months=season(10, 1),
    ),
    Text(
        theme="sante-bien-etre",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Je dors plus. C’est pas le bruit, c’est la tête. À qui on dit ça ? Au docteur j’ai sept "
            "minutes et j’ai déjà mon genou."
        ),
        public_text="Je ne dors plus. Chez le docteur j’ai sept minutes, et j’ai déjà mon genou.",
    ),
    Text(
        theme="sante-bien-etre",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Gym douce. Le nom c’est un mensonge. Mais alors le bien que ça fait, et les fous rires au sol."
        ),
        public_text=(
            "Gym douce : le nom est un mensonge. Mais le bien que ça fait, et les fous rires au sol !"
        ),
        months=season(9, 6),
    ),
    Text(
        theme="sante-bien-etre",
        nature="besoin",
        people="une",
        place_kind="domicile",
        agreement="non",
        words=(
            "Je m’occupe de ma mère jour et nuit, je l’aime, mais je voudrais aller chez le coiffeur sans"
            " courir."
        ),
        reading="Besoin d’un relais quelques heures par semaine. Elle ne prononcera pas le mot « aidante ».",
    ),
    Text(
        theme="sante-bien-etre",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Une salle où on fait rien. Des fauteuils, de la lumière, du silence. Chez nous y a jamais de"
            " silence."
        ),
        public_text="Une salle où l’on ne fait rien. Des fauteuils, de la lumière, du silence.",
    ),
    Text(
        theme="sante-acces-soins",
        nature="preoccupation",
        people="quelques",
        place_kind="commerce",
        agreement="sans_objet",
        seen=(
            "Affichette manuscrite à la pharmacie : « nous ne connaissons pas de médecin qui prend ». Les"
            " gens la photographient."
        ),
    ),
    Text(
        theme="sante-bien-etre",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le soir je vais à la digue avec le bus gratuit. Je regarde les bateaux un quart d’heure et "
            "je rentre. C’est ma pilule."
        ),
        public_text=(
            "Le soir, je prends le bus gratuit jusqu’à la digue. Je regarde les bateaux un quart d’heure "
            "et je rentre."
        ),
        months=season(5, 9),
    ),
)
