import pytest

from tuneloom.cli.app import main
from tuneloom.cli.commands import COMMANDS, COMPLETION_VARIABLE


def completed(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """What bash is offered for the last word."""
    monkeypatch.setenv(COMPLETION_VARIABLE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    assert main([]) == 0
    return [line.removeprefix("plain,") for line in capsys.readouterr().out.splitlines()]


def test_a_word_after_tuneloom_is_completed_to_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert completed("tuneloom ", monkeypatch, capsys) == list(COMMANDS)
    assert completed("tuneloom co", monkeypatch, capsys) == ["compare", "completion"]


def test_options_and_their_values_are_completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert completed("tuneloom check --se", monkeypatch, capsys) == ["--select"]
    levels = ["parseable", "strict", "sound", "metrical"]
    assert completed("tuneloom check --level ", monkeypatch, capsys) == levels
    assert completed("tuneloom sort --by rhythm,t", monkeypatch, capsys) == ["rhythm,title"]


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "    complete -o nosort -F _tuneloom_completion tuneloom"),
        ("zsh", "#compdef tuneloom"),
        ("fish", "complete --no-files --command tuneloom"),
    ],
)
def test_each_shell_has_its_script(
    shell: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert line in script
    assert f"_TUNELOOM_COMPLETE={shell}_complete" in script


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in capsys.readouterr().err
