"""What MkDocs calls when it builds the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from website.lists import with_lists_set_off
from website.navigation import complete_navigation
from website.outside import outside_pages, with_links_of_the_site
from website.reference import reference_pages

__all__ = ["on_config", "on_files", "on_page_markdown"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages that the configuration does not name into the navigation."""
    pages = [path.relative_to(config.docs_dir) for path in Path(config.docs_dir).rglob("*.md")]
    made = {**outside_pages(), **reference_pages()}
    assert config.nav is not None
    config.nav = complete_navigation(config.nav, [*(p.as_posix() for p in pages), *made])
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from code and from files outside of docs/."""
    for uri, markdown in {**outside_pages(), **reference_pages()}.items():
        files.append(File.generated(config, uri, content=markdown))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Lead links to files of the repository to their pages, and make lists lists."""
    return with_links_of_the_site(page.file.src_uri, with_lists_set_off(markdown))
