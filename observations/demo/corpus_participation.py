"""Taking part: information, what came of it, the residents' council, the wish to act."""

from observations.demo.text import Text, season

PARTICIPATION = (
    Text(
        theme="participation-information",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "On l’apprend toujours après. « Y avait une réunion. » Ah bon. C’est comme les feux "
            "d’artifice, on entend le bruit."
        ),
        public_text="On l’apprend toujours après. C’est comme les feux d’artifice, on entend le bruit.",
    ),
    Text(
        theme="participation-information",
        nature="atout",
        people="une",
        place_kind="commerce",
        agreement="oui",
        words=(
            "Le tableau à la craie devant la boulangerie, quelqu’un y écrit tout ce qui se passe. Je sais"
            " pas qui. C’est le meilleur journal de la ville."
        ),
        public_text=(
            "Quelqu’un écrit à la craie, devant la boulangerie, tout ce qui se passe. C’est le meilleur "
            "journal de la ville."
        ),
    ),
    Text(
        theme="participation-information",
        nature="besoin",
        people="quelques",
        place_kind="hall_residence",
        agreement="oui",
        words="Mettez l’affiche dans l’ascenseur. C’est le seul endroit où on lit.",
        public_text="Mettez l’affiche dans l’ascenseur. C’est le seul endroit où on lit.",
    ),
    Text(
        theme="participation-suites",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Vous êtes le troisième à me demander ce que je pense. Les deux premiers, je les ai jamais "
            "revus. Vous, vous revenez ?"
        ),
        reading="La question était sérieuse. Prévoir de repasser avec une réponse, même petite.",
        public_text="Vous êtes le troisième à me demander ce que je pense. Vous, vous revenez ?",
    ),
    Text(
        theme="participation-suites",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "On a mis des gommettes sur un plan il y a deux ans. Des vertes, des rouges. J’aimerais "
            "savoir ce qu’elles sont devenues, mes gommettes."
        ),
        public_text=(
            "On a mis des gommettes sur un plan il y a deux ans. J’aimerais savoir ce qu’elles sont devenues."
        ),
    ),
    Text(
        theme="participation-suites",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "On avait demandé un banc. Ils ont mis le banc. Avec un mot : « vous l’aviez demandé ». J’ai "
            "fait une photo du mot."
        ),
        public_text="On avait demandé un banc. Ils l’ont mis, avec un mot : « vous l’aviez demandé ».",
    ),
    Text(
        theme="participation-suites",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="non",
        words="Un non avec une raison ça me va. C’est le silence qui use.",
    ),
    Text(
        theme="participation-conseil-citoyen",
        nature="preoccupation",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "J’y étais, au conseil citoyen. On était vingt, puis huit, puis moi et la chaise. On parlait "
            "de projets déjà décidés."
        ),
        public_text="Au conseil citoyen on était vingt, puis huit, puis moi et la chaise.",
    ),
    Text(
        theme="participation-conseil-citoyen",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Faites les réunions dehors. Devant l’école, à seize heures trente, vingt minutes. Vous "
            "verrez du monde."
        ),
        public_text=(
            "Faites les réunions dehors, devant l’école, à seize heures trente. Vous verrez du monde."
        ),
    ),
    Text(
        theme="participation-conseil-citoyen",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Cette année on a tenu la table nous-mêmes devant les élus. J’avais la voix qui tremblait. "
            "Ils ont pris des notes, je les ai vus."
        ),
        public_text=(
            "On a tenu la table nous-mêmes devant les élus. J’avais la voix qui tremblait. Ils ont pris "
            "des notes, je les ai vus."
        ),
    ),
    Text(
        theme="participation-envie-agir",
        nature="proposition",
        people="une",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Je suis retraité du bâtiment, je m’ennuie comme un rat mort. Donnez-moi une truelle et trois"
            " jeunes, on vous refait le muret."
        ),
        public_text=(
            "Je suis à la retraite et je m’ennuie. Donnez-moi une truelle et trois jeunes, on vous refait"
            " le muret."
        ),
    ),
    Text(
        theme="participation-envie-agir",
        nature="atout",
        people="groupe",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "On est partis à quatre pour une journée propreté et maintenant on est une association. On a "
            "un tampon. Le tampon, c’est quelque chose."
        ),
        public_text=(
            "On est partis à quatre, et maintenant on est une association. On a un tampon. C’est quelque "
            "chose."
        ),
    ),
    Text(
        theme="participation-envie-agir",
        nature="proposition",
        people="une",
        place_kind="ecole",
        agreement="oui",
        words="Je sais pas parler en réunion. Mais je sais faire à manger pour soixante. Ça compte ?",
        public_text=(
            "Je ne sais pas parler en réunion, mais je sais faire à manger pour soixante. Ça compte ?"
        ),
        months=season(9, 6),
    ),
    Text(
        theme="participation-envie-agir",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="sans_objet",
        seen=(
            "À la fin de la rencontre, six personnes restent ranger les chaises et demandent quand est la"
            " suivante."
        ),
    ),
)
