"""`tuneloom format`: one spelling, and files that are never half written."""

import errno
import io
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.cli.app import main

FOUND = "A book.\n\nX: 1\nT:Air\nK:D major\nA1 B | c2 -c|\n\nText  between.  \n\nX:2\nT:Bad\nK:D\nA1 kc|\n"
FORMATTED = (
    "A book.\n\nX:1\nT:Air\nK:D\nA B|c2- c|\n\nText  between.  \n\nX:2\nT:Bad\nK:D\nA1 kc|\n"
)
GOOD = "X:1\nT:Air\nK:D\nA B|c2- c|\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("found.abc").write_text(FOUND)
    Path("good.abc").write_text(GOOD)
    return tmp_path


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["format", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_without_a_flag_the_formatted_text_goes_to_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capsys, "found.abc")
    assert (status, out) == (0, FORMATTED)
    assert err == (
        "found.abc:13:4: unknown-letter the letter `k` has no meaning in music; "
        "the tune was left as it is\n"
    )
    assert Path("found.abc").read_text() == FOUND


def test_check_names_the_files_that_would_change_and_exits_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capsys, ".", "--check")
    assert (status, out) == (1, "would format found.abc\n")
    assert err.endswith("1 file would be formatted; 1 file left unchanged; 1 tune not parseable\n")
    assert run(capsys, "good.abc", "--check")[0] == 0


def test_diff_shows_what_would_change(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "found.abc", "--diff")
    assert status == 1
    assert "-K:D major\n" in out
    assert "+A B|c2- c|\n" in out
    assert Path("found.abc").read_text() == FOUND


def test_write_changes_the_file_in_place_and_keeps_its_mode(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("found.abc").chmod(0o640)
    status, out, err = run(capsys, ".", "--write")
    assert (status, out) == (0, "")
    assert err.endswith("1 file formatted; 1 file left unchanged; 1 tune not parseable\n")
    assert Path("found.abc").read_text() == FORMATTED
    assert stat.S_IMODE(Path("found.abc").stat().st_mode) == 0o640
    assert names() == ["found.abc", "good.abc"]


def test_a_link_still_leads_to_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "link.abc").symlink_to("found.abc")
    assert run(capsys, "link.abc", "--write")[0] == 0
    assert (folder / "link.abc").is_symlink()
    assert Path("found.abc").read_text() == FORMATTED


def test_repairs_are_made_on_request_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "found.abc", "--write", "--repair")
    assert status == 0
    assert err == (
        "1 file formatted; 0 files left unchanged\n"
        "tunes repaired: detached-tie 1, unknown-letter 1\n"
    )
    assert Path("found.abc").read_text() == FORMATTED.replace("A1 kc", "A c")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_charset_and_line_ends_stay(
    capsys: pytest.CaptureFixture[str], charset: str, line_end: str
) -> None:
    found = "X:1\nT:Café\nK:D\nA1|\n".replace("\n", line_end).encode(charset)
    Path("cafe.abc").write_bytes(found)
    assert run(capsys, "cafe.abc", "--write")[0] == 0
    expected = "X:1\nT:Café\nK:D\nA|\n".replace("\n", line_end).encode(charset)
    assert Path("cafe.abc").read_bytes() == expected


def test_line_ends_may_differ_from_line_to_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mixed.abc").write_bytes(b"X:1\r\nT:Air\nK:D\rA1|\r\n%%begintext\nA1  |\n%%endtext\nB1|")
    assert run(capsys, "mixed.abc", "--write")[0] == 0
    assert Path("mixed.abc").read_bytes() == (
        b"X:1\r\nT:Air\nK:D\rA|\r\n%%begintext\nA1  |\n%%endtext\nB|"
    )


def test_charset_and_line_ends_change_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cafe.abc").write_bytes(
        "X:1\r\n%%abc-charset iso-8859-1\nT:Café\rK:D\r\nA1|".encode("cp1252")
    )
    assert run(capsys, "cafe.abc", "--write", "--to-utf8", "--line-ends", "lf")[0] == 0
    expected = "X:1\n%%abc-charset utf-8\nT:Café\nK:D\nA|".encode()
    assert Path("cafe.abc").read_bytes() == expected
    assert run(capsys, "cafe.abc", "--write", "--line-ends", "crlf")[0] == 0
    assert Path("cafe.abc").read_bytes() == expected.replace(b"\n", b"\r\n")


def test_standard_input_goes_to_standard_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FOUND.encode())))
    assert run(capsys, "-")[:2] == (0, FORMATTED)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FOUND.encode())))
    status, _, err = run(capsys, "-", "--write")
    assert status == 2
    assert "--write cannot be used with standard input" in err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--check", "--write"], "--check, --diff and --write cannot be combined"),
        (["--unsafe"], "--unsafe needs --repair"),
        (["--write", ""], "the name of an input is empty; the working directory is `.`"),
    ],
)
def test_options_that_cannot_be_combined_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    status, _, err = run(capsys, "found.abc", *arguments)
    assert (status, err) == (2, f"error: {problem}\n")


def test_a_read_only_file_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    Path("found.abc").chmod(0o444)
    status, _, err = run(capsys, "found.abc", "good.abc", "--write")
    assert status == 2
    assert "error: found.abc: is read-only; it was left as it is\n" in err
    assert Path("found.abc").read_text() == FOUND


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit_before(_: int) -> None:
        Path("found.abc").write_text("X:1\nT:Edited\nK:D\nA|\n")

    monkeypatch.setattr(os, "fsync", edit_before)
    status, _, err = run(capsys, "found.abc", "--write")
    assert status == 2
    assert "found.abc: has changed meanwhile" in err
    assert "Edited" in Path("found.abc").read_text()
    assert names() == ["found.abc", "good.abc"]


def test_a_full_disk_leaves_the_file_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    status, _, err = run(capsys, "found.abc", "--write")
    assert status == 2
    assert "found.abc: cannot be written: No space left on device; it was left as it is" in err
    assert Path("found.abc").read_text() == FOUND
    assert names() == ["found.abc", "good.abc"]


def test_an_interruption_leaves_the_file_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    assert run(capsys, "found.abc", "--write")[0] == 130
    assert Path("found.abc").read_text() == FOUND
    assert names() == ["found.abc", "good.abc"]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("missing.abc", None, "cannot be read: No such file or directory"),
        ("empty.abc", b"", "the file is empty"),
        ("binary.abc", b"\x00\x01\x02", "the file is not text"),
        ("prose.abc", b"Once upon a time.\n", "no tune in this file"),
    ],
)
def test_what_cannot_be_formatted_is_named_and_exits_2(
    capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, problem: str
) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    status, out, err = run(capsys, name, "good.abc")
    assert status == 2
    assert f"error: {name}: {problem}" in err
    assert out == GOOD


def test_tunes_without_a_number_get_those_that_are_free(capsys: pytest.CaptureFixture[str]) -> None:
    Path("alone.abc").write_bytes(
        b"T:One\r\nK:D\r\nA|\r\n\r\nX:1\r\nK:G\r\nB|\r\n\r\nK:A\r\nc|\r\n"
    )
    assert run(capsys, "alone.abc", "--write", "--repair")[0] == 0
    assert Path("alone.abc").read_bytes() == (
        b"X:2\r\nT:One\r\nK:D\r\nA|\r\n\r\nX:1\r\nK:G\r\nB|\r\n\r\nX:3\r\nK:A\r\nc|\r\n"
    )


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
@pytest.mark.parametrize("arguments", [[], ["--to-utf8"], ["--repair", "--line-ends", "lf"]])
def test_patch_applies_a_diff_and_takes_it_back_whatever_the_charset(
    capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str]
) -> None:
    old = "X: 1\r\nT:Voil\xe0\r\nK:D major\r\nA2 B2!\r\nc/2d/2|".encode("cp1252")
    book, diff = Path("old.abc"), Path("old.diff")
    book.write_bytes(old)
    main(["format", "old.abc", "--diff", *arguments])
    diff.write_bytes(capfdbinary.readouterr().out)
    main(["format", "old.abc", "--write", *arguments])
    new = book.read_bytes()
    assert new != old
    for options, expected in (["-R"], old), ([], new):
        subprocess.run(["patch", "--binary", "-s", *options, book, diff], check=True)
        assert book.read_bytes() == expected


@pytest.mark.parametrize("kind", ["text", "ps", "svg"])
@pytest.mark.parametrize("place", ["between", "header", "music"])
def test_typeset_text_keeps_its_bytes(
    capsys: pytest.CaptureFixture[str], kind: str, place: str
) -> None:
    block = f"%%begin{kind} \nSome  text &amp; A1 | \n\nX: 9\nT:no tune\nK:D major\n% \n%%end{kind} \t\n"
    found = {
        "between": f"X: 1\nT:a\nK:C\nA1|\n\n{block}\nX: 2\nT:b\nK:C\nB1|\n",
        "header": f"X: 1\nT:a\n{block}K:C\nA1|\n",
        "music": f"X: 1\nT:a\nK:C\nA1|\n{block}B1|\n",
    }[place]
    Path("book.abc").write_text(found)
    assert run(capsys, "--write", "--repair", "--unsafe", "book.abc")[0] == 0
    expected = found.replace("X: 1\n", "X:1\n").replace("X: 2\n", "X:2\n")
    assert Path("book.abc").read_text() == expected.replace("A1|\n", "A|\n").replace(
        "B1|\n", "B|\n"
    )


@pytest.mark.parametrize("repair", [(), ("--repair",), ("--repair", "--unsafe")])
def test_a_number_of_any_length_is_kept(
    capsys: pytest.CaptureFixture[str], repair: tuple[str, ...]
) -> None:
    number = "9" * 5000
    Path("long.abc").write_text(f"X:{number}\nT:a\nK:C\nA1|\n\nX:{number} b\nT:a\nK:C\nB1|\n")
    run(capsys, "--write", *repair, "long.abc")
    written = Path("long.abc").read_text()
    assert written.startswith(f"X:{number}\nT:a\nK:C\nA|\n\nX:999999999")
    assert f"{number} b\n" in written


def test_what_a_killed_process_left_is_gone_after_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from tuneloom.cli.app import main
replace = Path.replace
def replace_or_die(new, target):  # caches may be written as well
    return os.kill(os.getpid(), signal.SIGKILL) if target.name == "found.abc" else replace(new, target)
Path.replace = replace_or_die
main(["format", "--write", sys.argv[1]])
"""
    command = [sys.executable, "-c", code, str(Path("found.abc").absolute())]
    assert subprocess.run(command, cwd=Path(__file__).parents[4]).returncode < 0
    assert Path("found.abc").read_text() == FOUND
    assert names() != ["found.abc", "good.abc"]
    run(capsys, "--write", "found.abc")
    assert names() == ["found.abc", "good.abc"]
    assert Path("found.abc").read_text() == FORMATTED


@pytest.mark.parametrize(
    "music", ['"&#999;"ABcd|]', "&quot;&#999;&quot;ABcd|]", '"&eacute;"ABcd|]']
)
def test_a_repair_writes_no_character_that_the_charset_lacks(
    music: str, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "X:1\nT:Café\nM:4/4\nL:1/4\nK:C\n"
    Path("found.abc").write_bytes(f"{header}{music}\n".encode("cp1252"))
    status, _, err = run(capsys, "found.abc", "--repair", "--unsafe", "--write")
    assert status in (0, 1)
    assert "Traceback" not in err
    written = Path("found.abc").read_bytes()
    assert written.decode("cp1252").startswith(header)
