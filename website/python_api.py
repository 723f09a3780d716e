"""Pages of the Python API: the public names of the packages, whose docstrings mkdocstrings reads."""

from __future__ import annotations

import re
from typing import NamedTuple

import griffe

from website.outside import ROOT

__all__ = ["API_PAGES", "api_pages", "public_names", "public_package"]


_SESSION = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


class ApiPage(NamedTuple):
    """A module whose public names have a page, and the title of that page."""

    module: str
    title: str


API_PAGES = {
    "index.md": ApiPage("tuneloom", "Python"),
    "grammar.md": ApiPage("tuneloom.grammar", "Books and parsed tunes"),
    "tune.md": ApiPage("tuneloom.grammar.tune.elements", "The tree of a tune"),
    "performance.md": ApiPage("tuneloom.grammar.tune.performance", "What is heard of a tune"),
    "score.md": ApiPage("tuneloom.model.score", "Scores"),
    "errors.md": ApiPage("tuneloom.grammar.errors", "Errors"),
}


def api_pages() -> dict[str, str]:
    """The Markdown of each page, by name in the site."""
    package = public_package()
    return {name: _api_page(package, page) for name, page in API_PAGES.items()}


def public_package() -> griffe.Module:
    """The package, read without running it."""
    package = griffe.load("tuneloom", search_paths=[ROOT], resolve_aliases=True)
    assert isinstance(package, griffe.Module)
    return package


def _api_page(package: griffe.Module, page: ApiPage) -> str:
    module = _module(package, page.module)
    docstring = _SESSION.sub(
        r"```pycon\n\g<0>\n```", module.docstring.value if module.docstring else ""
    )
    names = [f"::: {page.module}.{name}" for name in public_names(module)]
    return "\n\n".join([f"# {page.title}", f"`{page.module}`", docstring, *names]) + "\n"


def _module(package: griffe.Module, name: str) -> griffe.Module:
    _, _, inside = name.partition(".")
    module = package[inside] if inside else package
    assert isinstance(module, griffe.Module)
    return module


def public_names(module: griffe.Module) -> list[str]:
    """The names of `__all__`, but for dunders."""
    return [str(name) for name in module.exports or () if not str(name).startswith("__")]
