"""Reads the environment, with an error that says what to do."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "oui", "on"}
FALSE = {"", "0", "false", "no", "non", "off"}


def text(name: str, default: str) -> str:
    """Text variable; set but empty counts, so that TILE_URL= means "no tiles"."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Boolean variable; anything but a clear yes or no is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def count(name: str) -> int:
    """How many, from 0; a clear yes is 1. Anything else is refused."""
    value = os.environ.get(name, "0").strip()
    if value.isascii() and value.isdigit():
        return int(value)
    return int(flag(name))


def items(name: str, default: str = "") -> list[str]:
    """Comma-separated variable as a list without blanks."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def local_secret(path: Path) -> str:
    """Key of a workstation, made once and kept beside its database (mode 600).

    `make demo` and `manage.py` work with nothing set; a key in the code would be
    everybody's key.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


def secret_key(*, production: bool, path: Path) -> str:
    """`SECRET_KEY`, required in production and at least 50 characters long."""
    key = os.environ.get("SECRET_KEY", "")
    if not key and not production:
        return local_secret(path)
    if len(key) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters. Make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return key
