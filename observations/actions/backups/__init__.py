"""Encrypted archives of the whole database, and their restoration. docs/decisions/0009-backups.md says why so."""
