"""Peace and quiet: noise, hallways, motorbikes, feeling unsafe, people on the ground."""

from observations.demo.text import Text, season

TRANQUILLITE = (
    Text(
        theme="tranquillite-bruit",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Les enceintes sur le parking jusqu’à deux heures. Je suis descendu, ils ont baissé, ils "
            "m’ont offert un coca. Le lendemain rebelote. Ils sont gentils mais ils ont pas d’endroit."
        ),
        public_text=(
            "La musique sur le parking jusqu’à deux heures. Je suis descendu, ils ont baissé, ils m’ont "
            "offert un coca. Ils n’ont pas d’endroit."
        ),
        months=season(6, 9),
    ),
    Text(
        theme="tranquillite-bruit",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="non",
        words=(
            "Le chien d’à côté pleure toute la journée. Pas aboie : pleure. Je crois qu’il s’ennuie "
            "autant que moi."
        ),
    ),
    Text(
        theme="tranquillite-bruit",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "On parle que des jeunes mais le bar de l’angle à la fermeture c’est pas des gamins qui chantent."
        ),
        public_text="On parle que des jeunes. À la fermeture du bar, ce ne sont pas des gamins qui chantent.",
        months=season(4, 10),
    ),
    Text(
        theme="tranquillite-bruit",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "On s’est mis d’accord entre voisins : la perceuse jamais le dimanche, et quand on fait une "
            "fête on met un mot. Ça tient depuis deux ans."
        ),
        public_text=(
            "Entre voisins : jamais la perceuse le dimanche, et un mot quand on fait la fête. Ça tient "
            "depuis deux ans."
        ),
    ),
    Text(
        theme="tranquillite-halls",
        nature="preoccupation",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Ils sont dans le hall parce qu’il pleut, c’est tout. S’il y avait un local ils seraient dans"
            " le local. Mais moi le soir je baisse les yeux et j’aime pas ça, de baisser les yeux chez "
            "moi."
        ),
        reading="Deux choses en même temps dans sa bouche : elle les comprend et elle a peur.",
        public_text=(
            "Ils sont dans le hall parce qu’il pleut. Mais je baisse les yeux, et je n’aime pas ça, chez moi."
        ),
        months=season(10, 4),
    ),
    Text(
        theme="tranquillite-halls",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="non",
        words=(
            "Je dis bonsoir, ils disent bonsoir. Ils me portent les sacs des fois. Mais la fumée, la "
            "fumée elle monte chez moi."
        ),
    ),
    Text(
        theme="tranquillite-halls",
        nature="proposition",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "On nous vire du hall, on va au banc. On nous vire du banc, on va au parking. Ouvrez une "
            "salle, on signe une charte, on fait le ménage, voilà."
        ),
        reading="Trois jeunes adultes, ton posé. Ils ont déjà une idée de la salle.",
        public_text=(
            "On nous vire du hall, puis du banc, puis du parking. Ouvrez une salle : on signe une charte "
            "et on fait le ménage."
        ),
    ),
    Text(
        theme="tranquillite-halls",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="sans_objet",
        seen="Chaises pliantes et cendrier rangés derrière la porte du hall, sol balayé.",
        months=season(10, 4),
    ),
    Text(
        theme="tranquillite-rodeos",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les motos sur la roue arrière devant l’aire de jeux. On rentre les petits à dix-sept heures,"
            " avec le soleil qu’il fait, vous trouvez ça normal ?"
        ),
        public_text=(
            "Les motos devant l’aire de jeux : on rentre les petits à dix-sept heures, avec le soleil "
            "qu’il fait."
        ),
        months=season(4, 9),
    ),
    Text(
        theme="tranquillite-rodeos",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le dimanche matin c’est le grand prix. Moi j’ai fait de la moto toute ma vie, je les envie "
            "presque. Mais pas là, pas comme ça."
        ),
        public_text=(
            "Le dimanche matin, c’est le grand prix. J’ai fait de la moto toute ma vie. Mais pas là, pas "
            "comme ça."
        ),
        months=season(5, 9),
    ),
    Text(
        theme="tranquillite-rodeos",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Un terrain pour apprendre la mécanique et rouler pour de vrai avec un casque. Ceux qui font "
            "du bruit, ils savent tous démonter un moteur."
        ),
        public_text=(
            "Un terrain pour rouler avec un casque et apprendre la mécanique. Ils savent tous démonter un"
            " moteur."
        ),
    ),
    Text(
        theme="tranquillite-insecurite",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Rien m’est jamais arrivé. Mais après dix-huit heures je sors plus, et je saurais même pas "
            "vous dire de quoi j’ai peur."
        ),
        public_text=(
            "Rien ne m’est jamais arrivé. Mais après dix-huit heures je ne sors plus, et je ne saurais "
            "pas dire de quoi j’ai peur."
        ),
        months=season(10, 3),
    ),
    Text(
        theme="tranquillite-insecurite",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Ceux qui disent du mal du quartier ils y habitent pas. Moi j’oublie ma sacoche sur le banc, "
            "on me la ramène à la maison."
        ),
        public_text=(
            "Ceux qui disent du mal du quartier n’y habitent pas. J’ai oublié ma sacoche sur un banc, on "
            "me l’a ramenée."
        ),
    ),
    Text(
        theme="tranquillite-insecurite",
        nature="preoccupation",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Ma collègue Sandrine, celle de la caisse, s’est fait arracher son sac à l’arrêt. Depuis son "
            "mari vient la chercher. Moi j’ai pas de mari, alors je cours."
        ),
        public_text="Après le travail, le soir, entre le magasin et l’arrêt, je cours.",
    ),
    Text(
        theme="tranquillite-insecurite",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="non",
        words="Le soir on se téléphone quand on est rentrées. « C’est bon ? – C’est bon. » Tous les soirs.",
    ),
    Text(
        theme="tranquillite-presence-humaine",
        nature="besoin",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Avant y avait les médiateurs jusqu’à vingt-deux heures, ils connaissaient tout le monde. "
            "Maintenant après dix-huit heures y a plus que nous."
        ),
        public_text=(
            "Après dix-huit heures, il n’y a plus que nous. On voudrait retrouver les médiateurs du soir."
        ),
    ),
    Text(
        theme="tranquillite-presence-humaine",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les gilets bleus devant le collège ils font rien de spécial et justement, ils sont là. Ça "
            "suffit."
        ),
        public_text="Les médiateurs devant le collège ne font rien de spécial, et justement : ils sont là.",
    ),
    Text(
        theme="tranquillite-presence-humaine",
        nature="atout",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "La police à vélo s’est arrêtée cinq minutes, ils ont regonflé le pneu d’un gamin. Cinq "
            "minutes. On en parle encore."
        ),
        public_text="La police à vélo a regonflé le pneu d’un gamin. Cinq minutes, on en parle encore.",
    ),
    Text(
        theme="tranquillite-presence-humaine",
        nature="besoin",
        people="une",
        place_kind="domicile",
        agreement="non",
        words=(
            "À la mairie y a un numéro, mais quelqu’un qui passe, qui frappe, qui dit ça va, ça, y a pas "
            "de numéro."
        ),
    ),
    Text(
        theme="tranquillite-bruit",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Une trentaine de personnes dehors à 19 h, musique, enfants à vélo. Deux fenêtres se ferment,"
            " trois autres s’ouvrent."
        ),
        months=season(5, 9),
    ),
    Text(
        theme="tranquillite-presence-humaine",
        nature="proposition",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "On se met à deux parents le matin au carrefour, avec un gilet. On se relaie. La mairie nous "
            "prête les gilets et un mot officiel, ça suffit."
        ),
        public_text=(
            "Deux parents au carrefour le matin, avec un gilet, en se relayant. Il ne manque que les gilets."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="tranquillite-bruit",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words="Fenêtre ouverte j’ai le bruit, fenêtre fermée j’ai trente degrés. Choisissez pour moi.",
        public_text="Fenêtre ouverte j’ai le bruit, fenêtre fermée j’ai trente degrés. Choisissez pour moi.",
        months=season(6, 9),
    ),
)
