"""The archive as a file: compressed, then encrypted in the age format for recipients whose keys are not here.

age checks every block, its order and the last one: an altered or shortened file does not decrypt. Nothing is held whole
in memory, either way.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from observations.actions.backups.faults import BackupError, Unreadable

LINE_MAX = 256 * 1024 * 1024
"""Bytes of one line: a PDF is some hundreds of kilobytes."""
STEP = 64 * 1024


def recipients(keys: Iterable[str]) -> list[Any]:
    """Public keys, as `age1…` or `ssh-…`. Raises BackupError."""
    return [_recipient(key.strip()) for key in keys]


def identities(text: str) -> list[Any]:
    """Private keys of a file that `age-keygen` wrote. Raises BackupError, which never quotes the file."""
    found = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        if text.lstrip().startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        if not found:
            raise BackupError("Ce fichier ne contient pas de clé.")
        return [pyrage.x25519.Identity.from_str(line) for line in found]
    except (pyrage.IdentityError, ValueError):
        raise BackupError("Ce fichier ne contient pas de clé privée age.") from None


def write(lines: Iterable[bytes], file: BinaryIO, keys: Sequence[Any]) -> None:
    """Encrypts the lines into `file`, as they come."""
    pyrage.encrypt_io(_Source(_compressed(lines)), file, list(keys))


def read(path: Path, keys: Sequence[Any], take: Callable[[bytes], None]) -> None:
    """Gives each line of the archive to `take`, whose errors pass through. Raises Unreadable."""
    sink = _Sink(take)
    try:
        with path.open("rb") as file:
            pyrage.decrypt_io(file, sink, list(keys))
        sink.finish()
    except (pyrage.DecryptError, zlib.error, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise BackupError("Cette sauvegarde n’existe pas.") from None
        raise Unreadable(
            "Cette sauvegarde ne se lit pas : elle est abîmée, incomplète, ou faite pour une autre clé."
        ) from None


def _recipient(key: str) -> Any:
    kind = pyrage.ssh.Recipient if key.startswith("ssh-") else pyrage.x25519.Recipient
    try:
        return kind.from_str(key)
    except (pyrage.RecipientError, ValueError):
        raise BackupError("Une clé de sauvegarde n’est pas une clé publique age (age1…).") from None


def _compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6)
    for line in lines:
        if packed := packer.compress(line):
            yield packed
    yield packer.flush()


class _Source:
    """A stream of blocks as a file that is read."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._held = blocks, b""

    def read(self, size: int) -> bytes:
        while len(self._held) < size and (block := next(self._blocks, None)) is not None:
            self._held += block
        given, self._held = self._held[:size], self._held[size:]
        return given


class _Sink:
    """A file that is written, which gives lines."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take, self._unpack, self._rest = take, zlib.decompressobj(), bytearray()

    def write(self, data: bytes) -> int:
        waiting = data
        while waiting:
            self._lines(self._unpack.decompress(waiting, STEP))
            waiting = self._unpack.unconsumed_tail
        if self._unpack.unused_data:
            raise zlib.error("more after the end")
        return len(data)

    def flush(self) -> None:
        """Nothing waits but the beginning of a line."""

    def finish(self) -> None:
        self._lines(self._unpack.flush())
        if not self._unpack.eof or self._rest:
            raise zlib.error("cut short")

    def _lines(self, text: bytes) -> None:
        self._rest += text
        if len(self._rest) > LINE_MAX:
            raise zlib.error("a line without an end")
        *whole, rest = bytes(self._rest).split(b"\n") if b"\n" in text else (bytes(self._rest),)
        if whole:
            for line in whole:
                self._take(line + b"\n")
            self._rest = bytearray(rest)
