"""Housing: lifts, shared parts, the landlord, rehousing."""

from observations.demo.text import Text, season

LOGEMENT_IMMEUBLE = (
    Text(
        theme="logement-ascenseurs",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Onze jours sans ascenseur. Madame Jeannine au 7e elle descend plus, c’est moi qui monte le "
            "pain. Si je déménage je sais pas comment elle fait."
        ),
        seen="Affichette « en panne » datée du début du mois.",
        public_text="Onze jours sans ascenseur. Je monte le pain à une dame qui ne descend plus.",
    ),
    Text(
        theme="logement-ascenseurs",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Avec la poussette et les courses je fais deux voyages. Le premier je laisse les courses, le "
            "deuxième je monte le petit. Ou l’inverse, ça dépend qui crie le plus."
        ),
        public_text=(
            "Avec la poussette, je fais deux voyages. Le premier les courses, le deuxième le petit. Ou "
            "l’inverse, ça dépend qui crie le plus."
        ),
    ),
    Text(
        theme="logement-ascenseurs",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="oui",
        words="asc encore en panne tour B, kiné pas venu du coup, mr du 4e bloqué chez lui dep lundi",
        public_text="L’ascenseur en panne, le kiné n’est pas venu.",
    ),
    Text(
        theme="logement-ascenseurs",
        nature="atout",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Pour une fois il faut le dire : en panne le matin, réparé à quatorze heures, et le gars a "
            "mis un mot."
        ),
        public_text=(
            "En panne le matin, réparé à quatorze heures, et le réparateur a mis un mot. Il faut le dire "
            "aussi."
        ),
    ),
    Text(
        theme="logement-ascenseurs",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Quand il est arrêté, qu’on nous dise jusqu’à quand. Un papier avec une date. Même si la date"
            " est longue, on s’organise."
        ),
        public_text=(
            "Quand l’ascenseur est arrêté, qu’on nous dise jusqu’à quand. Même si c’est long, on s’organise."
        ),
    ),
    Text(
        theme="logement-parties-communes",
        nature="preoccupation",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "La porte d’entrée ferme plus depuis Pâques. L’hiver ça fait courant d’air jusque chez nous "
            "et l’interphone, n’en parlons pas, faut téléphoner aux gens pour qu’ils descendent."
        ),
        public_text=(
            "La porte d’entrée ne ferme plus. Pour entrer, il faut téléphoner aux gens pour qu’ils "
            "descendent."
        ),
    ),
    Text(
        theme="logement-parties-communes",
        nature="atout",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "Le gardien, lui, il dit bonjour, il connaît les gosses par leur nom. L’escalier est propre "
            "parce qu’on n’ose pas salir devant lui."
        ),
        public_text=(
            "Le gardien connaît les enfants par leur nom. L’escalier est propre : on n’ose pas salir "
            "devant lui."
        ),
    ),
    Text(
        theme="logement-parties-communes",
        nature="preoccupation",
        people="une",
        place_kind="hall_residence",
        agreement="sans_objet",
        seen=(
            "Boîtes aux lettres : sept sur vingt-quatre sans porte. Du courrier par terre, ramassé par "
            "une habitante qui le pose sur le rebord."
        ),
    ),
    Text(
        theme="logement-parties-communes",
        nature="proposition",
        people="groupe",
        place_kind="hall_residence",
        agreement="oui",
        words=(
            "On voudrait repeindre l’entrée nous-mêmes. Les couleurs on les a choisies, il manque que "
            "l’accord et les pots. Bleu mer, pas bleu hôpital."
        ),
        public_text="On voudrait repeindre l’entrée nous-mêmes. Bleu mer, pas bleu hôpital.",
        months=season(4, 9),
    ),
    Text(
        theme="logement-bailleur",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "J’appelle, on me donne un numéro de demande. Je rappelle, on me donne un autre numéro. J’en "
            "ai quatre, je vais pouvoir jouer au loto."
        ),
        public_text=(
            "J’appelle, on me donne un numéro. Je rappelle, un autre. J’en ai quatre, je vais pouvoir "
            "jouer au loto."
        ),
    ),
    Text(
        theme="logement-bailleur",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Avant il y avait une agence, avec quelqu’un derrière. Maintenant faut prendre rendez-vous "
            "sur internet pour dire que l’internet marche pas."
        ),
        public_text="Avant, il y avait une agence et quelqu’un derrière. On voudrait retrouver un visage.",
    ),
    Text(
        theme="logement-bailleur",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "La dame du bailleur elle fait le tour tous les mardis, à pied. On sait que mardi on peut lui"
            " parler. C’est bête mais ça change tout."
        ),
        public_text=(
            "Quelqu’un du bailleur passe à pied tous les mardis. On sait qu’on peut lui parler, ça change"
            " tout."
        ),
    ),
    Text(
        theme="logement-bailleur",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="non",
        words=(
            "Ils ont changé mes fenêtres sans prévenir le jour, j’étais en pyjama. Bon, les fenêtres sont"
            " bien."
        ),
        reading="Content du résultat, vexé par la manière. Il y revient trois fois.",
    ),
    Text(
        theme="logement-bailleur",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Un cahier dans le hall, où on écrit ce qui va pas et eux ils écrivent quand ils viennent. "
            "Pas une application. Un cahier, avec une ficelle au stylo."
        ),
        public_text=(
            "Un cahier dans le hall : on écrit ce qui ne va pas, ils écrivent quand ils viennent. Avec "
            "une ficelle au stylo."
        ),
    ),
    Text(
        theme="logement-relogement",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "On nous dit que la tour va tomber mais personne dit quand. Moi ça fait 31 ans que je suis "
            "là, j’ai élevé quatre enfants. Je fais les cartons ou je retapisse ?"
        ),
        public_text=(
            "On nous dit que la tour va tomber, personne ne dit quand. Je fais les cartons ou je retapisse ?"
        ),
    ),
    Text(
        theme="logement-relogement",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "J’étais contre, j’ai pleuré. Maintenant j’ai un balcon, je vois le canal, et mes voisines "
            "sont à deux rues. On m’avait dit la vérité."
        ),
        public_text=(
            "J’étais contre le déménagement, j’ai pleuré. Maintenant je vois le canal, et mes voisines "
            "sont à deux rues."
        ),
    ),
    Text(
        theme="logement-relogement",
        nature="besoin",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "On est cinq dans un F3. La demande elle a six ans, elle a l’âge de ma dernière, elle va "
            "entrer au CP avec."
        ),
        public_text="Cinq dans trois pièces. Ma demande a l’âge de ma dernière, elle va entrer au CP avec.",
    ),
    Text(
        theme="logement-relogement",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "Je m’appelle Paulette, j’habite au 12 rue des Lilas et je bougerai pas, vous pouvez "
            "l’écrire. Qu’on me promette d’abord le même loyer."
        ),
        public_text="Qu’on me promette d’abord le même loyer, après on parle.",
    ),
)
