"""Childhood: school and after school."""

from observations.demo.text import Text, season

ENFANCE_ECOLE = (
    Text(
        theme="enfance-ecole",
        nature="atout",
        people="une",
        place_kind="ecole",
        agreement="oui",
        words=(
            "La maîtresse elle me parle pas comme à une idiote. Elle m’a montré le cahier, elle m’a dit "
            "ce qu’il sait faire. C’est la première fois qu’on commence par ça."
        ),
        public_text=(
            "La maîtresse m’a montré ce qu’il sait faire. C’est la première fois qu’on commence par ça."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="enfance-ecole",
        nature="preoccupation",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "Pas remplacée trois semaines. Ils répartissent les petits dans les autres classes avec un "
            "coloriage. À la fin mon fils il coloriait très bien."
        ),
        public_text="Trois semaines sans remplacement. À la fin, mon fils coloriait très bien.",
        months=season(9, 6),
    ),
    Text(
        theme="enfance-ecole",
        nature="preoccupation",
        people="une",
        place_kind="ecole",
        agreement="oui",
        words=(
            "La liste de la rentrée : le classeur bleu, pas le vert, le rouge à anneaux ronds. J’ai fait "
            "trois magasins. L’année dernière ils commandaient tout ensemble, c’était mieux."
        ),
        public_text=(
            "La liste de rentrée, j’ai fait trois magasins. L’an dernier on commandait tous ensemble, "
            "c’était mieux."
        ),
        months=season(9, 9),
    ),
    Text(
        theme="enfance-ecole",
        nature="preoccupation",
        people="quelques",
        place_kind="ecole",
        agreement="sans_objet",
        seen=(
            "À 8 h 20, voitures en double file sur le passage piéton ; les enfants traversent entre les "
            "pare-chocs."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="enfance-ecole",
        nature="atout",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "La kermesse, le directeur au chamboule-tout, c’est lui qu’on visait. Il a joué le jeu "
            "jusqu’au bout."
        ),
        public_text=(
            "À la kermesse, le directeur s’est mis au chamboule-tout. Il a joué le jeu jusqu’au bout."
        ),
        months=season(5, 6),
    ),
    Text(
        theme="enfance-periscolaire",
        nature="preoccupation",
        people="une",
        place_kind="ecole",
        agreement="oui",
        words=(
            "La garderie ouvre à sept heures et demie. Moi j’embauche à sept. Cette demi-heure-là, elle "
            "me coûte une amie par semaine."
        ),
        public_text=(
            "La garderie ouvre à sept heures et demie, j’embauche à sept. Cette demi-heure me coûte une "
            "amie par semaine."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="enfance-periscolaire",
        nature="preoccupation",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "Pour la cantine faut réserver le mardi d’avant, sur le site. Mon planning je l’ai le "
            "vendredi. Cherchez l’erreur."
        ),
        public_text=(
            "Il faut réserver la cantine une semaine avant. Mon planning, je l’ai la veille du week-end."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="enfance-periscolaire",
        nature="atout",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le centre aéré cet été, ils ont fait trois fois la plage et une cabane. Le soir elle "
            "s’endormait dans son assiette."
        ),
        public_text=(
            "Au centre de loisirs : trois fois la plage et une cabane. Le soir, elle s’endormait dans son"
            " assiette."
        ),
        months=season(7, 8),
    ),
    Text(
        theme="enfance-periscolaire",
        nature="besoin",
        people="une",
        place_kind="maison_de_quartier",
        agreement="non",
        words=(
            "Y avait plus de place en juillet. On m’a dit d’inscrire en avril, mais en avril je savais "
            "pas si j’aurais le boulot."
        ),
        months=season(6, 8),
    ),
    Text(
        theme="enfance-periscolaire",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le mercredi poterie. Il m’a fait un cendrier, je fume pas, je mets mes clés dedans. Il est "
            "fier à chaque fois que je rentre."
        ),
        public_text=(
            "Le mercredi poterie : il m’a fait un cendrier, je ne fume pas, j’y mets mes clés. Il est "
            "fier à chaque fois."
        ),
    ),
)
