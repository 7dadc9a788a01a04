"""The phone's door, added to the description of the API: a plain view, so that nothing describes it by itself."""

from typing import Any

from observations.models import Agreement, Nature, People, PlaceKind, Precision
from observations.models.observation import TEXT_MAX

TEXT = {"type": "string", "maxLength": TEXT_MAX}
DEGREES = {"type": "number", "nullable": True}
BODY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["neighbourhood", "theme", "nature", "agreement", "observed_on"],
    "properties": {
        "form": {"type": "integer", "enum": [1]},
        "captured_at": {"type": "string", "format": "date-time"},
        "neighbourhood": {"type": "string", "pattern": "^Q[NP][0-9A-Z]{6}$"},
        "theme": {
            "type": "string",
            "pattern": "^[a-z0-9-]+$",
            "description": "Identifiant d’un thème, des deux niveaux.",
        },
        "nature": {"type": "string", "enum": list(Nature.values)},
        "words": TEXT,
        "words_exact": {"type": "boolean"},
        "seen": TEXT,
        "reading": TEXT,
        "place_kind": {"type": "string", "enum": list(PlaceKind.values)},
        "precision": {"type": "string", "enum": list(Precision.values)},
        "latitude": DEGREES,
        "longitude": DEGREES,
        "place_label": {"type": "string"},
        "people": {"type": "string", "enum": list(People.values)},
        "agreement": {"type": "string", "enum": list(Agreement.values)},
        "observed_on": {"type": "string", "format": "date"},
    },
}
ACKNOWLEDGED = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "digest", "received_at"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "digest": {"type": "string", "description": "L’empreinte telle que reçue."},
        "received_at": {"type": "string", "format": "date-time"},
    },
}
REFUSED = {
    "type": "object",
    "additionalProperties": False,
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        }
    },
}
STORED = {201: "Enregistrée.", 200: "Déjà reçue, la même."}
# A page, or JSON where the door itself answers; programs need its status only.
BY_A_PAGE = (403, 404)
REFUSALS = {
    400: "L’empreinte manque, ou n’est pas celle du message.",
    401: "Personne n’est connecté.",
    403: "Ce compte ne saisit pas, ou le jeton du formulaire manque.",
    404: "Cette adresse n’est pas celle d’une observation.",
    409: "Une autre observation porte cet identifiant.",
    410: "Cette observation a été retirée.",
    413: "Le message est trop long.",
    422: "Refusée : ce qu’il faut corriger, champ par champ.",
    503: "Le serveur ne peut pas écrire ; réessayer plus tard.",
}


def described(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Adds `PUT /saisie/{id}/` to the description that drf-spectacular made (its postprocessing hook)."""
    result["paths"]["/saisie/{id}/"] = {
        "put": {
            "operationId": "saisie_update",
            "description": "Reçoit une observation d’un téléphone ; le même envoi se répète sans effet.",
            "tags": ["saisie"],
            "parameters": [
                _parameter("id", "path", {"type": "string", "format": "uuid"}),
                _parameter(
                    "Content-Digest",
                    "header",
                    {"type": "string", "pattern": "^sha-256=:[A-Za-z0-9+/]{43}=:$"},
                ),
                _parameter("X-CSRFToken", "header", {"type": "string"}),
            ],
            "requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}},
            "security": [{"cookieAuth": []}],
            "responses": {
                str(status): {"description": said, "content": _content(status, schema)}
                for answers, schema in ((STORED, ACKNOWLEDGED), (REFUSALS, REFUSED))
                for status, said in answers.items()
            },
        }
    }
    return result


def _content(status: int, schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}} | ({"text/html": {}} if status in BY_A_PAGE else {})


def _parameter(name: str, where: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": where, "required": True, "schema": schema}
