"""Childhood: childcare, learning, being a parent."""

from observations.demo.text import Text, season

ENFANCE_FAMILLE = (
    Text(
        theme="enfance-garde",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "J’ai trouvé une place en crèche, dans l’autre quartier, deux bus. J’ai calculé : je "
            "travaille deux heures par jour pour payer le droit de travailler."
        ),
        public_text="Une place en crèche, mais à deux bus d’ici.",
    ),
    Text(
        theme="enfance-garde",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "elle commence 5h au port, crèche ouvre 7h30. son fils Mathéo 3 ans dort chez la voisine du "
            "dessous. a dit oui pr qu on en parle"
        ),
        public_text=(
            "Je commence à cinq heures, la crèche ouvre à sept heures et demie. Heureusement qu’il y a "
            "les voisines."
        ),
    ),
    Text(
        theme="enfance-garde",
        nature="proposition",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "On est six mamans, on a toutes des horaires bizarres. On voudrait se garder les enfants "
            "entre nous mais déclaré, propre, avec une salle."
        ),
        public_text=(
            "Six mamans aux horaires bizarres : on voudrait se garder les enfants entre nous, dans une "
            "salle, bien en règle."
        ),
    ),
    Text(
        theme="enfance-garde",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Les vacances c’est huit semaines, moi j’en ai cinq, et avec le papa on les prend chacun de "
            "notre côté pour couvrir. On se croise."
        ),
        public_text="Pour couvrir les vacances, on prend nos congés chacun de son côté. On se croise.",
        months=season(7, 8),
    ),
    Text(
        theme="enfance-reussite-educative",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le coup de main aux devoirs, c’est pas que les devoirs. Le jeune qui l’aide il vient d’ici "
            "et il est à la fac. Mon fils il le regarde comme un footballeur."
        ),
        public_text=(
            "Le jeune qui aide aux devoirs vient d’ici et il est à la fac. Mon fils le regarde comme un "
            "footballeur."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="enfance-reussite-educative",
        nature="preoccupation",
        people="une",
        place_kind="ecole",
        agreement="oui",
        words=(
            "L’orthophoniste : dix-huit mois d’attente. Il aura fini d’apprendre à lire, ou il aura fini "
            "d’essayer."
        ),
        public_text=(
            "Dix-huit mois d’attente pour l’orthophoniste. Il aura fini d’apprendre à lire, ou fini "
            "d’essayer."
        ),
        months=season(10, 6),
    ),
    Text(
        theme="enfance-reussite-educative",
        nature="besoin",
        people="une",
        place_kind="ecole",
        agreement="non",
        words=(
            "Pour le stage de troisième mon fils a écrit à quinze endroits. Les autres c’est le tonton "
            "qui a un bureau. Nous le tonton il est cariste."
        ),
        months=season(11, 5),
    ),
    Text(
        theme="enfance-reussite-educative",
        nature="proposition",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "Et si c’était nous les parents qui venions raconter nos métiers ? Y a un soudeur, une aide-"
            "soignante, un cuistot. C’est pas moins bien qu’un film."
        ),
        public_text=(
            "Et si les parents venaient raconter leur métier ? Un soudeur, une aide-soignante, un cuistot."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="enfance-parentalite",
        nature="besoin",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Sur le téléphone je sais plus quoi faire. Je crie, il crie, on est tous les deux fatigués. "
            "J’aimerais en parler avec d’autres qui crient aussi."
        ),
        public_text=(
            "Pour le téléphone, je crie, il crie. J’aimerais en parler avec d’autres qui crient aussi."
        ),
    ),
    Text(
        theme="enfance-parentalite",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le café des parents après l’école, on dépose et on reste. J’y ai appris que les miens "
            "étaient normaux. C’est énorme."
        ),
        public_text="Au café des parents, j’ai appris que mes enfants étaient normaux. C’est énorme.",
        months=season(9, 6),
    ),
    Text(
        theme="enfance-parentalite",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Moi je suis papa solo une semaine sur deux. La pataugeoire le dimanche matin, c’est là qu’on"
            " a commencé à se parler, lui et moi."
        ),
        public_text="À la piscine le dimanche matin, c’est là qu’on a commencé à se parler, mon fils et moi.",
    ),
    Text(
        theme="enfance-parentalite",
        nature="preoccupation",
        people="une",
        place_kind="ecole",
        agreement="sans_objet",
        seen=(
            "Sortie d’école : une mère attend toujours à distance, de l’autre côté de la rue. Aujourd’hui"
            " une autre a traversé pour lui parler."
        ),
        months=season(9, 6),
    ),
)
