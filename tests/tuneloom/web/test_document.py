"""The page as a file: its data, its policy, and texts that would like to be more than text."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

from tuneloom.corpus.record import Reject
from tuneloom.web.document import GENERATOR, Composer, page_html
from tuneloom.web.entries import page_entry

SLY = (
    'X:1\nT:</script><script>alert(1)</script> <!--<script> <img src=x onerror="alert(2)"> &amp;\n'
    'C:\u2028\x1b[31m\nK:D\n"</script>"D|\n'
)


class PageParser(HTMLParser):
    """The scripts of a page and the elements that could ask for something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.addresses: list[str | None] = []
        self.handlers: list[str] = []
        self._open: dict[str, str | None] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value for name, value in attrs if name in ("src", "href", "data")]
        if tag == "script":
            self._open = dict(attrs)

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.scripts.append((self._open, data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._open = None


def data_of(html: str) -> Any:
    [text] = [text for attributes, text in PageParser(html).scripts if "id" in attributes]
    return json.loads(text)


def test_the_data_has_the_texts_as_they_are() -> None:
    [tune] = data_of(page_html("Page", [page_entry(SLY)]))["tunes"]
    assert tune["abc"] == SLY
    assert tune["title"].startswith("</script><script>alert(1)</script>")


def test_no_text_of_a_tune_becomes_a_part_of_the_page() -> None:
    entries = [page_entry(SLY)]
    plain, sly = page_html("Page", []), page_html("<script>alert(3)</script>", entries)
    parsed = PageParser(sly)
    assert len(parsed.scripts) == len(PageParser(plain).scripts) == 3
    assert parsed.handlers == []
    assert "<img src=x" not in sly
    assert "<title>&lt;script&gt;alert(3)&lt;/script&gt;</title>" in sly


def test_a_page_asks_for_nothing_from_elsewhere() -> None:
    addresses = PageParser(page_html("Page", [page_entry(SLY)])).addresses
    assert {address for address in addresses if not (address or "").startswith("#")} == {"data:,"}


def test_the_policy_allows_the_page_s_own_scripts_and_no_others() -> None:
    html = page_html("Page", [])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    code = [text for attributes, text in PageParser(html).scripts if not attributes]
    sums = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in code]
    assert len(sums) == 2
    [scripts] = [
        part.split() for part in policy[1].split(";") if part.strip().startswith("script-src")
    ]
    assert scripts == ["script-src", *(f"'sha256-{each}'" for each in sums)]
    assert policy[1].startswith("default-src 'none'; ")


def test_a_network_is_data_and_a_script_that_the_policy_allows() -> None:
    html = page_html("Page", [], composer=Composer({"name": "</script>"}, "const answer = 42;"))
    found = PageParser(html).scripts
    [data] = [text for attributes, text in found if attributes.get("id") == "composer-data"]
    assert json.loads(data) == {"name": "</script>"}
    script = next(text for _, text in found if text == "const answer = 42;")
    digest = hashlib.sha256(script.encode()).digest()
    assert f"'sha256-{base64.b64encode(digest).decode()}'" in html


def test_findings_share_their_sentences() -> None:
    entries = [page_entry(f"X:{n}\nT:a\nM:4/4\nL:1/4\nK:D\nDEF|DEFG|DEF|DEFG|\n") for n in (1, 2)]
    data = data_of(page_html("Page", entries))
    assert data["kinds"] == [["bar-length", "metrical", "error"]]
    assert len(data["strings"]) == 2
    assert data["tunes"][0]["findings"] == data["tunes"][1]["findings"]


def test_what_was_not_read_is_named() -> None:
    reject = Reject("input", "a.abc", 0, 7, 1, "orphan-music", "music without a header")
    data = data_of(page_html("Page", [], [reject]))
    assert data["rejects"] == [{"place": "a.abc:7:1", "message": "music without a header"}]


def test_a_page_of_ours_is_known_by_its_beginning() -> None:
    assert GENERATOR in page_html("Page", [])[:1500]
