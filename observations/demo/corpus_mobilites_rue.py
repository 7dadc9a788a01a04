"""Getting about: parking, low emissions, charging, cycling, walking."""

from observations.demo.text import Text, season

MOBILITES_RUE = (
    Text(
        theme="mobilites-stationnement",
        nature="preoccupation",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Après dix-huit heures c’est la guerre des places. Moi je bouge plus la voiture, j’ai trop "
            "peur de perdre ma place. J’ai une voiture pour garder une place."
        ),
        public_text=(
            "Je ne bouge plus la voiture, j’ai trop peur de perdre ma place. J’ai une voiture pour garder"
            " une place."
        ),
    ),
    Text(
        theme="mobilites-stationnement",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "L’aide à domicile tourne vingt minutes pour se garer, et c’est vingt minutes de moins pour moi."
        ),
        public_text=(
            "L’aide à domicile tourne vingt minutes pour se garer. C’est vingt minutes de moins pour moi."
        ),
    ),
    Text(
        theme="mobilites-stationnement",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen="Voitures sur le trottoir des deux côtés de la rue ; le camion de collecte recule et repart.",
    ),
    Text(
        theme="mobilites-stationnement",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="non",
        words=(
            "Y a des épaves depuis deux ans, on les connaît, on leur a donné des noms. Pendant ce temps "
            "je me gare à l’autre bout."
        ),
    ),
    Text(
        theme="mobilites-zfe",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "La vignette, la zone, je comprends rien. Ma voiture a vingt ans, elle passe le contrôle à "
            "chaque fois. On me dit qu’elle va plus avoir le droit d’aller où je travaille."
        ),
        public_text=(
            "Ma voiture a vingt ans, elle passe le contrôle. On me dit qu’elle n’aura plus le droit "
            "d’aller où je travaille."
        ),
    ),
    Text(
        theme="mobilites-zfe",
        nature="preoccupation",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Je suis artisan. Le camion c’est mon atelier. Une électrique c’est deux ans de bénéfices, et"
            " encore, des bonnes années."
        ),
        public_text=(
            "Mon camion, c’est mon atelier. Un électrique, c’est deux ans de bénéfices, et encore, des "
            "bonnes années."
        ),
    ),
    Text(
        theme="mobilites-zfe",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Moi je suis pour respirer. Mes enfants ont de la ventoline. Mais expliquez-nous, avec un "
            "calendrier et des aides, pas avec des bruits de couloir."
        ),
        public_text=(
            "Je suis pour respirer. Mais expliquez-nous, avec un calendrier et des aides, pas avec des "
            "bruits de couloir."
        ),
    ),
    Text(
        theme="mobilites-recharge",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "J’ai eu une électrique d’occasion, tout fier. Je la recharge chez mon beau-frère à douze "
            "kilomètres. Le temps d’y aller et de revenir, voilà."
        ),
        public_text=(
            "J’ai une électrique. Je la recharge à douze kilomètres. Le temps d’y aller et de revenir, voilà."
        ),
    ),
    Text(
        theme="mobilites-recharge",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="sans_objet",
        seen=(
            "Un câble descend d’une fenêtre du premier niveau jusqu’à une voiture, protégé par un bout de"
            " tuyau d’arrosage."
        ),
    ),
    Text(
        theme="mobilites-recharge",
        nature="besoin",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les bornes sont là où les gens ont déjà un garage. Ici on a des parkings, trois cents "
            "places, zéro borne."
        ),
        public_text=(
            "Les bornes sont là où les gens ont un garage. Ici, trois cents places de parking, zéro borne."
        ),
    ),
    Text(
        theme="mobilites-velo-marche",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "J’ai appris le vélo à 43 ans, à la vélo-école, avec un gilet jaune et des genouillères de ma"
            " fille. Dimanche j’ai été jusqu’au canal. Toute seule !"
        ),
        public_text=(
            "J’ai appris le vélo à quarante ans passés. Dimanche, je suis allée jusqu’au canal. Toute seule !"
        ),
        months=season(3, 10),
    ),
    Text(
        theme="mobilites-velo-marche",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "La piste elle est belle et d’un coup elle s’arrête. Devant un poteau. Après c’est chacun "
            "pour soi avec les camions."
        ),
        public_text="La piste est belle, et d’un coup elle s’arrête. Devant un poteau.",
    ),
    Text(
        theme="mobilites-velo-marche",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Mon vélo je le monte chez moi, au 5e, sur l’épaule. J’en ai eu trois volés dans le local. Le"
            " local il ferme, c’est les voleurs qui ont la clé."
        ),
        public_text="Je monte mon vélo chez moi sur l’épaule. On m’en a volé trois dans le local.",
    ),
    Text(
        theme="mobilites-velo-marche",
        nature="proposition",
        people="quelques",
        place_kind="ecole",
        agreement="oui",
        words=(
            "Un pédibus. On est douze familles sur le même chemin, douze à crier « dépêche-toi ». Une "
            "seule suffirait."
        ),
        public_text=(
            "Un pédibus : on est douze familles sur le même chemin, à crier « dépêche-toi ». Une seule "
            "suffirait."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="mobilites-velo-marche",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Traversée du boulevard : le feu piéton passe au rouge avant que deux personnes âgées soient "
            "au milieu. Elles attendent sur l’îlot."
        ),
    ),
)
