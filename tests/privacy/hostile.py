"""Texts made to keep the detector busy: what begins a pattern, over and over, and never ends it."""

PIECES = {
    "digits": "0",
    "numbers": "1 ",
    "telephones": "0 6 ",
    "nir": "1 85 05 78 ",
    "iban": "FR76 1234 ",
    "addresses": "12 rue ",
    "streets": "rue des ",
    "civilities": "M. ",
    "kinship": "fils petit du ",
    "at signs": "a@",
    "dots": "a.b.",
    "letters and digits": "a1",
    "floors": "3e ",
    "quotes": "'",
    "spaces": " ",
    "emoji": "😀 ",
    "accents": "é\u0301",
    "an ordinary text": "On a parlé des charges, des vélos dans l’entrée et du bruit le soir. ",
}


def hostile(name: str, size: int) -> str:
    piece = PIECES[name]
    return (piece * (size // len(piece) + 1))[:size]
