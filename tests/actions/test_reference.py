"""Importing quartiers and editing themes."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import MultiPolygon, box

from observations.actions import reference
from observations.anct import OfficialQuartier
from observations.models import Neighbourhood, Observation, Theme, User
from tests import factories

pytestmark = pytest.mark.django_db


# --- quartiers ----------------------------------------------------------------------------------------------


def record(code: str = "QN05961M", **fields: object) -> OfficialQuartier:
    whole = OfficialQuartier(
        code=code,
        name="Banc Vert",
        communes=(("59183", "Dunkerque"),),
        siren_epci=("245900428",),
        generation=2024,
        geometry=MultiPolygon([box(2.36, 51.02, 2.37, 51.03)]),
        repaired=None,
    )
    return dataclasses.replace(whole, **fields)  # type: ignore[arg-type]


def import_(*records: OfficialQuartier, **options: bool) -> reference.ImportReport:
    return reference.import_neighbourhoods(records=records, source="quartiers.geojson", **options)


def test_a_quartier_is_added_whole():
    report = import_(record(), record("QN05962M", repaired="le contour se croise lui-même"))
    assert report.added == ("QN05961M", "QN05962M")
    assert [repaired.code for repaired in report.repaired] == ["QN05962M"]
    row = Neighbourhood.objects.get(code="QN05961M")
    assert row.communes == [{"insee": "59183", "name": "Dunkerque"}]
    assert (row.west, row.south, row.east, row.north) == (2.36, 51.02, 2.37, 51.03)
    assert row.boundary["type"] == "MultiPolygon"
    assert (row.name, row.generation, row.source, row.active) == (
        "Banc Vert",
        2024,
        "quartiers.geojson",
        True,
    )


def test_a_second_import_changes_nothing():
    import_(record(), record("QN05962M"))
    before = list(Neighbourhood.objects.values())
    report = import_(record(), record("QN05962M"))
    assert (report.added, report.changed, report.retired) == ((), (), ())
    assert report.unchanged == ("QN05961M", "QN05962M")
    assert list(Neighbourhood.objects.values()) == before


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Banc Vert – Île Jeanty"},
        {"communes": (("59183", "Dunkerque"), ("59271", "Grande-Synthe"))},
        {"geometry": MultiPolygon([box(2.36, 51.02, 2.37, 51.031)])},
    ],
)
def test_what_changed_in_the_file_changes_in_place(change: dict[str, object]):
    import_(record())
    key = Neighbourhood.objects.get().pk
    report = import_(record(**change))
    assert report.changed == ("QN05961M",)
    assert Neighbourhood.objects.get().pk == key
    assert import_(record(**change)).unchanged == ("QN05961M",)


def test_a_code_that_left_the_list_is_retired_and_keeps_its_observations():
    import_(record(), record("QN05962M"))
    observation = factories.ObservationFactory(neighbourhood=Neighbourhood.objects.get(code="QN05962M"))
    report = import_(record())
    assert report.retired == ("QN05962M",)
    gone = Neighbourhood.objects.get(code="QN05962M")
    assert not gone.active
    assert Observation.objects.get(pk=observation.pk).neighbourhood == gone
    assert import_(record()).retired == ()


def test_a_code_that_comes_back_is_active_again():
    import_(record(), record("QN05962M"))
    key = Neighbourhood.objects.get(code="QN05962M").pk
    import_(record())
    report = import_(record(), record("QN05962M"))
    assert report.changed == ("QN05962M",)
    assert Neighbourhood.objects.active().get(code="QN05962M").pk == key


def test_the_quartiers_of_2015_give_way_to_those_of_2024():
    import_(record("QP059001", generation=2015))
    report = import_(record())
    assert (report.added, report.retired) == (("QN05961M",), ("QP059001",))


def test_a_rehearsal_says_what_would_change_and_writes_nothing():
    import_(record(), record("QN05962M"))
    report = import_(record(name="Autre nom"), record("QN05963M"), dry_run=True)
    assert (report.added, report.changed, report.retired) == (("QN05963M",), ("QN05961M",), ("QN05962M",))
    assert Neighbourhood.objects.active().count() == 2
    assert Neighbourhood.objects.get(code="QN05961M").name == "Banc Vert"


def test_an_import_that_fails_midway_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch):
    import_(record(), record("QN05962M"))

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("disk full")

    write = reference._write
    monkeypatch.setattr(reference, "_write", lambda *args: (write(*args), fail()))
    with pytest.raises(RuntimeError):
        import_(record(name="Autre nom"), record("QN05963M"))
    names = dict(Neighbourhood.objects.active().values_list("code", "name"))
    assert names == {"QN05961M": "Banc Vert", "QN05962M": "Banc Vert"}


def queries_of_import(*records: OfficialQuartier) -> int:
    with CaptureQueriesContext(connection) as queries:
        import_(*records)
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_quartiers():
    import_(record("QN05999M"))
    few = [record(f"QN0590{n}M") for n in range(3)]
    many = [record(f"QN059{n}M") for n in range(10, 60)]
    assert queries_of_import(*few) == queries_of_import(*many)
    assert queries_of_import(*[dataclasses.replace(r, name="Autre") for r in many]) <= queries_of_import(*few)


# --- themes -------------------------------------------------------------------------------------------------


@pytest.fixture
def themes() -> dict[str, Theme]:
    """Two themes, the first with two sub-themes, instead of the starting list."""
    Theme.objects.exclude(parent=None).delete()
    Theme.objects.all().delete()
    look = {"colour": "logement", "icon": "logement"}
    housing = Theme.objects.create(slug="logement", name="Logement", rank=0, **look)
    damp = Theme.objects.create(slug="logement-humidite", name="humidité", parent=housing, rank=1, **look)
    lifts = Theme.objects.create(
        slug="logement-ascenseurs", name="ascenseurs", parent=housing, rank=2, **look
    )
    transport = Theme.objects.create(
        slug="mobilites", name="Mobilités", rank=3, colour="mobilites", icon="mobilites"
    )
    return {"housing": housing, "damp": damp, "lifts": lifts, "transport": transport}


def names() -> list[str]:
    """All themes in order; ranks are 0, 1, 2… without a hole."""
    rows = list(Theme.objects.order_by("rank").values_list("rank", "name"))
    assert [rank for rank, _ in rows] == list(range(len(rows)))
    return [name for _, name in rows]


def test_a_theme_is_added_at_the_end_with_its_own_look(themes: dict[str, Theme], cdsu: User):
    theme = reference.create_theme(name=" Égalité ", short_name="", colour="egalite", icon="egalite", by=cdsu)
    assert (theme.slug, theme.name, theme.colour, theme.active) == ("egalite", "Égalité", "egalite", True)
    assert names() == ["Logement", "humidité", "ascenseurs", "Mobilités", "Égalité"]


def test_a_sub_theme_takes_its_place_and_look_under_its_theme(themes: dict[str, Theme], cdsu: User):
    theme = reference.create_theme(parent=themes["housing"], name="chauffage", by=cdsu)
    assert (theme.slug, theme.colour, theme.icon) == ("logement-chauffage", "logement", "logement")
    assert names() == ["Logement", "humidité", "ascenseurs", "chauffage", "Mobilités"]


@pytest.mark.parametrize(
    ("name", "slug"), [("Cœur de ville", "coeur-de-ville"), ("Mobilités !", "mobilites-2"), ("???", "theme")]
)
def test_slugs_are_made_from_the_name_and_never_taken_twice(
    themes: dict[str, Theme], cdsu: User, name: str, slug: str
):
    assert reference.create_theme(name=name, colour="lien", icon="lien", by=cdsu).slug == slug


def test_a_long_name_makes_a_slug_that_fits(themes: dict[str, Theme], cdsu: User):
    root = reference.create_theme(name="très " * 11 + "long", colour="lien", icon="lien", by=cdsu)
    slugs = {
        reference.create_theme(parent=root, name=f"encore {n} " + "x" * 40, by=cdsu).slug for n in range(3)
    }
    assert len(slugs) == 3
    assert max(map(len, slugs)) <= 60


def test_renaming_keeps_the_slug(themes: dict[str, Theme], cdsu: User):
    reference.rename_theme(theme=themes["transport"], name="Se déplacer", short_name="Bus", by=cdsu)
    theme = Theme.objects.get(slug="mobilites")
    assert (theme.name, theme.short_name, theme.colour) == ("Se déplacer", "Bus", "mobilites")


def test_a_new_look_is_also_that_of_the_sub_themes(themes: dict[str, Theme], cdsu: User):
    reference.update_theme(
        theme=themes["housing"], name="Logement", short_name="", colour="sante", icon="sante", by=cdsu
    )
    assert set(Theme.objects.filter(slug__startswith="logement").values_list("colour", "icon")) == {
        ("sante", "sante")
    }
    reference.update_theme(
        theme=themes["damp"], name="moisi", short_name="", colour="lien", icon="lien", by=cdsu
    )
    assert Theme.objects.get(slug="logement-humidite").colour == "sante"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "   "},
        {"name": "x" * 61},
        {"name": "logement"},
        {"name": "Neuf", "colour": "rouge"},
        {"name": "Neuf", "icon": "bombe"},
        {"name": "Neuf", "colour": ""},
    ],
)
def test_what_a_theme_cannot_be_is_refused(themes: dict[str, Theme], cdsu: User, fields: dict[str, str]):
    with pytest.raises(ValidationError):
        reference.create_theme(**{"colour": "lien", "icon": "lien", **fields}, by=cdsu)
    with pytest.raises(ValidationError):
        reference.update_theme(
            **{"theme": themes["transport"], "short_name": "", "colour": "lien", "icon": "lien", **fields},
            by=cdsu,
        )
    assert names() == ["Logement", "humidité", "ascenseurs", "Mobilités"]


def test_the_same_name_may_stand_under_two_themes(themes: dict[str, Theme], cdsu: User):
    assert (
        reference.create_theme(parent=themes["transport"], name="ascenseurs", by=cdsu).slug
        == "mobilites-ascenseurs"
    )
    with pytest.raises(ValidationError, match="porte déjà ce nom"):
        reference.create_theme(parent=themes["transport"], name="Ascenseurs", by=cdsu)


def test_there_are_two_levels_and_no_more(themes: dict[str, Theme], cdsu: User):
    with pytest.raises(ValidationError, match="sous-thème"):
        reference.create_theme(parent=themes["damp"], name="salpêtre", by=cdsu)


def test_a_retired_theme_hides_its_sub_themes_and_loses_nothing(themes: dict[str, Theme], cdsu: User):
    observation = factories.ObservationFactory(theme=themes["damp"])
    reference.retire_theme(theme=themes["lifts"], by=cdsu)
    reference.retire_theme(theme=themes["housing"], by=cdsu)
    assert [theme.slug for theme in Theme.objects.offered()] == ["mobilites"]
    assert Observation.objects.get(pk=observation.pk).theme == themes["damp"]
    with pytest.raises(ValidationError, match="Rétablissez"):
        reference.create_theme(parent=themes["housing"], name="chauffage", by=cdsu)
    reference.restore_theme(theme=themes["housing"], by=cdsu)
    assert [theme.slug for theme in Theme.objects.offered()] == ["logement", "logement-humidite", "mobilites"]


def test_the_last_active_theme_stays(themes: dict[str, Theme], cdsu: User):
    reference.retire_theme(theme=themes["housing"], by=cdsu)
    with pytest.raises(ValidationError, match="au moins un thème"):
        reference.retire_theme(theme=themes["transport"], by=cdsu)
    assert Theme.objects.get(slug="mobilites").active


def test_a_theme_moves_with_its_sub_themes(themes: dict[str, Theme], cdsu: User):
    moved = reference.move_theme(theme=themes["transport"], direction="up", by=cdsu)
    assert moved.rank == 0
    assert names() == ["Mobilités", "Logement", "humidité", "ascenseurs"]
    reference.move_theme(theme=moved, direction="down", by=cdsu)
    assert names() == ["Logement", "humidité", "ascenseurs", "Mobilités"]


def test_a_sub_theme_moves_among_its_own(themes: dict[str, Theme], cdsu: User):
    reference.move_theme(theme=themes["damp"], direction="down", by=cdsu)
    assert names() == ["Logement", "ascenseurs", "humidité", "Mobilités"]
    reference.move_theme(theme=themes["damp"], direction="down", by=cdsu)
    assert names() == ["Logement", "ascenseurs", "humidité", "Mobilités"]


def test_a_move_nobody_knows_is_refused(themes: dict[str, Theme], cdsu: User):
    with pytest.raises(ValidationError, match="vers le haut ou vers le bas"):
        reference.move_theme(theme=themes["damp"], direction="sideways", by=cdsu)  # type: ignore[arg-type]


def test_ranks_that_have_gone_astray_are_set_right(themes: dict[str, Theme]):
    Theme.objects.update(rank=7)
    reference.renumber()
    assert names() == ["Logement", "humidité", "ascenseurs", "Mobilités"]


def test_the_log_names_nobody(themes: dict[str, Theme], cdsu: User, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO", logger="observations")
    theme = reference.create_theme(name="Égalité", colour="egalite", icon="egalite", by=cdsu)
    assert f"theme {theme.pk} created by user {cdsu.pk}" in caplog.text
    assert "galit" not in caplog.text
    assert cdsu.email not in caplog.text
