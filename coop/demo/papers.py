"""Photographs of receipts, drawn: white paper with a few lines, on a table."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from coop.people.models import User
from ledger.models import Voucher
from ledger.services import keep_voucher


def receipt(payee: str, purpose: str, amount: str, *, actor: User) -> Voucher:
    """The photograph of a shop's receipt; no name of ours stands on it."""
    picture = Image.new("RGB", (480, 640), "#8a755b")
    paper = ImageDraw.Draw(picture)
    paper.rectangle((60, 40, 420, 600), fill="#fdf9f1")
    for place, text in enumerate(("RECIBO", payee, purpose[:40], f"S/ {amount}")):
        paper.text((90, 80 + 60 * place), text, fill="#241b18", font_size=20)
    content = BytesIO()
    picture.save(content, "JPEG", quality=80)
    file = SimpleUploadedFile("recibo.jpg", content.getvalue(), "image/jpeg")
    return keep_voucher(file=file, actor=actor)
