"""The whole access matrix: every route, every method that HTTP has for them, every role, whosever the object is."""

import pytest

from tests.access import EVERYBODY
from tests.restitution.conftest import light_pdf
from tests.test_access import World, faults, world

__all__ = ["light_pdf", "world"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_no_method_opens_a_door(role: str, world: World) -> None:
    assert faults(role, world, ("HEAD", "PUT", "PATCH", "DELETE")) == {}
