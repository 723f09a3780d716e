"""The names that `import tuneloom` offers, and what is said where one cannot be had."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tuneloom

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_public_names_are_these() -> None:
    assert tuneloom.__all__ == [
        "SOURCES",
        "GateMissed",
        "RunFailed",
        "TuneloomError",
        "UsageError",
        "__version__",
        "check",
        "compare",
        "format",
        "generate",
        "ingest",
        "load_dataset",
        "load_table",
        "page",
        "parse",
        "read_book",
        "read_records",
        "score",
        "train",
        "wav",
    ]
    assert dir(tuneloom) == sorted(tuneloom.__all__)


@pytest.mark.parametrize("name", tuneloom.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(tuneloom, name) is getattr(tuneloom, name)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'tuneloom' has no attribute 'parser'"):
        tuneloom.parser  # noqa: B018


def test_a_name_whose_extra_is_missing_is_an_import_error_that_says_what_to_install() -> None:
    script = "import sys; sys.modules['pandas'] = None; import tuneloom; tuneloom.load_table"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == (
        "ImportError: tuneloom.load_table needs pandas, which is not installed: "
        "pip install 'tuneloom[data]'"
    )


def test_a_checkout_without_links_says_so(tmp_path: Path) -> None:
    package = tmp_path / "tuneloom"
    package.mkdir()
    shutil.copy(tuneloom.__file__, package)
    (package / "grammar").write_text("../grammar")
    done = subprocess.run(
        [sys.executable, "-c", "import tuneloom"], cwd=tmp_path, capture_output=True, text=True
    )
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ImportError: this checkout of tuneloom has no symbolic links: run ")
    assert "git config core.symlinks true" in last


def test_the_version_is_that_of_the_project() -> None:
    assert tuneloom.__version__ == tomllib.loads(PROJECT.read_text())["project"]["version"]
