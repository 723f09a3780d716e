"""What no sane book says is a finding, or is left out, in every command: no traceback, and no long wait."""

import io
import sys
from pathlib import Path
from time import process_time

import pytest

from tuneloom.cli.app import main

HEADER = "X:1\nT:Air\nM:4/4\nL:1/8\nK:D\n"
DIGITS = "9" * 4301  # one more than Python reads as a number
BOOKS = {
    "denominator of a note": f"{HEADER}A1/{DIGITS}B|\n",
    "length of a note": f"{HEADER}A{DIGITS}B|\n",
    "halvings of a note": f"{HEADER}A{'/' * 5000}B|\n",
    "octaves of a note": f"{HEADER}A{chr(39) * 5000}B{',' * 5000}|\n",
    "length of a grace note": f"{HEADER}{{a/{DIGITS}}}A|\n",
    "length of a chord": f"{HEADER}[A{DIGITS}B]{DIGITS}|\n",
    "L:": f"X:1\nT:Air\nL:1/{DIGITS}\nK:D\nAB|\n",
    "M:": f"X:1\nT:Air\nM:{DIGITS}/{DIGITS}\nK:D\nAB|\n",
    "M: of parts": f"X:1\nT:Air\nM:{DIGITS}+2/4\nK:D\nAB|\n",
    "Q:": f"X:1\nT:Air\nQ:1/{DIGITS}={DIGITS}\nK:D\nAB|\n",
    "Q: alone": f"X:1\nT:Air\nQ:{DIGITS}\nK:D\nAB|\n",
    "X:": f"X:{DIGITS}\nT:Air\nK:D\nAB|\n",
    "P:": f"X:1\nT:Air\nP:A{DIGITS}B\nK:D\nP:A\nAB|\n",
    "octave of K:": f"X:1\nT:Air\nK:D octave={DIGITS}\nAB|\n",
    "transposition of V:": f"X:1\nT:Air\nV:1 transpose=-{DIGITS}\nK:D\n[V:1]AB|\n",
    "fields in the music": f"{HEADER}[M:3/{DIGITS}]A[L:1/{DIGITS}]B[Q:1/4={DIGITS}]C|\n",
    "tuplet": f"{HEADER}({DIGITS}AB(3:{DIGITS}:2AB|\n",
    "ending": f"{HEADER}A|1-{DIGITS} A:|2B|\n",
    "bars of rest": f"{HEADER}Z{DIGITS}|\n",
    "character of a title": f"X:1\nT:&#{DIGITS};\\u{DIGITS}\nK:D\nA|\n",
    "character in the music": f"{HEADER}A&#{DIGITS};B|\n",
    "chord symbol": f'{HEADER}"C{DIGITS}"A|\n',
    "directives": f"%%MIDI program {DIGITS}\n%%abc-charset {DIGITS}\n{HEADER}%%scale {DIGITS}\nA|\n",
    "denominators": HEADER + "".join(f"A/{n}" for n in range(9001, 9900)) + "|\n",
    "endings": f"{HEADER}A|{'1-9999,' * 8000}1 A:|\n",
    "macros": f"X:1\nm:~g={'g' * 199}\nm:g={'a' * 199}\nK:D\n{'~g' * 900}\n",
    "a note of a million bars": 'X:1\nT:Air\nM:1/64\nL:9999/1\nK:D\n"C"A9999|:B|1-100C:|\n',
    "draws": f"%%tuneloom draws {DIGITS}\n%%tuneloom draw {DIGITS}\n{HEADER}A|\n",
}
COMMANDS = [
    "check", "check --output-format json", "check --statistics", "format", "format --repair --unsafe",
    "transpose --semitones 3", "layout --bars-per-line 2", "layout --halve", "duplicates", "index", "sort",
    "renumber", "extract --phrase AB", "extract --query key:D", "score", "compare", "page -o out.html",
    "midi -o out", "musicxml -o out", "merge -o book.abc",
]  # fmt: skip
STATISTICS = ["stats", "ingest -o set --input"]


def complaints_of(command: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """The exit status of a command with a file, and what it writes to standard error."""
    error = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.chdir(path.parent)
    status = main([*command.split(), path.name])
    error.seek(0)
    return status, error.read()


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_no_book_brings_a_command_down(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(BOOKS) == 28
    for name, text in BOOKS.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "hostile.abc").write_text(text)
        start = process_time()
        status, error = complaints_of(command, folder / "hostile.abc", monkeypatch)
        assert status in (0, 1, 2), name
        assert "Traceback" not in error, name
        assert process_time() - start < 10, name


@pytest.mark.slow
@pytest.mark.parametrize("command", STATISTICS)
def test_no_book_brings_an_ingestion_down(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them at once, and a good tune beside them, which gets through."""
    tunes = (text for name, text in BOOKS.items() if name != "draws")
    (tmp_path / "hostile.abc").write_text("\n".join([*tunes, f"{HEADER}ABcd efga|\n"]))
    status, error = complaints_of(command, tmp_path / "hostile.abc", monkeypatch)
    assert status == 0
    assert "Traceback" not in error


def test_a_number_of_draws_that_cannot_be_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "draws.abc").write_text(BOOKS["draws"])
    status, error = complaints_of("score", tmp_path / "draws.abc", monkeypatch)
    assert status == 2
    assert error == (
        "error: draws.abc: says that more tunes were drawn than can be; draw them again\n"
    )


@pytest.mark.parametrize("content", ["tool = 5", "tool.tuneloom = 5", "[tool.tuneloom]\ncheck = 5"])
def test_a_project_file_that_holds_something_else_is_no_reason_to_fall(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text(content)
    (tmp_path / "tune.abc").write_text(f"{HEADER}ABcd efga|]\n")
    status, error = complaints_of("check", tmp_path / "tune.abc", monkeypatch)
    assert status in (0, 2)
    assert error.count("\n") <= 1


@pytest.mark.parametrize(
    "command",
    [
        "ingest -o set --shards 100000 --input",
        "ingest -o set --shards 0 --input",
        f"ingest -o set --seed {DIGITS} --input",
        f"extract --number {DIGITS}",
        f"extract --number 1-{DIGITS}",
        f"transpose --semitones {DIGITS}",
        f"layout --bars-per-line {DIGITS}",
        f"renumber --start {DIGITS}",
        f"wav -o out --tempo {DIGITS}",
    ],
    ids=lambda command: command[:24],
)
def test_an_option_that_no_book_can_be_treated_by_is_told_in_one_line(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tune.abc").write_text(f"{HEADER}ABcd efga|]\n")
    status, error = complaints_of(command, tmp_path / "tune.abc", monkeypatch)
    assert status == 2
    assert error.startswith("error: ")
    assert error.count("\n") == 1
