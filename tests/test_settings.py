"""Settings come from the environment and fail loudly."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from nouveaux_accords import env, guard
from observations.actions.demonstration import DOMAIN, NotADemonstration, require_demonstration
from tests import factories

SETTINGS = str(Path(env.__file__).with_name("settings.py"))


def test_a_flag_is_yes_no_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEHIND_PROXY", "oui")
    assert env.flag("BEHIND_PROXY")
    monkeypatch.setenv("BEHIND_PROXY", "peut-être")
    with pytest.raises(ImproperlyConfigured, match="BEHIND_PROXY"):
        env.flag("BEHIND_PROXY")


def test_an_acknowledged_observation_is_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read anew: the tests' own database gives that up for speed (tests/conftest.py)."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    real = runpy.run_path(SETTINGS)
    assert "synchronous=FULL" in real["DATABASES"]["default"]["OPTIONS"]["init_command"]
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/accords")
    real = runpy.run_path(SETTINGS)
    assert "synchronous_commit" not in str(real["DATABASES"])


def test_passwords_are_hashed_as_django_does() -> None:
    assert "PASSWORD_HASHERS" not in runpy.run_path(SETTINGS)


def test_production_wants_a_long_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "court")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.secret_key(production=True, path=tmp_path / "key")


def test_a_workstation_keeps_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = env.secret_key(production=False, path=tmp_path / "var" / "key")
    assert len(key) >= 50
    assert env.secret_key(production=False, path=tmp_path / "var" / "key") == key
    assert (tmp_path / "var" / "key").stat().st_mode & 0o077 == 0


def test_demonstration_accounts_stop_a_real_start(db: None, settings) -> None:
    factories.UserFactory(email=f"agent@{DOMAIN}")
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured, match="demonstration accounts"):
        guard.refuse_demonstration_accounts()
    settings.DEMO = True
    guard.refuse_demonstration_accounts()


def test_the_demonstration_refuses_a_database_with_real_accounts(db: None, settings) -> None:
    settings.DEMO = True
    factories.UserFactory(email="quelqu.un@example.org")
    with pytest.raises(NotADemonstration):
        require_demonstration()


@pytest.mark.parametrize(
    ("value", "proxies"), [("0", 0), ("1", 1), ("2", 2), ("oui", 1), ("non", 0), ("", 0)]
)
def test_proxies_are_counted(monkeypatch: pytest.MonkeyPatch, value: str, proxies: int) -> None:
    monkeypatch.setenv("BEHIND_PROXY", value)
    assert env.count("BEHIND_PROXY") == proxies


def test_a_number_of_proxies_that_says_nothing_clear_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEHIND_PROXY", "-1")
    with pytest.raises(ImproperlyConfigured, match="BEHIND_PROXY"):
        env.count("BEHIND_PROXY")
