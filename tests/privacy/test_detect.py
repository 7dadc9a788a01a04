"""Passages that may let somebody be recognised: what is found, what is left alone, and that no text is slow to read."""

import sys
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest

from observations.privacy.detect import BLOCKING, GRAMMAR, LISTS, NAMES, blocking, detect
from tests.privacy import detection_cases
from tests.privacy.detection_cases import IDENTIFIERS, PASSAGES, Case, is_right, share, shares
from tests.privacy.hostile import PIECES, hostile


def answers(cases: Iterable[Case]) -> list[tuple[Case, bool]]:
    return [(case, is_right(case, found(case.text))) for case in cases]


def found(text: str) -> list[tuple[str, str, int]]:
    return [(hit.kind, text[hit.start : hit.end], hit.start) for hit in detect(text)]


@pytest.mark.parametrize("case", detection_cases.by_hand(), ids=lambda case: case.text[:40])
def test_each_case_written_with_the_patterns_is_right(case: Case) -> None:
    if case.kind == "clean":
        assert [hit for hit in found(case.text) if hit[0] in BLOCKING] == []
    else:
        assert is_right(case, found(case.text)), found(case.text)


def test_at_least_a_thousand_cases_a_third_of_them_blind() -> None:
    blind = detection_cases.blind()
    assert len([*detection_cases.drawn(), *detection_cases.by_hand(), *blind]) >= 1_000
    assert len(blind) >= 334


@pytest.mark.parametrize("cases", [detection_cases.drawn, detection_cases.blind], ids=["drawn", "blind"])
def test_recall_and_false_alarms_hold(cases: Any) -> None:
    """docs/detection.md gives the figures, and those of the blind cases before any word was added for them."""
    rows = shares(answers(cases()))
    assert share(rows, IDENTIFIERS) >= 0.99, rows
    assert share(rows, PASSAGES) >= 0.95, rows
    assert share(rows, {"clean"}) >= 0.9, rows


def test_false_alarms_on_what_the_demonstration_publishes_are_few() -> None:
    from observations.demo.corpus import TEXTS

    texts = [text.public_text for text in TEXTS if text.public_text]
    alarms = [text for text in texts if blocking(text)]
    assert len(texts) > 100
    assert len(alarms) <= 0.1 * len(texts), alarms


def test_topics_are_marked_and_never_block() -> None:
    hits = detect("Elle est musulmane et diabétique, son frère est en prison.")
    assert {hit.kind for hit in hits} == {"topic"}
    assert not any(hit.blocks for hit in hits)


def test_a_first_name_alone_is_marked_and_does_not_block() -> None:
    assert [hit.kind for hit in detect("Hier Samira a dit que le bus ne passe plus.")] == ["firstname"]


def test_hits_are_in_order_and_never_overlap() -> None:
    text = "Mme Benali, 12 rue des Lilas, 3e étage porte 4, 06 39 98 12 34, fils Karim, a@b.fr, AB-123-CD"
    hits = detect(text)
    assert [hit.kind for hit in hits] == ["name", "address", "flat", "phone", "name", "email", "plate"]
    assert all(a.end <= b.start for a, b in pairwise(hits))


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "M.", "au", "+", "@", "06", "é", "\ud800", "x" * 9, "٠٦ ٣٩ ٩٨ ١٢ ٣٤"]
)
def test_nothing_is_too_short_or_too_odd_to_be_read(text: str) -> None:
    assert blocking(text) == []


def calls(text: str) -> int:
    """How many functions the detector calls for a text: the same each time, on any machine."""
    count = 0

    def counted(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        detect(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", PIECES)
def test_the_work_grows_as_the_text_does_and_no_faster(name: str) -> None:
    small, large = calls(hostile(name, 2_000)), calls(hostile(name, 8_000))
    assert large <= 4.2 * small + 200
    assert large <= 80 * 8_000


def test_every_rule_word_list_and_pattern_of_the_file_is_used() -> None:
    from observations.privacy.detect import FILE

    written = " ".join(
        [*(source for _, source in FILE["patterns"]), *(s for rule in FILE["rules"].values() for s in rule)]
    )
    words = {atom.strip("<!&?*0123456789") for element in written.split() for atom in element.split("|")}
    read_by_name = {
        "not_name",
        "uncertain",
        "street_of_place",
        "short_word",
        "after_letter",
        "at_word",
        "dot_word",
        "tld",
    }
    assert set(FILE["rules"]) - words == set()
    assert set(LISTS) - words - read_by_name - {"provider"} == set()
    assert GRAMMAR.starts


def test_hundreds_of_first_names_of_many_origins_are_known() -> None:
    assert len(NAMES) > 500
    assert {"fatima", "kevin", "agnieszka", "mamadou", "linh", "mehmet", "joao", "priya", "soumaya"} <= NAMES
    assert all(name.isascii() and name.islower() for name in NAMES)
