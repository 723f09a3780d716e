import tomllib
from pathlib import Path

import lark
import pytest

from tuneloom.grammar.automaton.grammar_file import LARK_VERSION, require_lark_version

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def test_the_version_of_lark_is_the_one_that_the_project_pins() -> None:
    dependencies = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"lark=={LARK_VERSION}" in dependencies


def test_another_version_of_lark_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    require_lark_version()
    monkeypatch.setattr(lark, "__version__", "2.0.0")
    with pytest.raises(ImportError, match=r"needs lark 1\.3\.1, not 2\.0\.0"):
        require_lark_version()
