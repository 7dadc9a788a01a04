"""Erasing one observation on request. Not a stage: it goes through all of them."""
