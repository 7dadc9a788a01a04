"""What a new territory starts with: its own row, and the theme list of the policy's pillars.

The list is written here and not imported: a migration must say the same thing in ten years.
"""

from django.db import migrations

# slug, name, short name for a tile, sub-themes as (slug suffix, name)
THEMES = [
    ("logement", "Logement", "", [
        ("humidite", "humidité et moisissures"), ("isolation-phonique", "isolation phonique"),
        ("charges", "charges"), ("ascenseurs", "ascenseurs"), ("parties-communes", "parties communes"),
        ("bailleur", "relation avec le bailleur"), ("relogement", "relogement"),
    ]),
    ("cadre", "Cadre de vie et propreté", "Cadre de vie, propreté", [
        ("proprete", "propreté"), ("encombrants", "encombrants"), ("eclairage", "éclairage"),
        ("espaces-verts", "espaces verts"), ("aires-de-jeux", "aires de jeux"), ("travaux", "travaux"),
    ]),
    ("tranquillite", "Tranquillité", "", [
        ("bruit", "bruit"), ("halls", "occupation des halls"), ("rodeos", "rodéos"),
        ("insecurite", "sentiment d’insécurité"), ("presence-humaine", "présence humaine"),
    ]),
    ("lien", "Lien social et vie de quartier", "Lien social, quartier", [
        ("isolement", "isolement"), ("voisinage", "voisinage"), ("entraide", "entraide"),
        ("lieux-de-rencontre", "lieux de rencontre"), ("fetes", "fêtes et temps forts"),
    ]),
    ("enfance", "Enfance, éducation, parentalité", "Enfance, école, parents", [
        ("ecole", "école"), ("periscolaire", "périscolaire"), ("garde", "garde d’enfants"),
        ("reussite-educative", "réussite éducative"), ("parentalite", "parentalité"),
    ]),
    ("jeunesse", "Jeunesse, sport, culture", "", [
        ("activites", "activités"), ("equipements", "équipements"), ("acces-cout", "accès et coût"),
        ("lieux", "lieux pour les jeunes"),
    ]),
    ("emploi", "Emploi, insertion, formation", "Emploi, formation", [
        ("recherche", "recherche d’emploi"), ("formation", "formation"),
        ("freins", "freins (garde, mobilité)"), ("creation", "création d’activité"),
    ]),
    ("sante", "Santé et bien-être", "Santé, bien-être", [
        ("acces-soins", "accès aux soins"), ("prevention", "prévention"), ("bien-etre", "bien-être"),
    ]),
    ("droits", "Accès aux droits et services", "Droits et services", [
        ("demarches", "démarches"), ("numerique", "numérique"), ("services-publics", "services publics"),
        ("langue", "langue"),
    ]),
    ("egalite", "Égalité", "", [
        ("discriminations", "discriminations"), ("femmes-hommes", "femmes-hommes"),
        ("accessibilite", "accessibilité"),
    ]),
    ("commerces", "Commerces et pouvoir d’achat", "Commerces, prix", [
        ("commerces", "commerces"), ("prix", "prix"), ("alimentation", "alimentation"),
    ]),
    ("mobilites", "Mobilités", "", [
        ("bus", "bus"), ("stationnement", "stationnement"), ("horaires-atypiques", "horaires atypiques"),
        ("zfe", "zone à faibles émissions"), ("recharge", "bornes de recharge"),
        ("velo-marche", "vélo et marche"),
    ]),
    ("ecologie", "Transition écologique", "", [
        ("chaleur", "chaleur l’été"), ("froid", "froid l’hiver"), ("energivore", "logement énergivore"),
        ("ilots-de-chaleur", "îlots de chaleur et ombre"), ("factures", "factures d’énergie"),
        ("dechets", "déchets et réemploi"), ("nature", "nature en ville"), ("eau", "eau et inondation"),
    ]),
    ("participation", "Participation et confiance", "Participation, confiance", [
        ("information", "information"), ("suites", "suites données"),
        ("conseil-citoyen", "conseil citoyen"), ("envie-agir", "envie d’agir"),
    ]),
]  # fmt: skip


def start(apps, schema_editor):
    """Writes the territory's row and the themes, where they are missing."""
    apps.get_model("observations", "Territory").objects.get_or_create(
        id=1, defaults={"name": "Mon territoire"}
    )
    Theme = apps.get_model("observations", "Theme")
    if Theme.objects.exists():
        return
    rank = 0
    for slug, name, short_name, children in THEMES:
        look = {"colour": slug, "icon": slug}
        parent = Theme.objects.create(slug=slug, name=name, short_name=short_name, rank=rank, **look)
        rank += 1
        for suffix, child in children:
            Theme.objects.create(slug=f"{slug}-{suffix}", name=child, parent=parent, rank=rank, **look)
            rank += 1


class Migration(migrations.Migration):
    dependencies = [("observations", "0001_initial")]
    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
