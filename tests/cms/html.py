"""Looking at a page as a browser with a strict policy, or somebody who does not see it, would."""

from html.parser import HTMLParser

_UNTITLED = {"img"}
_FIELDS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """What a page is made of, and everything in it that our policy or our manners refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.lang = ""
        self.title = ""
        self._inside = ""
        self.feed(html)
        for field in self.fields:
            if field.get("type") in {"hidden", "submit"} or field.get("aria-label"):
                continue
            if field.get("id") not in self.labelled:
                self.problems.append(f"field without a label: {field}")
        self.problems += [f"id twice: {one}" for one in self.ids if self.ids.count(one) > 1]
        if self.headings.count("h1") != 1:
            self.problems.append(f"{self.headings.count('h1')} headings of the first rank")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._inside = tag
        self._look_for_inline(tag, found)
        self._look_for_outside(tag, found)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag in _UNTITLED and "alt" not in found:
            self.problems.append(f"picture without alt: {found}")
        if tag == "img" and not (found.get("width") and found.get("height")):
            self.problems.append(f"picture without its size: {found}")
        if tag == "html":
            self.lang = found.get("lang") or ""
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)
        if tag == "label" and found.get("for"):
            self.labelled.add(str(found["for"]))
        if tag in _FIELDS:
            self.fields.append(found)

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def _look_for_inline(self, tag: str, found: dict[str, str | None]) -> None:
        if tag == "style" or "style" in found:
            self.problems.append(f"inline style in {tag} {found}")
        if any(name.startswith("on") for name in found):
            self.problems.append(f"inline script in {tag} {found}")
        is_data = found.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and "src" not in found and not is_data:
            self.problems.append("inline script")

    def _look_for_outside(self, tag: str, found: dict[str, str | None]) -> None:
        is_asked = tag in {"script", "img", "iframe", "source"} or (
            tag == "link" and found.get("rel") not in {"canonical", "alternate"}
        )
        address = found.get("src") or found.get("href") or ""
        if is_asked and address.startswith(("http:", "https:", "//")):
            self.problems.append(f"a request to elsewhere: {address}")
