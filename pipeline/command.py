"""The `beam` command: `beam run FILE [options]` runs a pipeline.

FILE is looked for in the working directory first; `pipeline/ingest.py` is also found, wherever one
stands, in what is installed.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from tuneloom.grammar.errors import TuneloomError, UsageError
from tuneloom.grammar.extras import missing_extra
from tuneloom.grammar.project import load_project_plugins

__all__ = ["main"]

USAGE = """\
usage: beam run FILE [options of the pipeline, and of Apache Beam]

  beam run pipeline/ingest.py           make a data set of the default collection
  beam run pipeline/ingest.py --help    show the options of that pipeline"""

_INTERRUPTED = 130
_INSTALLED = ("pipeline/ingest.py",)
_ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in ("-h", "--help"):
        print(USAGE)
        return 0
    try:
        path, rest = _parsed(arguments)
        load_project_plugins(Path.cwd())
        _run(path, rest)
    except ModuleNotFoundError as error:
        if not (line := missing_extra(error, "beam run", "data")):
            raise
        print(f"error: {line}", file=sys.stderr)
        return UsageError.exit_code
    except TuneloomError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _parsed(arguments: Sequence[str]) -> tuple[Path, list[str]]:
    match list(arguments):
        case ["run", name, *rest] if not name.startswith("-"):
            return _pipeline(name), rest
        case ["run", *_]:
            raise UsageError(
                "beam run: which pipeline? give a file, as in beam run pipeline/ingest.py"
            )
        case [name, *_]:
            raise UsageError(f"beam: unknown command {name!r}; give beam run FILE")
        case _:
            raise UsageError("beam: nothing to do; give beam run FILE, or beam --help")


def _pipeline(name: str) -> Path:
    path = Path(name)
    if not path.exists() and path.as_posix() in _INSTALLED:
        return _ROOT / path
    if not path.exists():
        raise UsageError(
            f"beam run: no file {name!r} here; give the path of a pipeline's Python file"
        )
    if not path.is_file() or path.suffix != ".py":
        raise UsageError(
            f"beam run: {name!r} is no Python file; give the path of one that ends in .py"
        )
    return path.resolve()


def _run(path: Path, rest: list[str]) -> None:
    """Run a file as a script, importing what it imports from where its package stands."""
    sys.argv = [str(path), *rest]
    root = _import_root(path)
    sys.path.insert(0, str(root))
    if root != _ROOT:
        _forget_own_packages(root)
    runpy.run_path(str(path), run_name="__main__")


def _import_root(path: Path) -> Path:
    """The folder that holds the file, or, of a file within a package, the folder above the package.

    The folder of a package on the import path would let its modules stand in for the standard ones.
    """
    folder = path.parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _forget_own_packages(root: Path) -> None:
    """Let the file's own packages answer, where they bear the names of those of this command."""
    for name in list(sys.modules):
        if (root / name.partition(".")[0] / "__init__.py").is_file():
            del sys.modules[name]
