"""Pages as PDF that a screen reader reads too (PDF/UA), by WeasyPrint.

WeasyPrint draws with pango, a library of the system: where that is missing, the house runs all the
same, and `why_not` says what is lacking. Nothing is fetched from outside: a page may ask for our
own fonts and stylesheets alone. About 0.03 s a page; long documents belong to the worker.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from PIL import ImageFile

from coop.kit.errors import Refusal

STATIC = Path(settings.ROOT) / "static"


class NoPdf(Refusal):
    """Asked for a PDF on a machine that cannot make one."""

    status = 503
    message = _(
        "This machine cannot make PDFs: it lacks “pango”. The operator's guide says how to get it."
    )


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 - it looks for pango at once, and takes half a second
    except OSError:
        return None
    # It lets half a picture pass everywhere in the process; the house refuses such photographs.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def can_make() -> bool:
    """Whether this machine can make PDFs."""
    return _weasyprint() is not None


def why_not() -> str:
    """The sentence beside a button that cannot work; nothing where it can."""
    return "" if can_make() else str(NoPdf())


def make_pdf(
    template: str,
    context: dict[str, Any],
    *,
    sheets: Sequence[str],
    holding: Mapping[str, str] | None = None,
) -> bytes:
    """The page that `template` makes, in the active language, as tagged PDF (PDF/UA-1).

    `sheets` name stylesheets below static/css; `holding` are texts by the names of files that the
    PDF carries with it. They lie in it as they are, so that a program finds them without
    unpacking anything. Raises NoPdf.
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise NoPdf
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = _fetcher()
    styles = [
        weasyprint.CSS(
            filename=STATIC / "css" / f"{name}.css", url_fetcher=fetcher, font_config=fonts
        )
        for name in sheets
    ]
    page = weasyprint.HTML(
        string=render_to_string(template, context), base_url=STATIC.as_uri(), url_fetcher=fetcher
    )
    made: bytes = page.write_pdf(
        stylesheets=styles,
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        attachments=[
            weasyprint.Attachment(string=text, name=name) for name, text in (holding or {}).items()
        ],
        finisher=_leave_files_plain,
    )
    return made


def _leave_files_plain(_document: Any, pdf: Any) -> None:
    for one in pdf.objects:
        if getattr(one, "extra", {}).get("Type") == "/EmbeddedFile":
            one.compress = False


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    class OwnFilesOnly(URLFetcher):
        """Fonts and pictures of ours; anything else that a page asks for is left out."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            inside = f"{STATIC.as_uri()}/"
            if not url.startswith(("data:image/", inside)) or ".." in url:
                raise ValueError(f"Not ours: {url[:80]}")
            if url.endswith(".woff2"):
                return URLFetcherResponse(url, _unpacked(Path(unquote(urlsplit(url).path))))
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=("file", "data"))


@cache
def _unpacked(font: Path) -> bytes:
    """A font of ours as TrueType, once a process: unpacking takes longer than drawing a page."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 - as above

    unpacked = BytesIO()
    woff2.decompress(font, unpacked)
    return unpacked.getvalue()
