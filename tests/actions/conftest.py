"""The fixtures of the synthèse that the actions' tests share."""

from tests.restitution.conftest import light_pdf

__all__ = ["light_pdf"]
