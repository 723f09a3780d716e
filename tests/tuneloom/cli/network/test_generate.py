from pathlib import Path

import pytest

from tuneloom.cli.app import main
from tuneloom.model.runtime.interrupts import InterruptFlag


def test_tunes_go_to_a_file_that_the_score_reads(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tunes = tmp_path / "new" / "tunes.abc"
    arguments = ["-n", "3", "--max-chars", "60", "--output", str(tunes)]
    assert main(["generate", str(run), *arguments]) == 0
    assert capsys.readouterr().out.startswith(f"{tunes}: 3 tunes, ")
    assert tunes.read_text().startswith("%%tuneloom draws 3\n")
    assert main(["score", str(tunes)]) == 0
    assert "3 tunes" in capsys.readouterr().out


def test_without_a_file_tunes_go_to_the_screen(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", str(run), "-n", "2", "--max-chars", "60"]) == 0
    shown = capsys.readouterr()
    assert shown.out.count("\nX:") == 2
    assert shown.err == ""


def test_a_prompt_may_hold_the_ends_of_lines(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["-n", "1", "--max-chars", "60", "--prompt", r"M:6/8\nL:1/8\nK:D\nA"]
    assert main(["generate", str(run), *arguments]) == 0
    assert "M:6/8\nL:1/8\nK:D\nA" in capsys.readouterr().out


def test_a_prompt_may_come_from_a_file_and_a_note_says_what_is_left_out(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "start.abc"
    file.write_text('X:1\nT:Mine\nM:6/8\n"D" A B c')
    arguments = ["-n", "1", "--max-chars", "60", "--prompt-file", str(file), "--key", "D"]
    assert main(["generate", str(run), *arguments]) == 0
    shown = capsys.readouterr()
    assert "\nM:6/8\nL:1/8\nK:D\nABc" in shown.out
    assert shown.err == f"left out of {file}: X:, T:, chord symbols\n"


def test_a_stream_shows_the_tunes_that_are_written_otherwise(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["generate", str(run), "-n", "3", "--max-chars", "80", "--constraint", "syntax"]
    assert main([*arguments, "--stream"]) == 0
    streamed = capsys.readouterr().out
    assert main(arguments) == 0
    written = capsys.readouterr().out.split("\n\n", 1)[1]
    lines = (line for line in written.splitlines() if not line.startswith("%%"))
    assert streamed.split() == " ".join(lines).split()


def test_a_broken_off_stream_marks_its_last_tune(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def enter_interrupted(flag: InterruptFlag) -> InterruptFlag:
        flag.is_set = True
        return flag

    monkeypatch.setattr(InterruptFlag, "__enter__", enter_interrupted)
    assert main(["generate", str(run), "-n", "3", "--stream"]) == 130
    assert capsys.readouterr().out.endswith("\n% unfinished\n\n")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--prompt", r"K:D\nA é"], "--prompt: line 2, column 3: "),
        (
            ["--prompt", "AAA", "--constraint", "syntax"],
            "or give key and meter by --key and --meter",
        ),
        (["--prompt", __file__], "use --prompt-file"),
        (["--prompt", "K:G", "--key", "D"], "leave one of them out"),
        (["--prompt", "K:D", "--prompt-file", "-"], "leave one of them out"),
        (["--stream", "--output", "tunes.abc"], "not together with --output or --midi"),
        (["--stream", "--constraint", "reject"], "cannot be drawn again"),
        (["--stream", "--exact", "--constraint", "syntax"], "leave --exact out"),
        (["--level", "sound"], "--level"),
        (["--exact"], "--exact: needs a --constraint"),
        (["--exact", "--constraint", "reject"], "--constraint reject is exact as it is"),
        (["--exact", "resample", "--constraint", "none"], "--exact: needs a --constraint"),
        (["--exact", "twice"], "'twice' is not one of"),
        (["--prompt-file", "missing.abc"], "missing.abc: cannot be read"),
        (["--temperature", "0"], "--temperature"),
        (["--temperature", "-1"], "--temperature"),
        (["--top-p", "0"], "--top-p"),
        (["--key", "H"], "no such key"),
        (["--key", "Edor"], "it knows D"),
        (["--meter", "5/4"], "it knows 6/8"),
        (["--constraint", "prayer"], "--constraint"),
        (["-n", "0"], "-n"),
        (
            ["--max-chars", "3", "--prompt", "M:6/8"],
            "have 6 characters, and a tune that begins with them needs at least 7",
        ),
    ],
)
def test_wrong_usage_is_one_line(
    run: Path, capsys: pytest.CaptureFixture[str], options: list[str], problem: str
) -> None:
    assert main(["generate", str(run), *options]) == 2
    shown = capsys.readouterr().err
    assert problem in shown
    assert shown.count("\n") == 1


def test_constrained_tunes_are_all_parseable_and_become_midi(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tunes, midi = tmp_path / "tunes.abc", tmp_path / "midi"
    arguments = ["-n", "5", "--max-chars", "60", "--constraint", "syntax", "--key", "D"]
    assert (
        main(["generate", str(run), *arguments, "--midi", str(midi), "--output", str(tunes)]) == 0
    )
    said = capsys.readouterr().out
    assert said.startswith(f"{tunes}: 5 tunes, 0 of them unfinished; the mask cut ")
    assert said.endswith(f"as MIDI in {midi}\n")
    text = tunes.read_text()
    assert "%%tuneloom constraint syntax\n%%tuneloom header K:D\n" in text
    assert text.count("\nK:D\n") == 5
    assert main(["score", str(tunes), "--min-parseable", "100"]) == 0


@pytest.mark.parametrize(
    ("exact", "said", "written"),
    [
        (
            ["--exact"],
            " characters for each kept\n",
            "%%tuneloom exact restart\n%%tuneloom rejected ",
        ),
        (["--exact", "resample"], "; effective sample size ", "%%tuneloom exact resample\n"),
    ],
)
def test_exact_tunes_say_how_they_were_drawn(
    run: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    exact: list[str],
    said: str,
    written: str,
) -> None:
    tunes = tmp_path / "tunes.abc"
    prompt = ["--prompt", r"M:6/8\nL:1/8\nK:D\nA", "--max-chars", "40"]
    arguments = ["-n", "9", "--constraint", "syntax", *prompt, *exact]
    assert main(["generate", str(run), *arguments, "--output", str(tunes)]) == 0
    assert said in capsys.readouterr().out
    assert written in tunes.read_text()


def test_an_interruption_writes_the_finished_tunes_and_says_so(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import tuneloom.model.sampling.generate

    class Noticed(InterruptFlag):
        def __enter__(self) -> "Noticed":
            self.is_set = True
            return self

    monkeypatch.setattr(tuneloom.model.sampling.generate, "InterruptFlag", Noticed)
    tunes = tmp_path / "tunes.abc"
    arguments = ["-n", "4000", "--max-chars", "60", "--output", str(tunes)]
    assert main(["generate", str(run), *arguments]) == 130
    assert "partial: 4000 were asked for" in capsys.readouterr().out
    assert " of 4000, broken off by the user\n" in tunes.read_text()


def test_a_run_without_a_network_says_so(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.json").write_bytes((run / "config.json").read_bytes())
    assert main(["generate", str(tmp_path)]) == 2
    assert "no checkpoint yet" in capsys.readouterr().err


def test_a_directory_that_is_not_a_run_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", str(tmp_path)]) == 2
    assert "not a training run" in capsys.readouterr().err


def test_without_a_run_the_network_of_the_package_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["-n", "2", "--constraint", "metre"]
    assert main(["generate", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err.startswith("no RUN is named: the network that comes with tuneloom writes")
    assert "T:pretrained, seed 0, tune 2\n" in shown.out
    assert main(["generate", "pretrained", *arguments]) == 0
    assert capsys.readouterr() == (shown.out, "")
    tmp_path.joinpath("tunes.abc").write_text(shown.out)
    assert main(["check", "tunes.abc", "--level", "metrical"]) == 0
