"""What a page may not hold: HTML -> the faults a reader or a mail server would meet."""

import re
from html.parser import HTMLParser

HEAVIEST_BYTES = 1_000_000
FORBIDDEN = frozenset(
    "script iframe object embed applet form input button link base audio video svg math".split()
)
# nbconvert puts these words where a picture has no alternative text.
NO_ALT = "No description has been provided for this image"
_SHOWN = re.compile(r"url\s*\(|@import|expression\s*\(", re.IGNORECASE)
_NEIGHBOUR = re.compile(r"(#[\w.-]*|[\w.-]+\.html(#[\w.-]*)?)")


def page_faults(html: str) -> list[str]:
    """Sentences on scripts, outside references, pictures without words; empty for a good page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


def is_light(html: str) -> bool:
    """True where the page is small enough to mail."""
    return len(html.encode("utf-8")) < HEAVIEST_BYTES


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        given = {name: value or "" for name, value in attrs}
        if tag in FORBIDDEN:
            self.faults.append(f"a <{tag}> element")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.faults.append("a <meta> refresh")
        if tag == "img":
            self._picture(given)
        for name, value in given.items():
            self._attribute(tag, name, value)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._style(data)

    def _picture(self, given: dict[str, str]) -> None:
        if given.get("alt", "").strip() in ("", NO_ALT):
            self.faults.append("a picture without alternative text")
        if not given.get("src", "").startswith("data:image/png;base64,"):
            self.faults.append(f"a picture from outside ({given.get('src', '')[:60]})")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.faults.append(f"a script in {name} of <{tag}>")
        if name == "href" and not _NEIGHBOUR.fullmatch(value):
            self.faults.append(f"a reference to outside ({value[:60]})")
        if name in ("srcset", "background", "poster", "action", "formaction", "srcdoc"):
            self.faults.append(f"a reference in {name} of <{tag}>")
        if name == "style":
            self._style(value)

    def _style(self, text: str) -> None:
        if _SHOWN.search(text):
            self.faults.append("a style that loads from outside")
