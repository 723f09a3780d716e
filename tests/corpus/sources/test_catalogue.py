from pathlib import Path

import pytest

from tuneloom.corpus.sources import SOURCES, resolve_sources
from tuneloom.grammar.registry import load_plugins

PLUGIN = """
from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.license import License
from tuneloom.corpus.source import Source, SourceFile
from tuneloom.corpus.sources.catalogue import SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSource(Source):
    folder: Path

    def files(self, part: str = "") -> list[SourceFile]:
        paths = sorted(self.folder.glob("*.abc"))
        return [
            SourceFile(self.name, path.name, self.license.name, str(path))
            for path in paths
            if part in ("", path.stem)
        ]

    def parts(self) -> list[str]:
        return [path.stem for path in sorted(self.folder.glob("*.abc"))]

    def size(self) -> int | None:
        return None

    def here(self) -> bool:
        return True


SOURCES.register(
    "ours",
    FolderSource(
        name="ours",
        title="Our tunes",
        license=License(name="CC0-1.0"),
        citation="We ourselves",
        homepage="https://example.org/",
        folder=Path(__file__).parent,
    ),
)
"""


def test_the_sources_are_those_of_the_documentation() -> None:
    assert list(SOURCES) == [
        "folk",
        "aird",
        "oneill",
        "ryan",
        "essen",
        "fife",
        "nottingham",
        "irish",
        "thesession",
    ]


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_states_its_license_citation_and_home(name: str) -> None:
    source = SOURCES[name]
    assert source.name == name
    assert all((source.title, source.license, source.citation))
    assert source.homepage.startswith("http")


@pytest.mark.parametrize(
    ("name", "files"), [("aird", 6), ("oneill", 39), ("ryan", 1059), ("essen", 31), ("fife", 2)]
)
def test_a_part_of_folk_is_found_inside_music21(name: str, files: int) -> None:
    assert len(SOURCES[name].files()) == files
    assert SOURCES[name].here()


def test_folk_is_its_five_parts_each_with_its_own_name_and_license() -> None:
    files = SOURCES["folk"].files()
    assert len(files) == 6 + 39 + 1059 + 31 + 2
    assert {(file.source, file.license) for file in files} == {
        (name, SOURCES[name].license.name) for name in ("aird", "oneill", "ryan", "essen", "fife")
    }


def test_essen_is_marked_as_not_for_commercial_use() -> None:
    assert SOURCES["essen"].license.commercial_use == "forbidden"
    assert "non-commercial" in SOURCES["folk"].note


def test_what_a_license_asks_for_can_be_acted_on() -> None:
    assert SOURCES["nottingham"].license.terms == ("attribution", "share-alike")
    assert SOURCES["irish"].license.terms == ("attribution",)
    assert SOURCES["aird"].license.terms == ("commercial use unclear",)
    assert SOURCES["essen"].license.terms == ("non-commercial",)
    assert "not with large language models" in SOURCES["thesession"].license.terms


def test_a_source_from_outside_needs_one_class_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plugin module is imported by its name, as the pyproject.toml of a project lists it."""
    (tmp_path / "mine.abc").write_text("X:1\nT:Mine\nK:D\nABcd|\n")
    (tmp_path / "our_source_of_a_test.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(tmp_path)
    load_plugins(("our_source_of_a_test",))
    try:
        assert list(SOURCES)[-1] == "ours"
        [file] = resolve_sources(["ours/mine"], [])
    finally:
        SOURCES.unregister("ours")
    assert (file.source, file.path, file.license) == ("ours", "mine.abc", "CC0-1.0")
