"""What keeps a backup from being made or trusted: a French sentence for whoever runs the command."""

from observations.typography import french


class BackupError(Exception):
    """The live data has not been touched."""

    def __init__(self, sentence: str) -> None:
        super().__init__(french(sentence))


class Unreadable(BackupError):
    """Truncated, altered, not one of ours, or for another key. Which of these, cryptography does not say."""
