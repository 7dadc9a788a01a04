"""Getting about: buses, odd hours."""

from observations.demo.text import Text, season

MOBILITES_BUS = (
    Text(
        theme="mobilites-bus",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le bus gratuit, les gens d’ailleurs y croient pas. Ma cousine de Lille elle cherchait où "
            "payer, elle était perdue."
        ),
        public_text="Le bus gratuit, les gens d’ailleurs n’y croient pas. Ma cousine cherchait où payer.",
    ),
    Text(
        theme="mobilites-bus",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="Gratuit oui, mais plein. À huit heures les lycéens sont collés aux vitres comme des timbres.",
        public_text=(
            "Gratuit oui, mais plein. À huit heures, les lycéens sont collés aux vitres comme des timbres."
        ),
    ),
    Text(
        theme="mobilites-bus",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "L’abribus il protège de tout sauf de la pluie quand y a du vent. Donc il protège de rien, on"
            " est à Dunkerque."
        ),
        public_text="L’abribus protège de la pluie quand il n’y a pas de vent. On est à Dunkerque.",
        months=season(10, 3),
    ),
    Text(
        theme="mobilites-bus",
        nature="besoin",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le dimanche un bus par heure. Je vais voir mon mari à l’hôpital, si je rate celui de treize "
            "heures la visite est finie."
        ),
        public_text="Le dimanche, un bus par heure. Si je le rate, la visite à l’hôpital est finie.",
    ),
    Text(
        theme="mobilites-bus",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "On prend la ligne jusqu’à la plage, la glacière, la grand-mère, tout monte. Personne paie "
            "rien. C’est nos vacances et elles sont belles."
        ),
        public_text=(
            "La glacière, la grand-mère, tout monte dans le bus jusqu’à la plage. C’est nos vacances et "
            "elles sont belles."
        ),
        months=season(6, 9),
    ),
    Text(
        theme="mobilites-bus",
        nature="atout",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le chauffeur du matin m’attend. Il voit que je cours, il attend. Je lui ai fait des crêpes à"
            " la Chandeleur."
        ),
        public_text="Le chauffeur du matin voit que je cours, il attend. Je lui ai fait des crêpes.",
    ),
    Text(
        theme="mobilites-horaires-atypiques",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Je fais les postes. Quatre heures du matin y a pas un bus, pas un chat. Je pars à vélo, "
            "l’hiver avec deux pantalons."
        ),
        public_text=(
            "Je fais les postes. À quatre heures il n’y a pas un bus. Je pars à vélo, l’hiver avec deux "
            "pantalons."
        ),
    ),
    Text(
        theme="mobilites-horaires-atypiques",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "Ménage au centre commercial, on finit à vingt-deux heures trente et le dernier bus passe à "
            "vingt-deux heures dix. On est cinq, on se cotise pour un taxi. Enfin, pour la voiture de "
            "Momo."
        ),
        public_text="On finit après le dernier bus. À cinq, on se cotise pour rentrer.",
    ),
    Text(
        theme="mobilites-horaires-atypiques",
        nature="proposition",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Un bus qui fait le tour des usines à l’heure des postes. Quatre heures, midi, vingt heures. "
            "Tout le monde le sait, l’heure des postes."
        ),
        public_text=(
            "Un bus à l’heure des postes : quatre heures, midi, vingt heures. Tout le monde la connaît, "
            "l’heure des postes."
        ),
    ),
    Text(
        theme="mobilites-horaires-atypiques",
        nature="preoccupation",
        people="quelques",
        place_kind="permanence",
        agreement="non",
        words=(
            "L’hôpital embauche à six heures et demie, le week-end aussi. Le week-end le premier bus rigole."
        ),
    ),
)
