"""The results of a contract as a JSON file, for the program that starts the run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.contract.evaluate import ExpectationResult
from tuneloom.pipeline.contract.expectations import ANY_OTHER
from tuneloom.pipeline.dataset.files import REJECTS
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.storage.paths import AnyPath, write_atomically

__all__ = ["check_results_path", "write_results"]

_FORMAT = "tuneloom expectations"
_EXAMPLES = 5


def check_results_path(path: AnyPath) -> None:
    """Refuse to replace a file that is not one of results.

    Raises:
        UsageError: there is another file, or something that cannot be read.
    """
    try:
        fields = json.loads(path.read_bytes())
    except FileNotFoundError:
        return
    except (OSError, ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT:
        raise UsageError(
            f"{path}: not a file of results, so it is not replaced; choose another --expect-results"
        )


def write_results(
    path: AnyPath, results: Sequence[ExpectationResult], manifest: Manifest, made: AnyPath
) -> None:
    """Write what was expected and what was found; `made` has the rejects of the run."""
    limits = {result.name.removeprefix("rejects."): result for result in results}
    broken = {name for name, result in limits.items() if not result.met}
    fields = {
        "format": _FORMAT,
        "met": not broken,
        "manifest_sha256": manifest.sha256,
        "expectations": [
            {
                "name": result.name,
                "at_least" if result.is_least else "at_most": result.limit,
                "found": result.found,
                "met": result.met,
                "detail": result.detail,
            }
            for result in results
        ],
        "examples": _examples(made / REJECTS, broken, set(limits)) if broken else {},
    }
    if isinstance(path, Path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, [json.dumps(fields, indent=2).encode() + b"\n"])


def _examples(rejects: AnyPath, broken: set[str], listed: set[str]) -> dict[str, list[str]]:
    """The first rejects of each code that there are too many of, each with its place."""
    examples: dict[str, list[str]] = {}
    with rejects.open("rb") as file:
        for line in file:
            reject = json.loads(line)
            code = str(reject["code"])
            if code in broken or (ANY_OTHER in broken and code not in listed):
                place = f"{reject['path']}:{reject['line']}:{reject['column']}"
                found = examples.setdefault(code, [])
                if len(found) < _EXAMPLES:
                    found.append(f"{place}: {reject['message']}")
    return examples
