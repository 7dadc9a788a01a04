"""The sheet of a project bearer: from the needs of a neighbourhood, what to answer in an application."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from observations.typesetting.setting import all_drawable, typeset
from observations.typography import french, quoted

TEMPLATE = Path(__file__).with_name("bearer.typ")
# What every application asks, in plain words, and what makes a good answer.
QUESTIONS = (
    (
        "À quel besoin répondez-vous ?",
        "Citez-le avec le numéro de ce diagnostic. Un seul besoin bien pris suffit.",
    ),
    (
        "Qui viendra, et comment irez-vous vers ces personnes ?",
        "Où elles sont déjà, à quelle heure, avec qui. Pensez à celles que l’on ne rencontre pas.",
    ),
    (
        "Qu’est-ce qui existe déjà, et avec qui le faites-vous ?",
        "Un coup de fil avant d’écrire : à deux associations, on se complète.",
    ),
    (
        "Qu’est-ce qui aura changé, et comment le saurez-vous ?",
        "Demandez-le aux habitant·e·s : trois questions valent mieux qu’un nombre de participants.",
    ),
    (
        "Comment le leur redirez-vous ?",
        "Ce qui s’est fait, ce qui n’a pas marché, et pourquoi.",
    ),
)


def bearer_sheet(*, content: str, territory: str, address: str, published: datetime) -> bytes:
    """The PDF (PDF/UA-1) of a published diagnosis's sheet. Raises PdfError.

    `content`: as it was frozen (diagnosis.build), in JSON; `address`: where the diagnosis is read, as it is typed.
    """
    told: Mapping[str, Any] = json.loads(content)
    place = told["neighbourhood"]["name"]
    data = {
        "title": french(f"Répondre à un besoin : {place}"),
        "over": french(f"Fiche pour préparer un projet, d’après le diagnostic partagé n° {told['number']}"),
        "cite": french(f"Diagnostic partagé de {place}, n° {told['number']}, {told['published']}, {address}"),
        "territory": territory,
        "needs": [
            {
                "wording": need["wording"],
                "theme": need["theme"]["name"],
                "often": need["often"],
                "exists": need["exists"],
                "words": [
                    quoted(one["text"])
                    for one in told["quotes"]
                    if one["theme"] == need["theme"]["name"] and not one["withdrawn"]
                ][:2],
            }
            for need in told["needs"]
        ],
        "strengths": told["strengths"],
        "funded": "\n".join(
            filter(
                None,
                [told["funded"], *(f"{a['name']}, {a['bearer']}" for a in told.get("actions", []))],
            )
        ),
        "blind_spots": told["blind_spots"],
        "questions": [{"ask": french(ask), "help": french(help_)} for ask, help_ in QUESTIONS],
    }
    stamp = int(published.replace(tzinfo=published.tzinfo or UTC).timestamp())
    return typeset(TEMPLATE, all_drawable(data), timestamp=stamp)
