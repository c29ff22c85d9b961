"""How a phone comes to trust the certificate that `bin/serve --https` has made.

The gate (`bin/lib/gate.py`) shows this page by plain http too, since a phone that does not trust
the house yet would only see a warning.
"""

import hashlib
import ssl
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

#: What a browser calls its machine, the longest hint first: an iPad also says Macintosh.
_HINTS = (
    ("Android", "android"),
    ("iPhone", "iphone"),
    ("iPad", "iphone"),
    ("Windows", "windows"),
    ("Macintosh", "macos"),
    ("Linux", "linux"),
)


def _authority() -> tuple[str, bytes]:
    """The authority's certificate as text and in bytes. Raises Http404 where there is none."""
    file: Path | None = settings.AUTHORITY_FILE
    if file is None:
        raise Http404
    text = file.read_text(encoding="ascii")
    return text, ssl.PEM_cert_to_DER_cert(text)


@require_safe
@vary_on_headers("User-Agent")
def trust(request: HttpRequest) -> HttpResponse:
    """What to do on each kind of phone and computer, hers first; and the fingerprint."""
    digest = hashlib.sha256(_authority()[1]).hexdigest().upper()
    pairs = [digest[at : at + 2] for at in range(0, len(digest), 2)]
    agent = request.headers.get("User-Agent", "")
    context = {
        "fingerprint": "\n".join(" ".join(pairs[at : at + 8]) for at in range(0, 32, 8)),
        "machine": next((kind for hint, kind in _HINTS if hint in agent), ""),
        "is_firefox": "Firefox" in agent,
        "house_address": f"https://{request.get_host()}/m/",
    }
    return render(request, "people/trust.html", context)


@require_safe
def certificate(request: HttpRequest, form: str) -> HttpResponse:
    """The authority's certificate, for phones (DER) and for Linux and programs (PEM)."""
    text, as_bytes = _authority()
    if form == "pem":
        response = HttpResponse(text, content_type="application/x-pem-file")
        response.headers["Content-Disposition"] = 'attachment; filename="minka.pem"'
        return response
    # By this type Android and iPhone know what to do with it.
    return HttpResponse(as_bytes, content_type="application/x-x509-ca-cert")
