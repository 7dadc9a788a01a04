"""Youth: activities, facilities, costs, places of their own."""

from observations.demo.text import Text, season

JEUNESSE = (
    Text(
        theme="jeunesse-activites",
        nature="besoin",
        people="groupe",
        place_kind="espace_public",
        agreement="oui",
        words="Cet été : le city, le city, le city, la plage, le city. Non mais on aime le city. Mais bon.",
        reading="Quatre jeunes majeurs.",
        public_text="L’été : le city, le city, la plage, le city. On aime le city. Mais bon.",
        months=season(7, 8),
    ),
    Text(
        theme="jeunesse-activites",
        nature="atout",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le studio son c’est nous qui le tenons le vendredi. Y a des règles, c’est nous qui les avons"
            " écrites. Elles sont plus dures que celles d’avant."
        ),
        public_text=(
            "Le studio son, c’est nous qui le tenons. Les règles, on les a écrites : elles sont plus "
            "dures que celles d’avant."
        ),
    ),
    Text(
        theme="jeunesse-activites",
        nature="atout",
        people="groupe",
        place_kind="evenement",
        agreement="oui",
        words=(
            "On a joué notre pièce devant les familles. Mon père il vient jamais à rien, il était debout "
            "au fond, il a filmé tout du long."
        ),
        reading="Troupe de jeunes majeurs, 18 à 23 ans.",
        public_text=(
            "On a joué notre pièce devant les familles. Mon père, qui ne vient jamais à rien, a tout filmé."
        ),
        months=season(9, 6),
    ),
    Text(
        theme="jeunesse-activites",
        nature="besoin",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les filles on vient pas au foot, c’est pas qu’on aime pas, c’est qu’on est regardées. Un "
            "créneau pour nous et vous verrez si on vient pas."
        ),
        reading="Elles ont entre 18 et 20 ans et parlent aussi pour leurs petites sœurs.",
        public_text=(
            "On n’est pas contre le foot, on est regardées. Un créneau pour les filles, et vous verrez si"
            " on ne vient pas."
        ),
    ),
    Text(
        theme="jeunesse-activites",
        nature="atout",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Stage de voile aux vacances, moi j’ai jamais mis un pied sur un bateau alors que la mer est "
            "à dix minutes. J’ai vomi. J’y retourne."
        ),
        reading="Jeune majeur, en recherche de formation.",
        public_text="Jamais mis un pied sur un bateau, alors que la mer est à dix minutes. J’y retourne !",
        months=season(2, 2) | season(4, 4) | season(10, 10),
    ),
    Text(
        theme="jeunesse-equipements",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les paniers de basket y a plus de filets, y a des chaînes. Ça fait prison. Ça fait aussi un "
            "bon bruit, je reconnais."
        ),
        public_text="Les paniers n’ont plus de filets.",
    ),
    Text(
        theme="jeunesse-equipements",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Le terrain quand il drache c’est une piscine, et l’éclairage s’éteint à dix-neuf heures. "
            "Donc l’hiver : rien."
        ),
        public_text=(
            "Quand il pleut le terrain est une piscine, et la lumière s’éteint à dix-neuf heures. L’hiver"
            " : rien."
        ),
        months=season(10, 3),
    ),
    Text(
        theme="jeunesse-equipements",
        nature="atout",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Les barres de traction, au début c’était les grands. Maintenant y a ma tante le matin en "
            "jogging. Respect."
        ),
        public_text=(
            "Les barres de traction : au début c’étaient les grands. Maintenant il y a ma tante, le "
            "matin, en jogging."
        ),
        months=season(3, 10),
    ),
    Text(
        theme="jeunesse-equipements",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Grillage du terrain ouvert sur deux mètres, raccommodé avec des colliers en plastique par "
            "les jeunes eux-mêmes."
        ),
    ),
    Text(
        theme="jeunesse-equipements",
        nature="proposition",
        people="groupe",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "Un skatepark en vrai béton, pas des modules posés. On a fait le dessin, on l’a même fait à "
            "l’échelle, l’animateur a vérifié."
        ),
        reading="Groupe de 18 à 25 ans, dessin à l’appui.",
        public_text="Un vrai skatepark. On a fait le dessin à l’échelle, l’animateur a vérifié.",
    ),
    Text(
        theme="jeunesse-acces-cout",
        nature="preoccupation",
        people="une",
        place_kind="permanence",
        agreement="oui",
        words=(
            "La licence de foot 160, plus le short, plus le certificat. J’en ai trois. J’ai dit : vous "
            "faites du sport un an sur trois."
        ),
        public_text=(
            "La licence, le short, le certificat, fois trois enfants. J’ai dit : vous faites du sport un "
            "an sur trois."
        ),
        months=season(9, 11),
    ),
    Text(
        theme="jeunesse-acces-cout",
        nature="besoin",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Y a des aides mais elles arrivent en décembre, et le club veut le chèque en septembre. On "
            "avance avec quoi ?"
        ),
        public_text="Les aides arrivent en décembre, le club veut le chèque en septembre.",
        months=season(9, 12),
    ),
    Text(
        theme="jeunesse-acces-cout",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Le concert à deux euros, j’y suis allée avec ma mère. Elle avait mis ses boucles d’oreilles."
            " On savait pas quand applaudir, on a fait comme les gens."
        ),
        public_text=(
            "Le concert à deux euros, j’y suis allée avec ma mère. On ne savait pas quand applaudir, on a"
            " fait comme les gens."
        ),
    ),
    Text(
        theme="jeunesse-acces-cout",
        nature="preoccupation",
        people="une",
        place_kind="espace_public",
        agreement="non",
        words="Cinéma plus pop-corn t’es à vingt balles. Alors on regarde les bandes-annonces.",
        months=season(7, 8),
    ),
    Text(
        theme="jeunesse-lieux",
        nature="besoin",
        people="groupe",
        place_kind="espace_public",
        agreement="oui",
        words=(
            "On veut pas d’animateur sur le dos. On veut une clé. Enfin un adulte avec une clé, mais dans"
            " la pièce d’à côté."
        ),
        reading="Jeunes majeurs, le soir, devant le local fermé.",
        public_text="On veut un lieu, et un adulte avec la clé, mais dans la pièce d’à côté.",
    ),
    Text(
        theme="jeunesse-lieux",
        nature="besoin",
        people="quelques",
        place_kind="espace_public",
        agreement="oui",
        words="Un endroit chauffé. Avec du wifi et une prise. C’est pas plus compliqué que ça.",
        public_text="Un endroit chauffé, du wifi, une prise. Ce n’est pas plus compliqué que ça.",
        months=season(10, 3),
    ),
    Text(
        theme="jeunesse-lieux",
        nature="preoccupation",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="non",
        words=(
            "Le local jeunes il ferme à dix-huit heures. À dix-huit heures on sort à peine du bus du lycée."
        ),
    ),
    Text(
        theme="jeunesse-lieux",
        nature="atout",
        people="une",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "L’accueil du soir rouvert, j’y fais mes CV et je bats tout le monde au ping-pong. Surtout le"
            " deuxième."
        ),
        public_text=(
            "L’accueil du soir a rouvert : j’y fais mes CV et je bats tout le monde au ping-pong. Surtout"
            " le deuxième."
        ),
    ),
    Text(
        theme="jeunesse-lieux",
        nature="preoccupation",
        people="quelques",
        place_kind="espace_public",
        agreement="sans_objet",
        seen=(
            "Sept ou huit jeunes dans l’abribus à 18 h, après le passage du dernier bus utile. Ils "
            "révisent à deux sur un téléphone."
        ),
        months=season(9, 4),
    ),
    Text(
        theme="jeunesse-activites",
        nature="proposition",
        people="quelques",
        place_kind="maison_de_quartier",
        agreement="oui",
        words=(
            "Faites-nous organiser le tournoi. Pas « participer » : organiser. Les équipes, l’arbitre, le"
            " barbecue, la caisse."
        ),
        public_text="Laissez-nous organiser le tournoi. Pas participer : organiser.",
    ),
)
