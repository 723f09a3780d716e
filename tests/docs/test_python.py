"""docs/python.md is true: its programs print what it shows."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "python.md"
PROGRAMS = re.findall(
    r"^```python\n(.*?)^```\n```text\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def printed_by(programs: list[str]) -> list[str]:
    """What programs print that follow each other in one session."""
    names: dict[str, Any] = {}
    outputs = []
    for program in programs:
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(program, PAGE.name, "exec"), names)
        outputs.append(printed.getvalue())
    return outputs


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "session.abc").write_bytes((HERE / "session.abc").read_bytes())
    (tmp_path / "data").mkdir()
    (tmp_path / "runs").mkdir()
    monkeypatch.chdir(tmp_path)


def test_the_programs_on_texts_and_files_print_what_the_page_shows() -> None:
    programs, outputs = zip(*PROGRAMS[:-1], strict=True)
    assert len(programs) == 4
    assert printed_by(list(programs)) == list(outputs)


@pytest.mark.slow
def test_the_program_that_trains_prints_what_the_page_shows() -> None:
    program, output = PROGRAMS[-1]
    assert printed_by([f"import tuneloom\n{program}"]) == [output]
