"""QR codes drawn in the page: nothing is fetched, no image is stored."""

import qrcode
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathImage


def qr_code(text: str) -> SafeString:
    """An SVG element that a phone reads as `text`: black modules, with the quiet zone that a reader needs."""
    image = qrcode.make(text, image_factory=SvgPathImage)
    svg = image.to_string(encoding="unicode")
    # Modules and numbers only: `text` is drawn in it, not written.
    return SafeString(svg.replace("<svg ", '<svg class="qr" role="img" aria-label="Code à scanner" ', 1))  # nosec B703 - drawn
