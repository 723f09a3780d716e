"""`tuneloom` is the only name that the package takes, whatever files lie beside a script of the user."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EDITABLE = ROOT / ".editable"
OUR_FOLDERS = ("model", "pipeline", "grammar", "corpus")

SCRIPT = """\
import model
import tuneloom

assert model.OWNER == "user", model
assert tuneloom.parse("X:1\\nT:\\nK:D\\nA|\\n").parseable
assert tuneloom.score(open("tunes.abc").read()).tally.tunes == 1
assert callable(tuneloom.load_table)
"""


def run(*arguments: str, folder: Path) -> str:
    """Run Python in a folder, with the package where an editable install has it.

    Without `site`, so that no path of the environment that runs the tests leads to the source tree.
    """
    path = os.pathsep.join([sysconfig.get_path("purelib"), str(EDITABLE)])
    done = subprocess.run(
        [sys.executable, "-S", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=["modules", "package", "namespace"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of a user whose own modules or packages have the names of our folders."""
    for name in OUR_FOLDERS:
        if request.param == "modules":
            (tmp_path / f"{name}.py").write_text('OWNER = "user"\n')
        else:
            (tmp_path / name).mkdir()
            (tmp_path / name / "__init__.py").write_text('OWNER = "user"\n')
    (tmp_path / "tunes.abc").write_text("X:1\nT:One\nK:D\nA|\n")
    (tmp_path / "script.py").write_text(SCRIPT)
    if request.param == "namespace":
        (tmp_path / "model" / "__init__.py").rename(tmp_path / "model" / "owner.py")
        script = SCRIPT.replace("import model", "import model.owner")
        (tmp_path / "script.py").write_text(script.replace("model.OWNER", "model.owner.OWNER"))
    return tmp_path


def test_a_script_beside_modules_named_like_our_folders_works(folder: Path) -> None:
    run("script.py", folder=folder)


def test_the_command_works_beside_them(folder: Path) -> None:
    assert run("-m", "tuneloom", "--version", folder=folder).startswith("tuneloom ")
    assert run("-m", "tuneloom", "explain", "bar-length", folder=folder)


def test_an_editable_install_offers_one_name() -> None:
    assert [path.name for path in EDITABLE.iterdir()] == ["tuneloom"]
    assert EDITABLE.joinpath("tuneloom").samefile(ROOT / "tuneloom")


@pytest.mark.slow
def test_each_of_our_modules_is_loaded_once() -> None:
    script = (
        "import sys, tuneloom\n"
        "[getattr(tuneloom, name) for name in tuneloom.__all__]\n"
        "from tuneloom.cli.app import main; main(['explain', 'bar-length'])\n"
        "files = [m.__file__ for m in sys.modules.values() if getattr(m, '__file__', None)]\n"
        "print(*files, sep='\\n', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = [Path(line).resolve() for line in done.stderr.splitlines()]
    ours = [file for file in files if file.is_relative_to(ROOT) and ".venv" not in file.parts]
    assert len(ours) > 50
    assert len(ours) == len(set(ours))
