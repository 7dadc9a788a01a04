"""Every path of the description, the phone's door included, as each role, an API token and nobody."""

from collections.abc import Callable

import pytest
from django.core.handlers.wsgi import WSGIHandler

from observations.actions.sharing import issue_token
from observations.models import Neighbourhood, Role, User
from tests import factories
from tests.api.described import DOOR, PATHS, answers_as_described
from tests.api.test_schema import application
from tests.restitution.conftest import light_pdf
from tests.restitution.month import hear, month_before, publish_month

__all__ = ["application", "light_pdf"]  # fixtures

EXAMPLES = 150
PEOPLE = [*Role.values, "limited", "nobody", "token"]


@pytest.fixture
def visitor(soubise: Neighbourhood) -> Callable[[str], User | None]:
    """Somebody of that role, or nobody."""

    def made(who: str) -> User | None:
        if who in {"nobody", "token"}:
            return None
        user = factories.UserFactory(role=Role.CDSU if who == "limited" else who)
        if who == "limited":
            user.neighbourhoods.add(soubise)
        return user

    return made


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("path", [*PATHS, DOOR])
def test_any_request_of_anybody_is_answered_as_described(
    who: str,
    path: str,
    visitor: Callable[[str], User | None],
    cdsu: User,
    banc_vert: Neighbourhood,
    soubise: Neighbourhood,
    light_pdf: None,
    application: WSGIHandler,
) -> None:
    hear(month_before(), [banc_vert, soubise], cdsu)
    publish_month(month_before(), cdsu)
    token = issue_token(label="Observatoire", days=30, by=cdsu)[1] if who == "token" else ""
    answers_as_described(application, path, by=visitor(who), token=token, examples=EXAMPLES)
