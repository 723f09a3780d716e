"""`tuneloom transpose`: the options, and files in which not every tune can be transposed."""

import io
import sys
from pathlib import Path

import pytest

from tuneloom.cli.app import main

FOUND = (
    'A book.\n\nX:1\nT:Caf\xe9\nK:D % the key\nA"G/b"Bc|\n\nX:2\nT:Bad\nK:D\nA1 kc|\n\n'
    "X:3\nK:HP\nA|\n\nX:4\nT:Good\nK:Gm\nGAB|\n"
)
UP_2 = FOUND.replace("K:D % the", "K:E % the").replace('A"G/b"Bc', 'B"A/c#"cd')
UP_2 = UP_2.replace("K:Gm\nGAB", "K:Am\nABc")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("found.abc").write_text(FOUND)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["transpose", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_tunes_are_transposed_and_those_that_cannot_be_are_reported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capsys, "found.abc", "--semitones", "2")
    assert (status, out) == (0, UP_2)
    assert err == (
        "found.abc:11:4: unknown-letter the letter `k` has no meaning in music; the tune was left as it is\n"
        "found.abc:13: K:HP is the scale of the bagpipe, which is not transposed; "
        "the tune was left as it is\n"
    )


@pytest.mark.parametrize("charset", ["latin-1", "utf-8", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_charset_line_ends_and_mode_are_kept(
    charset: str, line_end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path("kept.abc")
    path.write_bytes(FOUND.replace("\n", line_end).encode(charset))
    path.chmod(0o640)
    status, out, _ = run(capsys, "kept.abc", "--semitones", "2", "--write")
    assert (status, out) == (0, "")
    assert path.read_bytes() == UP_2.replace("\n", line_end).encode(charset)
    assert path.stat().st_mode & 0o777 == 0o640


def test_nothing_changes_by_no_semitone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "found.abc", "--semitones", "0")[:2] == (0, FOUND)
    assert run(capsys, "found.abc", "--semitones", "0", "--diff")[0] == 0


def test_only_tunes_in_a_key_are_transposed_to_another(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "found.abc", "--from-key", "Gm", "--to", "A")
    assert out == FOUND.replace("K:Gm\nGAB", "K:Am\nABc")
    _, out, err = run(capsys, "found.abc", "--to", "Am")
    assert out == FOUND.replace("K:Gm\nGAB", "K:Am\nABc")
    assert "found.abc:3: Dmaj is of another mode than Am; the tune was left as it is\n" in err


def test_sharps_or_flats_are_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert "K:Db " in run(capsys, "found.abc", "--semitones", "-1")[1]
    assert "K:C# " in run(capsys, "found.abc", "--semitones", "-1", "--sharps")[1]


def test_standard_input_goes_to_standard_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"X:1\nK:C\nCDE|\n")))
    assert run(capsys, "-", "--semitones", "1", "--flats")[1] == "X:1\nK:Db\nDEF|\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("found.abc", "give either --semitones or --to"),
        ("found.abc --to D --semitones 2", "give either --semitones or --to"),
        ("found.abc --semitones 100", "100 is not in the range"),
        ("found.abc --semitones two", "'two' is not a valid integer range"),
        ("found.abc --to H", "'H' is no key"),
        ("found.abc --to none", "'none' is no key"),
        ("found.abc --to D --sharps", "--sharps, --flats and --to cannot be combined"),
        ("missing.abc --to D", "missing.abc: cannot be read"),
        ("found.abc --to D --diff --write", "--diff and --write cannot be combined"),
    ],
)
def test_bad_options_and_files_are_refused_in_one_line(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *arguments.split())
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert Path("found.abc").read_text() == FOUND
