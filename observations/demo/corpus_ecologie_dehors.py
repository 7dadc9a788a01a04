"""Ecology outside: shade, waste, nature, water."""

from observations.demo.text import Text, season

ECOLOGIE_DEHORS = (
    Text(
        theme="ecologie-ilots-de-chaleur",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "La place ils l’ont refaite toute blanche, très chic. En juillet faut des lunettes pour aller"
            " au pain."
        ),
        public_text=(
            "La place refaite est très chic, toute blanche. L’été, il faut des lunettes pour aller au pain."
        ),
        months=season(6, 9),
    ),
    Text(
        theme="ecologie-ilots-de-chaleur",
        nature="proposition",
        people="groupe",
        place_kind="ecole",
        agreement="oui",
        words=(
            "La cour de l’école c’est du goudron. Les enfants ont dessiné une cour avec une cabane, de la"
            " terre et une rivière. Bon, la rivière on verra."
        ),
        public_text=(
            "Les enfants ont dessiné une cour avec une cabane, de la terre et une rivière. La rivière, on"
            " verra."
        ),
        months=season(5, 7) | season(9, 9),
    ),
    Text(
        theme="ecologie-ilots-de-chaleur",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="Les trois platanes, touchez pas aux trois platanes. C’est la climatisation du quartier.",
        public_text="Les trois platanes, c’est la climatisation du quartier.",
        months=season(5, 9),
    ),
    Text(
        theme="ecologie-ilots-de-chaleur",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "À 15 h, personne sur la place en plein soleil ; une vingtaine de personnes serrées à l’ombre"
            " du mur de l’école."
        ),
        months=season(6, 9),
    ),
    Text(
        theme="ecologie-dechets",
        nature="preoccupation",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Le tri je veux bien. Mais la poubelle jaune elle déborde le lundi, alors le mardi tout le "
            "monde met tout partout et on se dit à quoi bon."
        ),
        public_text="Le tri, je veux bien. Mais la poubelle jaune déborde, et on se dit à quoi bon.",
    ),
    Text(
        theme="ecologie-dechets",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Au café réparation ils ont ressuscité mon grille-pain de mariage. Le mariage non, mais le "
            "grille-pain oui."
        ),
        public_text=(
            "Au café réparation, ils ont ressuscité mon grille-pain de mariage. Le mariage non, mais le "
            "grille-pain oui."
        ),
    ),
    Text(
        theme="ecologie-dechets",
        nature="proposition",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Un composteur en bas. J’ai un seau sur le balcon, mes voisins me détestent, mais les tomates"
            " du jardin partagé seraient contentes."
        ),
        public_text=(
            "Un composteur en bas : mes voisins détestent mon seau, les tomates du jardin partagé "
            "seraient contentes."
        ),
    ),
    Text(
        theme="ecologie-dechets",
        nature="atout",
        people="groupe",
        place_kind="evenement",
        agreement="oui",
        words=(
            "Le vide-dressing des petits : on vient avec un sac, on repart avec un sac. J’ai habillé les "
            "deux pour l’année."
        ),
        public_text=(
            "Au vide-dressing, on vient avec un sac, on repart avec un sac. J’ai habillé les enfants pour"
            " l’année."
        ),
        months=season(3, 6) | season(9, 11),
    ),
    Text(
        theme="ecologie-dechets",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="sans_objet",
        seen="Bornes à verre pleines, bouteilles alignées au pied, bien rangées par taille.",
    ),
    Text(
        theme="ecologie-nature",
        nature="atout",
        people="groupe",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Au jardin partagé, la parcelle de monsieur Ahmed c’est Versailles, la mienne c’est la "
            "jungle. Il m’a donné trois plants de tomates, par pitié."
        ),
        public_text=(
            "Au jardin partagé, la parcelle d’à côté c’est Versailles, la mienne c’est la jungle. On m’a "
            "donné trois plants, par pitié."
        ),
        months=season(3, 10),
    ),
    Text(
        theme="ecologie-nature",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words="Y a un héron. Sur le canal, derrière les garages. Je le dis à personne, sauf à vous.",
        public_text="Il y a un héron sur le canal. Je ne le dis à personne, sauf à vous.",
    ),
    Text(
        theme="ecologie-nature",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Ils ont coupé les peupliers un matin. On a demandé pourquoi, ils ont dit malades. Peut-être."
            " Mais on aurait voulu leur dire au revoir."
        ),
        public_text="Ils ont coupé les peupliers un matin. On aurait voulu leur dire au revoir.",
    ),
    Text(
        theme="ecologie-nature",
        nature="besoin",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "Les petits savent pas que la carotte est dans la terre. Y a des champs à dix minutes. Une "
            "sortie, un bus, un agriculteur gentil."
        ),
        public_text=(
            "Les petits ne savent pas que la carotte pousse en terre. Une sortie, un bus, un agriculteur "
            "gentil."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="ecologie-nature",
        nature="atout",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="sans_objet",
        seen=(
            "Distribution de graines : quatre-vingts sachets partis en une heure, plusieurs personnes "
            "reviennent montrer leurs pousses de l’an dernier."
        ),
        months=season(3, 5),
    ),
    Text(
        theme="ecologie-eau",
        nature="preoccupation",
        people="quelques",
        place_kind="domicile",
        agreement="oui",
        words="Quand le canal monte, la cave monte. On a mis tout sur des parpaings, même les souvenirs.",
        public_text=(
            "Quand le canal monte, la cave monte. On a tout mis sur des parpaings, même les souvenirs."
        ),
        months=season(10, 3),
    ),
    Text(
        theme="ecologie-eau",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Ici on est sous la mer, les wateringues pompent jour et nuit. Mon grand-père savait, mon "
            "père savait. Les nouveaux, personne leur a dit."
        ),
        public_text=(
            "Ici on vit plus bas que la mer. Les anciens le savent. Les nouveaux, personne ne leur a dit."
        ),
        months=season(10, 4),
    ),
    Text(
        theme="ecologie-eau",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Qu’on nous dise où on va si l’eau vient. Une salle, un numéro, qui porte ma mère. Un "
            "exercice, comme à l’école pour le feu."
        ),
        public_text="Qu’on nous dise où aller si l’eau vient. Un exercice, comme à l’école pour le feu.",
        months=season(9, 3),
    ),
    Text(
        theme="ecologie-eau",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Après deux jours de pluie, la rue garde l’eau sur une trentaine de mètres ; les enfants "
            "rentrent par la pelouse."
        ),
        months=season(10, 4),
    ),
)
