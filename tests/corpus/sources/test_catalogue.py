import pytest

from tuneloom.corpus.sources import SOURCES


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
        (name, SOURCES[name].license) for name in ("aird", "oneill", "ryan", "essen", "fife")
    }


def test_essen_is_marked_as_not_for_commercial_use() -> None:
    assert "non-commercial" in SOURCES["essen"].license
    assert "non-commercial" in SOURCES["folk"].note
