"""Every page has a place in the navigation of the site."""

from pathlib import Path

import yaml

from website.navigation import Entry, complete_navigation, pages_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


class ConfigurationLoader(yaml.SafeLoader):
    """Reads the configuration of MkDocs without the Python objects that it names."""


def name_of_object(_loader: yaml.SafeLoader, suffix: str, _node: yaml.Node) -> str:
    """The name that a tag for a Python object has."""
    return suffix


ConfigurationLoader.add_multi_constructor("tag:yaml.org,2002:python/", name_of_object)


def test_all_pages_of_docs_are_in_the_navigation_once() -> None:
    with ROOT.joinpath("website", "mkdocs.yml").open(encoding="utf-8") as file:
        navigation = yaml.load(file, ConfigurationLoader)["nav"]
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    complete = [*pages_of(complete_navigation(navigation, pages))]
    assert sorted(page for page in complete if page in pages) == sorted(pages)


def test_pages_that_are_not_named_go_to_the_end_of_the_guides() -> None:
    navigation: list[Entry] = [{"Home": "index.md"}, {"How-to": [{"Training": "training.md"}]}]
    pages = ["index.md", "new.md", "training.md"]
    assert complete_navigation(navigation, pages) == [
        {"Home": "index.md"},
        {"How-to": [{"Training": "training.md"}, "new.md"]},
    ]


def test_a_folder_is_a_section_that_begins_with_its_index() -> None:
    navigation: list[Entry] = [{"Codes": "rules/"}]
    pages = ["rules/README.md", "rules/a.md", "rules/B.md"]
    assert complete_navigation(navigation, pages) == [
        {"Codes": ["rules/README.md", "rules/B.md", "rules/a.md"]}
    ]


def test_a_page_is_in_the_innermost_folder_that_is_named() -> None:
    navigation: list[Entry] = [
        {"Notebooks": "project/notebooks/"},
        {"Project": "project/"},
        {"Grammar": "project/abc.lark.md"},
    ]
    pages = ["project/index.md", "project/abc.lark.md", "project/notebooks/lab.ipynb.md"]
    assert complete_navigation(navigation, pages) == [
        {"Notebooks": ["project/notebooks/lab.ipynb.md"]},
        {"Project": ["project/index.md"]},
        {"Grammar": "project/abc.lark.md"},
    ]
