import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observations.restitution.build import OUTSIDE, BuildError, Choices, Quote, Row, build, nameable, withdraw
from observations.restitution.content import Content
from tests.restitution.sample import (
    MONTHS,
    NATURES,
    OCTOBER,
    QUARTIERS,
    QUOTES,
    THEMES,
    month_rows,
    published_before,
    rows_by_month,
    sample,
)

NONE = Choices()


def october(counts: dict[str, int], **options) -> Content:
    return sample(NONE, {OCTOBER: month_rows(OCTOBER, counts)}, **options)


def test_the_content_is_plain_json_with_its_format_number() -> None:
    content = sample()
    assert json.loads(json.dumps(content)) == content
    assert content["format"] == 1


def test_the_sentence_counts_observations_days_and_places() -> None:
    heard = sample()["heard"]
    assert heard is not None
    rows = rows_by_month()[OCTOBER]
    assert heard["n"] == len(rows)
    assert heard["figures"] == [
        f"{len(rows)}\u00a0observations",
        f"{len({row.observed_on for row in rows})}\u00a0jours",
        f"{len({row.cell for row in rows if row.cell})}\u00a0lieux",
    ]
    assert sum(nature["n"] for nature in heard["natures"]) == heard["n"]
    assert heard["natures_sentence"].count("disent") == 1


def test_without_any_point_no_place_is_counted() -> None:
    rows = {OCTOBER: month_rows(OCTOBER, {"logement": 12}, points=False)}
    heard = sample(NONE, rows)["heard"]
    assert heard is not None
    assert [text.split("\u00a0")[1] for text in heard["figures"]] == ["observations", "jours"]


def test_rare_natures_are_merged_into_one() -> None:
    rows = [
        Row("logement", nature, "QN05961M", OCTOBER + timedelta(days=i), None)
        for i, nature in enumerate(
            ["besoin"] * 8 + ["preoccupation"] * 9 + ["atout"] * 3 + ["proposition"] * 2
        )
    ]
    heard = sample(NONE, {OCTOBER: rows})["heard"]
    assert heard is not None
    assert heard["natures_sentence"] == (
        "8\u00a0disent un besoin, 9\u00a0une préoccupation, 5\u00a0un atout ou une idée."
    )


def test_themes_add_up_and_the_small_ones_are_named_together() -> None:
    content = october({"logement": 20, "sante": 6, "egalite": 3, "emploi": 4})
    themes = content["themes"]
    assert [(row["slug"], row["n"]) for row in themes["rows"]] == [("logement", 20), ("sante", 6)]
    assert themes["rest"] is not None
    assert themes["rest"]["n"] == 7
    assert "Égalité" in themes["rest"]["names"]
    assert "Logement" not in themes["rest"]["names"]


def test_a_silent_theme_is_named_with_the_rare_ones() -> None:
    rest = october({"logement": 20, "egalite": 5, "emploi": 4})["themes"]["rest"]
    assert rest is not None
    assert {"Mobilités", "Emploi, insertion, formation"} <= set(rest["names"])


def test_the_month_before_and_the_mean_are_given_only_where_they_were_shown() -> None:
    counts = {"logement": 12, "sante": 8, "lien": 7, "emploi": 9, "cadre": 5}
    rows = {month: month_rows(month, counts) for month in MONTHS}
    rows[MONTHS[-2]] = month_rows(MONTHS[-2], {**counts, "sante": 4, "lien": 3})
    rows[MONTHS[-4]] = month_rows(MONTHS[-4], {**counts, "lien": 2, "emploi": 6, "logement": 16})
    themes = {row["slug"]: row for row in sample(NONE, rows)["themes"]["rows"]}
    assert themes["logement"]["previous"] == 12
    assert themes["logement"]["usual"] == 13.3
    assert themes["sante"]["previous"] is None
    assert themes["lien"]["usual"] is None


def test_the_mean_is_of_the_three_months_before_the_month_before() -> None:
    table = sample()["themes"]
    assert (table["now"], table["previous"], table["usual"]) == (
        "octobre",
        "septembre",
        "moyenne de juin à août",
    )


def test_an_almost_empty_month_says_so_and_gives_no_figure() -> None:
    content = october({"logement": 3, "sante": 1})
    assert content["enough"] is False
    assert content["too_few"].startswith("Trop peu d’observations ont été retenues en octobre")
    assert content["heard"] is None
    assert content["themes"]["rows"] == []
    assert content["themes"]["rest"] is None
    assert {shape["n"] for shape in content["map"]["shapes"]} == {None}


def test_an_empty_database_still_builds() -> None:
    assert sample(NONE, {})["enough"] is False


def test_the_total_of_the_month_before_is_withheld_when_small() -> None:
    september = MONTHS[-2]
    rows = {OCTOBER: month_rows(OCTOBER, {"logement": 9}), september: month_rows(september, {"lien": 4})}
    heard = sample(NONE, rows)["heard"]
    assert heard is not None
    assert heard["previous"] is None
    assert heard["previous_sentence"] == ""


@st.composite
def months(draw: st.DrawFn) -> dict[date, list[Row]]:
    return {
        month: draw(
            st.lists(
                st.builds(
                    Row,
                    st.sampled_from([theme.slug for theme in THEMES[:4]]),
                    st.sampled_from(NATURES),
                    st.sampled_from([OUTSIDE, *(quartier.code for quartier in QUARTIERS[:4])]),
                    st.integers(0, 27).map(lambda d, month=month: month + timedelta(days=d)),
                    st.none() | st.tuples(st.integers(0, 3), st.integers(0, 3)),
                ),
                max_size=40,
            )
        )
        for month in MONTHS
    }


@settings(max_examples=60, deadline=None)
@given(months(), st.integers(5, 8))
def test_no_published_count_is_ever_below_the_threshold(rows: dict[date, list[Row]], threshold: int) -> None:
    content = sample(NONE, rows, threshold=threshold)
    themes, quartiers = content["themes"], content["neighbourhoods"]
    counts = [row["n"] for row in themes["rows"]] + ([themes["rest"]["n"]] if themes["rest"] else [])
    counts += [row["previous"] for row in themes["rows"] if row["previous"] is not None]
    columns = [row["values"] for row in quartiers["rows"]]
    columns += [quartiers["rest"]["values"]] if quartiers["rest"] else []
    counts += [n for values in columns for n in values if n is not None]
    if content["heard"]:
        counts += [content["heard"]["n"], *(nature["n"] for nature in content["heard"]["natures"])]
    assert all(n >= threshold for n in counts)
    for position, label in enumerate(quartiers["months"]):
        month = date.fromisoformat(f"{label['key']}-01")
        shown = [values[position] for values in columns if values[position] is not None]
        assert not shown or sum(shown) == len(rows[month])


def test_a_merged_neighbourhood_is_hatched_and_has_no_count_anywhere() -> None:
    content = sample()
    merged = [shape for shape in content["map"]["shapes"] if shape["shade"] == 0]
    assert {shape["name"] for shape in merged} >= {"Degroote", "Cœur de Ville"}
    assert all(shape["n"] is None for shape in merged)
    rest = content["neighbourhoods"]["rest"]
    assert rest is not None
    assert "Degroote" in rest["names"]


def test_neighbourhoods_keep_the_order_given_and_are_not_ranked() -> None:
    codes = [row["code"] for row in sample()["neighbourhoods"]["rows"]]
    assert codes == [quartier.code for quartier in QUARTIERS if quartier.code in codes]


def test_what_was_heard_outside_is_counted_and_never_drawn() -> None:
    outside = [
        Row("lien", "atout", code, OCTOBER + timedelta(days=i), None)
        for i, code in enumerate([OUTSIDE] * 8 + ["QN05961M"] * 9 + ["QN05962M"] * 7)
    ]
    content = sample(NONE, {OCTOBER: outside})
    assert content["neighbourhoods"]["rows"][-1]["name"] == "Hors quartier prioritaire"
    assert OUTSIDE not in {shape["code"] for shape in content["map"]["shapes"]}


def test_shades_follow_the_threshold() -> None:
    assert [shade["label"] for shade in sample()["map"]["shades"]] == [
        "5 à 9",
        "10 à 19",
        "20 à 29",
        "30 et plus",
    ]
    assert sample(threshold=11)["map"]["shades"][0]["label"] == "11 à 21"


def test_a_quote_names_its_neighbourhood_only_when_its_theme_was_heard_enough_there() -> None:
    labels = [quote["label"] for quote in sample()["quotes"]]
    assert labels[0] == "Banc Vert, octobre"
    assert labels[1:] == ["Communauté urbaine de Dunkerque, octobre"] * 5


@pytest.mark.parametrize(
    ("here", "theme_elsewhere", "others_here", "named"),
    [
        (5, 6, 6, True),
        (4, 9, 9, False),
        (5, 5, 6, False),  # The theme would leave exactly five elsewhere: « five here » is then a figure.
        (5, 6, 5, False),
        (9, 1, 9, False),
        (9, 9, 1, False),
    ],
)
def test_a_named_crossing_leaves_enough_beside_it(
    here: int, theme_elsewhere: int, others_here: int, named: bool
) -> None:
    crossings = [("lien", "QN05961M")] * here + [("lien", "QN05962M")] * theme_elsewhere
    crossings += [(("sante", "droits", "egalite")[i % 3], "QN05961M") for i in range(others_here)]
    crossings += [("mobilites", "QN05963M")] * 30
    rows = [
        Row(theme, "atout", code, OCTOBER + timedelta(days=i % 20), None)
        for i, (theme, code) in enumerate(crossings)
    ]
    content = build(OCTOBER, rows, THEMES, QUARTIERS, NONE, territory="Ici")
    assert (("lien", "QN05961M") in nameable(rows, content, 5)) is named


def test_a_crossing_heard_on_one_day_is_not_named() -> None:
    rows = month_rows(OCTOBER, {"logement": 30, "sante": 30})
    rows += [Row("lien", "atout", "QN05961M", OCTOBER, None)] * 12
    content = build(OCTOBER, rows, THEMES, QUARTIERS, NONE, territory="Ici")
    assert ("lien", "QN05961M") not in nameable(rows, content, 5)


def test_quotes_keep_their_order_and_say_their_side() -> None:
    quotes = sample()["quotes"]
    assert [quote["side"] for quote in quotes] == ["weighs", "holds", "weighs", "weighs", "holds", "holds"]
    assert (
        quotes[2]["text"]
        == "«\u202fLe bus de 5\u00a0h\u00a020, il passe plus. Moi j’embauche à 6\u00a0h.\u202f»"
    )


def test_a_quote_never_says_its_theme() -> None:
    assert "theme" not in sample()["quotes"][0]


@pytest.mark.parametrize("agreement", ["non", "sans_objet", ""])
def test_words_without_agreement_are_refused_without_repeating_them(agreement: str) -> None:
    quote = Quote("Un mot reconnaissable", "besoin", "logement", "QN05961M", agreement)
    with pytest.raises(BuildError, match="n’a pas l’accord") as refusal:
        sample(Choices(quotes=[QUOTES[0], quote]))
    assert "2" in str(refusal.value)
    assert "reconnaissable" not in str(refusal.value)


def test_an_empty_quote_is_refused() -> None:
    with pytest.raises(BuildError, match="n’a pas de texte relu"):
        sample(Choices(quotes=[Quote(" \x07\n", "besoin", "logement", "QN05961M", "oui")]))


def test_comments_stand_in_the_order_of_the_themes() -> None:
    comments = sample()["comments"]
    assert [comment["slug"] for comment in comments] == ["logement", "mobilites", "lien"]
    assert "à l’hôpital." in comments[1]["text"]
    assert comments[0]["figures"].startswith("27\u00a0observations, ")


@pytest.mark.parametrize("slug", ["egalite", "unknown"])
def test_a_comment_on_a_theme_that_is_not_shown_is_refused(slug: str) -> None:
    with pytest.raises(BuildError, match="ne peut pas être commenté à part"):
        sample(Choices(comments={slug: "Deux personnes en ont parlé."}))


def test_a_blank_comment_is_no_comment() -> None:
    assert sample(Choices(comments={"egalite": "  "}))["comments"] == []


def test_a_second_version_says_why() -> None:
    with pytest.raises(BuildError, match="dit pourquoi"):
        sample(version=2)
    content = sample(version=2, reason="un quartier était compté deux fois")
    assert content["correction"].endswith("un quartier était compté deux fois")
    assert content["footer"].endswith("octobre 2026, version 2")


def test_a_draft_says_that_it_is_one() -> None:
    assert sample(published_on=None)["status"] == "Brouillon, version\u00a01"
    assert sample()["status"] == "Publiée le 5\u00a0novembre 2026, version\u00a01"


def test_the_threshold_can_be_raised_and_never_lowered() -> None:
    assert len(sample(NONE, threshold=11)["themes"]["rows"]) < len(sample(NONE)["themes"]["rows"])
    with pytest.raises(ValueError, match="cannot go under 5"):
        sample(threshold=4)


def test_how_many_lack_a_point_is_never_counted() -> None:
    """Beside the places of each theme, that number could leave « three of this theme have a place »."""
    rows = {OCTOBER: month_rows(OCTOBER, {"logement": 20}, points=False)}
    assert sample()["method"] == sample(NONE, rows)["method"]


def test_the_method_says_what_the_page_cannot_say() -> None:
    text = " ".join(sample()["method"])
    assert "Elle écoute, elle ne mesure pas" in text
    assert "à partir de 5 observations, entendues sur au moins 2 jours" in text


def test_the_figures_of_an_earlier_month_are_those_of_its_synthese() -> None:
    rows = rows_by_month()
    published = published_before(rows)
    late = Row("logement", "besoin", "QN05961M", MONTHS[-2], None)
    rows[MONTHS[-2]] = [*rows[MONTHS[-2]], late]
    old, content = published[MONTHS[-2]], sample(NONE, rows, published=published)
    assert old["heard"] is not None
    assert content["heard"] is not None
    assert content["heard"]["previous"] == old["heard"]["n"] == len(rows[MONTHS[-2]]) - 1
    assert content["themes"]["rows"][0]["previous"] == old["themes"]["rows"][0]["n"]
    assert (
        content["neighbourhoods"]["rows"][0]["values"][-2] == old["neighbourhoods"]["rows"][0]["values"][-1]
    )


def test_a_month_without_a_synthese_is_not_spoken_of() -> None:
    """Its own synthèse may still come, with late rows: the two would be subtracted."""
    published = published_before(rows_by_month())
    del published[MONTHS[-2]]
    content = sample(NONE, published=published)
    assert content["heard"] is not None
    assert content["heard"]["previous"] is None
    assert {row["previous"] for row in content["themes"]["rows"]} == {None}
    assert {row["values"][-2] for row in content["neighbourhoods"]["rows"]} == {None}
    assert content["neighbourhoods"]["rows"][0]["values"][-3] is not None


@pytest.mark.parametrize(
    "row",
    [
        Row("inconnu", "besoin", "QN05961M", OCTOBER, None),
        Row("logement", "plainte", "QN05961M", OCTOBER, None),
        Row("logement", "besoin", "QN99999X", OCTOBER, None),
        Row("logement", "besoin", "QN05961M", date(2026, 9, 30), None),
    ],
)
def test_a_row_that_cannot_be_named_or_is_of_another_month_is_refused(row: Row) -> None:
    with pytest.raises(BuildError):
        sample(NONE, {OCTOBER: [row]})


def test_small_multiples_start_with_the_first_month_that_has_a_figure() -> None:
    counts = {"logement": 20, "sante": 8}
    rows = {month: month_rows(month, counts) for month in MONTHS[2:]}
    # Nothing published, or too little for a figure: a reader cannot tell which.
    rows[MONTHS[1]] = month_rows(MONTHS[1], {"logement": 3})
    rows[MONTHS[4]] = []
    content = sample(NONE, rows)
    table = content["neighbourhoods"]
    assert [month["name"] for month in table["months"]] == ["juillet", "août", "septembre", "octobre"]
    assert all(len(row["values"]) == 4 and row["values"][2] is None for row in table["rows"])
    assert "de juillet à octobre" in content["sections"]["neighbourhoods"]["note"]


def test_the_first_month_of_all_has_its_own_column_only() -> None:
    content = october({"logement": 20})
    assert [month["name"] for month in content["neighbourhoods"]["months"]] == ["octobre"]
    assert "par mois, en octobre." in content["sections"]["neighbourhoods"]["note"]


def test_a_synthese_starts_on_the_first_of_a_month() -> None:
    with pytest.raises(BuildError, match="premier jour"):
        build(date(2026, 10, 2), {}, THEMES, QUARTIERS, NONE, territory="Ici")


def test_january_looks_back_over_the_new_year() -> None:
    published = {date(2026, month, 1): sample() for month in (7, 8)}
    content = build(date(2027, 1, 1), [], THEMES, QUARTIERS, NONE, territory="Ici", published=published)
    assert content["neighbourhoods"]["months"][0]["key"] == "2026-08"
    assert content["themes"]["previous_short"] == "déc."


def test_a_withdrawn_quote_leaves_its_place_and_nothing_else_changes() -> None:
    content = sample()
    lighter = withdraw(content, 0)
    assert lighter["quotes"][0]["text"] == "parole retirée"
    assert lighter["quotes"][0]["withdrawn"] is True
    assert lighter["quotes"][1:] == content["quotes"][1:]
    assert "ascenseur" in content["quotes"][0]["text"]
    with pytest.raises(BuildError):
        withdraw(content, 6)
    with pytest.raises(BuildError):
        withdraw(content, -1)
