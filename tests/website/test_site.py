"""The site as `make site` builds it, and as a browser shows it without a network."""

import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import griffe
import pytest
from playwright.sync_api import Browser

from tests.support.chromium import open_page
from website.python_api import API_PAGES, public_names, public_package

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet",
         "--config-file", "website/mkdocs.yml", "--site-dir", str(directory)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return directory


class LinksAndAnchors(HTMLParser):
    """What a page of the site leads to, and the names in it that can be led to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors = {""}
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            elif name == "href" and tag == "a" and value:
                self.links.append(value)
            elif name in ("href", "src") and value:
                self.loaded.append(value)


def dead_links(pages: dict[Path, LinksAndAnchors]) -> Iterator[str]:
    for page, content in pages.items():
        if page.name == "404.html":  # its links are those of a server's root
            continue
        for link in content.links + content.loaded:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = page.parent.joinpath(unquote(parts.path)).resolve() if parts.path else page
            there = target.is_file()
            if there and target.suffix == ".html":
                there = unquote(parts.fragment) in pages[target].anchors
            if not there:
                yield f"{page.name}: {link}"


def test_no_link_is_dead_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = {page: LinksAndAnchors(page) for page in site.resolve().rglob("*.html")}
    assert len(pages) > 200
    assert [*dead_links(pages)] == []
    loaded = {link for content in pages.values() for link in content.loaded}
    assert {link for link in loaded if urlsplit(link).netloc} == set()


def test_every_public_name_has_a_docstring() -> None:
    package = public_package()
    missing = []
    for page in API_PAGES.values():
        module = package[page.module.partition(".")[2]] if "." in page.module else package
        for name in public_names(module):
            member = module[name]
            missing += [part.path for part in documented_parts(member) if not part.docstring]
    assert missing == []


def documented_parts(
    member: griffe.Object | griffe.Alias,
) -> Iterator[griffe.Object | griffe.Alias]:
    """A class or function, and its public methods and properties. The class tells its fields."""
    if member.is_class or member.is_function:
        yield member
    if member.is_class:
        for inner in member.members.values():
            if (
                inner.is_public
                and not inner.is_special
                and (inner.is_function or "property" in inner.labels)
            ):
                yield inner


@pytest.mark.browser
def test_the_search_finds_a_code_without_a_network(site: Path, browser: Browser) -> None:
    with open_page(browser, site / "index.html") as opened:
        opened.page.locator(".md-search__input").press_sequentially("unclosed-repeat")
        opened.page.wait_for_selector(
            ".md-search-result__link[href*='unclosed-repeat']", state="attached"
        )
        assert {urlsplit(url).scheme for url in opened.requests} <= {"file", "data", "blob"}
        assert opened.errors == []
