"""A contact sheet: every picture of a round on one page, and what went wrong above them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

_CSS = """
body { margin: 24px; background: #f6efe2; color: #241b18; font: 16px/1.5 sans-serif; }
h2 { margin: 40px 0 8px; }
ul.problems { padding: 12px 12px 12px 32px; background: #f5ddda; }
.row { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
figure { margin: 0; }
figcaption { font-size: 14px; }
img { display: block; border: 1px solid #cdba9b; max-height: 640px; width: auto; }
nav { columns: 5; }
"""


@dataclass(frozen=True)
class Picture:
    """One picture, and how it was taken."""

    kind: str
    file: str
    said: str


def write(folder: Path, pictures: Sequence[Picture], problems: Mapping[str, Iterable[str]]) -> Path:
    """Write `index.html` into `folder`; returns it."""
    by_kind: dict[str, list[Picture]] = {}
    for one in pictures:
        by_kind.setdefault(one.kind, []).append(one)
    links = "\n".join(f'<a href="#{kind}">{kind}</a><br>' for kind in by_kind)
    said = "\n".join(
        f"<li><a href='#{kind}'>{kind}</a>: {escape(text)}</li>"
        for kind, found in problems.items()
        for text in found
    )
    rows = "\n".join(_row(kind, found) for kind, found in by_kind.items())
    (folder / "sheet.css").write_text(_CSS, encoding="utf-8")
    page = folder / "index.html"
    page.write_text(
        f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Every page of the house</title>
<link rel="stylesheet" href="sheet.css"></head>
<body><h1>Every page of the house</h1>
{f'<ul class="problems">{said}</ul>' if said else "<p>No problem was found.</p>"}
<nav>{links}</nav>
{rows}
</body></html>
""",
        encoding="utf-8",
    )
    return page


def _row(kind: str, pictures: Iterable[Picture]) -> str:
    figures = "\n".join(
        f'<figure><a href="{one.file}"><img src="{one.file}" alt="{escape(one.kind)}, {one.said}"'
        f' loading="lazy"></a><figcaption>{one.said}</figcaption></figure>'
        for one in pictures
    )
    return f'<h2 id="{kind}">{kind}</h2>\n<div class="row">\n{figures}\n</div>'
