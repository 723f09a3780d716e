from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.contract.expectations import Expectation, read_expectations


def written(folder: Path, text: str) -> Path:
    path = folder / "contract.toml"
    path.write_text(text)
    return path


def test_each_key_is_a_bound(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "[tunes]\nmin_parseable = 98.5\nmax_rejected = 4\n"
        "[sources.ryan]\nmin_read = 1_000\n"
        "[rejects]\nbad-key = 2\nany-other = 0\n"
        "[last_run]\nmax_fewer = 2\n"
        '[alphabet]\ncharacters = "ABC|\\n"\n',
    )
    expected = read_expectations(path)
    assert expected.bounds == (
        Expectation("tunes", "min_parseable", 98.5),
        Expectation("tunes", "max_rejected", 4),
        Expectation("sources.ryan", "min_read", 1000),
        Expectation("rejects", "bad-key", 2),
        Expectation("rejects", "any-other", 0),
        Expectation("last_run", "max_fewer", 2),
    )
    assert [bound.is_least for bound in expected.bounds] == [True, False, True, False, False, False]
    assert expected.characters == "ABC|\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[tunes\n", "not TOML in UTF-8 .*line 1"),
        ("# only a comment\n", "expects nothing"),
        ("[tunes]\nmin_read = 3\nmin_parsable = 98\n", ":3: unknown key 'min_parsable'"),
        ("\n[tune]\nmin_read = 1\n", "unknown table 'tune'; there are tunes"),
        ("min_read = 1\n", ":1: unknown table 'min_read'"),
        ("[tunes]\nmin_read = 'all'\n", ":2: min_read is 'all'; write a number"),
        ("[tunes]\nmin_read = true\n", ":2: min_read is True; write a number"),
        ("[tunes]\nmin_read = nan\n", ":2: min_read is nan; write a number"),
        ("[tunes]\nmin_read = 1\nmin_parseable = 101\n", ":3: .* at most 100"),
        ("[last_run]\nmax_fewer = -1\n", ":2: max_fewer is -1"),
        ("[sources.ryan]\nmax_rejected = 1\n", ":2: unknown key 'max_rejected' in"),
        ("[sources]\nryan = 3\n", ":2: sources.ryan is not a table"),
        ("[alphabet]\nletters = 'abc'\n", ":2: .* holds one key, characters"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem) as error:
        read_expectations(written(tmp_path, text))
    assert str(error.value).startswith(f"{tmp_path}/contract.toml")
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml: cannot be read"):
        read_expectations(tmp_path / "none.toml")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "contract.toml"
    path.write_bytes(b"\xff\xfe[tunes]")
    with pytest.raises(UsageError, match="not TOML in UTF-8"):
        read_expectations(path)
