import pytest

from tuneloom.cli.app import main
from tuneloom.grammar.checking.pages import code_page, explained_codes


@pytest.mark.parametrize(
    "code", ["bar-length", "detached-tie", "unknown-letter", "no-note", "html"]
)
def test_a_code_is_explained_by_its_page(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    assert capsys.readouterr().out == code_page(code)


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line[:1] == " "}
    assert listed == explained_codes()


def test_an_unknown_code_exits_2_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "bar-lenght"]) == 2
    assert "did you mean 'bar-length'?" in capsys.readouterr().err


def test_a_level_is_explained_with_its_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "metrical"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(
        "metrical: it is sound, and every bar lasts what M: says\n\n  bar-length "
    )
    assert "unknown-letter" not in shown
