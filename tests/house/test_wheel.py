"""The wheel, installed where the source tree is out of sight."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in a folder, without the paths that point back to the source tree."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, folder=ROOT)
    [path] = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment with the wheel, and this one's packages to depend on."""
    home = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", "--without-pip", home, folder=home)
    python = home / "bin" / "python"
    [packages] = home.glob("lib/python*/site-packages")
    # A plain path: the editable installation that points to the source tree is not followed.
    packages.joinpath("dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index")
    run(*pip, "--no-deps", wheel, folder=home)
    return home / "bin"


def test_the_wheel_carries_the_packages_the_grammar_and_the_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "tuneloom/grammar/abc.lark" in names
    assert "tuneloom/py.typed" in names
    roots = {name.partition("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"tuneloom"}


def test_the_installed_command_runs_from_another_folder(clean: Path, tmp_path: Path) -> None:
    assert "score" in run(clean / "tuneloom", "--help", folder=tmp_path)


def test_the_installed_grammar_parses_from_another_folder(clean: Path, tmp_path: Path) -> None:
    script = (
        "import tuneloom; "
        "print(tuneloom.__file__); print(tuneloom.parse('X:1\\nT:\\nK:D\\nA|\\n').parseable)"
    )
    where, parseable = run(clean / "python", "-c", script, folder=tmp_path).splitlines()
    assert Path(where).is_relative_to(clean.parent)
    assert parseable == "True"


def test_the_installed_command_scores_tunes(clean: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("tunes.abc").write_text("X:1\nT:One\nK:D\nA|\n")
    assert "100.0% of 1 tunes" in run(clean / "tuneloom", "score", "tunes.abc", folder=tmp_path)
