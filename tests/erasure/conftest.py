"""A published month, and a ledger of the test's own."""

from pathlib import Path

import pytest

from tests.restitution.conftest import heard, light_pdf, published

__all__ = ["heard", "light_pdf", "published"]


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path: Path) -> Path:
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR
