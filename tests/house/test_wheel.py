"""The wheel, installed where the source tree is out of sight."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tuneloom.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
CORE = {
    "check",
    "format",
    "explain",
    "page",
    "index",
    "sort",
    "renumber",
    "extract",
    "merge",
    "transpose",
    "layout",
    "completion",
}
# With these, every other command gets as far as it can.
ARGUMENTS = {
    "sources": "",
    "fetch": "fife",
    "ingest": "--input good.abc --output set",
    "stats": "good.abc",
    "rejects": ".",
    "verify": ".",
    "diff": ". .",
    "export": ". --to text",
    "audit": ".",
    "duplicates": "good.abc",
    "lsp": "",
    "midi": "good.abc -o midi",
    "wav": "good.abc -o wav",
    "musicxml": "good.abc -o musicxml",
    "svg": "good.abc -o svg",
    "png": "good.abc -o png",
    "train": ". --run run",
    "evaluate": ". .",
    "generate": ".",
    "export-network": ". --to onnx",
    "score": "good.abc",
    "compare": "good.abc",
    "report": ". -o report.html",
}

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


def contents(wheel: Path) -> dict[str, bytes]:
    """What is in a wheel, by name; no name may be there twice."""
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    assert len(names) == len(set(names))
    return {name: archive.read(name) for name in names}


def test_the_wheel_holds_one_package_with_the_grammar_and_the_types(wheel: Path) -> None:
    names = contents(wheel).keys()
    assert "tuneloom/grammar/abc.lark" in names
    assert "tuneloom/py.typed" in names
    roots = {name.partition("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"tuneloom"}


def test_the_wheel_holds_every_module_and_no_tests(wheel: Path) -> None:
    modules = {
        path.relative_to(ROOT).as_posix().removeprefix("tuneloom/")
        for folder in ("tuneloom", "grammar", "corpus", "pipeline", "model")
        for path in ROOT.joinpath(folder).rglob("*.py")
    }
    assert len(modules) > 200
    names = (name for name in contents(wheel) if name.endswith(".py"))
    assert {name.removeprefix("tuneloom/") for name in names} == modules


def test_a_wheel_made_from_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path)
    run(*build, folder=ROOT)  # the source archive, and a wheel from it
    [again] = tmp_path.glob("*.whl")
    assert contents(again) == contents(wheel)


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


# ---------------------------------------------------------------- the core alone


@pytest.fixture(scope="module")
def core(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, what it requires, and no extra."""
    home = tmp_path_factory.mktemp("core")
    run(sys.executable, "-m", "venv", home, folder=home)
    done = subprocess.run(
        [home / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-compile", wheel],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        if os.environ.get("CI"):
            pytest.fail(done.stderr)
        pytest.skip("went without an install of the core: no package index was reached")
    home.joinpath("good.abc").write_text("X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|]\n")
    return home


def test_the_core_is_small(core: Path) -> None:
    [packages] = core.glob("lib/python*/site-packages")
    tools = ("pip", "setuptools", "_distutils_hack", "distutils-precedence")
    installed = [path for path in packages.iterdir() if not path.name.startswith(tools)]
    assert {"click", "lark", "rich", "tuneloom"} <= {path.name for path in installed}
    files = [file for path in installed for file in (path, *path.rglob("*")) if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 30_000_000


def test_the_core_checks_formats_and_explains(core: Path) -> None:
    tuneloom = core / "bin" / "tuneloom"
    assert run(tuneloom, "check", "good.abc", folder=core) == "1 tune, no findings\n"
    assert "ABcd|]" in run(tuneloom, "format", "good.abc", folder=core)
    assert "bar-length" in run(tuneloom, "explain", "bar-length", folder=core)


def test_the_core_edits_books(core: Path) -> None:
    tuneloom = core / "bin" / "tuneloom"
    for command in (
        "index",
        "sort",
        "renumber",
        "extract --number 1",
        "transpose --to D",
        "layout --bars-per-line 4",
        "index --output-format html",
    ):
        assert "Air" in run(tuneloom, *command.split(), "good.abc", folder=core)
    merged = run(tuneloom, "merge", "good.abc", "good.abc", "-o", "merged.abc", folder=core)
    assert merged.endswith("merged.abc: 2 tunes of 2 books\n")


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - CORE))
def test_the_other_commands_say_in_one_line_which_extra_they_need(core: Path, name: str) -> None:
    command = [str(core / "bin" / "tuneloom"), name, *ARGUMENTS[name].split()]
    done = subprocess.run(command, cwd=core, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    install = f"is not installed: pip install 'tuneloom[{COMMANDS[name].extra}]'\n"
    assert done.stderr.endswith(install)
