"""The `beam` command: `beam run FILE [options]` runs a pipeline.

FILE is looked up in the working directory first. `pipeline/ingest.py` is also found in the installed package.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from tuneloom.grammar.errors import TuneloomError, UsageError
from tuneloom.grammar.extras import missing_extra

__all__ = ["main"]

USAGE = """\
usage: beam run FILE [options of the pipeline and of Apache Beam]

examples:
  beam run pipeline/ingest.py           make a data set of the default collection
  beam run pipeline/ingest.py --help    show the options of that pipeline"""

_INTERRUPTED = 130
_INSTALLED = ("pipeline/ingest.py",)
_PACKAGE = Path(__file__).resolve().parent.parent
"""The folder that holds `pipeline`: `tuneloom` if installed, the root of the repository otherwise."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in ("-h", "--help"):
        print(USAGE)
        return 0
    try:
        _run_file(*_parse(arguments))
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


def _parse(arguments: Sequence[str]) -> tuple[Path, list[str]]:
    match list(arguments):
        case ["run", name, *rest] if not name.startswith("-"):
            return _find_file(name), rest
        case ["run", *_]:
            raise UsageError("beam run: name a file, as in beam run pipeline/ingest.py")
        case [name, *_]:
            raise UsageError(f"beam: unknown command {name!r}; use beam run FILE")
        case _:
            raise UsageError("beam: no command; use beam run FILE, or see beam --help")


def _find_file(name: str) -> Path:
    path = Path(name)
    if not path.exists() and path.as_posix() in _INSTALLED:
        return _PACKAGE / path
    if not path.exists():
        raise UsageError(f"beam run: no file {name!r}; give the path of a pipeline's Python file")
    if not path.is_file() or path.suffix != ".py":
        raise UsageError(
            f"beam run: {name!r} is not a Python file; give the path of one that ends in .py"
        )
    return path.resolve()


def _run_file(path: Path, rest: list[str]) -> None:
    """Run a file as a script that can import from the folder of its package."""
    sys.argv = [str(path), *rest]
    root = _import_root(path)
    sys.path.insert(0, str(root))
    if not path.is_relative_to(_PACKAGE):
        _forget_modules_of(root)
    runpy.run_path(str(path), run_name="__main__")


def _import_root(path: Path) -> Path:
    """The folder of the file or, if it is in a package, the folder above the package.

    With the folder of a package on the import path, its modules could hide those of the standard library.
    """
    folder = path.parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _forget_modules_of(root: Path) -> None:
    """Import afresh what the file's own folder provides, where this command uses packages of that name."""
    for name in list(sys.modules):
        if (root / name.partition(".")[0] / "__init__.py").is_file():
            del sys.modules[name]
