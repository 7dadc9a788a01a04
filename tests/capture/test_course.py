"""The listening course: ten ideas, exercises whose answers exist, and nobody real in its examples."""

import pytest
from django.urls import reverse

from observations.capture import course
from observations.models import User
from observations.privacy.detect import blocking


def test_ten_cards_have_one_idea_a_poor_note_and_a_good_one() -> None:
    assert len(course.CARDS) == 10
    assert len({card.slug for card in course.CARDS}) == 10
    assert all(all(card) and card.poor != card.good for card in course.CARDS)


@pytest.mark.parametrize(
    ("answers", "texts"), [(course.SORTS, course.SORTING), (course.JUDGES, course.FINDING)]
)
def test_every_piece_has_an_answer_that_can_be_chosen_and_a_reason(answers, texts) -> None:
    known = {value for value, _ in answers}
    assert all(piece.right in known and piece.why for pieces in texts for piece in pieces)
    assert known == {piece.right for pieces in texts for piece in pieces}


def test_the_good_notes_let_nobody_be_recognised() -> None:
    assert [card.slug for card in course.CARDS if blocking(card.good)] == []


def test_hints_lead_to_their_card() -> None:
    assert {slug for slug, _ in course.HINTS.values()} <= {card.slug for card in course.CARDS}


@pytest.mark.django_db
def test_the_form_hints_and_the_course_opens(signed_in, agent: User, banc_vert) -> None:
    client = signed_in(agent)
    form = client.get(reverse("capture")).content.decode()
    assert f"{reverse('course')}#mots-exacts" in form
    page = client.get(reverse("course")).content.decode()
    assert page.count("course-card") == 12
    assert "Voir la réponse" in page
