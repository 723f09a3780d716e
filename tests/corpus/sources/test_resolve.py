from pathlib import Path

import pytest

from tuneloom.corpus.sources import resolve_sources
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar.errors import UsageError


def test_a_part_narrows_a_source_to_one_file() -> None:
    [file] = resolve_sources(["essen/han1"], [])
    assert (file.source, file.path) == ("essen", "han1.abc")
    assert Path(file.location).is_file()


def test_a_part_of_folk_narrows_too() -> None:
    assert resolve_sources(["folk/han1"], []) == resolve_sources(["essen/han1"], [])


def test_a_file_that_is_named_twice_is_read_once() -> None:
    assert resolve_sources(["essen", "folk", "essen/han1"], []) == resolve_sources(["folk"], [])


def test_a_file_of_a_source_that_is_also_an_input_keeps_its_source() -> None:
    files = resolve_sources(["essen/han1"], [])
    assert resolve_sources(["essen/han1"], input_files([files[0].location])) == files


def test_the_order_of_the_arguments_does_not_matter() -> None:
    assert resolve_sources(["fife", "aird"], []) == resolve_sources(["aird", "fife"], [])


def test_sources_and_inputs_go_together(tmp_path: Path) -> None:
    tmp_path.joinpath("mine.abc").write_text("X:1\nK:D\nA\n")
    files = resolve_sources(["fife"], input_files([str(tmp_path)]))
    assert [(file.source, file.path) for file in files] == [
        ("fife", "americanfifeopus.abc"),
        ("fife", "northumbrianminstrelsyopus.abc"),
        ("input", "mine.abc"),
    ]


def test_an_unknown_source_is_reported_with_the_closest_name_and_all_others() -> None:
    with pytest.raises(UsageError, match=r"unknown source 'folx': did you mean 'folk'\? .*irish"):
        resolve_sources(["folx"], [])


@pytest.mark.parametrize("name", ["nottingham/xmass", "nottingham/"])
def test_an_unknown_part_is_reported_with_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError, match=r"has no part.*ashover, hpps, jigs"):
        resolve_sources([name], [])


def test_a_long_list_of_parts_breaks_off() -> None:
    with pytest.raises(UsageError, match=r"…$"):
        resolve_sources(["ryan/zzz"], [])
