"""Rights: paperwork, digital services, public services, language."""

from observations.demo.text import Text, season

DROITS = (
    Text(
        theme="droits-demarches",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Ils me redemandent le papier que je leur ai donné en main propre. Je l’avais photocopié "
            "trois fois, j’ai bien fait, j’en suis à la deuxième."
        ),
        public_text=(
            "On me redemande le papier que j’ai déjà donné. Je l’avais photocopié trois fois, j’ai bien fait."
        ),
    ),
    Text(
        theme="droits-demarches",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Le dossier retraite j’ai commencé à 61 ans, j’en ai 63. Il manque deux ans chez un patron "
            "qui est mort."
        ),
        public_text="Pour ma retraite, il manque deux ans chez un patron qui n’est plus là.",
    ),
    Text(
        theme="droits-demarches",
        nature="preoccupation",
        people="une",
        place_kind="domicile",
        agreement="oui",
        words=(
            "elle a plus l aide pr la cantine dep aout, personne lui a dit pkoi. rappeler mme Fatiha au "
            "06 39 98 12 34 lundi"
        ),
        public_text="Je n’ai plus l’aide pour la cantine, personne ne m’a dit pourquoi.",
        months=season(9, 12),
    ),
    Text(
        theme="droits-demarches",
        nature="atout",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Avec l’écrivain public on a fait la lettre en dix minutes. J’y pensais depuis un an, elle me"
            " faisait mal au ventre cette lettre."
        ),
        public_text="Avec l’écrivain public, on a fait la lettre en dix minutes. J’y pensais depuis un an.",
    ),
    Text(
        theme="droits-numerique",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le code arrive sur le téléphone. Mais j’ai changé de numéro. Alors pour changer le numéro il"
            " faut le code. J’ai ri, et après j’ai pleuré."
        ),
        public_text=(
            "Le code arrive sur l’ancien téléphone. Pour changer le numéro, il faut le code. J’ai ri, et "
            "après j’ai pleuré."
        ),
    ),
    Text(
        theme="droits-numerique",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "On veut pas qu’on fasse à notre place. On veut qu’on nous montre lentement. Et le lendemain "
            "encore une fois."
        ),
        public_text=(
            "On ne veut pas qu’on fasse à notre place. On veut qu’on nous montre lentement. Et encore une"
            " fois le lendemain."
        ),
    ),
    Text(
        theme="droits-numerique",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words="J’ai envoyé mon premier mail à 72 ans. À mon fils. Il a répondu « c’est toi ? ».",
        public_text="J’ai envoyé mon premier mail à mon fils. Il a répondu « c’est toi ? ».",
    ),
    Text(
        theme="droits-numerique",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="sans_objet",
        seen=(
            "File de neuf personnes devant l’unique borne ; la médiatrice passe de l’une à l’autre avec "
            "son propre téléphone."
        ),
    ),
    Text(
        theme="droits-services-publics",
        nature="preoccupation",
        people="quelques",
        place_kind="commerce",
        agreement="oui",
        words=(
            "La poste ferme le mercredi, et le jeudi matin, et quand la dame est malade. À force on va "
            "plus à la poste, et après ils diront qu’il vient personne."
        ),
        public_text=(
            "La poste est souvent fermée. À force on n’y va plus, et après ils diront qu’il ne vient "
            "personne."
        ),
    ),
    Text(
        theme="droits-services-publics",
        nature="atout",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Au guichet, la jeune femme elle m’a dit « asseyez-vous, on a le temps ». On a le temps ! "
            "J’ai failli l’embrasser."
        ),
        public_text="Au guichet, on m’a dit « asseyez-vous, on a le temps ». J’ai failli l’embrasser.",
    ),
    Text(
        theme="droits-services-publics",
        nature="besoin",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Qu’ils viennent une fois par mois à la maison de quartier, les impôts, la caisse, tous. Nous"
            " on prend bien deux bus pour les voir."
        ),
        public_text=(
            "Qu’ils viennent une fois par mois à la maison de quartier. Nous, on prend bien deux bus pour"
            " les voir."
        ),
    ),
    Text(
        theme="droits-langue",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Au cours de français on est neuf langues. La prof dit une phrase, on rit tous à des moments "
            "différents."
        ),
        public_text="Au cours de français, on est neuf langues. On rit tous à des moments différents.",
        months=season(9, 6),
    ),
    Text(
        theme="droits-langue",
        nature="besoin",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words="Je parle pas bien mais je comprends bien. Les gens parlent fort, comme si j’étais sourde.",
        public_text="Je parle mal mais je comprends bien. Les gens parlent fort, comme si j’étais sourde.",
        months=season(9, 6),
    ),
    Text(
        theme="droits-langue",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="non",
        words=(
            "C’est ma fille qui traduit chez le docteur. Elle a onze ans. Il y a des choses qu’une fille "
            "doit pas entendre."
        ),
    ),
    Text(
        theme="droits-langue",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Mettez des dessins sur les affiches. Des dessins tout bêtes. Même ceux qui savent lire vous "
            "diront merci."
        ),
        public_text="Mettez des dessins sur les affiches. Même ceux qui savent lire vous diront merci.",
    ),
    Text(
        theme="droits-demarches",
        nature="proposition",
        people="quelques",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Un jour « tous ensemble » : la caisse, le bailleur, la mairie à la même table. Et on repart "
            "avec une réponse, pas avec un autre rendez-vous."
        ),
        public_text=(
            "La caisse, le bailleur et la mairie à la même table, un jour. Et repartir avec une réponse."
        ),
    ),
)
