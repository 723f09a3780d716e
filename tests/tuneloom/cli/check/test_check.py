"""`tuneloom check`: findings in their places, for people and for programs."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tuneloom.cli.check.conftest import BAD, GOOD
from tuneloom.cli.app import main

pytestmark = pytest.mark.usefixtures("folder")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["check", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_finding_shows_its_place_its_line_and_a_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capsys, "bad.abc")
    assert status == 1
    assert out == (
        "bad.abc:6:6: bar-length this bar lasts 2/4, and M:4/4 asks for 4/4 "
        "(X:1 One bar too short, and one tie too many)\n"
        "    6 | ABcd|AB|A-Bcd|]\n"
        "      |      ^^\n"
        "help: look for a wrong length, a note too many or too few, or a bar line that is missing\n\n"
        "bad.abc:6:9: tie-pitch this tie leads from A to another pitch, B "
        "(X:1 One bar too short, and one tie too many)\n"
        "    6 | ABcd|AB|A-Bcd|]\n"
        "      |         ^^\n"
        "help: a tie joins two notes of one pitch; a slur between others is written `(cd)`\n\n"
        "bad.abc:11:4: unknown-letter the letter `k` has no meaning in music (X:2 Not parseable)\n"
        "   11 | AB k c|\n"
        "      |    ^\n"
        'help: notes are A-G and a-g, rests z; quote a chord symbol, as in `"Am"`; give others a U: field\n\n'
    )
    assert err == "3 findings in 2 tunes\n"


def test_tunes_without_findings_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "good.abc") == (0, "", "1 tune, no findings\n")


def test_concise_prints_one_line_per_finding(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "bad.abc", "--output-format", "concise")
    assert [line.split(" ")[:2] for line in out.splitlines()] == [
        ["bad.abc:6:6:", "bar-length"],
        ["bad.abc:6:9:", "tie-pitch"],
        ["bad.abc:11:4:", "unknown-letter"],
    ]


def test_json_is_one_array_of_objects(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, ".", "--output-format", "json", "--select", "bar-length")
    assert (status, err) == (1, "")
    assert json.loads(out) == [
        {
            "file": "bad.abc",
            "line": 6,
            "column": 6,
            "end_line": 6,
            "end_column": 8,
            "reference": "1",
            "title": "One bar too short, and one tie too many",
            "code": "bar-length",
            "level": "metrical",
            "severity": "error",
            "message": "this bar lasts 2/4, and M:4/4 asks for 4/4",
            "help": "look for a wrong length, a note too many or too few, or a bar line that is missing",
            "repairable": False,
            "repairable_by_guess": False,
        }
    ]


def test_no_findings_are_an_empty_array(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "good.abc", "--output-format", "json") == (0, "[]\n", "")


def test_github_gets_workflow_commands(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "bad.abc", "--output-format", "github", "--select", "tie-pitch")
    assert out == (
        "::warning file=bad.abc,line=6,endLine=6,col=9,endColumn=11,title=tie-pitch::this tie leads "
        "from A to another pitch, B; a tie joins two notes of one pitch; a slur between others is "
        "written `(cd)`\n"
    )


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--level", "parseable"], ["unknown-letter"]),
        (["--level", "sound"], ["tie-pitch", "unknown-letter"]),
        (["--ignore", "tie-pitch,unknown-letter"], ["bar-length"]),
        (["--ignore", "parseable", "--ignore", "sound"], ["bar-length"]),
        (["--select", "metrical"], ["bar-length"]),
        (["--select", "bar-length,tie-pitch", "--ignore", "bar-length"], ["tie-pitch"]),
    ],
)
def test_level_select_and_ignore_choose_what_is_reported(
    capsys: pytest.CaptureFixture[str], arguments: list[str], codes: list[str]
) -> None:
    _, out, _ = run(capsys, "bad.abc", "--output-format", "concise", *arguments)
    assert [line.split()[1] for line in out.splitlines()] == codes


def test_pyproject_chooses_what_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "pyproject.toml").write_text(
        '[tool.tuneloom]\nlevel = "sound"\nignore = ["unknown-letter"]\n'
        '[tool.tuneloom.per-file-ignores]\n"sketch*.abc" = ["tie-pitch"]\n'
    )
    (folder / "sub").mkdir()
    (folder / "sub" / "sketch.abc").write_text(BAD)
    monkeypatch.chdir(folder / "sub")
    _, out, _ = run(capsys, "..", "--output-format", "concise")
    assert [line.split()[:2] for line in out.splitlines()] == [["../bad.abc:6:9:", "tie-pitch"]]
    _, out, _ = run(capsys, "../bad.abc", "--level", "metrical", "--output-format", "concise")
    assert "bar-length" in out


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("levle = 1", "[tool.tuneloom] has no setting 'levle'"),
        ('level = "good"', "level must be one of parseable, strict, sound, metrical, not 'good'"),
        ('ignore = "bar-length"', "ignore must be a list of codes"),
        ('select = ["bar-lenght"]', "there is no code 'bar-lenght'; did you mean 'bar-length'?"),
        ("per-file-ignores = []", "per-file-ignores must be a table"),
        ("ignore = [", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(
    capsys: pytest.CaptureFixture[str], table: str, problem: str
) -> None:
    Path("pyproject.toml").write_text(f"[tool.tuneloom]\n{table}\n")
    status, _, err = run(capsys, "good.abc")
    assert status == 2
    assert "pyproject.toml: " in err
    assert problem in err


def test_an_unknown_code_is_named_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "good.abc", "--select", "bar-lenght")
    assert status == 2
    assert err == "error: --select: there is no code 'bar-lenght'; did you mean 'bar-length'?\n"


def test_an_ignore_comment_with_an_unknown_code_is_always_reported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("good.abc").write_text(GOOD.replace("T:Air\n", "T:Air\n% tuneloom: ignore bar-lenght\n"))
    for arguments in ([], ["--level", "parseable"], ["--select", "bar-length"]):
        status, out, _ = run(capsys, "good.abc", *arguments)
        assert status == 1
        assert out.startswith(
            "good.abc:3:20: unknown-code there is no code `bar-lenght` (X:1 Air)\n"
        )
        assert "help: did you mean `bar-length`?\n" in out
    assert run(capsys, "good.abc", "--ignore", "unknown-code")[0] == 0


def test_a_dash_reads_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    status, out, _ = run(capsys, "-", "--output-format", "concise", "--select", "bar-length")
    assert status == 1
    assert out.startswith("<stdin>:6:6: bar-length")


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("missing.abc", None, "cannot be read: No such file or directory"),
        ("empty.abc", b"", "the file is empty"),
        ("binary.abc", b"\x00\x01\x02", "the file is not text"),
        ("prose.abc", b"Once upon a time.\n", "no tune in this file"),
    ],
)
def test_a_file_that_cannot_be_checked_is_named_and_the_others_are_checked(
    capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, problem: str
) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    status, out, err = run(capsys, name, "bad.abc", "--output-format", "concise")
    assert status == 2
    assert f"error: {name}: {problem}" in err
    assert len(out.splitlines()) == 3


def test_a_directory_without_tunes_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    status, _, err = run(capsys, "empty")
    assert (status, err) == (2, "error: empty: no .abc file in this directory\n")


def test_binary_standard_input_is_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\x00\xff")))
    status, _, err = run(capsys, "-")
    assert status == 2
    assert "<stdin>: the file is not text" in err


def test_columns_count_characters_whatever_the_charset_and_the_line_ends(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tune = 'X:1\r\nT:Caf\xe9\r\nM:4/4\r\nL:1/4\r\nK:D\r\n"\xe9t\xe9"ABcd|AB|ABcd|]\r\n'
    for encoding in ("cp1252", "utf-8-sig"):
        (folder / "accents.abc").write_bytes(tune.encode(encoding))
        _, out, _ = run(capsys, "accents.abc")
        assert out.startswith("accents.abc:6:11: bar-length")
        assert '    6 | "été"ABcd|AB|ABcd|]\n      |           ^^\n' in out


def test_a_long_line_is_shown_around_the_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "long.abc").write_text("X:1\nT:x\nM:2/4\nL:1/4\nK:D\n" + "AB|" * 200 + "A|AB|]\n")
    _, out, _ = run(capsys, "long.abc")
    shown, carets = out.splitlines()[1:3]
    assert len(shown) <= 108
    assert shown[carets.index("^")] == "A"


def test_reference_numbers_are_compared_within_one_file_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(capsys, "good.abc", "good.abc", "--level", "strict")[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a shell")
def test_a_closed_pipe_ends_the_command_quietly(folder: Path) -> None:
    (folder / "many.abc").write_text(BAD * 2000)
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "tuneloom", "check", "many.abc"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    os.close(reading)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in err


def test_music_that_belongs_to_no_tune_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cut.abc").write_text("X:1\nT:x\nM:4/4\nL:1/4\nK:G\nCDEF|\n\n GABc|]\n")
    status, out, _ = run(capsys, "cut.abc", "--output-format", "concise")
    assert (status, out) == (1, "cut.abc:8:2: orphan-music music that belongs to no tune\n")
    assert run(capsys, "cut.abc", "--ignore", "orphan-music")[0] == 0


def test_fields_that_belong_to_no_tune_are_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    Path("air.abc").write_text("T:Air\nX:1\nT:x\nM:4/4\nL:1/4\nK:G\nCDEF|\n")
    status, out, _ = run(capsys, "air.abc", "--output-format", "concise")
    assert (status, out) == (1, "air.abc:1:1: orphan-field `T:Air` belongs to no tune\n")
    assert run(capsys, "air.abc", "--ignore", "orphan-field")[0] == 0


def test_nothing_that_a_terminal_obeys_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    tune = 'X:1\nT:Caf\\\'e\x1b]0;gotcha\x07 \u202eevil\nM:4/4\nL:1/4\nK:D\n"\x1b[31m"AB|\x1b[2J\n'
    Path("evil.abc").write_text(tune, encoding="utf-8")
    for output_format in ("full", "concise", "json"):
        _, out, _ = run(capsys, "evil.abc", "--output-format", output_format)
        assert "Café" in out
        assert not any(char in out for char in "\x1b\x07\u202e")


COLLECTION = """\
X:1
T:One
t:lower
M:4/4
L:1/4
K:D
ABcd|]

X:1
K:D
"""


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([], ["unknown-field", "duplicate-reference", "missing-title", "no-note"]),
        (["--level", "metrical"], []),
        (["--ignore", "collection"], []),
        (["--select", "collection,metrical", "--ignore", "no-note,unknown-field"],
         ["duplicate-reference", "missing-title"]),
    ],
)  # fmt: skip
def test_by_default_what_a_collection_suffers_from_is_reported(
    capsys: pytest.CaptureFixture[str], arguments: list[str], codes: list[str]
) -> None:
    Path("tunes.abc").write_text(COLLECTION)
    status, out, _ = run(capsys, "tunes.abc", "--output-format", "concise", *arguments)
    assert [line.split()[1] for line in out.splitlines()] == codes
    assert status == bool(codes)


def test_the_level_of_a_project_replaces_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tunes.abc").write_text(COLLECTION)
    Path("pyproject.toml").write_text('[tool.tuneloom]\nlevel = "metrical"\n')
    assert run(capsys, "tunes.abc")[0] == 0


def test_a_charset_that_the_file_is_not_in_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    text = "%%abc-charset unicode_escape\n\nX:1\nT:Café\nM:4/4\nL:1/4\nK:C\nABcd|]\n"
    Path("escape.abc").write_bytes(text.encode("cp1252"))
    status, out, _ = run(capsys, "escape.abc", "--output-format", "concise")
    assert (status, out) == (
        1,
        "escape.abc:1:15: directive unicode_escape is no charset that this file can be read in; "
        "it was read in cp1252\n",
    )
    assert run(capsys, "escape.abc", "--ignore", "directive")[0] == 0
